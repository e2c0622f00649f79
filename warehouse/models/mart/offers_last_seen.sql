-- Offers that were seen again and are otherwise as they were.
UPDATE mart.offers o
SET last_seen_at = s.last_seen_at
FROM (
    SELECT offer_id, max(last_seen_at) AS last_seen_at
    FROM core.entries
    GROUP BY offer_id
) s
WHERE o.offer_id = s.offer_id AND o.last_seen_at <> s.last_seen_at
