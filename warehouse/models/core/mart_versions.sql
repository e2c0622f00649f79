-- A mark for the contents of each table of the mart: another mark, other contents. `keys_version`
-- stays where rows have only got other values.
CREATE TABLE IF NOT EXISTS core.mart_versions (
    table_name VARCHAR,
    version UUID,
    keys_version UUID
);
