-- Frage: Wie viele Gremien gibt es: laut Landesverband, laut anderen Quellen, und laut Register?
-- Lesart: Die veröffentlichten Gesamtzahlen widersprechen einander. Gerechnet wird mit der Zahl des
-- Landesverbands (is_denominator); der Unterschied zum Register heißt „noch nicht benannt“.
SELECT t.as_of, t.total, t.meaning, t.source_url, t.is_denominator, r.named, t.total - r.named AS not_named
FROM mart.council_totals t
CROSS JOIN (
    SELECT count(*) FILTER (WHERE counts_as_p27 = 'yes') AS named FROM mart.councils
) r
ORDER BY t.is_denominator DESC, t.as_of DESC;
