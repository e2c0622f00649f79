-- One text per provider that can be sent as it is. Nobody is asked to mend an offer that is over,
-- cancelled or no longer found. offer_advice: a line for each gap of an offer.
WITH offers AS (
    SELECT offer_id, provider_id, title, course_number, start_date, completeness_score
    FROM mart.offers
    WHERE provider_id IS NOT NULL AND lifecycle = 'current' AND status <> 'cancelled'
),
summed AS (
    SELECT
        o.provider_id,
        count(*)::INTEGER AS offer_count,
        round(avg(o.completeness_score))::INTEGER AS completeness_score,
        coalesce(sum(l.gap_count), 0)::INTEGER AS gap_count,
        string_agg(
            '„' || o.title || '“'
            || coalesce(', Kursnummer ' || o.course_number, '')
            || coalesce(', ab ' || strftime(o.start_date, '%d.%m.%Y'), '')
            || chr(10) || l.advice,
            chr(10) || chr(10)
            ORDER BY o.start_date NULLS LAST, o.title, o.offer_id
        ) FILTER (WHERE l.advice IS NOT NULL) AS requests
    FROM offers o
    LEFT JOIN offer_advice l USING (offer_id)
    GROUP BY o.provider_id
)
SELECT
    s.provider_id,
    s.offer_count,
    s.completeness_score,
    s.gap_count,
    concat(
        'Guten Tag,', chr(10), chr(10),
        'der Qualifizierungsatlas NRW zeigt, welche Fortbildungen Mitglieder der Ausschüsse für ',
        'Chancengerechtigkeit und Integration besuchen können. Von Ihnen (', p.name, ') ',
        CASE s.offer_count
            WHEN 1 THEN 'steht darin zurzeit 1 Angebot. '
            ELSE concat('stehen darin zurzeit ', s.offer_count, ' Angebote. ')
        END,
        CASE
            WHEN s.requests IS NULL
                THEN 'Alle wichtigen Angaben sind vorhanden: Vielen Dank dafür!'
            ELSE concat(
                'Damit die Mitglieder sich leichter entscheiden und anmelden können, bitten wir ',
                'Sie, auf Ihrer Internetseite Folgendes zu ergänzen:', chr(10), chr(10),
                s.requests, chr(10), chr(10),
                'Vielen Dank! Die Ergänzungen werden beim nächsten Lesen Ihrer Seite übernommen.'
            )
        END,
        chr(10), chr(10), 'Mit freundlichen Grüßen'
    ) AS message
FROM summed s
JOIN mart.providers p USING (provider_id)
ORDER BY s.provider_id
