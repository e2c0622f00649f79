-- Which offer an entry belongs to. `kinds`: the kinds of sources whose entries are decided now,
-- `targets`: those whose pages a link may lead to, decided before.
WITH link_targets AS (
    SELECT r.link, any_value(e.identity_key) AS identity_key
    FROM core.entries e
    JOIN core.readings r USING (source_id, record_sha256)
    WHERE list_contains(getvariable('targets')::VARCHAR[], e.kind)
        AND r.link IS NOT NULL
        AND e.identity_key IS NOT NULL
    GROUP BY r.link
    HAVING count(DISTINCT e.identity_key) = 1
),
decided AS (
    SELECT
        e.source_id,
        e.base_key,
        e.ordinal,
        CASE
            WHEN r.number IS NOT NULL AND r.provider_id IS NOT NULL
                THEN 'number:' || r.provider_id || ':' || r.number
                    || CASE WHEN e.ordinal > 0 THEN ':' || e.ordinal ELSE '' END
            ELSE coalesce(
                t.identity_key,
                u.identity_key,
                'entry:' || e.source_id || ':' || e.base_key || ':' || e.ordinal
            )
        END AS identity_key,
        CASE
            WHEN r.number IS NOT NULL AND r.provider_id IS NOT NULL THEN 'provider and number'
            WHEN coalesce(t.identity_key, u.identity_key) IS NOT NULL
                THEN 'link to the course page'
            ELSE 'own entry: no number, no link to a known course page'
        END AS identity_reason
    FROM core.entries e
    JOIN core.readings r USING (source_id, record_sha256)
    LEFT JOIN link_targets t ON t.link = r.link
    LEFT JOIN link_targets u ON u.link = r.registration_link
    WHERE list_contains(getvariable('kinds')::VARCHAR[], e.kind)
        AND (e.identity_key IS NULL OR e.kind <> 'catalogue')
)
UPDATE core.entries e
SET identity_key = d.identity_key,
    identity_reason = d.identity_reason,
    offer_id = left(sha256(d.identity_key), 16)
FROM decided d
WHERE e.source_id = d.source_id
    AND e.base_key = d.base_key
    AND e.ordinal = d.ordinal
    AND e.identity_key IS DISTINCT FROM d.identity_key;
