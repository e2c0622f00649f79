-- The files of the last publication, with the version of the table that each holds. What has not
-- changed since is taken over from there.
CREATE TABLE IF NOT EXISTS core.published_files (
    publication VARCHAR,
    table_name VARCHAR,
    version UUID,
    format VARCHAR,
    path VARCHAR,
    bytes BIGINT,
    sha256 VARCHAR,
    rows BIGINT
);
