-- Why entries of several sources are one offer, and which pairs were left to people: the decisions
-- that hold now, with the night in which each was made.
CREATE TABLE IF NOT EXISTS core.merge_decisions (
    source_id VARCHAR,
    base_key VARCHAR,
    ordinal INTEGER,
    offer_id VARCHAR,
    other_offer_id VARCHAR,
    rule VARCHAR,
    score DOUBLE,
    is_merged BOOLEAN,
    reason VARCHAR,
    decided_seq INTEGER,
    decided_at TIMESTAMPTZ
);
