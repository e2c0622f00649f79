CREATE OR REPLACE MACRO offers_on(day) AS TABLE
SELECT
    v.* EXCLUDE (valid_from, valid_to, valid_from_day, valid_to_day, presence),
    lifecycle_on(v.presence, v.status, v.last_day, day::DATE) AS lifecycle
FROM mart.offer_versions v
WHERE v.valid_from_day <= day::DATE
    AND (v.valid_to_day IS NULL OR v.valid_to_day > day::DATE);
