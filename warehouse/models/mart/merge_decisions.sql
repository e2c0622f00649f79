SELECT
    left(sha256(concat_ws('|', m.source_id, m.base_key, m.ordinal, m.other_offer_id, m.rule)), 16)
        AS decision_id,
    m.offer_id,
    m.other_offer_id,
    m.source_id,
    m.rule,
    m.score,
    m.is_merged,
    m.reason,
    m.decided_at
FROM core.merge_decisions m
WHERE m.offer_id IN (SELECT offer_id FROM mart.offers)
    AND (m.other_offer_id IS NULL OR m.other_offer_id IN (SELECT offer_id FROM mart.offers))
ORDER BY m.offer_id, decision_id
