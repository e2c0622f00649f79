-- Frage: Welche Quellen sind am längsten nicht vollständig gelesen, und wie viele Gremien betrifft das?
-- Lesart: Solange eine zugeordnete Quelle seit mehr als 3 Tagen nicht vollständig gelesen ist, steht
-- ein Gremium ohne Angebot auf unknown, nie auf none_found.
SELECT
    h.source_id,
    p.name AS provider,
    h.state,
    h.failure_class,
    h.detail,
    h.failing_since,
    h.last_complete_at,
    (SELECT count(*) FROM mart.council_sources s WHERE s.source_id = h.source_id) AS councils
FROM mart.source_health h
JOIN mart.providers p USING (provider_id)
WHERE h.state IS DISTINCT FROM 'complete'
ORDER BY h.failing_since NULLS FIRST, councils DESC, h.source_id;
