SELECT
    organisation_id,
    source_id,
    name,
    record ->> 'short_name' AS short_name,
    record ->> 'summary' AS summary,
    record ->> 'street' AS street,
    record ->> 'postcode' AS postcode,
    place,
    record ->> 'phone' AS phone,
    record ->> 'fax' AS fax,
    record ->> 'email' AS email,
    record ->> 'website' AS website,
    page_url AS source_url,
    fetched_at AS last_seen_at
FROM latest_organisations
ORDER BY organisation_id
