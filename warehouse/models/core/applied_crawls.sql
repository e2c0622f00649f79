CREATE TABLE IF NOT EXISTS core.applied_crawls (crawl_seq INTEGER);
