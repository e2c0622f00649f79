-- Records whose words are new in their source, typed.
CREATE OR REPLACE TEMP TABLE night_readings AS
SELECT source_id, record_sha256, kind, source_provider_id, unnest(course)
FROM (
    SELECT
        n.source_id,
        n.record_sha256,
        n.kind,
        n.source_provider_id,
        from_json(r.record, '{
            "position": "INTEGER",
            "title": "VARCHAR",
            "subtitle": "VARCHAR",
            "description": "VARCHAR",
            "topics": ["VARCHAR"],
            "target_group": "VARCHAR",
            "module": "VARCHAR",
            "relevance": "VARCHAR",
            "course_number": "VARCHAR",
            "sessions": [{
                "day": "DATE",
                "starts": "TIME",
                "ends": "TIME",
                "venue_name": "VARCHAR",
                "venue_place": "VARCHAR"
            }],
            "start_date": "DATE",
            "end_date": "DATE",
            "session_count": "INTEGER",
            "venue_name": "VARCHAR",
            "venue_street": "VARCHAR",
            "venue_postcode": "VARCHAR",
            "venue_place": "VARCHAR",
            "delivery_mode": "VARCHAR",
            "places_planned": "INTEGER",
            "places_total": "INTEGER",
            "places_taken": "INTEGER",
            "places_free": "INTEGER",
            "status": "VARCHAR",
            "price_eur": "DECIMAL(10, 2)",
            "is_free": "BOOLEAN",
            "price_note": "VARCHAR",
            "registration_url": "VARCHAR",
            "registration_email": "VARCHAR",
            "detail_url": "VARCHAR",
            "announced_by": "VARCHAR",
            "origins": "MAP(VARCHAR, VARCHAR)",
            "evidence": "MAP(VARCHAR, VARCHAR)",
            "stated_none": ["VARCHAR"]
        }') AS course
    FROM night_seen n
    ANTI JOIN core.readings k USING (source_id, record_sha256)
    JOIN staging.records r USING (record_sha256)
);
