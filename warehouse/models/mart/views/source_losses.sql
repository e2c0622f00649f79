-- How many entries of each source the publication with the crawl `baseline_seq` had, and how many
-- of them complete checks have not found since. What is over by the calendar is no loss.
CREATE OR REPLACE TEMP VIEW source_losses AS
SELECT
    e.source_id,
    count(*) AS present,
    count(*) FILTER (WHERE e.vanished_seq > getvariable('baseline_seq')) AS lost
FROM core.entries e
JOIN mart.offers o USING (offer_id)
WHERE e.first_seen_seq <= getvariable('baseline_seq')
    AND (e.vanished_seq IS NULL OR e.vanished_seq > getvariable('baseline_seq'))
    AND o.lifecycle <> 'past'
    AND e.source_id IN (SELECT source_id FROM mart.source_health)
GROUP BY e.source_id;
