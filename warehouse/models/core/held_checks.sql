-- Checks that held, each with a digest of its rule and of the versions of the tables it looked at.
CREATE TABLE IF NOT EXISTS core.held_checks (digest VARCHAR);
