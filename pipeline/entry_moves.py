"""Follows entries of a source that come back under another number or link (`resolve/moving.py`)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import duckdb

from pipeline.resolve.likeness import Described, Verdict
from pipeline.resolve.moving import Come, Gone, doubtful, moves
from warehouse.store import create_table, model_sql

_MOVED = {
    "source_id": "VARCHAR",
    "old_key": "VARCHAR",
    "old_ordinal": "INTEGER",
    "new_key": "VARCHAR",
    "new_ordinal": "INTEGER",
    "score": "DOUBLE",
    "reason": "VARCHAR",
}

_GONE = """
SELECT g, d, coalesce(d.start_date, k.start_date) AS day
FROM {gone} g
JOIN described_readings d USING (source_id, record_sha256)
LEFT JOIN kept_values k
    ON k.source_id = g.source_id AND k.base_key = g.base_key AND k.ordinal = g.ordinal"""

_COME = "SELECT c, d FROM {come} c JOIN described_readings d USING (source_id, record_sha256)"


def described(entry: dict[str, Any], reading: dict[str, Any], offer: str) -> Described:
    """An entry, with its row of `described_readings`."""
    return Described(
        key=(entry["source_id"], entry["base_key"], entry["ordinal"]),
        offer=offer,
        title=reading["title"],
        module=reading["module"],
        start_date=reading["start_date"],
        last_day=reading["last_day"],
        number=reading["number"],
        venue_name=reading["venue_name"],
        venue_postcode=reading["venue_postcode"],
        venue_ags=reading["venue_ags"],
        delivery_mode=reading["delivery_mode"],
        times=tuple((session["day"], session["starts"]) for session in reading["timed"]),
    )


def follow_moves(connection: duckdb.DuckDBPyConnection) -> None:
    """Gives entries that moved tonight their new key; needs `night_sightings`."""
    connection.execute(model_sql("core/apply", "night_gone"))
    come = _come(connection, "night_come")
    found = moves(_gone(connection, "night_gone"), come) if come else []
    rows: list[Sequence[object]] = [
        (*move.old, *move.new[1:], move.score, move.reason) for move in found
    ]
    create_table(connection, "night_moved", _MOVED, rows, temporary=True)
    connection.execute(model_sql("core/apply", "moved"))


def doubtful_moves(connection: duckdb.DuckDBPyConnection) -> list[Verdict]:
    """Pairs of a vanished entry and a newer one of its source that people should look at."""
    connection.execute(model_sql("core/apply", "night_unfollowed"))
    come = _come(connection, "night_newer")
    return doubtful(_gone(connection, "night_unfollowed"), come) if come else []


def _gone(connection: duckdb.DuckDBPyConnection, table: str) -> list[Gone]:
    found = []
    for entry, reading, day in connection.execute(_GONE.format(gone=table)).fetchall():
        said_day = reading["start_date"]
        told = {**reading, "number": None, "start_date": day}
        told["last_day"] = reading["last_day"] or day
        found.append(
            Gone(
                described=described(entry, told, entry["identity_key"]),
                module=reading["module"],
                provider_id=reading["provider_id"],
                link=reading["link"],
                page=(entry["page_url"], entry["content_sha256"]),
                said_day=said_day,
                last_seen_seq=entry["last_seen_seq"],
                may_move=entry["missed"] < 2,
            )
        )
    return found


def _come(connection: duckdb.DuckDBPyConnection, table: str) -> list[Come]:
    return [
        Come(
            described=described(entry, {**reading, "number": None}, ""),
            module=reading["module"],
            provider_id=reading["provider_id"],
            link=reading["link"],
            page=(entry["page_url"], entry["content_sha256"]),
            visit_seq=entry["visit_seq"],
            known_since=entry["known_since"],
            is_complete=entry["is_complete"],
        )
        for entry, reading in connection.execute(_COME.format(come=table)).fetchall()
    ]
