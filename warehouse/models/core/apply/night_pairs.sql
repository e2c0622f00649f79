-- Entries that neither number nor link joins to an offer, beside the offers of the same provider
-- and module that they may be: no day contradicts, no other entry of their source is in it already.
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
        r.provider_id,
        r.module,
        r.title,
        r.start_date,
        greatest(r.start_date, r.end_date, list_max([s.day FOR s IN r.sessions])) AS last_day,
        r.number,
        r.venue_name,
        r.venue_postcode,
        r.venue_ags,
        r.delivery_mode,
        [s FOR s IN r.sessions IF s.starts IS NOT NULL] AS timed
    FROM entry_roles e
    JOIN core.readings r USING (source_id, record_sha256)
    WHERE r.provider_id IS NOT NULL AND r.relevance IN ('series', 'council') AND e.missed < 2
),
lonely AS (
    SELECT d.*
    FROM described d
    JOIN night_identity i USING (source_id, base_key, ordinal)
    WHERE i.is_alone
),
taken AS (
    SELECT DISTINCT source_id, identity_key FROM night_identity WHERE NOT is_alone
)
SELECT l AS entry, t AS target
FROM lonely l
JOIN described t
    ON t.provider_id = l.provider_id
    AND t.module = l.module
    AND t.source_id <> l.source_id
    AND list_contains(getvariable('targets')::VARCHAR[], t.role)
    AND coalesce(t.start_date <= l.last_day AND l.start_date <= t.last_day, true)
ANTI JOIN taken k ON k.source_id = l.source_id AND k.identity_key = t.identity_key;
