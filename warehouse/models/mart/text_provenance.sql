-- Every value of announcements, their events and organisations, as last read, with its words.
WITH events AS (
    SELECT
        * EXCLUDE (record, listed),
        unnest(listed) AS record,
        generate_subscripts(listed, 1)::INTEGER AS event_no
    FROM (
        SELECT *, from_json(record -> 'events', '["JSON"]') AS listed
        FROM latest_announcements
    )
    WHERE len(listed) > 0
),
told AS (
    SELECT
        'announcement' AS subject_kind,
        announcement_id AS subject_id,
        0 AS part_no,
        unnest(['title', 'summary', 'published_on', 'relevance']) AS field,
        record,
        source_id,
        page_url,
        fetched_at,
        content_sha256,
        extractor
    FROM latest_announcements
    UNION ALL BY NAME
    SELECT
        'event' AS subject_kind,
        announcement_id AS subject_id,
        event_no AS part_no,
        unnest([
            'title', 'start_date', 'end_date', 'starts', 'venue_name', 'venue_street',
            'venue_place', 'is_free'
        ]) AS field,
        record,
        source_id,
        page_url,
        fetched_at,
        content_sha256,
        extractor
    FROM events
    UNION ALL BY NAME
    SELECT
        'organisation' AS subject_kind,
        organisation_id AS subject_id,
        0 AS part_no,
        unnest([
            'name', 'short_name', 'summary', 'street', 'postcode', 'place', 'phone', 'fax',
            'email', 'website'
        ]) AS field,
        record,
        source_id,
        page_url,
        fetched_at,
        content_sha256,
        extractor
    FROM latest_organisations
)
SELECT
    subject_kind,
    subject_id,
    part_no,
    field,
    record ->> field AS value,
    coalesce(
        record -> 'origins' ->> field,
        -- What landings from before all words were kept hold of them.
        CASE WHEN field IN ('start_date', 'end_date', 'starts') THEN record ->> 'origin' END
    ) AS original_text,
    source_id,
    page_url AS source_url,
    fetched_at,
    content_sha256,
    extractor
FROM told
WHERE record ->> field IS NOT NULL
ORDER BY subject_kind, subject_id, part_no, field
