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
        row_number() OVER () AS version_no,
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
belongs AS (
    SELECT a.ags, v.module, v.first_day, v.end_day, v.version_no
    FROM covering v
    JOIN mart.service_areas a USING (provider_id)
    WHERE v.first_day < v.end_day
    UNION
    SELECT venue_ags, module, first_day, end_day, version_no
    FROM covering
    WHERE venue_ags IS NOT NULL AND first_day < end_day
),
turns AS (
    SELECT ags, module, day, sum(change) AS change
    FROM (
        SELECT ags, module, first_day AS day, 1 AS change FROM belongs
        UNION ALL
        SELECT ags, module, end_day, -1 FROM belongs
    )
    SEMI JOIN councils USING (ags)
    GROUP BY ags, module, day
),
offered AS (
    SELECT
        ags,
        module,
        day,
        sum(change) OVER (PARTITION BY ags, module ORDER BY day) > 0 AS is_offered
    FROM turns
),
complete_checks AS (
    SELECT DISTINCT source_id, day FROM mart.source_checks WHERE state = 'complete'
),
checked_sources AS (
    SELECT s.source_id, d.day, d.day - k.day <= 3 AS is_fresh
    FROM (SELECT DISTINCT source_id FROM mart.council_sources) s
    CROSS JOIN days d
    ASOF LEFT JOIN complete_checks k ON k.source_id = s.source_id AND d.day >= k.day
),
checked AS (
    SELECT
        s.ags,
        k.day,
        bool_and(s.is_statewide) AS has_no_own_source,
        bool_and(coalesce(k.is_fresh, false)) AS is_fresh
    FROM mart.council_sources s
    JOIN checked_sources k USING (source_id)
    GROUP BY s.ags, k.day
),
states AS (
    SELECT
        d.day,
        m.module,
        CASE
            WHEN o.is_offered THEN 'offered'
            WHEN coalesce(k.has_no_own_source, true) THEN 'not_configured'
            WHEN k.is_fresh THEN 'none_found'
            ELSE 'unknown'
        END AS state,
        count(*) AS council_count
    FROM councils c
    CROSS JOIN days d
    CROSS JOIN (VALUES ('basis'), ('aufbau'), ('other')) m(module)
    ASOF LEFT JOIN offered o ON o.ags = c.ags AND o.module = m.module AND d.day >= o.day
    LEFT JOIN checked k ON k.ags = c.ags AND k.day = d.day
    GROUP BY ALL
)
SELECT d.day, m.module, s.state, coalesce(t.council_count, 0)::INTEGER AS council_count
FROM days d
CROSS JOIN (VALUES ('basis'), ('aufbau'), ('other')) m(module)
CROSS JOIN (VALUES ('offered'), ('none_found'), ('unknown'), ('not_configured')) s(state)
LEFT JOIN states t ON t.day = d.day AND t.module = m.module AND t.state = s.state
ORDER BY d.day, m.module, s.state
