-- The files of the last publication, with the version of the table that each holds. What has not
-- changed since is taken over from there.
CREATE TABLE IF NOT EXISTS core.published_files (
    publication VARCHAR,
    table_name VARCHAR,
    version UUID,
    keys_version UUID,
    format VARCHAR,
    path VARCHAR,
    bytes BIGINT,
    sha256 VARCHAR,
    rows BIGINT
);
-- For warehouses from before rows and what follows the day were told apart.
ALTER TABLE core.published_files ADD COLUMN IF NOT EXISTS keys_version UUID;
