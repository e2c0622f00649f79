-- What is known per council and module before a state is decided: offers, and what they say about
-- free places.
CREATE OR REPLACE TEMP VIEW coverage_evidence AS
WITH counting AS (
    SELECT
        co.ags,
        co.covers,
        o.*,
        o.lifecycle = 'vanished' AS is_vanished,
        has_no_place(o.places_free, o.places_taken, o.places_total) AS is_taken,
        (o.last_seen_at AT TIME ZONE 'Europe/Berlin')::DATE AS last_seen_day
    FROM mart.council_offers co
    JOIN mart.offers o USING (offer_id)
),
-- An offer that the last check has not found is counted and promises nothing.
counted AS (
    SELECT
        ags,
        module,
        count(*) FILTER (WHERE covers) AS offer_count,
        count(*) FILTER (
            WHERE covers AND NOT is_vanished AND NOT is_taken
                AND status IN ('open', 'few', 'unknown')
        ) AS open_offer_count,
        count(*) FILTER (
            WHERE covers AND NOT is_vanished AND NOT is_taken
                AND (status IN ('open', 'few') OR (status = 'unknown' AND places_free > 0))
        ) AS free_offer_count,
        count(*) FILTER (
            WHERE covers AND NOT is_vanished
                AND (
                    status IN ('full', 'waitlist')
                    OR (status IN ('open', 'few', 'unknown') AND is_taken)
                )
        ) AS full_offer_count,
        count(*) FILTER (
            WHERE covers AND NOT is_vanished AND status = 'waitlist'
        ) AS waitlist_offer_count,
        count(*) FILTER (WHERE covers AND is_vanished) AS vanished_offer_count,
        min(last_seen_day) FILTER (WHERE covers AND is_vanished) AS vanished_first_day,
        max(last_seen_day) FILTER (WHERE covers AND is_vanished) AS vanished_last_day,
        count(*) FILTER (
            WHERE status = 'cancelled' AND lifecycle IN ('current', 'vanished')
        ) AS cancelled_offer_count,
        min(start_date) FILTER (
            WHERE covers AND start_date >= getvariable('data_day')
        ) AS next_start,
        count(*) FILTER (WHERE lifecycle = 'past') AS past_offer_count
    FROM counting
    GROUP BY ags, module
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
    coalesce(n.vanished_offer_count, 0)::INTEGER AS vanished_offer_count,
    n.vanished_first_day,
    n.vanished_last_day,
    coalesce(n.cancelled_offer_count, 0)::INTEGER AS cancelled_offer_count,
    n.next_start,
    coalesce(n.past_offer_count, 0)::INTEGER AS past_offer_count
FROM mart.councils c
CROSS JOIN (VALUES ('basis'), ('aufbau'), ('other')) m(module)
LEFT JOIN without_module w ON w.ags = c.ags
LEFT JOIN counted n ON n.ags = c.ags AND n.module = m.module;
