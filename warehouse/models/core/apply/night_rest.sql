-- Records that are new words in their source: `is_alone` when nothing there shares their key.
CREATE OR REPLACE TEMP TABLE night_rest AS
SELECT
    n.*,
    r.base_key,
    r.title,
    r.module,
    r.start_date,
    r.position,
    count(*) OVER (PARTITION BY n.source_id, r.base_key) = 1 AND e.source_id IS NULL AS is_alone
FROM night_seen n
ANTI JOIN night_hits h ON h.source_id = n.source_id AND h.record_sha256 = n.record_sha256
JOIN core.readings r ON r.source_id = n.source_id AND r.record_sha256 = n.record_sha256
LEFT JOIN (SELECT DISTINCT source_id, base_key FROM core.entries) e
    ON e.source_id = n.source_id AND e.base_key = r.base_key;
