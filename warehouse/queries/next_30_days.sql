-- Frage: Was beginnt in den nächsten 30 Tagen?
-- Lesart: Vom Stand der Daten an gerechnet, ohne Abgesagtes. places_free ist leer, wenn die Seite
-- keine Zahl nennt; der Stand der Anmeldung steht in status.
SELECT
    o.start_date,
    p.name AS provider,
    o.module,
    o.title,
    o.venue_place,
    o.status,
    o.places_free,
    o.registration_url,
    o.detail_url
FROM mart.offers o
LEFT JOIN mart.providers p USING (provider_id)
CROSS JOIN mart.publication n
WHERE o.start_date BETWEEN n.data_day AND n.data_day + 30
    AND o.relevance IN ('series', 'council')
    AND is_covering(o.lifecycle, o.status)
ORDER BY o.start_date, provider, o.title, o.offer_id;
