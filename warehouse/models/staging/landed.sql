-- Where each line of one record file was read, before it is taken in. $path: the file. Of the words
-- themselves only their kind: on most nights they are known already.
CREATE OR REPLACE TEMP TABLE landed AS
SELECT * EXCLUDE (record), record.record_type
FROM read_json(
    $path,
    format = 'newline_delimited',
    maximum_object_size = 67108864,
    columns = {
        crawl_id: 'VARCHAR',
        source_id: 'VARCHAR',
        provider_id: 'VARCHAR',
        page_url: 'VARCHAR',
        fetched_at: 'TIMESTAMPTZ',
        content_sha256: 'VARCHAR',
        extractor: 'VARCHAR',
        record_sha256: 'VARCHAR',
        record: 'STRUCT(record_type VARCHAR)'
    }
);
