-- What the mart was made of, and the last crawl that it holds.
CREATE TABLE IF NOT EXISTS core.mart_state (made_by VARCHAR, crawl_seq INTEGER);
