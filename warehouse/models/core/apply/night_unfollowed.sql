-- Entries that one complete check has not found any more, and those of the same source that are
-- newer: what may be one training, and nobody has joined.
CREATE OR REPLACE TEMP TABLE night_unfollowed AS
SELECT * FROM core.entries WHERE missed = 1;

CREATE OR REPLACE TEMP TABLE night_newer AS
SELECT e.*, e.last_seen_seq AS visit_seq, e.first_seen_seq AS known_since, true AS is_complete
FROM core.entries e
JOIN (
    SELECT source_id, min(last_seen_seq) AS since FROM night_unfollowed GROUP BY source_id
) g USING (source_id)
WHERE e.missed = 0 AND e.first_seen_seq > g.since;
