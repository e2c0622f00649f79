-- Sightings of everything but courses as last read: where the pages of a visit were read again and a
-- page gave records, these take the place of what that page gave before.
CREATE OR REPLACE TEMP TABLE newest_readings AS
WITH visited AS (
    SELECT s.*, coalesce(v.seq, s.crawl_seq) AS visit_seq
    FROM staging.sightings s
    JOIN staging.source_reports r USING (crawl_seq, source_id)
    LEFT JOIN staging.crawls v ON v.crawl_id = r.reparsed_from
    WHERE s.source_id IN (
            SELECT source_id FROM staging.sightings WHERE record_type <> 'course'
        )
        AND (r.reparsed_from IS NULL OR v.seq IS NOT NULL)
),
newest AS (
    SELECT * EXCLUDE (crawl_seq, visit_seq), visit_seq AS crawl_seq
    FROM visited
    QUALIFY visited.crawl_seq = max(visited.crawl_seq) OVER (
        PARTITION BY source_id, page_url, content_sha256, visit_seq
    )
)
SELECT * FROM newest WHERE record_type <> 'course';
