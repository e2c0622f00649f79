-- 50,000 offers of 850 providers, read in 365 nights: the same rows on every computer, because
-- everything follows from the number of the row. The municipalities, councils and totals are the
-- shipped ones; the VHS among them are made up. Parameters are variables: see large_warehouse.py.

CREATE TEMP MACRO pick(number, salt, choices) AS (hash(number, salt) % choices)::INTEGER;
CREATE TEMP MACRO one_of(list, number, salt) AS list[1 + pick(number, salt, len(list))];
CREATE TEMP MACRO night(day) AS (day::TIMESTAMP + INTERVAL 100 MINUTE) AT TIME ZONE 'UTC';
CREATE TEMP TABLE towns AS
SELECT row_number() OVER (ORDER BY ags) - 1 AS number, * FROM mart.municipalities;

INSERT INTO mart.publication BY NAME SELECT
    night(getvariable('today')) AS published_at, getvariable('today') AS data_day, 'c364' AS crawl_id,
    true AS is_sample, 111 AS stated_council_total, DATE '2025-11-01' AS stated_council_total_as_of,
    'https://verband.example/gremien' AS stated_council_total_source_url, '0' AS software_version,
    count(*) FILTER (WHERE counts_as_p27 = 'yes') AS council_count,
    count(*) FILTER (WHERE counts_as_p27 = 'presumed') AS presumed_council_count
FROM mart.councils;

-- Providers ---------------------------------------------------------------------------------------
INSERT INTO mart.providers BY NAME
SELECT 'verband' AS provider_id, 'Landesverband der VHS' AS name, 'association' AS kind,
    NULL AS seat_ags, 'https://verband.example' AS website
UNION ALL BY NAME
SELECT format('vhs-{:03d}', n) AS provider_id, format('VHS {} {:03d}', t.name, n) AS name,
    'vhs' AS kind, t.ags AS seat_ags, format('https://vhs-{:03d}.example', n) AS website
FROM range(getvariable('providers') - 1) numbers(n) JOIN towns t ON t.number = n % 396;

INSERT INTO mart.service_areas BY NAME
SELECT format('vhs-{:03d}', n) AS provider_id, t.ags,
    CASE offset_ WHEN 0 THEN 'seat' ELSE 'joint_vhs' END AS reason
FROM range(getvariable('providers') - 1) numbers(n), range(2) offsets(offset_)
JOIN towns t ON t.number = (n + offset_) % 396 WHERE n % 396 % 7 <> 3;

-- Sources and their visits: one in 25 fails for the last nights, and now and then any of them. -----
INSERT INTO mart.source_checks BY NAME
SELECT s.source_id, format('c{:03d}', n) AS crawl_id, getvariable('first_day') + n::INTEGER AS day,
    night(getvariable('first_day') + n::INTEGER) - INTERVAL 3 MINUTE AS started_at,
    night(getvariable('first_day') + n::INTEGER) AS finished_at,
    CASE WHEN failed THEN one_of(['partial', 'failed', 'blocked'], p, 'end') ELSE 'complete' END
        AS state,
    CASE WHEN failed THEN one_of(['http_5xx', 'timeout', 'blocked_robots', 'count_mismatch'], p, 'f')
        END AS failure_class,
    CASE WHEN failed THEN 'Fehler auf /suche' END AS detail,
    'kuferweb' AS platform, 12 AS requests, 340000 AS bytes, 9 AS pages, 8 AS candidates,
    4 AS records, 8 AS stated_count, CASE WHEN failed THEN 7 ELSE 8 END AS parsed_count
FROM (
    SELECT p, CASE p WHEN 0 THEN 'uebersicht' ELSE format('vhs-{:03d}', p - 1) END AS source_id,
        n, p > 0 AND ((p % 25 = 7 AND n > 357 + pick(p, 'since', 6)) OR pick(p * 1000 + n, 'now', 40) = 0)
            AS failed
    FROM range(getvariable('providers')) sources(p), range(getvariable('nights')) nights(n)
) s ORDER BY source_id, day;

INSERT INTO mart.source_health BY NAME
SELECT source_id, CASE source_id WHEN 'uebersicht' THEN 'verband' ELSE source_id END AS provider_id,
    CASE source_id WHEN 'uebersicht' THEN 'overview' ELSE 'catalogue' END AS kind,
    format('https://{}.example/kurse', source_id) AS url, k.* EXCLUDE (source_id),
    coalesce(last_complete_at >= night(getvariable('today') - 3), false) AS is_fresh,
    CASE WHEN state <> 'complete' THEN last_complete_at END AS failing_since,
    '{"robots": 1, "search": 3, "course": 8}'::JSON AS requests_by_step,
    '{"title": 1, "start_date": 0.93, "places_free": 0.4}'::JSON AS field_shares
