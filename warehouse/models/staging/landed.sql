-- The lines of one record file, before they are taken in. $path: the file.
CREATE OR REPLACE TEMP TABLE landed AS
SELECT *, record ->> 'record_type' AS record_type
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
        record: 'JSON'
    }
);
