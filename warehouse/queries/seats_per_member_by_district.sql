-- Frage: Wie viele Plätze kommender Angebote gibt es je Mitglied, nach Regierungsbezirk?
-- Lesart: Plätze sind die genannten, sonst die geplanten. Angebote ohne Angabe zählen nicht mit und
-- stehen in offers_without_places; Gremien ohne bekannte Mitgliederzahl ebenso. Ein Angebot, das
-- Gremien mehrerer Bezirke dient, zählt in jedem davon.
WITH offered AS (
    SELECT DISTINCT
        c.regierungsbezirk, o.offer_id, coalesce(o.places_total, o.places_planned) AS places
    FROM mart.council_offers k
    JOIN mart.councils c USING (ags)
    JOIN mart.offers o USING (offer_id)
    WHERE is_covering(o.lifecycle, o.status)
),
seats AS (
    SELECT
        regierungsbezirk,
        count(*) AS offers,
        sum(places) AS places,
        count(*) FILTER (WHERE places IS NULL) AS offers_without_places
    FROM offered
    GROUP BY regierungsbezirk
),
members AS (
    SELECT
        regierungsbezirk,
        sum(members_total) AS members,
        count(*) FILTER (WHERE members_total IS NULL) AS councils_without_members
    FROM mart.councils
    WHERE counts_as_p27 = 'yes'
    GROUP BY regierungsbezirk
)
SELECT
    m.regierungsbezirk,
    coalesce(s.offers, 0) AS offers,
    s.places,
    coalesce(s.offers_without_places, 0) AS offers_without_places,
    m.members,
    m.councils_without_members,
    round(s.places / nullif(m.members, 0), 3) AS places_per_member
FROM members m
LEFT JOIN seats s USING (regierungsbezirk)
ORDER BY m.regierungsbezirk;
