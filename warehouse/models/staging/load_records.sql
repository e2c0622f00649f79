INSERT INTO staging.records
SELECT record_sha256, any_value(record_type), any_value(record)
FROM landed
ANTI JOIN staging.records USING (record_sha256)
GROUP BY record_sha256;
