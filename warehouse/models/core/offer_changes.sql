-- The diary: one row per changed value of an offer and night.
CREATE TABLE IF NOT EXISTS core.offer_changes (
    crawl_seq INTEGER,
    changed_at TIMESTAMPTZ,
    offer_id VARCHAR,
    kind VARCHAR,
    field VARCHAR,
    old_value VARCHAR,
    new_value VARCHAR
);
