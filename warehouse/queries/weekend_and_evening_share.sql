-- Frage: Wie viele Termine liegen am Wochenende oder am Abend, also außerhalb üblicher Arbeitszeit?
-- Lesart: Abend heißt Beginn ab 17 Uhr. Termine ohne Uhrzeit an Werktagen sind unbekannt und stehen
-- für sich; der Anteil bezieht sich nur auf die bekannten.
WITH sessions AS (
    SELECT
        o.module,
        isodow(s.session_date) >= 6 AS is_weekend,
        hour(s.starts_at) >= 17 AS is_evening
    FROM mart.offer_sessions s
    JOIN mart.offers o USING (offer_id)
    WHERE o.relevance IN ('series', 'council')
),
counted AS (
    SELECT
        module,
        count(*) AS sessions,
        count(*) FILTER (WHERE is_weekend) AS weekend,
        count(*) FILTER (WHERE NOT is_weekend AND is_evening) AS evening,
        count(*) FILTER (WHERE NOT is_weekend AND is_evening IS NULL) AS time_unknown
    FROM sessions
    GROUP BY module
)
SELECT
    *,
    round((weekend + evening) / nullif(sessions - time_unknown, 0), 3) AS share_outside_work
FROM counted
ORDER BY module;