FROM (
    SELECT source_id, arg_max(platform, day) AS platform, arg_max(state, day) AS state,
        arg_max_null(failure_class, day) AS failure_class, arg_max_null(detail, day) AS detail,
        max(finished_at) AS last_crawl_at,
        max(finished_at) FILTER (WHERE state = 'complete') AS last_complete_at,
        arg_max(requests, day) AS requests, arg_max(bytes, day) AS bytes,
        arg_max(pages, day) AS pages, arg_max(candidates, day) AS candidates,
        arg_max(records, day) AS records, arg_max(stated_count, day) AS stated_count,
        arg_max(parsed_count, day) AS parsed_count
    FROM mart.source_checks GROUP BY source_id
) k ORDER BY source_id;

INSERT INTO mart.council_sources BY NAME
SELECT c.ags, h.source_id, h.provider_id, min(a.reason) AS reason, false AS is_statewide,
    h.last_complete_at, h.is_fresh
FROM mart.councils c JOIN mart.service_areas a USING (ags)
JOIN mart.source_health h ON h.provider_id = a.provider_id GROUP BY ALL
UNION ALL BY NAME
SELECT c.ags, h.source_id, h.provider_id, 'landesweite Übersicht' AS reason, true AS is_statewide,
    h.last_complete_at, h.is_fresh
FROM mart.councils c, mart.source_health h WHERE h.source_id = 'uebersicht'
ORDER BY ags, source_id;

-- Offers ------------------------------------------------------------------------------------------
CREATE TEMP TABLE made AS
WITH numbered AS (
    SELECT i, pick(i, 'provider', getvariable('providers') - 1) AS p, pick(i, 'seen', 365) AS night_no,
        pick(i, 'dated', 12) > 0 AS is_dated,
        CASE WHEN p % 396 % 4 = 0 THEN one_of(['series', 'series', 'council', 'adjacent'], i, 'kind')
            ELSE one_of(['council', 'adjacent', 'adjacent'], i, 'kind') END AS relevance,
        one_of(['Mitglieder', 'Gremium', 'Kommune', 'Integration', 'Teilhabe', 'Verwaltung', 'Rat',
            'Ausschuss', 'Antrag', 'Haushalt', 'Beteiligung', 'Vielfalt', 'Sprache', 'Netzwerk',
            'Öffentlichkeit', 'Satzung'], i, 'first') AS first_word,
        one_of(['Grundlagen', 'Praxis', 'Übung', 'Austausch', 'Moderation', 'Planung', 'Gespräch',
            'Werkstatt', 'Einführung', 'Vertiefung', 'Abendkurs', 'Wochenende'], i, 'second')
            AS second_word
    FROM range(getvariable('offers')) numbers(i)
)
SELECT n.*, left(md5(i::VARCHAR), 16) AS offer_id, format('vhs-{:03d}', p) AS provider_id,
    CASE relevance WHEN 'series' THEN one_of(['basis', 'basis', 'aufbau'], i, 'module')
        ELSE 'other' END AS module,
    format('{} und {} für Gremien {}', first_word, second_word, i) AS title,
    getvariable('first_day') + night_no AS seen_day,
    CASE WHEN is_dated THEN getvariable('first_day') + night_no + 20 + pick(i, 'start', 100) END
        AS start_date,
    t.ags AS venue_ags, t.name AS venue_place
FROM numbered n JOIN towns t ON t.number = n.p % 396;

INSERT INTO mart.offer_versions BY NAME
SELECT m.offer_id, m.provider_id, m.module, m.relevance, m.title, format('{:07d}', i) AS course_number,
    m.start_date, m.start_date + pick(i, 'long', 3) AS end_date,
    m.start_date + pick(i, 'long', 3) AS last_day, 'VHS-Haus' AS venue_name, m.venue_place,
    m.venue_ags, one_of(['in_person', 'in_person', 'online', 'hybrid'], i, 'mode') AS delivery_mode,
    12 AS places_total, greatest(0, 12 - 3 * v - pick(i, 'taken', 6)) AS places_free,
    CASE WHEN pick(i, 'cancelled', 30) = 0 AND v = 3 THEN 'cancelled'
        WHEN 12 - 3 * v - pick(i, 'taken', 6) <= 0 THEN 'full'
        WHEN v = 2 THEN 'few' ELSE 'open' END AS status,
    CASE WHEN i % 3 = 0 THEN NULL ELSE 20 END AS price_eur, i % 3 = 0 AS is_free,
    format('https://vhs-{:03d}.example/kurs/{}', p, i) AS detail_url,
    night(seen_day + 9 * v) AS valid_from, seen_day + 9 * v AS valid_from_day,
    CASE WHEN v < 3 AND seen_day + 9 * (v + 1) <= getvariable('today')
        THEN night(seen_day + 9 * (v + 1)) END AS valid_to,
    CASE WHEN v < 3 AND seen_day + 9 * (v + 1) <= getvariable('today')
        THEN seen_day + 9 * (v + 1) END AS valid_to_day,
    CASE WHEN v = 3 THEN one_of(getvariable('presences'), i, 'gone') ELSE 'current' END AS presence
