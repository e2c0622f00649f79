SELECT
    offer_id,
    session_no,
    s.day AS session_date,
    s.day + s.starts AS starts_at,
    s.day + s.ends AS ends_at,
    s.venue_name,
    s.venue_place
FROM (
    SELECT
        v.offer_id,
        unnest(v.sessions) AS s,
        generate_subscripts(v.sessions, 1)::INTEGER AS session_no
    FROM wanted_offer_versions v
    WHERE v.valid_to_seq IS NULL AND len(v.sessions) > 0
        AND v.offer_id IN (SELECT offer_id FROM mart.offers)
)
ORDER BY offer_id, session_no
