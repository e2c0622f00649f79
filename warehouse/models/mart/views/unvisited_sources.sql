-- Active sources that were visited once, and not for more than three days while others were.
CREATE OR REPLACE TEMP VIEW unvisited_sources AS
SELECT k.source_id, max(k.finished_at) AS opened_at, max(k.day) AS last_day
FROM mart.source_checks k
SEMI JOIN mart.source_health USING (source_id)
GROUP BY k.source_id
HAVING (SELECT max(day) FROM mart.source_checks) - max(k.day) > 3;
