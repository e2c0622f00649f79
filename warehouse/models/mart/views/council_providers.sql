-- Providers that serve a council and have no active source there, and why.
CREATE OR REPLACE TEMP VIEW council_providers AS
SELECT DISTINCT
    c.ags,
    p.provider_id,
    p.name,
    p.website IS NOT NULL AS has_website,
    p.provider_id IN (SELECT provider_id FROM staging.sources WHERE NOT is_active)
        AS is_switched_off
FROM mart.councils c
JOIN mart.service_areas a USING (ags)
JOIN mart.providers p USING (provider_id);
