-- The distinct course records of the crawl `seq`, each with one page on which it was read.
CREATE OR REPLACE TEMP TABLE night_seen AS
SELECT
    s.source_id,
    r.kind,
    s.provider_id AS source_provider_id,
    s.record_sha256,
    s.page_url,
    s.fetched_at,
    s.content_sha256,
    s.extractor
FROM staging.sightings s
JOIN staging.source_reports r USING (crawl_seq, source_id)
WHERE s.crawl_seq = getvariable('seq') AND s.record_type = 'course'
QUALIFY row_number() OVER (
    PARTITION BY s.source_id, s.record_sha256
    ORDER BY s.fetched_at DESC, s.page_url, s.content_sha256
) = 1;
