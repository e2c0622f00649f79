-- Frage: Welche Volkshochschulen veröffentlichen unvollständige Angaben, und was fehlt am häufigsten?
-- Lesart: Punkte nach der Regel des Kursportals WISY (0 bis 100), gemittelt über die aktuellen
-- Angebote. Die niedrigsten stehen oben. Der fertige Text an den Anbieter steht in
-- provider_quality.message.
WITH gaps AS (
    SELECT o.provider_id, g.field, count(*) AS offers
    FROM mart.offer_gaps g
    JOIN mart.offers o USING (offer_id)
    WHERE o.lifecycle IN ('current', 'vanished')
    GROUP BY o.provider_id, g.field
)
SELECT
    p.name,
    q.offer_count,
    q.completeness_score,
    q.gap_count,
    (SELECT string_agg(g.field, ', ' ORDER BY g.offers DESC, g.field)
     FROM gaps g WHERE g.provider_id = q.provider_id) AS missing_fields
FROM mart.provider_quality q
JOIN mart.providers p USING (provider_id)
WHERE p.kind = 'vhs' AND q.completeness_score < 100
ORDER BY q.completeness_score, p.name;
