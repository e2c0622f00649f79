-- An offer is a council's by the provider's service area or by its place; adjacent topics never.
WITH belongs AS (
    SELECT a.ags, o.offer_id, 'service_area' AS reason
    FROM mart.offers o
    JOIN mart.service_areas a USING (provider_id)
    UNION ALL
    SELECT o.venue_ags, o.offer_id, 'venue'
    FROM mart.offers o
    WHERE o.venue_ags IS NOT NULL
)
SELECT
    b.ags,
    b.offer_id,
    min(b.reason) AS reason,
    any_value(is_covering(o.lifecycle, o.status)) AS covers
FROM belongs b
JOIN mart.councils c USING (ags)
JOIN mart.offers o USING (offer_id)
WHERE o.relevance IN ('series', 'council')
GROUP BY b.ags, b.offer_id
ORDER BY b.ags, b.offer_id
