-- From the first crawl to the day of the data, by arithmetic over intervals: what covers a council
-- begins and ends, and the sum of beginnings and ends up to a day says whether anything covers it
-- then. The same rules as in the macro coverage_on.
WITH days AS (
    SELECT unnest(generate_series(
        (SELECT min(day) FROM crawl_days), getvariable('data_day'), INTERVAL 1 DAY
    ))::DATE AS day
),
councils AS (
    SELECT ags FROM mart.councils WHERE counts_as_p27 = 'yes'
),
covering AS (
    SELECT
        provider_id,
        venue_ags,
        module,
        valid_from_day AS first_day,
        least(
            coalesce(valid_to_day, DATE '9999-12-31'),
            coalesce(last_day + 1, DATE '9999-12-31')
        ) AS end_day
    FROM mart.offer_versions
    WHERE relevance IN ('series', 'council') AND is_covering(presence, status)
),
alike AS (
    SELECT provider_id, venue_ags, module, day, sum(change) AS change
    FROM (
        SELECT *, first_day AS day, 1 AS change FROM covering WHERE first_day < end_day
        UNION ALL
        SELECT *, end_day, -1 FROM covering WHERE first_day < end_day
    )
    WHERE day <= getvariable('data_day')
    GROUP BY provider_id, venue_ags, module, day
),
served AS (
    SELECT DISTINCT provider_id, ags FROM mart.service_areas
),
belongs AS (
    SELECT s.ags, a.module, a.day, a.change
    FROM alike a
    JOIN served s USING (provider_id)
    UNION ALL
    SELECT a.venue_ags, a.module, a.day, a.change
    FROM alike a
    ANTI JOIN served s ON s.provider_id = a.provider_id AND s.ags = a.venue_ags
    WHERE a.venue_ags IS NOT NULL
),
turns AS (
    SELECT ags, module, day, change FROM belongs SEMI JOIN councils USING (ags)
    UNION ALL
    SELECT c.ags, m.module, d.day, 0
    FROM councils c
    CROSS JOIN (VALUES ('basis'), ('aufbau'), ('other')) m(module)
    CROSS JOIN days d
),
offered AS (
    SELECT
        ags,
        module,
        day,
        sum(sum(change)) OVER (PARTITION BY ags, module ORDER BY day) > 0 AS is_offered
    FROM turns
    GROUP BY ags, module, day
),
fresh AS (
    SELECT DISTINCT k.source_id, k.day + r.later::INTEGER AS day
    FROM mart.source_checks k
    CROSS JOIN range(4) r(later)
    WHERE k.state = 'complete'
),
checked AS (
    SELECT
        s.ags,
        d.day,
        bool_and(s.is_statewide) AS has_no_own_source,
        bool_and(f.source_id IS NOT NULL) AS is_fresh
    FROM mart.council_sources s
    CROSS JOIN days d
    LEFT JOIN fresh f ON f.source_id = s.source_id AND f.day = d.day
    GROUP BY s.ags, d.day
),
states AS (
    SELECT
        o.day,
        o.module,
        CASE
            WHEN o.is_offered THEN 'offered'
            WHEN coalesce(k.has_no_own_source, true) THEN 'not_configured'
            WHEN k.is_fresh THEN 'none_found'
            ELSE 'unknown'
        END AS state,
        count(*) AS council_count
    FROM offered o
    LEFT JOIN checked k USING (ags, day)
    GROUP BY ALL
)
SELECT d.day, m.module, s.state, coalesce(t.council_count, 0)::INTEGER AS council_count
FROM days d
CROSS JOIN (VALUES ('basis'), ('aufbau'), ('other')) m(module)
CROSS JOIN (VALUES ('offered'), ('none_found'), ('unknown'), ('not_configured')) s(state)
LEFT JOIN states t ON t.day = d.day AND t.module = m.module AND t.state = s.state
ORDER BY d.day, m.module, s.state
