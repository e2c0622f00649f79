-- Frage: Für welche Gremien kennt der Atlas keinen Anbieter, oder keinen, dessen Seiten er lesen kann?
-- Lesart: Ohne Angebot von anderswo stehen diese Gremien auf not_configured. providers ist die Zahl
-- der bekannten Anbieter; wer einen Anbieter oder seine Webseite kennt, trägt sie in providers.csv
-- und service_areas.csv nach.
SELECT
    c.ags,
    c.municipality,
    c.regierungsbezirk,
    count(p.provider_id) AS providers,
    string_agg(p.name, ', ' ORDER BY p.name) AS not_readable
FROM mart.councils c
LEFT JOIN mart.service_areas a USING (ags)
LEFT JOIN mart.providers p ON p.provider_id = a.provider_id
WHERE c.ags NOT IN (SELECT s.ags FROM mart.council_sources s WHERE NOT s.is_statewide)
GROUP BY c.ags, c.municipality, c.regierungsbezirk
ORDER BY providers, c.municipality;
