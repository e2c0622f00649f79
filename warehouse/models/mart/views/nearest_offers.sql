-- The nearest counting offer elsewhere per council and module, by great circle from the council's
-- point to that of the venue's municipality.
-- Offers in one municipality are equally far, so one per provider stands for them.
CREATE OR REPLACE TEMP VIEW nearest_offers AS
WITH candidates AS (
    SELECT
        o.module,
        o.venue_ags,
        o.provider_id,
        arg_min(o.offer_id, (coalesce(o.start_date, DATE '9999-12-31'), o.offer_id)) AS offer_id,
        min(coalesce(o.start_date, DATE '9999-12-31')) AS start_date
    FROM mart.offers o
    WHERE o.relevance IN ('series', 'council')
        AND is_covering(o.lifecycle, o.status)
        AND o.venue_ags IS NOT NULL
    GROUP BY o.module, o.venue_ags, o.provider_id
),
ways AS (
    SELECT
        c.ags,
        m.ags AS venue_ags,
        distance_km(c.latitude, c.longitude, m.latitude, m.longitude) AS km
    FROM mart.councils c
    CROSS JOIN mart.municipalities m
    WHERE m.ags IN (SELECT venue_ags FROM candidates)
)
SELECT
    w.ags,
    k.module,
    arg_min(k.offer_id, (w.km, k.start_date, k.offer_id)) AS nearest_offer_id,
    round(min(w.km), 1) AS nearest_km
FROM candidates k
JOIN ways w USING (venue_ags)
ANTI JOIN mart.council_offers co ON co.ags = w.ags AND co.offer_id = k.offer_id
GROUP BY w.ags, k.module;
