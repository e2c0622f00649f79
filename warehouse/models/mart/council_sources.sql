-- Catalogues and pages of providers that serve the council; the overview concerns all councils.
WITH assigned AS (
    SELECT
        c.ags,
        s.source_id,
        s.provider_id,
        min(CASE a.reason
            WHEN 'seat' THEN 'Sitz der Volkshochschule'
            WHEN 'joint_vhs' THEN 'gemeinsame Volkshochschule oder Zweckverband'
            WHEN 'district_vhs' THEN 'Volkshochschule des Kreises'
            ELSE a.reason
        END) AS reason,
        false AS is_statewide
    FROM mart.councils c
    JOIN mart.service_areas a USING (ags)
    JOIN mart.source_health s USING (provider_id)
    WHERE s.kind IN ('catalogue', 'page')
    GROUP BY c.ags, s.source_id, s.provider_id
    UNION ALL
    SELECT c.ags, s.source_id, s.provider_id, 'landesweite Übersicht', true
    FROM mart.councils c
    CROSS JOIN mart.source_health s
    WHERE s.kind = 'overview'
)
SELECT
    a.*,
    k.last_complete_at,
    coalesce(getvariable('data_day') - k.last_complete_day <= 3, false) AS is_fresh
FROM assigned a
LEFT JOIN source_checks k USING (source_id)
ORDER BY a.ags, a.source_id
