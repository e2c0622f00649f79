SELECT ags, shape_kind, geojson
FROM staging.municipality_shapes
ORDER BY ags
