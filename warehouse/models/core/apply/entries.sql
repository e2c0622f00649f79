-- Seen entries are seen, new ones are added, and a complete check counts against what it missed.
-- Pages that were read again give their entries new words and leave the times of their visit; what
-- a later visit has seen keeps the words of that visit.
UPDATE core.entries e
SET record_sha256 = n.record_sha256,
    read_at = n.fetched_at,
    page_url = n.page_url,
    content_sha256 = n.content_sha256,
    extractor = n.extractor
FROM night_sightings n
WHERE NOT n.is_new
    AND e.source_id = n.source_id
    AND e.base_key = n.base_key
    AND e.ordinal = n.ordinal
    AND e.last_seen_seq <= n.visit_seq
    AND (
        e.record_sha256 <> n.record_sha256
        OR e.page_url <> n.page_url
        OR e.content_sha256 <> n.content_sha256
        OR e.extractor <> n.extractor
    );

UPDATE core.entries e
SET last_seen_seq = n.visit_seq,
    last_seen_at = n.fetched_at,
    missed = 0,
    vanished_seq = NULL
FROM night_sightings n
WHERE NOT n.is_new
    AND e.source_id = n.source_id
    AND e.base_key = n.base_key
    AND e.ordinal = n.ordinal
    AND e.last_seen_seq <= n.visit_seq;

INSERT INTO core.entries BY NAME
SELECT
    source_id, base_key, ordinal, kind, record_sha256,
    getvariable('seq') AS first_seen_seq,
    fetched_at AS first_seen_at,
    visit_seq AS last_seen_seq,
    fetched_at AS last_seen_at,
    fetched_at AS read_at,
    page_url, content_sha256, extractor,
    0 AS missed
FROM night_sightings
WHERE is_new;

UPDATE core.entries e
SET missed = e.missed + 1,
    vanished_seq = coalesce(e.vanished_seq, getvariable('seq'))
FROM staging.source_reports r
WHERE r.crawl_seq = getvariable('seq')
    AND r.state = 'complete'
    AND r.reparsed_from IS NULL
    AND r.source_id = e.source_id
    AND e.last_seen_seq < getvariable('seq')
    AND e.missed < 2;
