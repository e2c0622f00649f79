-- Every announcement of an active source, as last read. One that the last complete check, or a later
-- visit, has not found stays: it was announced once, but nobody may take it for today's.
CREATE OR REPLACE TEMP VIEW latest_announcements AS
SELECT
    left(sha256(concat_ws('|', 'announcement', s.source_id, r.record ->> 'url')), 16)
        AS announcement_id,
    s.source_id,
    CASE WHEN p.provider_id IS NOT NULL THEN s.provider_id END AS provider_id,
    r.record ->> 'url' AS url,
    r.record,
    s.page_url,
    s.fetched_at,
    s.content_sha256,
    s.extractor,
    min(s.fetched_at) OVER same AS first_seen_at,
    max(s.fetched_at) OVER same AS last_seen_at,
    s.crawl_seq >= coalesce(k.last_complete_seq, 0) AS is_current
FROM newest_readings s
JOIN staging.records r USING (record_sha256)
LEFT JOIN mart.providers p ON p.provider_id = s.provider_id
LEFT JOIN source_checks k ON k.source_id = s.source_id
WHERE s.record_type = 'announcement'
    AND s.source_id IN (SELECT source_id FROM mart.source_health)
WINDOW same AS (PARTITION BY s.source_id, r.record ->> 'url')
QUALIFY row_number() OVER (
    PARTITION BY s.source_id, r.record ->> 'url'
    ORDER BY s.crawl_seq DESC, s.record_sha256
) = 1;
