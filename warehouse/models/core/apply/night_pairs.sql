-- Entries that neither number nor link joins to an offer, beside the offers of the same provider
-- that they may be: neither day nor module contradicts, no other entry of their source is in it.
-- What complete checks no longer find takes no new partner, but parts with none either: that a page
-- was taken away says nothing against what another one still shows.
CREATE OR REPLACE TEMP TABLE night_pairs AS
WITH described AS (
    SELECT
        e.source_id,
        e.base_key,
        e.ordinal,
        e.role,
        e.identity_key,
        e.identity_rule,
        e.missed,
        r.* EXCLUDE (source_id, record_sha256, relevance, link)
    FROM entry_roles e
    JOIN described_readings r USING (source_id, record_sha256)
    WHERE r.provider_id IS NOT NULL AND r.relevance IN ('series', 'council')
),
lonely AS (
    SELECT d.*
    FROM described d
    JOIN night_identity i USING (source_id, base_key, ordinal)
    WHERE i.is_alone AND (d.missed < 2 OR d.identity_rule = 'similarity')
),
taken AS (
    SELECT DISTINCT source_id, identity_key FROM night_identity WHERE NOT is_alone
)
SELECT l AS entry, t AS target
FROM lonely l
JOIN described t
    ON t.provider_id = l.provider_id
    AND (
        (t.missed < 2 AND l.missed < 2)
        OR (l.identity_rule = 'similarity' AND t.identity_key = l.identity_key)
    )
    AND (t.module = l.module OR 'other' IN (t.module, l.module))
    AND t.source_id <> l.source_id
    AND list_contains(getvariable('targets')::VARCHAR[], t.role)
    AND coalesce(t.start_date <= l.last_day AND l.start_date <= t.last_day, true)
ANTI JOIN taken k ON k.source_id = l.source_id AND k.identity_key = t.identity_key;
