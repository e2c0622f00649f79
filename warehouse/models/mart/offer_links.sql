-- One course on the sites of several VHS: linked, not merged, because a course number is unique only
-- within its provider. Trainings of the series share their title, so that title and first day are no
-- sign: the page must be the same, or all hours and the place.
WITH hours AS (
    SELECT offer_id, list(starts_at ORDER BY starts_at) AS starts
    FROM mart.offer_sessions
    GROUP BY offer_id
    HAVING count(*) = count(starts_at)
),
told AS (
    SELECT
        offer_id,
        provider_id,
        lower(title) AS title,
        start_date,
        detail_url,
        starts,
        CASE
            WHEN delivery_mode = 'online' THEN 'online'
            ELSE lower(venue_name || '|' || venue_place)
        END AS place
    FROM mart.offers
    LEFT JOIN hours USING (offer_id)
    WHERE lifecycle <> 'withdrawn'
),
found AS (
    SELECT a.offer_id, b.offer_id AS linked_offer_id, 'page' AS rule
    FROM told a
    JOIN told b USING (title, start_date, detail_url)
    WHERE a.provider_id <> b.provider_id
    UNION ALL
    SELECT a.offer_id, b.offer_id AS linked_offer_id, 'hours' AS rule
    FROM told a
    JOIN told b USING (title, start_date, starts, place)
    WHERE a.provider_id <> b.provider_id
)
-- Where both hold, the page is the better reason.
SELECT offer_id, linked_offer_id, max(rule) AS rule
FROM found
GROUP BY offer_id, linked_offer_id
ORDER BY offer_id, linked_offer_id
