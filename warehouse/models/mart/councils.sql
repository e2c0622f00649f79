-- Bodies that are evidenced or presumed; one that is known to be no body under § 27 is left out.
SELECT
    c.ags,
    c.municipality,
    m.kreis,
    m.regierungsbezirk,
    c.body_name,
    c.body_type,
    c.counts_as_p27,
    c.members_total,
    c.members_elected,
    c.members_as_of,
    c.website,
    c.evidence_level,
    c.source_url,
    c.note,
    m.lat AS latitude,
    m.lon AS longitude
FROM staging.councils c
JOIN staging.municipalities m USING (ags)
WHERE c.counts_as_p27 <> 'no'
ORDER BY c.ags
