-- A mark for the contents of each table of the mart; another mark, other contents.
CREATE TABLE IF NOT EXISTS core.mart_versions (table_name VARCHAR, version UUID);
