SELECT changed_at, offer_id, kind, field, old_value, new_value
FROM core.offer_changes
WHERE offer_id IN (SELECT offer_id FROM mart.offers)
ORDER BY changed_at, offer_id, kind, field
