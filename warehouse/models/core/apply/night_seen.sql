-- The distinct course records of the crawl `seq`, each with one page on which it was read.
-- `visit_seq` is the crawl that fetched the page: this one, or the earlier one whose pages were read
-- again. Once a later complete check has been applied, an old page has nothing to say any more.
CREATE OR REPLACE TEMP TABLE night_seen AS
SELECT
    s.source_id,
    r.kind,
    s.provider_id AS source_provider_id,
    s.record_sha256,
    s.page_url,
    s.fetched_at,
    s.content_sha256,
    s.extractor,
    coalesce(v.seq, s.crawl_seq) AS visit_seq
FROM staging.sightings s
JOIN staging.source_reports r USING (crawl_seq, source_id)
LEFT JOIN staging.crawls v ON v.crawl_id = r.reparsed_from
WHERE s.crawl_seq = getvariable('seq')
    AND s.record_type = 'course'
    AND (r.reparsed_from IS NULL OR (v.seq IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM staging.source_reports later
        WHERE later.source_id = s.source_id
            AND later.crawl_seq > v.seq
            AND later.crawl_seq < s.crawl_seq
            AND later.state = 'complete'
            AND later.reparsed_from IS NULL
    )))
QUALIFY row_number() OVER (
    PARTITION BY s.source_id, s.record_sha256
    ORDER BY s.fetched_at DESC, s.page_url, s.content_sha256
) = 1;
