-- Sources that were not complete on at least two days since they last were.
CREATE OR REPLACE TEMP VIEW failing_sources AS
SELECT
    r.source_id,
    min(r.finished_at) AS opened_at,
    arg_max(r.state, r.crawl_seq) AS state,
    arg_max({'value': r.failure_class}, r.crawl_seq).value AS failure_class,
    arg_max({'value': r.detail}, r.crawl_seq).value AS detail
FROM staging.source_reports r
JOIN staging.crawls c ON c.seq = r.crawl_seq
LEFT JOIN source_checks k USING (source_id)
WHERE r.crawl_seq > coalesce(k.last_complete_seq, 0)
    AND r.reparsed_from IS NULL
    AND r.source_id IN (SELECT source_id FROM mart.source_health)
GROUP BY r.source_id
HAVING count(DISTINCT c.today) >= 2;
