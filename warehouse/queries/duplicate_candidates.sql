-- Frage: Welche Einträge könnten dasselbe Angebot sein und blieben doch getrennt?
-- Lesart: Zweifelhafte Paare werden nicht zusammengeführt, sondern hier genannt. score ist die
-- Ähnlichkeit von 0 bis 1, wo nach Ähnlichkeit entschieden wurde.
SELECT
    p.name AS provider,
    a.title,
    a.course_number,
    a.start_date,
    b.title AS other_title,
    b.course_number AS other_course_number,
    b.start_date AS other_start_date,
    d.score,
    d.reason
FROM mart.merge_decisions d
JOIN mart.offers a ON a.offer_id = d.offer_id
LEFT JOIN mart.offers b ON b.offer_id = d.other_offer_id
LEFT JOIN mart.providers p ON p.provider_id = a.provider_id
WHERE NOT d.is_merged
ORDER BY d.score DESC NULLS LAST, a.title, d.decision_id;
