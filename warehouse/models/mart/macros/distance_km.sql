-- Haversine, mean earth radius 6371.0088 km.
CREATE OR REPLACE MACRO distance_km(latitude_a, longitude_a, latitude_b, longitude_b) AS
    2 * 6371.0088 * asin(least(1, sqrt(
        pow(sin(radians(latitude_b - latitude_a) / 2), 2)
        + cos(radians(latitude_a)) * cos(radians(latitude_b))
        * pow(sin(radians(longitude_b - longitude_a) / 2), 2)
    )));
