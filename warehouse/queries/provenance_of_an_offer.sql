-- Frage: Woher stammt jede Angabe eines Angebots?
-- Lesart: Hier das Angebot, das als nächstes beginnt; für ein anderes die Kennung in der ersten
-- Zeile einsetzen. is_used sagt, ob der Wert in mart.offers steht; unterlegene Werte bleiben stehen.
WITH chosen AS (
    SELECT o.offer_id
    FROM mart.offers o
    WHERE o.start_date >= (SELECT data_day FROM mart.publication)
        AND is_covering(o.lifecycle, o.status)
    ORDER BY o.start_date, o.offer_id
    LIMIT 1
)
SELECT p.offer_id, p.field, p.value, p.is_used, p.original_text, p.source_url, p.fetched_at, p.extractor
FROM mart.provenance p
JOIN chosen USING (offer_id)
ORDER BY p.field, p.is_used DESC, p.source_url, p.value;
