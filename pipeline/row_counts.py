"""How many rows each table has, beside the last publication."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import duckdb

from warehouse.dictionary import Dictionary
from warehouse.store import StoreError, create_table, open_published

_OWN_TABLE = "row_counts"


def fill_row_counts(
    connection: duckdb.DuckDBPyConnection, dictionary: Dictionary, published_dir: Path
) -> None:
    """Fills `mart.row_counts` for all other tables of the mart, which must be filled before."""
    counts = count_rows(connection, dictionary)
    previous = _published_counts(published_dir, dictionary)
    create_table(
        connection,
        "counted_rows",
        {"table_name": "VARCHAR", "row_count": "BIGINT", "previous_row_count": "BIGINT"},
        [(name, count, previous.get(name)) for name, count in sorted(counts.items())],
        temporary=True,
    )
    connection.execute("INSERT INTO mart.row_counts BY NAME (SELECT * FROM counted_rows)")


def count_rows(connection: duckdb.DuckDBPyConnection, dictionary: Dictionary) -> dict[str, int]:
    """Rows by table name (without schema), of the described tables that are there."""
    there = {
        name
        for (name,) in connection.execute(
            "SELECT table_name FROM duckdb_tables() "
            "WHERE database_name = current_database() AND schema_name = 'mart'"
        ).fetchall()
    }
    names = [table.name for table in dictionary.tables if table.name in there]
    counts = " UNION ALL ".join(
        f"SELECT '{name}', count(*) FROM mart.{name}" for name in names if name != _OWN_TABLE
    )
    return dict(connection.execute(counts).fetchall()) if counts else {}


def _published_counts(published_dir: Path, dictionary: Dictionary) -> Mapping[str, int]:
    try:
        with open_published(published_dir) as published:
            return count_rows(published, dictionary)
    except (StoreError, duckdb.Error):
        return {}
