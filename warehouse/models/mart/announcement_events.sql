SELECT
    announcement_id,
    event_no,
    event.title,
    event.start_date,
    event.end_date,
    event.start_date + event.starts AS starts_at,
    event.venue_name,
    event.venue_street,
    event.venue_place,
    event.is_free
FROM (
    SELECT
        announcement_id,
        unnest(events) AS event,
        generate_subscripts(events, 1)::INTEGER AS event_no
    FROM (
        SELECT
            announcement_id,
            from_json(record -> 'events', '[{
                "title": "VARCHAR",
                "start_date": "DATE",
                "end_date": "DATE",
                "starts": "TIME",
                "venue_name": "VARCHAR",
                "venue_street": "VARCHAR",
                "venue_place": "VARCHAR",
                "is_free": "BOOLEAN"
            }]') AS events
        FROM latest_announcements
    )
    WHERE len(events) > 0
)
ORDER BY announcement_id, event_no
