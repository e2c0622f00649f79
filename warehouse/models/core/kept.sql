-- What an entry's page once said and is silent about since: the field, and the reading that said it
-- last, with its page as it was then. An explicit "none" and a contradiction end it.
CREATE TABLE IF NOT EXISTS core.kept (
    source_id VARCHAR,
    base_key VARCHAR,
    ordinal INTEGER,
    field VARCHAR,
    record_sha256 VARCHAR,
    page_url VARCHAR,
    last_said_at TIMESTAMPTZ,
    content_sha256 VARCHAR,
    extractor VARCHAR
);
