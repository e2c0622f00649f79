CREATE OR REPLACE MACRO lifecycle_on(presence, status, last_day, day) AS
    CASE WHEN status = 'finished' OR last_day < day THEN 'past' ELSE presence END;