FROM made m, (SELECT range::INTEGER AS v FROM range(4)) WHERE seen_day + 9 * v <= getvariable('today')
ORDER BY offer_id, valid_from;

INSERT INTO mart.offers BY NAME
SELECT v.* EXCLUDE (valid_from, valid_to, valid_from_day, valid_to_day, presence),
    lifecycle_on(presence, status, last_day, getvariable('today')) AS lifecycle,
    'Für Mitglieder der Ausschüsse' AS subtitle, repeat('Ein Kurs über das Gremium. ', 12) AS description,
    ['Kommunalrecht', 'Haushalt'] AS topics, 'Mitglieder der Gremien' AS target_group,
    2 AS session_count, 'Am Markt 1' AS venue_street, '40210' AS venue_postcode,
    detail_url || '/anmeldung' AS registration_url, 60 + pick(i, 'score', 40) AS completeness_score,
    night(seen_day) AS first_seen_at, night(getvariable('today')) AS last_seen_at,
    valid_from AS last_changed_at
FROM mart.offer_versions v JOIN made USING (offer_id) WHERE valid_to IS NULL ORDER BY offer_id;

INSERT INTO mart.offer_changes BY NAME
SELECT valid_from AS changed_at, valid_from_day AS day, offer_id,
    CASE WHEN before IS NULL THEN 'appeared' WHEN presence = 'current' THEN 'changed'
        ELSE presence END AS kind,
    CASE WHEN before IS NULL OR presence <> 'current' THEN 'lifecycle' ELSE 'places_free' END AS field,
    CASE WHEN presence <> 'current' THEN 'current' ELSE before END AS old_value,
    CASE WHEN before IS NULL OR presence <> 'current' THEN presence ELSE places_free::VARCHAR END
        AS new_value
FROM (
    SELECT *, lag(places_free::VARCHAR) OVER (PARTITION BY offer_id ORDER BY valid_from) AS before
    FROM mart.offer_versions
) ORDER BY changed_at, offer_id;

INSERT INTO mart.offer_sessions BY NAME
SELECT offer_id, s AS session_no, session_date, session_date + INTERVAL 18 HOUR AS starts_at,
    session_date + INTERVAL 20 HOUR AS ends_at, venue_name, venue_place
FROM (
    SELECT offer_id, s, start_date + (s - 1)::INTEGER * 7 AS session_date, venue_name, venue_place
    FROM mart.offers, range(1, 3) numbers(s) WHERE start_date IS NOT NULL
) ORDER BY offer_id, session_no;

INSERT INTO mart.provenance BY NAME
SELECT offer_id, field, value, true AS is_used, value AS original_text, provider_id AS source_id,
    detail_url AS source_url, last_seen_at AS fetched_at, sha256(offer_id) AS content_sha256,
    'kuferweb 1' AS extractor
FROM (
    UNPIVOT (
        SELECT offer_id, provider_id, detail_url, last_seen_at, title,
            start_date::VARCHAR AS start_date, end_date::VARCHAR AS end_date, venue_name,
            venue_place AS venue_place, venue_ags, course_number, status,
            places_total::VARCHAR AS places_total, places_free::VARCHAR AS places_free
        FROM mart.offers
    ) ON COLUMNS(* EXCLUDE (offer_id, provider_id, detail_url, last_seen_at))
    INTO NAME field VALUE value
) ORDER BY offer_id, field;

INSERT INTO mart.offer_gaps BY NAME
SELECT offer_id, field, 10 AS points, 'Bitte diese Angabe ergänzen.' AS sentence
FROM mart.offers, (SELECT unnest(['price_eur', 'registration_email']) AS field)
WHERE lifecycle = 'current' ORDER BY offer_id, field;

INSERT INTO mart.provider_quality BY NAME
SELECT provider_id, count(*) AS offer_count, avg(completeness_score)::INTEGER AS completeness_score,
    2 * count(*) AS gap_count, repeat('Bitte diese Angabe ergänzen. ', 40) AS message
FROM mart.offers WHERE lifecycle = 'current' GROUP BY provider_id ORDER BY provider_id;

