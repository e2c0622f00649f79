-- A web address as a name of its page: without scheme, `www.`, fragment and trailing slash.
CREATE OR REPLACE TEMP MACRO canonical_link(address) AS nullif(
    regexp_replace(
        regexp_replace(
            regexp_replace(lower(address), '#.*$', ''),
            '^https?://(www\.)?', ''
        ),
        '/+$', ''
    ),
    ''
);
