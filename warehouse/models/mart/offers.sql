-- Offers that an active source has shown, by providers of the register. Past is what the calendar
-- or the page says is over; what a complete check no longer finds has vanished, twice: withdrawn.
WITH versions AS (
    SELECT
        *,
        last_day(end_date, start_date, session_count, [s.day FOR s IN sessions]) AS last_day
    FROM scored_versions
),
shown AS (
    SELECT
        e.offer_id,
        min(e.first_seen_at) AS first_seen_at,
        max(e.last_seen_at) AS last_seen_at
    FROM wanted_entries e
    GROUP BY e.offer_id
    HAVING bool_or(e.source_id IN (SELECT source_id FROM mart.source_health))
),
diary AS (
    SELECT offer_id, max(changed_at) AS last_changed_at
    FROM wanted_offer_changes
    WHERE kind IN ('appeared', 'changed')
    GROUP BY offer_id
)
SELECT
    v.* EXCLUDE (valid_from_seq, valid_from, valid_to_seq, valid_to, sessions)
        REPLACE (
            lifecycle_on(v.lifecycle, v.status, v.last_day, getvariable('data_day')) AS lifecycle
        ),
    s.first_seen_at,
    s.last_seen_at,
    coalesce(d.last_changed_at, v.valid_from) AS last_changed_at
FROM versions v
JOIN shown s USING (offer_id)
LEFT JOIN diary d USING (offer_id)
WHERE v.provider_id IS NULL OR v.provider_id IN (SELECT provider_id FROM mart.providers)
ORDER BY v.offer_id
