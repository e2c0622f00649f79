-- Frage: Stimmt die Zahl der Treffer, die eine Webseite selbst nennt, mit den gelesenen überein?
-- Lesart: Eine Abweichung macht einen Besuch unvollständig. Ohne genannte Zahl lässt sich nichts
-- vergleichen (leer). Je Quelle der letzte Besuch, Abweichungen zuerst.
SELECT
    k.source_id,
    k.day,
    k.state,
    k.stated_count,
    k.parsed_count,
    k.stated_count - k.parsed_count AS missing,
    k.records
FROM mart.source_checks k
QUALIFY row_number() OVER (PARTITION BY k.source_id ORDER BY k.started_at DESC) = 1
ORDER BY abs(missing) DESC NULLS LAST, k.source_id;
