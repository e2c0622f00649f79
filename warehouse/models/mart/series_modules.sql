-- As the latest visit to each overview describes them.
WITH latest AS (
    SELECT s.source_id, s.page_url, s.fetched_at, r.record
    FROM newest_readings s
    JOIN staging.records r USING (record_sha256)
    WHERE s.record_type = 'series'
        AND s.source_id IN (SELECT source_id FROM mart.source_health)
    QUALIFY row_number() OVER (
        PARTITION BY s.source_id ORDER BY s.crawl_seq DESC, s.page_url, s.record_sha256
    ) = 1
)
SELECT
    source_id,
    m.module,
    m.title,
    m.topics,
    page_url AS source_url,
    fetched_at AS last_seen_at
FROM (
    SELECT
        source_id,
        page_url,
        fetched_at,
        unnest(from_json(record -> 'modules', '[{
            "module": "VARCHAR",
            "title": "VARCHAR",
            "topics": ["VARCHAR"]
        }]')) AS m
    FROM latest
)
QUALIFY row_number() OVER (PARTITION BY source_id, m.module ORDER BY m.title) = 1
ORDER BY source_id, m.module
