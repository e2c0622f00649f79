-- The words that staging does not know yet.
CREATE OR REPLACE TEMP TABLE new_records AS
SELECT record_sha256, any_value(record_type) AS record_type
FROM landed
ANTI JOIN staging.records USING (record_sha256)
GROUP BY record_sha256;
