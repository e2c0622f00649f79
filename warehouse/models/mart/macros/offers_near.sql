CREATE OR REPLACE MACRO offers_near(ags, km) AS TABLE
WITH reachable AS (
    SELECT
        v.ags AS venue,
        v.name AS venue_municipality,
        distance_km(h.latitude, h.longitude, v.latitude, v.longitude) AS distance
    FROM mart.municipalities h
    CROSS JOIN mart.municipalities v
    WHERE h.ags = ags
)
SELECT
    round(r.distance, 1) AS km,
    r.venue_municipality,
    o.offer_id,
    o.provider_id,
    o.module,
    o.relevance,
    o.title,
    o.course_number,
    o.start_date,
    o.end_date,
    o.venue_name,
    o.venue_place,
    o.venue_ags,
    o.delivery_mode,
    o.places_free,
    o.status,
    o.price_eur,
    o.is_free,
    o.registration_url,
    o.detail_url
FROM reachable r
JOIN mart.offers o ON o.venue_ags = r.venue
WHERE r.distance <= km
    AND o.lifecycle = 'current'
    AND is_covering(o.lifecycle, o.status)
    AND o.relevance IN ('series', 'council')
ORDER BY r.distance, o.start_date, o.offer_id;
