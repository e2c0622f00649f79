-- The words that are new. $path: the record file.
INSERT INTO staging.records
SELECT record_sha256, any_value(record_type), any_value(record)
FROM read_json(
    $path,
    format = 'newline_delimited',
    maximum_object_size = 67108864,
    columns = {record_sha256: 'VARCHAR', record: 'JSON'}
)
JOIN new_records USING (record_sha256)
GROUP BY record_sha256;
