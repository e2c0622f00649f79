SELECT
    announcement_id,
    provider_id,
    source_id,
    record ->> 'title' AS title,
    record ->> 'summary' AS summary,
    url,
    (record ->> 'published_on')::DATE AS published_on,
    record ->> 'relevance' AS relevance,
    first_seen_at,
    last_seen_at,
    is_current
FROM latest_announcements
ORDER BY announcement_id
