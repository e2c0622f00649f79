-- Records whose words are those of a known entry.
CREATE OR REPLACE TEMP TABLE night_hits AS
SELECT n.*, e.base_key, e.ordinal
FROM night_seen n
JOIN core.entries e USING (source_id, record_sha256);
