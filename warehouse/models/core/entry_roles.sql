-- Entries with the part that their source plays where several speak of one offer: a provider's own
-- catalogue, further catalogues of the same provider (an export, a calendar), pages, overviews.
CREATE OR REPLACE TEMP VIEW entry_roles AS
SELECT
    e.*,
    CASE WHEN s.source_id IS NULL THEN e.kind ELSE 'second_catalogue' END AS role
FROM core.entries e
LEFT JOIN second_catalogues s USING (source_id);
