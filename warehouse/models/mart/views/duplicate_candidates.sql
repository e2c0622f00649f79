-- Pairs of offers that may be the same training and that nobody merges: one row per entry of which
-- that is not clear, with its likeliest partner.
CREATE OR REPLACE TEMP VIEW duplicate_candidates AS
SELECT
    a.offer_id,
    a.provider_id,
    a.title,
    arg_max(b.offer_id, (m.score, b.offer_id)) AS other_id,
    arg_max(m.reason, (m.score, b.offer_id)) AS reason,
    count(DISTINCT b.offer_id) AS others,
    a.first_seen_at AS opened_at
FROM core.merge_decisions m
JOIN mart.offers a USING (offer_id)
JOIN mart.offers b ON b.offer_id = m.other_offer_id
WHERE NOT m.is_merged
    AND a.lifecycle IN ('current', 'vanished')
    AND b.lifecycle IN ('current', 'vanished')
GROUP BY ALL;
