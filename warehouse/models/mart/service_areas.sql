SELECT provider_id, ags, reason, source_url
FROM staging.service_areas
ORDER BY provider_id, ags, reason
