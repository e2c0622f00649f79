CREATE OR REPLACE MACRO has_no_place(places_free, places_taken, places_total) AS
    coalesce(places_free = 0, false) OR coalesce(places_taken >= places_total, false);
