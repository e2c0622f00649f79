SELECT h.changed_at, c.today AS day, h.offer_id, h.kind, h.field, h.old_value, h.new_value
FROM wanted_offer_changes h
JOIN staging.crawls c ON c.seq = h.crawl_seq
WHERE h.offer_id IN (SELECT offer_id FROM mart.offers)
ORDER BY h.changed_at, h.offer_id, h.kind, h.field
