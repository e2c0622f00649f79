-- Offers that the nights after $filled_seq have touched, or that begin or cease to be past on $day.
CREATE OR REPLACE TEMP TABLE wanted_offers AS
SELECT offer_id FROM core.touched_offers WHERE crawl_seq > $filled_seq
UNION
SELECT offer_id
FROM mart.offers
WHERE (lifecycle = 'past') <> (status = 'finished' OR coalesce(last_day < $day, false));
