-- Where the register names no platform, the one that the last visit recognised.
SELECT
    p.* REPLACE (coalesce(nullif(p.platform, 'auto'), r.platform) AS platform)
FROM staging.providers p
LEFT JOIN (
    SELECT s.provider_id, arg_max(r.platform, r.crawl_seq) AS platform
    FROM staging.source_reports r
    JOIN staging.sources s USING (source_id)
    WHERE s.kind = 'catalogue' AND r.platform NOT IN ('auto', 'unknown', '')
    GROUP BY s.provider_id
) r USING (provider_id)
ORDER BY p.provider_id
