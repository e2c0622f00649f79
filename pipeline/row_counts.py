"""How many rows each table has, beside the last publication, and which have lost too many.

Nothing that was read is forgotten, so hardly any table becomes smaller from one night to the next.
One with at least 20 rows that has lost more than a tenth of them is told; the publication stops
where half of them are gone, or where the table is a required one. Many rows that belong to few
things (the values of an offer) count as few: switching one source off may take half of them away.
What may become smaller without anything being wrong is marked in the dictionary.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse.dictionary import Dictionary, Table
from warehouse.store import StoreError, create_table, open_published

SHRINK_MINIMUM_ROWS = 20
"""A ratio says nothing about fewer rows than this."""
SHRINK_TOLD_RATIO = 0.10
SHRINK_STOPPING_RATIO = 0.50

# Of itself and of what the guards are yet to say, nothing is counted.
_NOT_COUNTED = frozenset({"row_counts", "issues"})


@dataclass(frozen=True)
class Shrinkage:
    """A table (name without schema) that has lost many rows since the last publication."""

    table: str
    before: int
    now: int
    stops: bool


def count_for_comparison(
    connection: duckdb.DuckDBPyConnection, dictionary: Dictionary, published_dir: Path
) -> None:
    """Creates `counted_rows`, the contents of `mart.row_counts`, for the other tables of the mart;
    these must be filled before."""
    counts = count_rows(connection, dictionary)
    previous = _published_counts(published_dir, dictionary)
    create_table(
        connection,
        "counted_rows",
        {"table_name": "VARCHAR", "row_count": "BIGINT", "previous_row_count": "BIGINT"},
        [(name, count, previous.get(name)) for name, count in sorted(counts.items())],
        temporary=True,
    )


def count_rows(connection: duckdb.DuckDBPyConnection, dictionary: Dictionary) -> dict[str, int]:
    """Rows by table name (without schema), of the described tables that are there."""
    there = {
        name
        for (name,) in connection.execute(
            "SELECT table_name FROM duckdb_tables() "
            "WHERE database_name = current_database() AND schema_name = 'mart'"
        ).fetchall()
    }
    names = [table.name for table in dictionary.tables if table.name in there - _NOT_COUNTED]
    counts = " UNION ALL ".join(f"SELECT '{name}', count(*) FROM mart.{name}" for name in names)
    return dict(connection.execute(counts).fetchall()) if counts else {}


def _published_counts(published_dir: Path, dictionary: Dictionary) -> Mapping[str, int]:
    try:
        with open_published(published_dir) as published:
            return count_rows(published, dictionary)
    except (StoreError, duckdb.Error):
        return {}


def shrunken_tables(
    connection: duckdb.DuckDBPyConnection, dictionary: Dictionary
) -> list[Shrinkage]:
    """The tables that have lost too many rows, by `mart.row_counts`."""
    counts = {
        name: (now, before)
        for name, now, before in connection.execute(
            "SELECT table_name, row_count, previous_row_count FROM mart.row_counts "
            "WHERE previous_row_count >= $1 ORDER BY table_name",
            [SHRINK_MINIMUM_ROWS],
        ).fetchall()
    }
    found = []
    for name, (now, before) in counts.items():
        table = dictionary.table(f"mart.{name}")
        if not counts.keys() >= {owner.name for owner in _owners(table, dictionary)}:
            continue
        lost = (before - now) / before
        if lost > SHRINK_TOLD_RATIO and not table.may_shrink:
            stops = table.required or lost > SHRINK_STOPPING_RATIO
            found.append(Shrinkage(name, before, now, stops))
    return found


def _owners(table: Table, dictionary: Dictionary) -> list[Table]:
    """The tables of the things that rows of this one belong to: a part of its key names one."""
    named = {(column,) for column in table.key if len(table.key) > 1}
    return [other for other in dictionary.tables if other.key in named]
