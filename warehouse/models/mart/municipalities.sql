SELECT * EXCLUDE (lat, lon), lat AS latitude, lon AS longitude
FROM staging.municipalities
ORDER BY ags
