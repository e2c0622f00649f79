-- What the diary says about tonight. night_old: versions valid until now; night_merged: from now.
CREATE OR REPLACE TEMP TABLE night_changes AS
SELECT m.offer_id, 'appeared' AS kind, 'lifecycle' AS field, NULL AS old_value,
    m.lifecycle AS new_value
FROM night_merged m
ANTI JOIN core.offer_versions v USING (offer_id)
UNION ALL
SELECT m.offer_id,
    CASE m.lifecycle WHEN 'current' THEN 'returned' ELSE m.lifecycle END,
    'lifecycle', o.lifecycle, m.lifecycle
FROM night_merged m
JOIN night_old o USING (offer_id)
WHERE m.lifecycle <> o.lifecycle
UNION ALL
SELECT offer_id, 'changed', field, old_value, new_value
FROM night_changed_fields;

INSERT INTO core.offer_changes
SELECT getvariable('seq'), t.touched_at, c.offer_id, c.kind, c.field, c.old_value, c.new_value
FROM night_changes c
JOIN night_touched t USING (offer_id);
