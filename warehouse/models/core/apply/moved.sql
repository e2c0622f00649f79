-- night_moved: entries that go on under another key of their source. Where that key had already
-- been taken for another entry, that one was a part of this: `night_absorbed`.
CREATE OR REPLACE TEMP TABLE night_absorbed AS
SELECT e.source_id, e.base_key, e.ordinal, e.offer_id
FROM core.entries e
JOIN night_moved m
    ON m.source_id = e.source_id AND m.new_key = e.base_key AND m.new_ordinal = e.ordinal;

DELETE FROM core.entries e
USING night_absorbed a
WHERE e.source_id = a.source_id AND e.base_key = a.base_key AND e.ordinal = a.ordinal;

DELETE FROM core.kept k
USING night_absorbed a
WHERE k.source_id = a.source_id AND k.base_key = a.base_key AND k.ordinal = a.ordinal;

UPDATE core.entries e
SET base_key = m.new_key,
    ordinal = m.new_ordinal,
    moved_score = m.score,
    moved_reason = m.reason
FROM night_moved m
WHERE e.source_id = m.source_id AND e.base_key = m.old_key AND e.ordinal = m.old_ordinal;

UPDATE core.kept k
SET base_key = m.new_key, ordinal = m.new_ordinal
FROM night_moved m
WHERE k.source_id = m.source_id AND k.base_key = m.old_key AND k.ordinal = m.old_ordinal;

UPDATE night_sightings n
SET is_new = false
FROM night_moved m
WHERE n.source_id = m.source_id AND n.base_key = m.new_key AND n.ordinal = m.new_ordinal;
