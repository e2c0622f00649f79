-- Frage: Wie weit ist es für Gremien ohne eigenes Basismodul bis zum nächsten?
-- Lesart: Luftlinie in Kilometern bis zur Kommune des Veranstaltungsortes; Reisewege sind länger.
-- Leer heißt: nirgends ein Angebot mit erkanntem Ort.
SELECT
    CASE
        WHEN v.nearest_km IS NULL THEN 'unbekannt'
        WHEN v.nearest_km <= 15 THEN 'bis 15 km'
        WHEN v.nearest_km <= 30 THEN 'bis 30 km'
        WHEN v.nearest_km <= 60 THEN 'bis 60 km'
        ELSE 'über 60 km'
    END AS distance,
    count(*) AS councils,
    round(max(v.nearest_km), 1) AS farthest_km
FROM mart.council_coverage v
JOIN mart.councils c USING (ags)
WHERE v.module = 'basis' AND v.state <> 'offered' AND c.counts_as_p27 = 'yes'
GROUP BY distance
ORDER BY min(v.nearest_km) NULLS LAST;
