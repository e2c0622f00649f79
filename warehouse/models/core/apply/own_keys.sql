-- The name of an offer of which no other entry speaks: made when the entry is seen first, and kept
-- when it moves to another number or link. A number that is given away again makes another name.
UPDATE core.entries e
SET own_key = n.name || CASE WHEN o.own_key IS NULL THEN '' ELSE ' @' || getvariable('seq') END
FROM (
    SELECT
        e.source_id,
        e.base_key,
        e.ordinal,
        coalesce(
            number_key(r.provider_id, r.number, e.ordinal),
            'entry:' || e.source_id || ':' || e.base_key || ':' || e.ordinal
        ) AS name
    FROM core.entries e
    JOIN core.readings r USING (source_id, record_sha256)
    WHERE e.own_key IS NULL
) n
LEFT JOIN core.entries o ON o.source_id = n.source_id AND o.own_key = n.name
WHERE e.source_id = n.source_id AND e.base_key = n.base_key AND e.ordinal = n.ordinal;
