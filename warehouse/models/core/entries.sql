-- One entry of one source (a course in a catalogue, a line of the overview) through all nights,
-- with its latest reading. `missed` counts the complete checks of the source, two at most, that
-- did not find it any more; `vanished_seq` is the first of them. `read_at` is the first visit that
-- found the page as it is kept since: these words, this page, this reader. `own_key` names its offer
-- where no other entry speaks of it; `moved_reason` says why it is still this entry although its key
-- is another one.
CREATE TABLE IF NOT EXISTS core.entries (
    source_id VARCHAR,
    base_key VARCHAR,
    ordinal INTEGER,
    kind VARCHAR,
    own_key VARCHAR,
    moved_score DOUBLE,
    moved_reason VARCHAR,
    identity_key VARCHAR,
    identity_rule VARCHAR,
    identity_score DOUBLE,
    identity_reason VARCHAR,
    offer_id VARCHAR,
    record_sha256 VARCHAR,
    first_seen_seq INTEGER,
    first_seen_at TIMESTAMPTZ,
    last_seen_seq INTEGER,
    last_seen_at TIMESTAMPTZ,
    read_at TIMESTAMPTZ,
    page_url VARCHAR,
    content_sha256 VARCHAR,
    extractor VARCHAR,
    missed INTEGER,
    vanished_seq INTEGER
);
