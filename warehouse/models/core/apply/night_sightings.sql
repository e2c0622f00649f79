-- Every entry that was seen tonight, with the record that stands for it from now on.
CREATE OR REPLACE TEMP TABLE night_sightings AS
SELECT source_id, kind, base_key, ordinal, false AS is_new, record_sha256,
    page_url, fetched_at, content_sha256, extractor, visit_seq
FROM night_hits
UNION ALL
SELECT source_id, kind, base_key, 0, true, record_sha256,
    page_url, fetched_at, content_sha256, extractor, visit_seq
FROM night_rest
WHERE is_alone
UNION ALL
SELECT n.source_id, n.kind, n.base_key, p.ordinal, p.is_new, n.record_sha256,
    n.page_url, n.fetched_at, n.content_sha256, n.extractor, n.visit_seq
FROM night_rest n
JOIN night_placed p USING (source_id, record_sha256);
