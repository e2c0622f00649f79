-- The entries as they were, to find out at the end which offers are touched.
CREATE OR REPLACE TEMP TABLE night_before AS
SELECT source_id, base_key, ordinal, offer_id, record_sha256, missed,
    page_url, content_sha256, extractor, last_seen_at
FROM core.entries;
