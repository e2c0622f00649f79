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
distances AS (
    SELECT
        c.ags,
        k.module,
        k.offer_id,
        k.start_date,
        distance_km(c.latitude, c.longitude, m.latitude, m.longitude) AS km
    FROM mart.councils c
    CROSS JOIN candidates k
    JOIN mart.municipalities m ON m.ags = k.venue_ags
    WHERE NOT EXISTS (
        SELECT 1 FROM mart.council_offers co
        WHERE co.ags = c.ags AND co.offer_id = k.offer_id
    )
)
SELECT ags, module, offer_id AS nearest_offer_id, round(km, 1) AS nearest_km
FROM distances
QUALIFY row_number() OVER (PARTITION BY ags, module ORDER BY km, start_date, offer_id) = 1;
