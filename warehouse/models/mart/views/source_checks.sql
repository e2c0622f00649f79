-- When each source was last checked completely; reading its pages again is no check. The day is the day of the crawl, so that a night
-- that ends after midnight, or a fixed day, counts as the day it was run for.
CREATE OR REPLACE TEMP VIEW source_checks AS
SELECT
    r.source_id,
    max(r.finished_at) AS last_complete_at,
    max(c.today) AS last_complete_day,
    max(r.crawl_seq) AS last_complete_seq
FROM staging.source_reports r
JOIN staging.crawls c ON c.seq = r.crawl_seq
WHERE r.state = 'complete' AND r.reparsed_from IS NULL
GROUP BY r.source_id;
