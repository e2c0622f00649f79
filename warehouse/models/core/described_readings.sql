-- What tells a reading from others of its provider, and macros for it.
CREATE OR REPLACE TEMP VIEW described_readings AS
SELECT
    source_id,
    record_sha256,
    provider_id,
    module,
    relevance,
    title,
    start_date,
    greatest(start_date, end_date, list_max([s.day FOR s IN sessions])) AS last_day,
    number,
    link,
    venue_name,
    venue_postcode,
    venue_ags,
    delivery_mode,
    [s FOR s IN sessions IF s.starts IS NOT NULL] AS timed
FROM core.readings;

-- A number is unique within its provider, but for runs of one number: they are counted. There is no
-- space in a number.
CREATE OR REPLACE TEMP MACRO number_key(provider_id, number, ordinal) AS
    'number:' || provider_id || ':' || number
        || CASE WHEN ordinal > 0 THEN ' ' || ordinal ELSE '' END;
