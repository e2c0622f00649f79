-- Frage: Wie viele Angebote je Modul gibt es in jedem Regierungsbezirk, und wann beginnt das nächste?
-- Lesart: Nach der Kommune des Veranstaltungsortes. Angebote ohne sicher erkannten Ort stehen in der
-- Zeile ohne Regierungsbezirk.
SELECT
    m.regierungsbezirk,
    count(*) FILTER (WHERE o.module = 'basis') AS basis,
    count(*) FILTER (WHERE o.module = 'aufbau') AS aufbau,
    count(*) FILTER (WHERE o.module = 'other') AS other,
    min(o.start_date) FILTER (WHERE o.start_date >= (SELECT data_day FROM mart.publication))
        AS next_start
FROM mart.offers o
LEFT JOIN mart.municipalities m ON m.ags = o.venue_ags
WHERE o.relevance IN ('series', 'council') AND is_covering(o.lifecycle, o.status)
GROUP BY m.regierungsbezirk
ORDER BY m.regierungsbezirk NULLS LAST;
