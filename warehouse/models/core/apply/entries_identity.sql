-- night_alike: the entries that likeness joins to an offer.
UPDATE core.entries e
SET identity_key = d.identity_key,
    identity_rule = d.identity_rule,
    identity_score = d.score,
    identity_reason = d.reason,
    offer_id = left(sha256(d.identity_key), 16)
FROM (
    SELECT
        i.source_id,
        i.base_key,
        i.ordinal,
        coalesce(a.identity_key, i.identity_key) AS identity_key,
        CASE WHEN a.source_id IS NULL THEN i.identity_rule ELSE 'similarity' END AS identity_rule,
        a.score,
        a.reason
    FROM night_identity i
    LEFT JOIN night_alike a
        ON a.source_id = i.source_id AND a.base_key = i.base_key AND a.ordinal = i.ordinal
) d
WHERE e.source_id = d.source_id
    AND e.base_key = d.base_key
    AND e.ordinal = d.ordinal
    AND (e.identity_key, e.identity_rule, e.identity_reason)
        IS DISTINCT FROM (d.identity_key, d.identity_rule, d.reason);
