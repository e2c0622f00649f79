"""Which sources have not been read completely for too long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import duckdb

_NAMED_AT_MOST = 5


@dataclass(frozen=True)
class StaleSource:
    """`last_complete_day` is the day of the last complete check; None if there was none."""

    source_id: str
    last_complete_day: date | None


def stale_sources(connection: duckdb.DuckDBPyConnection) -> list[StaleSource]:
    """Active sources that `mart.source_health` does not call fresh, the longest unread first."""
    return [
        StaleSource(source_id, day)
        for source_id, day in connection.execute(
            "SELECT h.source_id, max(k.day) AS last_day FROM mart.source_health h "
            "LEFT JOIN mart.source_checks k ON k.source_id = h.source_id AND k.state = 'complete' "
            "WHERE NOT h.is_fresh GROUP BY h.source_id ORDER BY last_day NULLS FIRST, h.source_id"
        ).fetchall()
    ]


def stale_text(stale: Sequence[StaleSource]) -> str:
    """One German sentence about all of them."""
    named = ", ".join(f"{source.source_id} ({_since(source)})" for source in stale[:_NAMED_AT_MOST])
    rest = len(stale) - _NAMED_AT_MOST
    more = f" und {rest} weitere" if rest > 0 else ""
    count = "1 Quelle wurde" if len(stale) == 1 else f"{len(stale)} Quellen wurden"
    return f"{count} in den letzten drei Tagen nicht vollständig gelesen: {named}{more}"


def _since(source: StaleSource) -> str:
    if source.last_complete_day is None:
        return "noch nie"
    return f"zuletzt {source.last_complete_day:%d.%m.%Y}"
