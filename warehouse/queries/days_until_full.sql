-- Frage: Wie schnell füllen sich Angebote?
-- Lesart: Tage vom ersten Lesen bis zum ersten Tag, an dem keine Anmeldung mehr möglich war. Was
-- schon beim ersten Lesen voll war, hat keine messbare Dauer und zählt für sich.
WITH history AS (
    SELECT
        v.offer_id,
        any_value(v.module) AS module,
        min(v.valid_from_day) AS first_day,
        min(v.valid_from_day) FILTER (WHERE v.status IN ('full', 'waitlist')) AS full_day
    FROM mart.offer_versions v
    WHERE v.relevance IN ('series', 'council')
    GROUP BY v.offer_id
)
SELECT
    module,
    count(*) AS offers,
    count(full_day) FILTER (WHERE full_day > first_day) AS filled_up,
    median(full_day - first_day) FILTER (WHERE full_day > first_day) AS median_days,
    count(full_day) FILTER (WHERE full_day = first_day) AS full_at_first_sight
FROM history
GROUP BY module
ORDER BY module;
