-- The rules are those of mart.council_coverage, with the register of today.
CREATE OR REPLACE MACRO coverage_on(day) AS TABLE
WITH known AS (
    SELECT
        o.offer_id,
        o.provider_id,
        o.venue_ags,
        o.module,
        o.start_date,
        o.lifecycle = 'past' AS is_past,
        is_covering(o.lifecycle, o.status) AS covers,
        is_covering(o.lifecycle, o.status)
            AND o.lifecycle <> 'vanished'
            AND o.status IN ('open', 'few', 'unknown')
            AND NOT has_no_place(o.places_free, o.places_taken, o.places_total) AS is_open
    FROM offers_on(day) o
    WHERE o.relevance IN ('series', 'council')
),
belongs AS (
    SELECT a.ags AS council, k.offer_id
    FROM known k
    JOIN mart.service_areas a ON a.provider_id = k.provider_id
    UNION
    SELECT k.venue_ags, k.offer_id
    FROM known k
    WHERE k.venue_ags IS NOT NULL
),
counted AS (
    SELECT
        b.council,
        k.module,
        count(*) FILTER (WHERE k.covers) AS offers,
        count(*) FILTER (WHERE k.is_open) AS open_offers,
        min(k.start_date) FILTER (WHERE k.covers AND k.start_date >= day::DATE) AS next_start,
        count(*) FILTER (WHERE k.is_past) AS past_offers
    FROM belongs b
    JOIN known k ON k.offer_id = b.offer_id
    GROUP BY b.council, k.module
),
fresh AS (
    SELECT DISTINCT k.source_id
    FROM mart.source_checks k
    WHERE k.state = 'complete' AND k.day BETWEEN day::DATE - 3 AND day::DATE
),
checked AS (
    SELECT
        s.ags AS council,
        bool_and(s.is_statewide) AS has_no_own_source,
        bool_and(f.source_id IS NOT NULL) AS is_fresh
    FROM mart.council_sources s
    LEFT JOIN fresh f ON f.source_id = s.source_id
    GROUP BY s.ags
)
SELECT
    c.ags,
    c.municipality,
    m.module,
    CASE
        WHEN n.offers > 0 THEN 'offered'
        WHEN coalesce(k.has_no_own_source, true) THEN 'not_configured'
        WHEN k.is_fresh THEN 'none_found'
        ELSE 'unknown'
    END AS state,
    coalesce(n.offers, 0)::INTEGER AS offer_count,
    coalesce(n.open_offers, 0)::INTEGER AS open_offer_count,
    n.next_start,
    coalesce(n.past_offers, 0)::INTEGER AS past_offer_count
FROM mart.councils c
CROSS JOIN (VALUES ('basis'), ('aufbau'), ('other')) m(module)
LEFT JOIN counted n ON n.council = c.ags AND n.module = m.module
LEFT JOIN checked k ON k.council = c.ags
ORDER BY c.ags, m.module;
