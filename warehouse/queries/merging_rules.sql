-- Frage: Nach welchen Regeln wurden Einträge mehrerer Quellen zusammengeführt?
-- Lesart: number: gleiche Kursnummer beim selben Anbieter; link: ein Eintrag verweist auf den anderen;
-- similarity: ähnlicher Titel und gleiche Tage beim selben Anbieter.
SELECT
    d.rule,
    d.is_merged,
    count(*) AS decisions,
    count(DISTINCT d.offer_id) AS offers,
    min(d.score) AS lowest_score
FROM mart.merge_decisions d
GROUP BY d.rule, d.is_merged
ORDER BY d.rule, d.is_merged;
