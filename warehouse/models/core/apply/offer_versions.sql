-- Closes the versions that no longer hold and adds those that do from now on. An offer without
-- entries has become part of another one: its last version ends and none follows.
CREATE OR REPLACE TEMP TABLE night_different AS
SELECT t.offer_id, t.touched_at
FROM night_touched t
LEFT JOIN night_old o USING (offer_id)
LEFT JOIN night_merged m USING (offer_id)
WHERE o.offer_id IS NULL OR m.offer_id IS NULL
    OR t.offer_id IN (SELECT offer_id FROM night_changes);

UPDATE core.offer_versions v
SET valid_to_seq = getvariable('seq'), valid_to = d.touched_at
FROM night_different d
WHERE v.offer_id = d.offer_id AND v.valid_to_seq IS NULL;

INSERT INTO core.offer_versions BY NAME
SELECT
    m.*,
    getvariable('seq') AS valid_from_seq,
    d.touched_at AS valid_from
FROM night_merged m
JOIN night_different d USING (offer_id);
