-- What changes with the day or with a visit alone, of offers that are otherwise as they were: when
-- they were last seen, and whether they are over.
UPDATE mart.offers o
SET last_seen_at = s.last_seen_at,
    lifecycle = lifecycle_on(s.presence, o.status, o.last_day, getvariable('data_day'))
FROM (
    SELECT e.offer_id, e.last_seen_at, v.lifecycle AS presence
    FROM (
        SELECT offer_id, max(last_seen_at) AS last_seen_at
        FROM core.entries
        GROUP BY offer_id
    ) e
    JOIN core.offer_versions v ON v.offer_id = e.offer_id AND v.valid_to_seq IS NULL
) s
WHERE o.offer_id = s.offer_id
    AND (
        o.last_seen_at <> s.last_seen_at
        OR (o.lifecycle = 'past')
            <> coalesce(o.status = 'finished' OR o.last_day < getvariable('data_day'), false)
    )
