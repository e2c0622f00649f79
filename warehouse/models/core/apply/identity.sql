-- To which offer an entry belongs, by the rules that need no likeness. `kinds`: the roles of the
-- entries that are decided now, `targets`: those whose offers they may join, decided before.
--
-- 1. Provider and number. 2. A link to the page of exactly one offer, whose number and module are
-- not other ones; of several entries of one source only the one that fits best follows it, because
-- what one page shows twice are two trainings. 3. Else an entry is an offer of its own, under the
-- name that it has had from the first night on (`own_keys.sql`).
--
-- A number that the page has fallen silent about still counts. Where an offer has been renumbered,
-- who bears the number now comes before who bore it once.
--
-- A catalogue's own entry is decided once and for all, so that its offer keeps its name.
CREATE OR REPLACE TEMP TABLE night_identity AS
WITH kept_numbers AS (
    SELECT k.source_id, k.base_key, k.ordinal, r.number
    FROM core.kept k
    JOIN core.readings r USING (source_id, record_sha256)
    WHERE k.field = 'course_number'
),
deciding AS (
    SELECT
        e.source_id,
        e.base_key,
        e.ordinal,
        e.missed,
        coalesce(r.number, k.number) AS number,
        r.provider_id,
        r.module,
        r.start_date,
        r.link,
        r.registration_link,
        e.own_key,
        number_key(r.provider_id, coalesce(r.number, k.number), e.ordinal) AS number_key
    FROM entry_roles e
    JOIN core.readings r USING (source_id, record_sha256)
    LEFT JOIN kept_numbers k
        ON k.source_id = e.source_id AND k.base_key = e.base_key AND k.ordinal = e.ordinal
    WHERE list_contains(getvariable('kinds')::VARCHAR[], e.role)
        AND (e.identity_key IS NULL OR e.role <> 'catalogue')
),
targets AS (
    SELECT e.identity_key, r.provider_id, coalesce(r.number, k.number) AS number, r.link, r.module,
        r.start_date
    FROM entry_roles e
    JOIN core.readings r USING (source_id, record_sha256)
    LEFT JOIN kept_numbers k
        ON k.source_id = e.source_id AND k.base_key = e.base_key AND k.ordinal = e.ordinal
    WHERE list_contains(getvariable('targets')::VARCHAR[], e.role)
        AND e.identity_key IS NOT NULL
        AND EXISTS (SELECT 1 FROM deciding)
),
known_names AS (
    SELECT DISTINCT identity_key FROM targets
),
-- Entries that were renumbered, or got their number late, beside one that has always had it.
renumbered AS (
    SELECT d.source_id, d.base_key, d.ordinal
    FROM deciding d
    JOIN deciding o ON o.own_key = d.number_key
    WHERE d.number_key <> d.own_key
    GROUP BY ALL
    HAVING NOT bool_or(o.source_id = d.source_id)
),
number_targets AS (
    SELECT provider_id, number, any_value(identity_key) AS identity_key
    FROM targets
    WHERE number IS NOT NULL AND provider_id IS NOT NULL
    GROUP BY provider_id, number
    HAVING count(DISTINCT identity_key) = 1
),
link_targets AS (
    SELECT
        link,
        any_value(identity_key) AS identity_key,
        list(DISTINCT number) FILTER (WHERE number IS NOT NULL) AS numbers,
        list(DISTINCT module) FILTER (WHERE module <> 'other') AS modules,
        list(DISTINCT start_date) FILTER (WHERE start_date IS NOT NULL) AS days
    FROM targets
    WHERE link IS NOT NULL
    GROUP BY link
    HAVING count(DISTINCT identity_key) = 1
),
linked AS (
    SELECT d.source_id, d.base_key, d.ordinal, t.identity_key
    FROM deciding d
    JOIN link_targets t ON t.link IN (d.link, d.registration_link)
    WHERE (d.number IS NULL OR t.numbers IS NULL OR list_contains(t.numbers, d.number))
        AND (d.module = 'other' OR t.modules IS NULL OR list_contains(t.modules, d.module))
    QUALIFY row_number() OVER (
            PARTITION BY d.source_id, d.base_key, d.ordinal ORDER BY t.link <> d.link
        ) = 1
        AND row_number() OVER (
            PARTITION BY d.source_id, t.identity_key
            ORDER BY d.missed, NOT coalesce(list_contains(t.days, d.start_date), false),
                d.base_key, d.ordinal
        ) = 1
)
SELECT
    d.source_id,
    d.base_key,
    d.ordinal,
    coalesce(
        n.identity_key,
        k.identity_key,
        l.identity_key,
        CASE
            WHEN s.source_id IS NOT NULL THEN d.number_key
            WHEN o.identity_key IS NOT NULL THEN d.own_key || ' ' || d.source_id
            ELSE d.own_key
        END
    ) AS identity_key,
    CASE
        WHEN coalesce(n.identity_key, k.identity_key) IS NOT NULL THEN 'number'
        WHEN l.identity_key IS NOT NULL THEN 'link'
        WHEN d.number_key IS NOT NULL THEN 'number'
        ELSE 'own'
    END AS identity_rule,
    coalesce(n.identity_key, k.identity_key, l.identity_key) IS NULL AS is_alone
FROM deciding d
LEFT JOIN known_names k ON k.identity_key = d.number_key
LEFT JOIN known_names o ON o.identity_key = d.own_key
LEFT JOIN renumbered s
    ON s.source_id = d.source_id AND s.base_key = d.base_key AND s.ordinal = d.ordinal
LEFT JOIN number_targets n
    ON n.provider_id = d.provider_id AND n.number = d.number AND d.ordinal = 0
LEFT JOIN linked l
    ON l.source_id = d.source_id AND l.base_key = d.base_key AND l.ordinal = d.ordinal;
