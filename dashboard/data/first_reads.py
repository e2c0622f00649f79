"""Which offers were only read for the first time, and which are news.

An offer that appears is news where one of its sources had been read completely on an earlier day
and did not have it. Where none had, it may have stood there for months: it is read for the first
time. So it is with everything on the first day of the observation, and with all offers of a source
that joins later.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from dashboard.data.published import PublishedFile

# For a row `c` of mart.offer_changes, with `parameters` bound.
IS_FIRST_READ = """(c.kind = 'appeared' AND (c.day <= $observed_since
    OR c.offer_id IN (SELECT unnest($joined_later::VARCHAR[]))))"""

_OBSERVED_SINCE = "SELECT min(day) FROM mart.source_checks WHERE state = 'complete'"

# Every record has a title: its lineage names each source of an offer. Few sources join later.
_JOINED_LATER = """
WITH complete_since AS (
    SELECT source_id, min(day) AS day FROM mart.source_checks
    WHERE state = 'complete' GROUP BY source_id
), late AS (
    SELECT source_id, c.day FROM mart.source_health h LEFT JOIN complete_since c USING (source_id)
    WHERE coalesce(c.day > $observed_since, true)
), read_late AS (
    SELECT v.offer_id, min(l.day) AS since
    FROM mart.provenance v JOIN late l USING (source_id)
    WHERE v.field = 'title' GROUP BY v.offer_id
)
SELECT c.offer_id FROM mart.offer_changes c JOIN read_late r USING (offer_id)
WHERE c.kind = 'appeared' AND coalesce(r.since >= c.day, true)
    AND c.offer_id NOT IN (
        SELECT v.offer_id FROM mart.provenance v SEMI JOIN read_late USING (offer_id)
        WHERE v.field = 'title' AND v.source_id NOT IN (SELECT source_id FROM late))
ORDER BY c.offer_id"""


def parameters(file: PublishedFile) -> dict[str, Any]:
    """What `IS_FIRST_READ` needs: the first day with a complete check, and the offers that were
    read for the first time after it."""
    since: date = file.value(_OBSERVED_SINCE) or date.max
    later = file.rows(str, _JOINED_LATER, observed_since=since)
    return {"observed_since": since, "joined_later": later}
