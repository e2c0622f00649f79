-- Entries of directories that the last complete check, or a later visit, has found.
CREATE OR REPLACE TEMP VIEW latest_organisations AS
SELECT
    left(sha256(concat_ws('|', 'organisation', l.source_id, l.name, l.place)), 16)
        AS organisation_id,
    l.*
FROM (
    SELECT
        s.source_id,
        r.record ->> 'name' AS name,
        r.record ->> 'place' AS place,
        r.record,
        s.page_url,
        s.fetched_at,
        s.content_sha256,
        s.extractor
    FROM newest_readings s
    JOIN staging.records r USING (record_sha256)
    LEFT JOIN source_checks k USING (source_id)
    WHERE s.record_type = 'organisation'
        AND s.source_id IN (SELECT source_id FROM mart.source_health)
        AND s.crawl_seq >= coalesce(k.last_complete_seq, 0)
    QUALIFY row_number() OVER (
        PARTITION BY s.source_id, name, place
        ORDER BY s.crawl_seq DESC, s.page_url, s.record_sha256
    ) = 1
) l;