INSERT INTO mart.merge_decisions BY NAME
SELECT format('d{}', i) AS decision_id, offer_id, 'uebersicht' AS source_id, 'number' AS rule,
    true AS is_merged, 'Gleiche Kursnummer beim selben Anbieter.' AS reason,
    night(seen_day) AS decided_at
FROM made WHERE i % 20 = 0 ORDER BY decision_id;

-- Councils: who has what, and how it was ------------------------------------------------------------
INSERT INTO mart.council_offers BY NAME
SELECT c.ags, o.offer_id,
    CASE WHEN a.ags IS NULL THEN 'venue' ELSE 'service_area' END AS reason,
    is_covering(o.lifecycle, o.status) AS covers
FROM mart.councils c
JOIN (SELECT * FROM mart.offers WHERE relevance <> 'adjacent') o
    ON o.venue_ags = c.ags OR EXISTS (FROM mart.service_areas s
        WHERE s.ags = c.ags AND s.provider_id = o.provider_id)
LEFT JOIN (SELECT DISTINCT ags, provider_id FROM mart.service_areas) a
    ON a.ags = c.ags AND a.provider_id = o.provider_id
ORDER BY c.ags, o.offer_id;

INSERT INTO mart.council_coverage BY NAME
SELECT c.* EXCLUDE (municipality), 'Stand der Quellen dieses Gremiums.' AS reason,
    left(md5('0'), 16) AS nearest_offer_id, 12.5 AS nearest_km, night(getvariable('today')) AS checked_at
FROM coverage_on(getvariable('today')) c ORDER BY ags, module;

INSERT INTO mart.coverage_history BY NAME
SELECT day, module, state, CASE state WHEN 'offered' THEN count - (365 - n) * count // 400
    WHEN 'unknown' THEN count + (365 - n) * offered // 400 ELSE count END::INTEGER AS council_count
FROM (
    SELECT m.module, s.state, count(c.ags) AS count,
        (SELECT count(*) FROM mart.council_coverage o JOIN mart.councils USING (ags)
         WHERE o.module = m.module AND o.state = 'offered' AND counts_as_p27 = 'yes') AS offered
    FROM (VALUES ('basis'), ('aufbau'), ('other')) m(module)
    CROSS JOIN (VALUES ('offered'), ('none_found'), ('unknown'), ('not_configured')) s(state)
    LEFT JOIN (FROM mart.council_coverage JOIN mart.councils USING (ags)
        WHERE counts_as_p27 = 'yes') c ON c.module = m.module AND c.state = s.state
    GROUP BY ALL
), (SELECT range::INTEGER AS n, getvariable('first_day') + range::INTEGER AS day
    FROM range(getvariable('nights')))
ORDER BY day, module, state;

-- The network, what to look at, and the table of tables --------------------------------------------
INSERT INTO mart.announcements BY NAME
SELECT format('a{:04d}', n) AS announcement_id, 'verband' AS provider_id, 'uebersicht' AS source_id,
    format('Ankündigung {}', n) AS title, 'Im Frühjahr beginnen neue Kurse.' AS summary,
    format('https://verband.example/meldung/{}', n) AS url,
    getvariable('today') - (n % 365)::INTEGER AS published_on, 'council' AS relevance,
    night(getvariable('first_day')) AS first_seen_at, night(getvariable('today')) AS last_seen_at,
    true AS is_current
FROM range(500) numbers(n);

INSERT INTO mart.announcement_events BY NAME
SELECT announcement_id, 1 AS event_no, 'Auftakt' AS title, published_on + 30 AS start_date,
    'Köln' AS venue_place FROM mart.announcements;

INSERT INTO mart.organisations BY NAME
SELECT format('g{:04d}', n) AS organisation_id, 'uebersicht' AS source_id,
    format('Integrationsagentur {} {}', t.name, n) AS name, t.name AS place,
    format('https://agentur-{}.example', n) AS website,
    'https://verband.example/verzeichnis' AS source_url,
    night(getvariable('today')) AS last_seen_at
FROM range(3000) numbers(n) JOIN towns t ON t.number = n % 396;

INSERT INTO mart.series_modules BY NAME
SELECT 'uebersicht' AS source_id, unnest(['basis', 'aufbau']) AS module,
    unnest(['Basismodul', 'Aufbaumodul']) AS title, ['Kommunalrecht'] AS topics,
    'https://verband.example/reihe' AS source_url, night(getvariable('today')) AS last_seen_at;

INSERT INTO mart.issues BY NAME
SELECT format('i-{}', source_id) AS issue_id, 'source_failing' AS kind, source_id AS subject,
    'Die Quelle ist gestört.' AS message, failing_since AS opened_at
FROM mart.source_health WHERE failing_since IS NOT NULL;
