-- Pages that were read again are no visit.
SELECT
    r.source_id,
    d.crawl_id,
    d.day,
    r.started_at,
    r.finished_at,
    r.state,
    r.failure_class,
    r.detail,
    r.platform,
    r.attempts,
    r.requests,
    r.bytes,
    r.pages,
    r.candidates,
    r.records,
    r.stated_count,
    r.parsed_count
FROM staging.source_reports r
JOIN crawl_days d ON d.seq = r.crawl_seq
WHERE r.reparsed_from IS NULL
ORDER BY r.source_id, r.crawl_seq
