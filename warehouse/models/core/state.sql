-- What the core was built with. If that changes, the core is built anew from staging.
CREATE TABLE IF NOT EXISTS core.state (resolution_hash VARCHAR);
