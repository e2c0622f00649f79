-- Publications that a guard would have stopped and a person let pass, with the reason given.
CREATE TABLE IF NOT EXISTS core.guard_overrides (
    overridden_at TIMESTAMPTZ,
    table_name VARCHAR,
    rule VARCHAR,
    message VARCHAR,
    reason VARCHAR
);
