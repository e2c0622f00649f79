-- Every state of every offer that is or was shown. Offers that have no state any more have become
-- part of another one; the days on which they stood alone would be wrong without them.
WITH retired AS (
    SELECT offer_id
    FROM wanted_entries
    GROUP BY offer_id
    HAVING NOT bool_or(source_id IN (SELECT source_id FROM mart.source_health))
)
SELECT
    v.offer_id,
    v.valid_from,
    v.valid_to,
    f.day AS valid_from_day,
    t.day AS valid_to_day,
    v.lifecycle AS presence,
    v.provider_id,
    v.module,
    v.relevance,
    v.title,
    v.course_number,
    v.start_date,
    v.end_date,
    last_day(v.end_date, v.start_date, v.session_count, [s.day FOR s IN v.sessions]) AS last_day,
    v.venue_name,
    v.venue_place,
    v.venue_ags,
    v.delivery_mode,
    v.places_planned,
    v.places_total,
    v.places_taken,
    v.places_free,
    v.status,
    v.price_eur,
    v.is_free,
    v.detail_url
FROM wanted_offer_versions v
JOIN crawl_days f ON f.seq = v.valid_from_seq
LEFT JOIN crawl_days t ON t.seq = v.valid_to_seq
WHERE v.offer_id NOT IN (SELECT offer_id FROM retired)
    AND (v.provider_id IS NULL OR v.provider_id IN (SELECT provider_id FROM mart.providers))
ORDER BY v.offer_id, v.valid_from_seq
