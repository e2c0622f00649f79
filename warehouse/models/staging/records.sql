-- Every distinct record once, as read. The same words on another night are the same record.
CREATE TABLE IF NOT EXISTS staging.records (
    record_sha256 VARCHAR,
    record_type VARCHAR,
    record JSON
);
