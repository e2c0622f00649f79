-- Frage: Welchen Gremien fehlt ein Basismodul, und wie weit ist das nächste?
-- Lesart: Nur none_found heißt „vollständig geprüft, keines gefunden“. Bei unknown war die Prüfung
-- unvollständig, bei not_configured kennt der Atlas keine lesbare Quelle: Beides heißt nicht „nein“.
SELECT c.municipality, c.regierungsbezirk, v.state, v.reason, v.nearest_km, v.checked_at
FROM mart.council_coverage v
JOIN mart.councils c USING (ags)
WHERE v.module = 'basis' AND v.state <> 'offered' AND c.counts_as_p27 = 'yes'
ORDER BY v.state, c.municipality;
