CREATE OR REPLACE MACRO is_covering(lifecycle, status) AS
    lifecycle IN ('current', 'vanished') AND status NOT IN ('cancelled', 'finished');
