-- Whether any entry is not as it was before tonight, in what identity looks at.
SELECT
    EXISTS (FROM night_turned)
    OR EXISTS (FROM night_moved)
    OR EXISTS (
        SELECT 1
        FROM core.entries a
        LEFT JOIN night_before b USING (source_id, base_key, ordinal)
        WHERE (a.record_sha256, a.missed) IS DISTINCT FROM (b.record_sha256, b.missed)
    );
