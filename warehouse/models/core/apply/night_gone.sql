-- Entries that tonight's visits have not shown under their key, where something new may be them,
-- and what is newer than any of them in the same source: `resolve/moving.py` decides.
CREATE OR REPLACE TEMP TABLE night_gone AS
WITH visited AS (
    SELECT n.source_id, bool_or(n.is_new) AS has_new,
        any_value(r.state = 'complete' AND r.reparsed_from IS NULL) AS is_complete
    FROM night_sightings n
    JOIN staging.source_reports r
        ON r.crawl_seq = getvariable('seq') AND r.source_id = n.source_id
    GROUP BY n.source_id
)
SELECT e.*, v.is_complete
FROM core.entries e
JOIN visited v USING (source_id)
ANTI JOIN night_sightings n
    ON n.source_id = e.source_id AND n.base_key = e.base_key AND n.ordinal = e.ordinal
WHERE v.has_new OR (v.is_complete AND e.missed < 2);

CREATE OR REPLACE TEMP TABLE night_come AS
SELECT n.*, e.first_seen_seq AS known_since, g.is_complete
FROM night_sightings n
JOIN (
    SELECT source_id, any_value(is_complete) AS is_complete, min(last_seen_seq) AS since
    FROM night_gone
    GROUP BY source_id
) g USING (source_id)
LEFT JOIN core.entries e
    ON e.source_id = n.source_id AND e.base_key = n.base_key AND e.ordinal = n.ordinal
WHERE n.is_new OR (g.is_complete AND e.first_seen_seq > g.since)
QUALIFY row_number() OVER (
    PARTITION BY n.source_id, n.base_key, n.ordinal ORDER BY n.record_sha256
) = 1;
