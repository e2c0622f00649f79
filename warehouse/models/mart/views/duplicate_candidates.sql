-- A line of the overview without number or link, beside another offer of the same provider and
-- module whose date does not contradict it: perhaps the same training. Nobody merges them.
CREATE OR REPLACE TEMP VIEW duplicate_candidates AS
WITH overview_only AS (
    SELECT offer_id
    FROM core.entries
    GROUP BY offer_id
    HAVING bool_and(kind = 'overview')
)
SELECT a.offer_id, a.provider_id, a.title, min(b.offer_id) AS other_id, count(*) AS others,
    a.first_seen_at AS opened_at
FROM mart.offers a
JOIN overview_only USING (offer_id)
JOIN mart.offers b
    ON b.provider_id = a.provider_id
    AND b.module = a.module
    AND b.offer_id NOT IN (SELECT offer_id FROM overview_only)
    AND (a.start_date IS NULL OR b.start_date IS NULL OR a.start_date = b.start_date)
WHERE a.course_number IS NULL
    AND b.relevance IN ('series', 'council')
    AND a.lifecycle IN ('current', 'vanished')
    AND b.lifecycle IN ('current', 'vanished')
GROUP BY ALL;
