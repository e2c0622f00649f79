-- Frage: Welche Gremien haben zwar ein Angebot, aber keines, zu dem man sich noch anmelden kann?
-- Lesart: Ausgebuchte Angebote zählen als Angebot (offered); open_offer_count zählt nur die mit
-- offener Anmeldung und ohne Hinweis, dass kein Platz frei ist.
SELECT c.municipality, v.module, v.offer_count, v.reason, v.next_start, v.nearest_km
FROM mart.council_coverage v
JOIN mart.councils c USING (ags)
WHERE v.state = 'offered' AND v.open_offer_count = 0
ORDER BY c.municipality, v.module;
