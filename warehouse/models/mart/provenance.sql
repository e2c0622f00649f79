-- said_values: every value that any entry of an offer gives, with its words.
SELECT DISTINCT ON (offer_id, field, page_url, content_sha256, value)
    offer_id,
    field,
    value,
    is_used,
    original_text,
    source_id,
    page_url AS source_url,
    last_seen_at AS fetched_at,
    content_sha256,
    extractor
FROM said_values
WHERE offer_id IN (SELECT offer_id FROM mart.offers)
ORDER BY offer_id, field, page_url, content_sha256, value, original_text
