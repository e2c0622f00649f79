-- said_values: every value that any entry of an offer gives, with its words. Where one page shows an
-- offer more than once, the same value counts once.
WITH wanted AS (
    SELECT
        offer_id,
        field,
        value,
        is_used,
        original_text,
        source_id,
        page_url AS source_url,
        last_seen_at AS fetched_at,
        content_sha256,
        extractor,
        shares_page
    FROM said_values
    WHERE offer_id IN (SELECT offer_id FROM mart.offers)
),
repeated AS (
    SELECT DISTINCT ON (offer_id, field, source_url, content_sha256, value) *
    FROM wanted
    WHERE shares_page
    ORDER BY offer_id, field, source_url, content_sha256, value, original_text
)
SELECT * EXCLUDE (shares_page) FROM wanted WHERE NOT shares_page
UNION ALL
SELECT * EXCLUDE (shares_page) FROM repeated
