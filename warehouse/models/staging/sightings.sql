-- Which record was read from which page in which crawl.
CREATE TABLE IF NOT EXISTS staging.sightings (
    crawl_seq INTEGER,
    source_id VARCHAR,
    provider_id VARCHAR,
    record_type VARCHAR,
    record_sha256 VARCHAR,
    page_url VARCHAR,
    fetched_at TIMESTAMPTZ,
    content_sha256 VARCHAR,
    extractor VARCHAR
);
