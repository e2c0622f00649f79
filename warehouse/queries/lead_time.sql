-- Frage: Wie lange vor dem Beginn werden Angebote angekündigt?
-- Lesart: Tage vom ersten Lesen bis zum ersten Tag. Was schon beim allerersten Besuch der Quelle
-- dastand, war länger angekündigt als gemessen: Es steht in at_least und nicht im Median.
WITH first_visit AS (
    SELECT p.provider_id, min(k.day) AS day
    FROM mart.source_checks k
    JOIN mart.source_health p USING (source_id)
    WHERE k.state IN ('complete', 'partial')
    GROUP BY p.provider_id
),
announced AS (
    SELECT
        o.provider_id,
        min(v.valid_from_day) AS first_day,
        any_value(o.start_date) AS start_date
    FROM mart.offer_versions v
    JOIN mart.offers o USING (offer_id)
    WHERE o.start_date IS NOT NULL
    GROUP BY o.offer_id, o.provider_id
    HAVING min(v.valid_from_day) <= any_value(o.start_date)
)
SELECT
    p.name,
    count(*) FILTER (WHERE a.first_day > f.day) AS offers,
    median(a.start_date - a.first_day) FILTER (WHERE a.first_day > f.day) AS median_days,
    count(*) FILTER (WHERE a.first_day <= f.day) AS seen_at_the_first_visit,
    median(a.start_date - a.first_day) FILTER (WHERE a.first_day <= f.day) AS at_least
FROM announced a
JOIN mart.providers p USING (provider_id)
JOIN first_visit f USING (provider_id)
GROUP BY p.name
ORDER BY p.name;
