-- Frage: Wie viele Gremien je Regierungsbezirk und Modul erreichen ein Angebot?
-- Lesart: Gezählt sind die belegten Gremien, ohne die nur vermuteten. Die vier Zustände ergeben
-- zusammen die Zahl der Gremien; ein Anteil sollte unknown und not_configured mit nennen.
SELECT
    c.regierungsbezirk,
    v.module,
    count(*) AS councils,
    count(*) FILTER (WHERE v.state = 'offered') AS offered,
    count(*) FILTER (WHERE v.state = 'none_found') AS none_found,
    count(*) FILTER (WHERE v.state = 'unknown') AS unknown,
    count(*) FILTER (WHERE v.state = 'not_configured') AS not_configured
FROM mart.council_coverage v
JOIN mart.councils c USING (ags)
WHERE c.counts_as_p27 = 'yes'
GROUP BY c.regierungsbezirk, v.module
ORDER BY c.regierungsbezirk, v.module;
