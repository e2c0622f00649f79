-- Frage: Was hat sich in den letzten sieben Tagen geändert?
-- Lesart: Eine Zeile je geänderter Angabe. appeared heißt: zum ersten Mal gelesen; am ersten Tag des
-- Atlas ist alles neu. vanished heißt: bei einer vollständigen Prüfung nicht mehr gefunden.
SELECT d.day, d.kind, p.name AS provider, o.title, o.course_number, d.field, d.old_value, d.new_value
FROM mart.offer_changes d
JOIN mart.offers o USING (offer_id)
LEFT JOIN mart.providers p USING (provider_id)
WHERE d.day > (SELECT data_day FROM mart.publication) - 7
ORDER BY d.changed_at DESC, provider, o.title, d.offer_id, d.field;
