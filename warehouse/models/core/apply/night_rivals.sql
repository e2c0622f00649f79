-- Everything that shares a key with a record that is not alone: entries, and tonight's records.
CREATE OR REPLACE TEMP TABLE night_rivals AS
WITH contested AS (
    SELECT DISTINCT source_id, base_key FROM night_rest WHERE NOT is_alone
)
SELECT
    e.source_id, e.base_key, 'known' AS role, e.ordinal, NULL AS record_sha256,
    r.title, r.module, r.start_date, r.position, e.missed
FROM core.entries e
JOIN contested USING (source_id, base_key)
JOIN core.readings r ON r.source_id = e.source_id AND r.record_sha256 = e.record_sha256
UNION ALL
SELECT
    h.source_id, h.base_key, 'seen', h.ordinal, h.record_sha256,
    r.title, r.module, r.start_date, r.position, 0
FROM night_hits h
JOIN contested USING (source_id, base_key)
JOIN core.readings r ON r.source_id = h.source_id AND r.record_sha256 = h.record_sha256
UNION ALL
SELECT
    n.source_id, n.base_key, 'seen', NULL, n.record_sha256,
    n.title, n.module, n.start_date, n.position, 0
FROM night_rest n
WHERE NOT n.is_alone;
