-- Offers whose entries are not as they were, or no longer keep what they kept: `touched_at` is when that was seen.
CREATE OR REPLACE TEMP TABLE night_touched AS
WITH differing AS (
    SELECT a.offer_id AS now_id, b.offer_id AS before_id
    FROM core.entries a
    LEFT JOIN night_before b USING (source_id, base_key, ordinal)
    WHERE (a.offer_id, a.record_sha256, a.missed)
        IS DISTINCT FROM (b.offer_id, b.record_sha256, b.missed)
),
touched AS (
    SELECT now_id AS offer_id FROM differing
    UNION
    SELECT before_id FROM differing WHERE before_id IS NOT NULL
    UNION
    SELECT offer_id FROM night_absorbed
    UNION
    SELECT offer_id FROM core.entries JOIN night_turned USING (source_id, base_key, ordinal)
)
SELECT
    t.offer_id,
    coalesce(
        max(e.last_seen_at) FILTER (WHERE e.last_seen_seq = getvariable('seq')),
        getvariable('finished_at')
    ) AS touched_at
FROM touched t
LEFT JOIN core.entries e USING (offer_id)
GROUP BY t.offer_id;
