-- Frage: Was hat die letzte Nacht an Abrufen gekostet, und wo wurde am meisten gelesen?
-- Lesart: Je Quelle ein Besuch in der Nacht; unchanged_pages wurden nicht neu übertragen.
SELECT
    h.source_id, h.kind, h.platform, h.state, h.requests, h.pages, h.unchanged_pages,
    round(h.bytes / 1000000, 2) AS megabytes, h.records
FROM mart.source_health h
WHERE h.last_crawl_at IS NOT NULL
ORDER BY h.requests DESC, h.source_id;
