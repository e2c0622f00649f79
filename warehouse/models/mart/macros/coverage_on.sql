-- The rules are those of mart.council_coverage, with the register of today.
CREATE OR REPLACE MACRO coverage_on(day) AS TABLE
WITH known AS (
    SELECT
        o.*,
        is_covering(o.lifecycle, o.status) AS covers,
        has_no_place(o.places_free, o.places_taken, o.places_total) AS is_taken
    FROM offers_on(day) o
    WHERE o.relevance IN ('series', 'council')
),
alike AS (
    SELECT
        k.provider_id,
        k.venue_ags,
        k.module,
        count(*) FILTER (WHERE k.covers) AS offers,
        count(*) FILTER (
            WHERE k.covers AND k.lifecycle <> 'vanished' AND NOT k.is_taken
                AND k.status IN ('open', 'few', 'unknown')
        ) AS open_offers,
        min(k.start_date) FILTER (WHERE k.covers AND k.start_date >= day::DATE) AS next_start,
        count(*) FILTER (WHERE k.lifecycle = 'past') AS past_offers
    FROM known k
    GROUP BY k.provider_id, k.venue_ags, k.module
),
served AS (
    SELECT DISTINCT a.provider_id, a.ags AS council FROM mart.service_areas a
),
belongs AS (
    SELECT s.council, k.*
    FROM alike k
    JOIN served s ON s.provider_id = k.provider_id
    UNION ALL
    SELECT k.venue_ags, k.*
    FROM alike k
    ANTI JOIN served s ON s.provider_id = k.provider_id AND s.council = k.venue_ags
    WHERE k.venue_ags IS NOT NULL
),
counted AS (
    SELECT
        b.council,
        b.module,
        sum(b.offers) AS offers,
        sum(b.open_offers) AS open_offers,
        min(b.next_start) AS next_start,
        sum(b.past_offers) AS past_offers
    FROM belongs b
    GROUP BY b.council, b.module
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
