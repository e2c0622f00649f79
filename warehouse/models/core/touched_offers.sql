-- Offers of which a night has changed anything but the time of the last visit.
CREATE TABLE IF NOT EXISTS core.touched_offers (crawl_seq INTEGER, offer_id VARCHAR);
