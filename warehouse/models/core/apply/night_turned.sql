-- Entries seen tonight whose words are others than before, or that had kept something: what of it
-- still holds is to be decided. `is_same_page`: only the reader is another, not the page.
CREATE OR REPLACE TEMP TABLE night_turned AS
SELECT
    n.source_id,
    n.base_key,
    n.ordinal,
    e.record_sha256 AS new_record,
    b.record_sha256 AS old_record,
    b.page_url,
    b.last_seen_at AS last_said_at,
    b.content_sha256,
    b.extractor,
    m.source_id IS NOT NULL AS is_moved,
    b.content_sha256 = e.content_sha256 AND b.page_url = e.page_url AS is_same_page,
    r.state = 'complete' AS is_complete,
    c.today
FROM night_sightings n
JOIN core.entries e USING (source_id, base_key, ordinal)
JOIN night_before b USING (source_id, base_key, ordinal)
JOIN staging.source_reports r
    ON r.crawl_seq = getvariable('seq') AND r.source_id = n.source_id
JOIN staging.crawls c ON c.seq = getvariable('seq')
LEFT JOIN night_moved m
    ON m.source_id = n.source_id AND m.new_key = n.base_key AND m.new_ordinal = n.ordinal
LEFT JOIN (SELECT DISTINCT source_id, base_key, ordinal FROM core.kept) k
    ON k.source_id = n.source_id AND k.base_key = n.base_key AND k.ordinal = n.ordinal
WHERE NOT n.is_new
    AND (e.record_sha256 <> b.record_sha256 OR k.source_id IS NOT NULL);
