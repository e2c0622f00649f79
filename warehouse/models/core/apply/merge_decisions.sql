-- night_candidates: pairs that were left to people. A decision that still holds keeps its night.
CREATE OR REPLACE TEMP TABLE night_decisions AS
WITH shared AS (
    SELECT offer_id
    FROM core.entries
    GROUP BY offer_id
    HAVING min(source_id) <> max(source_id)
),
joined AS (
    SELECT e.*, r.course_number
    FROM entry_roles e
    JOIN shared USING (offer_id)
    JOIN core.readings r USING (source_id, record_sha256)
    QUALIFY row_number() OVER (
        PARTITION BY e.offer_id
        ORDER BY list_position(getvariable('roles')::VARCHAR[], e.role),
            e.source_id, e.base_key, e.ordinal
    ) > 1
)
SELECT
    source_id,
    base_key,
    ordinal,
    offer_id,
    NULL::VARCHAR AS other_offer_id,
    identity_rule AS rule,
    identity_score AS score,
    true AS is_merged,
    CASE identity_rule
        WHEN 'number' THEN 'Gleicher Anbieter und gleiche Kursnummer'
            || coalesce(' ' || course_number, '') || '.'
        WHEN 'link' THEN 'Der Link des Eintrags führt auf die Seite dieses Angebots.'
        ELSE coalesce(identity_reason, 'Gleicher Eintrag wie in einer früheren Nacht.')
    END AS reason
FROM joined
UNION ALL
SELECT
    source_id, base_key, ordinal, offer_id, NULL, 'moved', moved_score, true, moved_reason
FROM core.entries
WHERE moved_reason IS NOT NULL
UNION ALL
SELECT
    c.source_id,
    c.base_key,
    c.ordinal,
    e.offer_id,
    left(sha256(c.identity_key), 16),
    'candidate',
    c.score,
    false,
    c.reason
FROM night_candidates c
JOIN core.entries e USING (source_id, base_key, ordinal);

DELETE FROM core.merge_decisions m
WHERE NOT EXISTS (
    SELECT 1 FROM night_decisions d
    WHERE (d.source_id, d.base_key, d.ordinal, d.offer_id, d.rule, d.reason)
            = (m.source_id, m.base_key, m.ordinal, m.offer_id, m.rule, m.reason)
        AND d.other_offer_id IS NOT DISTINCT FROM m.other_offer_id
        AND d.score IS NOT DISTINCT FROM m.score
);

INSERT INTO core.merge_decisions BY NAME
SELECT d.*, getvariable('seq') AS decided_seq, getvariable('finished_at') AS decided_at
FROM night_decisions d
WHERE NOT EXISTS (
    SELECT 1 FROM core.merge_decisions m
    WHERE (d.source_id, d.base_key, d.ordinal, d.offer_id, d.rule, d.reason)
            = (m.source_id, m.base_key, m.ordinal, m.offer_id, m.rule, m.reason)
        AND d.other_offer_id IS NOT DISTINCT FROM m.other_offer_id
        AND d.score IS NOT DISTINCT FROM m.score
);
