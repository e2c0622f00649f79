-- How the visit to each source of a crawl ended. `reparsed_from`: no visit, but the pages of that
-- crawl read again; such a row says nothing about the state of the source.
CREATE TABLE IF NOT EXISTS staging.source_reports (
    crawl_seq INTEGER,
    source_id VARCHAR,
    provider_id VARCHAR,
    kind VARCHAR,
    platform VARCHAR,
    state VARCHAR,
    failure_class VARCHAR,
    detail VARCHAR,
    started_at TIMESTAMPTZ,
    finished_at TIMESTAMPTZ,
    requests INTEGER,
    bytes BIGINT,
    pages INTEGER,
    candidates INTEGER,
    records INTEGER,
    stated_count INTEGER,
    parsed_count INTEGER,
    requests_by_step JSON,
    unchanged_pages INTEGER,
    field_shares JSON,
    attempts INTEGER,
    reparsed_from VARCHAR
);
-- For warehouses from before the first re-reading.
ALTER TABLE staging.source_reports ADD COLUMN IF NOT EXISTS reparsed_from VARCHAR;
-- For warehouses from before visits were repeated.
ALTER TABLE staging.source_reports ADD COLUMN IF NOT EXISTS attempts INTEGER;
-- For warehouses from before visits told what they had filled and what had not changed.
ALTER TABLE staging.source_reports ADD COLUMN IF NOT EXISTS unchanged_pages INTEGER;
ALTER TABLE staging.source_reports ADD COLUMN IF NOT EXISTS field_shares JSON;
