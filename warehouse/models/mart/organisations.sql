-- Entries of directories that the last complete check, or a later visit, has found.
SELECT
    left(sha256(concat_ws('|', 'organisation', l.source_id, l.name, l.place)), 16)
        AS organisation_id,
    l.*
FROM (
    SELECT
        s.source_id,
        r.record ->> 'name' AS name,
        r.record ->> 'short_name' AS short_name,
        r.record ->> 'summary' AS summary,
        r.record ->> 'street' AS street,
        r.record ->> 'postcode' AS postcode,
        r.record ->> 'place' AS place,
        r.record ->> 'phone' AS phone,
        r.record ->> 'fax' AS fax,
        r.record ->> 'email' AS email,
        r.record ->> 'website' AS website,
        s.page_url AS source_url,
        s.fetched_at AS last_seen_at
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
) l
ORDER BY organisation_id
