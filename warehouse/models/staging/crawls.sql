-- One row per landing that was read; `seq` numbers the nights in the order in which they count.
CREATE TABLE IF NOT EXISTS staging.crawls (
    seq INTEGER,
    crawl_id VARCHAR,
    today DATE,
    is_sample BOOLEAN,
    started_at TIMESTAMPTZ,
    finished_at TIMESTAMPTZ,
    manifest_sha256 VARCHAR
);
