-- A page of one course that is read again under another key (a number that was overlooked) still
-- is the page of that course: its entry takes the new key, so that nothing is counted twice.
UPDATE core.entries e
SET base_key = k.new_key, ordinal = 0, identity_key = NULL
FROM (
    SELECT now.source_id, now.base_key AS new_key, was.base_key, was.ordinal
    FROM (
        SELECT n.source_id, n.page_url, n.content_sha256, n.visit_seq, min(r.base_key) AS base_key
        FROM night_seen n
        JOIN core.readings r USING (source_id, record_sha256)
        WHERE n.visit_seq < getvariable('seq')
        GROUP BY n.source_id, n.page_url, n.content_sha256, n.visit_seq
        HAVING count(*) = 1
    ) now
    JOIN (
        SELECT
            source_id, page_url, content_sha256, last_seen_seq,
            min(base_key) AS base_key, min(ordinal) AS ordinal
        FROM core.entries
        GROUP BY source_id, page_url, content_sha256, last_seen_seq
        HAVING count(*) = 1
    ) was
        ON was.source_id = now.source_id
        AND was.page_url = now.page_url
        AND was.content_sha256 = now.content_sha256
        AND was.last_seen_seq = now.visit_seq
    WHERE now.base_key <> was.base_key
        AND NOT EXISTS (
            SELECT 1 FROM core.entries o
            WHERE o.source_id = now.source_id AND o.base_key = now.base_key
        )
    QUALIFY count(*) OVER (PARTITION BY now.source_id, now.base_key) = 1
) k
WHERE e.source_id = k.source_id AND e.base_key = k.base_key AND e.ordinal = k.ordinal;
