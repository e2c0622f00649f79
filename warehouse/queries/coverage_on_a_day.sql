-- Frage: Wie viele Gremien erreichten an einem vergangenen Tag ein Angebot, und wie viele heute?
-- Lesart: Die Tage stehen in der ersten Zeile der Abfrage und dürfen geändert werden. Gerechnet wird
-- mit dem, was an dem Tag bekannt war, und mit dem Register von heute; nur belegte Gremien.
WITH days AS (SELECT data_day AS today, data_day - 7 AS earlier FROM mart.publication),
states AS (
    SELECT 'today' AS moment, * FROM coverage_on((SELECT today FROM days))
    UNION ALL BY NAME
    SELECT 'earlier' AS moment, * FROM coverage_on((SELECT earlier FROM days))
)
SELECT
    s.module,
    s.state,
    count(*) FILTER (WHERE s.moment = 'earlier') AS councils_earlier,
    count(*) FILTER (WHERE s.moment = 'today') AS councils_today
FROM states s
JOIN mart.councils c USING (ags)
WHERE c.counts_as_p27 = 'yes'
GROUP BY s.module, s.state
ORDER BY s.module, s.state;
