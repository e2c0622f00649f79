-- night_touched are the offers that may be others now; a page that reads the same and is another
-- page changes only where the values come from.
INSERT INTO core.touched_offers
SELECT getvariable('seq'), offer_id FROM night_touched
UNION
SELECT getvariable('seq'), a.offer_id
FROM core.entries a
JOIN night_before b USING (source_id, base_key, ordinal)
WHERE a.page_url <> b.page_url
    OR a.content_sha256 <> b.content_sha256
    OR a.extractor <> b.extractor;
