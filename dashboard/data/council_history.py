"""The states of one council over time, by the rules of the macro `coverage_on`.

The macro answers for all councils and one day; here one council is asked for all days at once, so
only its own offers and sources are read. A test holds that both say the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dashboard.data.published import PublishedFile


@dataclass(frozen=True, slots=True)
class StateSpan:
    """The state of a module from the first to the last of the visited days on which it held."""

    module: str
    state: str
    first_day: date
    last_day: date


_SPANS = """
WITH days AS (
    SELECT DISTINCT day FROM mart.source_checks WHERE day <= $until
),
mine AS (
    SELECT DISTINCT
        v.module, v.presence, v.status, v.last_day, v.valid_from_day, v.valid_to_day
    FROM mart.offer_versions v
    WHERE v.relevance IN ('series', 'council') AND (
        v.venue_ags = $ags
        OR v.provider_id IN (SELECT provider_id FROM mart.service_areas WHERE ags = $ags)
    )
),
offered AS (
    SELECT DISTINCT d.day, m.module
    FROM days d
    JOIN mine m ON m.valid_from_day <= d.day AND (m.valid_to_day IS NULL OR m.valid_to_day > d.day)
    WHERE is_covering(lifecycle_on(m.presence, m.status, m.last_day, d.day), m.status)
),
assigned AS (
    SELECT source_id, is_statewide FROM mart.council_sources WHERE ags = $ags
),
complete AS (
    SELECT DISTINCT k.source_id, k.day
    FROM mart.source_checks k
    WHERE k.state = 'complete' AND k.source_id IN (SELECT source_id FROM assigned)
),
fresh AS (
    SELECT d.day, count(DISTINCT c.source_id) AS sources
    FROM days d JOIN complete c ON c.day BETWEEN d.day - 3 AND d.day
    GROUP BY d.day
),
states AS (
    SELECT
        d.day,
        m.module,
        m.place,
        CASE
            WHEN o.module IS NOT NULL THEN 'offered'
            WHEN NOT EXISTS (FROM assigned WHERE NOT is_statewide) THEN 'not_configured'
            WHEN f.sources = (SELECT count(*) FROM assigned) THEN 'none_found'
            ELSE 'unknown'
        END AS state
    FROM days d
    CROSS JOIN (VALUES ('basis', 1), ('aufbau', 2), ('other', 3)) m(module, place)
    LEFT JOIN offered o ON o.day = d.day AND o.module = m.module
    LEFT JOIN fresh f ON f.day = d.day
),
numbered AS (
    SELECT
        *,
        row_number() OVER (PARTITION BY module ORDER BY day)
            - row_number() OVER (PARTITION BY module, state ORDER BY day) AS span
    FROM states
)
SELECT module, state, min(day) AS first_day, max(day)
FROM numbered
GROUP BY module, place, state, span
ORDER BY place, first_day DESC"""


def state_spans(file: PublishedFile, ags: str, until: date) -> tuple[StateSpan, ...]:
    """The spans of days with the same state, module by module, the newest first.

    Which sources and providers belong to the council is taken from the register of today.
    """
    return file.rows(StateSpan, _SPANS, ags=ags, until=until)
