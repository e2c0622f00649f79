-- Frage: Was findet im Umkreis von 50 km um ein Gremium statt?
-- Lesart: Luftlinie vom Ort des Gremiums zur Kommune des Veranstaltungsortes, das nächste zuerst.
-- 05315000 ist Köln; der amtliche Gemeindeschlüssel anderer Gremien steht in mart.councils.ags.
-- Angebote ohne sicher erkannten Ort und reine Online-Angebote sind nicht dabei.
SELECT km, venue_municipality, module, title, start_date, status, places_free, detail_url
FROM offers_near('05315000', 50)
ORDER BY km, start_date, title;
