-- $path: the report file, $seq: number of the crawl.
INSERT INTO staging.source_reports BY NAME
SELECT $seq AS crawl_seq, * EXCLUDE (crawl_id)
FROM read_json(
    $path,
    format = 'newline_delimited',
    columns = {
        crawl_id: 'VARCHAR',
        source_id: 'VARCHAR',
        provider_id: 'VARCHAR',
        kind: 'VARCHAR',
        platform: 'VARCHAR',
        state: 'VARCHAR',
        failure_class: 'VARCHAR',
        detail: 'VARCHAR',
        started_at: 'TIMESTAMPTZ',
        finished_at: 'TIMESTAMPTZ',
        requests: 'INTEGER',
        bytes: 'BIGINT',
        pages: 'INTEGER',
        candidates: 'INTEGER',
        records: 'INTEGER',
        stated_count: 'INTEGER',
        parsed_count: 'INTEGER',
        requests_by_step: 'JSON',
        unchanged_pages: 'INTEGER',
        field_shares: 'JSON',
        attempts: 'INTEGER',
        reparsed_from: 'VARCHAR'
    }
);
