-- The day each crawl counts for. A clock that was set back makes no later crawl earlier than one
-- before it, so that each day has one state.
CREATE OR REPLACE TEMP VIEW crawl_days AS
SELECT seq, crawl_id, max(today) OVER (ORDER BY seq) AS day
FROM staging.crawls;
