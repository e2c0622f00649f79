SELECT
    s.source_id,
    s.provider_id,
    s.kind,
    s.url,
    coalesce(
        nullif(nullif(r.platform, 'auto'), 'unknown'), nullif(s.platform, 'auto')
    ) AS platform,
    r.state,
    r.failure_class,
    r.detail,
    r.finished_at AS last_crawl_at,
    k.last_complete_at,
    coalesce(getvariable('data_day') - k.last_complete_day <= 3, false) AS is_fresh,
    f.failing_since,
    r.attempts,
    r.requests,
    r.bytes,
    r.pages,
    r.candidates,
    r.records,
    r.stated_count,
    r.parsed_count,
    r.unchanged_pages,
    r.requests_by_step,
    r.field_shares
FROM staging.sources s
LEFT JOIN (
    SELECT *
    FROM staging.source_reports
    WHERE reparsed_from IS NULL
    QUALIFY row_number() OVER (PARTITION BY source_id ORDER BY crawl_seq DESC) = 1
) r USING (source_id)
LEFT JOIN source_checks k USING (source_id)
LEFT JOIN (
    SELECT r.source_id, min(r.finished_at) AS failing_since
    FROM staging.source_reports r
    LEFT JOIN source_checks k USING (source_id)
    WHERE r.reparsed_from IS NULL AND r.crawl_seq > coalesce(k.last_complete_seq, 0)
    GROUP BY r.source_id
) f USING (source_id)
WHERE s.is_active
ORDER BY s.source_id
