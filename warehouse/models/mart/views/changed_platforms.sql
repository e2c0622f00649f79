-- Sources whose last complete visits have recognised another course system than those before, told
-- for two weeks: after a relaunch somebody should look whether all is still read rightly.
CREATE OR REPLACE TEMP VIEW changed_platforms AS
SELECT source_id, finished_at AS opened_at, day, platform_before, platform
FROM (
    SELECT
        k.*,
        lag(platform) OVER (PARTITION BY source_id ORDER BY finished_at, crawl_id)
            AS platform_before
    FROM mart.source_checks k
    WHERE state = 'complete'
        AND platform NOT IN ('auto', 'unknown', '')
        AND source_id IN (SELECT source_id FROM mart.source_health)
)
WHERE platform <> platform_before AND getvariable('data_day') - day <= 14
QUALIFY row_number() OVER (PARTITION BY source_id ORDER BY finished_at DESC, crawl_id DESC) = 1;
