-- $seq: number of the crawl.
INSERT INTO staging.sightings
SELECT
    $seq,
    source_id,
    provider_id,
    record_type,
    record_sha256,
    page_url,
    fetched_at,
    content_sha256,
    extractor
FROM landed;
