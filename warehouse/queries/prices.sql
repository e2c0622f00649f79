-- Frage: Wie viele Angebote sind kostenlos, und was kosten die anderen?
-- Lesart: Kostenlos nur, wenn es ausdrücklich dasteht. Kein Preis heißt unbekannt, nicht kostenlos.
SELECT
    module,
    count(*) AS offers,
    count(*) FILTER (WHERE is_free) AS free,
    count(*) FILTER (WHERE is_free IS DISTINCT FROM true AND price_eur IS NOT NULL) AS priced,
    count(*) FILTER (WHERE is_free IS DISTINCT FROM true AND price_eur IS NULL) AS unknown,
    median(price_eur) FILTER (WHERE is_free IS DISTINCT FROM true) AS median_price_eur
FROM mart.offers
WHERE relevance IN ('series', 'council') AND is_covering(lifecycle, status)
GROUP BY module
ORDER BY module;
