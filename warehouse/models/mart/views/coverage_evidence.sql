-- What is known per council and module before a state is decided: offers, and what they say about
-- free places.
CREATE OR REPLACE TEMP VIEW coverage_evidence AS
WITH counted AS (
    SELECT
        co.ags,
        o.module,
        count(*) FILTER (WHERE co.covers) AS offer_count,
        count(*) FILTER (
            WHERE co.covers
                AND o.status IN ('open', 'few', 'unknown')
                AND coalesce(o.places_free, -1) <> 0
        ) AS open_offer_count,
        count(*) FILTER (
            WHERE co.covers
                AND coalesce(o.places_free, -1) <> 0
                AND (
                    o.status IN ('open', 'few')
                    OR (o.status = 'unknown' AND o.places_free > 0)
                )
        ) AS free_offer_count,
        count(*) FILTER (
            WHERE co.covers
                AND (o.status IN ('full', 'waitlist') OR (
                    o.status IN ('open', 'few', 'unknown') AND o.places_free = 0
                ))
        ) AS full_offer_count,
        count(*) FILTER (WHERE co.covers AND o.status = 'waitlist') AS waitlist_offer_count,
        min(o.start_date) FILTER (
            WHERE co.covers AND o.start_date >= getvariable('data_day')
        ) AS next_start,
        count(*) FILTER (WHERE o.lifecycle = 'past') AS past_offer_count
    FROM mart.council_offers co
    JOIN mart.offers o USING (offer_id)
    GROUP BY co.ags, o.module
),
without_module AS (
    SELECT co.ags, count(*) AS offer_count
    FROM mart.council_offers co
    JOIN mart.offers o USING (offer_id)
    WHERE co.covers AND o.module = 'other' AND o.relevance = 'series'
    GROUP BY co.ags
)
SELECT
    c.ags,
    m.module,
    coalesce(n.offer_count, 0)::INTEGER AS offer_count,
    coalesce(n.open_offer_count, 0)::INTEGER AS open_offer_count,
    coalesce(n.free_offer_count, 0)::INTEGER AS free_offer_count,
    coalesce(n.full_offer_count, 0)::INTEGER AS full_offer_count,
    coalesce(n.waitlist_offer_count, 0)::INTEGER AS waitlist_offer_count,
    CASE WHEN m.module <> 'other' THEN coalesce(w.offer_count, 0) ELSE 0 END::INTEGER
        AS series_offers_without_module,
    n.next_start,
    coalesce(n.past_offer_count, 0)::INTEGER AS past_offer_count
FROM mart.councils c
CROSS JOIN (VALUES ('basis'), ('aufbau'), ('other')) m(module)
LEFT JOIN without_module w ON w.ags = c.ags
LEFT JOIN counted n ON n.ags = c.ags AND n.module = m.module;
