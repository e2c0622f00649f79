-- night_kept: all that the turned entries keep from now on.
DELETE FROM core.kept k
USING night_turned t
WHERE k.source_id = t.source_id AND k.base_key = t.base_key AND k.ordinal = t.ordinal;

INSERT INTO core.kept BY NAME SELECT * FROM night_kept;
