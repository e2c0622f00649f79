-- Takes in the new readings with the resolved providers and venues, and gives each its key within
-- its source: number before link before e-mail address before title.
INSERT INTO core.readings BY NAME
SELECT
    * EXCLUDE (source_provider_id),
    CASE
        WHEN number IS NOT NULL THEN 'number:' || coalesce(provider_id, '?') || ':' || number
        WHEN link IS NOT NULL THEN 'link:' || link
        WHEN registration_email IS NOT NULL THEN 'mail:' || lower(registration_email)
        ELSE 'title:' || lower(trim(title))
    END AS base_key
FROM (
    SELECT
        n.*,
        p.provider_id,
        p.provider_reason,
        v.venue_ags,
        v.venue_reason,
        nullif(upper(regexp_replace(n.course_number, '\s+', '', 'g')), '') AS number,
        canonical_link(coalesce(n.detail_url, n.registration_url)) AS link,
        canonical_link(n.registration_url) AS registration_link
    FROM night_readings n
    LEFT JOIN night_providers p USING (source_id, record_sha256)
    LEFT JOIN night_venues v
        ON v.provider_id IS NOT DISTINCT FROM p.provider_id
        AND v.venue_name IS NOT DISTINCT FROM n.venue_name
        AND v.venue_postcode IS NOT DISTINCT FROM n.venue_postcode
        AND v.venue_place IS NOT DISTINCT FROM n.venue_place
        AND v.is_online = (n.delivery_mode = 'online')
);
