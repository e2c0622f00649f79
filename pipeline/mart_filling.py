"""Writes the mart's tables so that what has not changed is left alone.

Tables that grow with the offers are refilled only for the offers that a night has touched; all
others are computed anew and replaced where they differ. Each table bears a version that changes
with its contents: by it the guards know what they have checked, and the publication what it has
already written.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

import duckdb

from warehouse.dictionary import Dictionary, Table, comment_sql, create_table_sql
from warehouse.store import MODELS_DIR, run_models

STATE_TABLES = ("mart_state", "mart_versions", "held_checks")
_WANTED = ("entries", "offer_versions", "offer_changes")

# What a day or a visit alone moves, in rows that stay as they are otherwise.
FOLLOWING_COLUMNS = {"offers": ("last_seen_at", "lifecycle")}


class MartFiller:
    """Fills tables within one transaction. `is_anew`: all are empty and all offers are wanted."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, is_anew: bool) -> None:
        self._connection = connection
        self.is_anew = is_anew

    def by_offer(self, table: str, query: str) -> None:
        """Replaces the rows of the wanted offers; `query` gives rows of these only."""
        if not self.is_anew:
            if not self._has_wanted():
                return
            self._connection.execute(
                f"DELETE FROM mart.{table} WHERE offer_id IN (SELECT offer_id FROM wanted_offers)"
            )
        self._connection.execute(f"INSERT INTO mart.{table} BY NAME (\n{query}\n)")
        mark_changed(self._connection, table)

    def whole(self, table: str, query: str) -> None:
        """Makes the table what the query gives; where it is that already, nothing is written."""
        rows = f"BY NAME (\n{query}\n)"
        if self.is_anew:
            self._connection.execute(f"INSERT INTO mart.{table} {rows}")
            mark_changed(self._connection, table)
            return
        self._connection.execute(
            f"CREATE OR REPLACE TEMP TABLE fresh_rows AS FROM mart.{table} LIMIT 0"
        )
        self._connection.execute(f"INSERT INTO fresh_rows {rows}")
        if not self._is_same(table):
            self._connection.execute(f"DELETE FROM mart.{table}")
            self._connection.execute(f"INSERT INTO mart.{table} FROM fresh_rows")
            mark_changed(self._connection, table)

    def always(self, table: str, query: str) -> None:
        """Replaces a table that is another one each time, such as the row about the publication;
        it bears no version."""
        self._connection.execute(f"DELETE FROM mart.{table}")
        self._connection.execute(f"INSERT INTO mart.{table} BY NAME (\n{query}\n)")

    def _has_wanted(self) -> bool:
        return bool(self._connection.execute("FROM wanted_offers LIMIT 1").fetchone())

    def _is_same(self, table: str) -> bool:
        row = self._connection.execute(
            f"SELECT (SELECT count(*) FROM fresh_rows) = (SELECT count(*) FROM mart.{table}) "
            f"AND NOT EXISTS (FROM fresh_rows EXCEPT ALL FROM mart.{table})"
        ).fetchone()
        return row is not None and bool(row[0])


def begin_filling(
    connection: duckdb.DuckDBPyConnection, dictionary: Dictionary, made_of: Iterable[str]
) -> MartFiller:
    """Makes tables and the views of what is to be filled, in the caller's transaction.

    `made_of` is everything beside the loaded data that the contents depend on; when it is not what
    it was, the tables are made anew. The temporary table `wanted_offers` holds the offers to be
    filled, the views `wanted_entries`, `wanted_offer_versions` and `wanted_offer_changes` what the
    core knows of them.
    """
    connection.execute("CREATE SCHEMA IF NOT EXISTS mart")
    run_models(connection, "core", STATE_TABLES)
    wanted = _made_by(connection, dictionary, made_of)
    row = connection.execute("SELECT made_by, crawl_seq FROM core.mart_state").fetchone()
    is_anew = row is None or row[0] != wanted or not _all_there(connection, dictionary)
    if is_anew:
        for table in dictionary.tables:
            connection.execute(create_table_sql(table))
            for statement in comment_sql(table):
                connection.execute(statement)
    _want_offers(connection, None if is_anew or row is None else row[1])
    connection.execute("DELETE FROM core.mart_state")
    connection.execute(
        "INSERT INTO core.mart_state "
        "SELECT $1, coalesce(max(crawl_seq), 0) FROM core.applied_crawls",
        [wanted],
    )
    return MartFiller(connection, is_anew)


def _made_by(
    connection: duckdb.DuckDBPyConnection, dictionary: Dictionary, made_of: Iterable[str]
) -> str:
    digest = hashlib.sha256()
    for text in made_of:
        digest.update(text.encode())
    for table in dictionary.tables:
        digest.update("".join([create_table_sql(table), *comment_sql(table)]).encode())
    for path in sorted((MODELS_DIR / "mart").rglob("*.sql")):
        digest.update(path.read_bytes())
    row = connection.execute("SELECT any_value(resolution_hash) FROM core.state").fetchone()
    digest.update(str(row).encode())
    return digest.hexdigest()


def _all_there(connection: duckdb.DuckDBPyConnection, dictionary: Dictionary) -> bool:
    there = {
        name
        for (name,) in connection.execute(
            "SELECT table_name FROM duckdb_tables() "
            "WHERE database_name = current_database() AND schema_name = 'mart'"
        ).fetchall()
    }
    return {table.name for table in dictionary.tables if table.schema == "mart"} <= there


def _want_offers(connection: duckdb.DuckDBPyConnection, filled_seq: int | None) -> None:
    """All offers where `filled_seq`, the last crawl that the mart holds, is not given."""
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE wanted_offers AS "
        "SELECT DISTINCT offer_id FROM core.touched_offers WHERE crawl_seq > $1",
        [filled_seq or 0],
    )
    only = "" if filled_seq is None else "SEMI JOIN wanted_offers USING (offer_id)"
    for name in _WANTED:
        connection.execute(
            f"CREATE OR REPLACE TEMP VIEW wanted_{name} AS SELECT * FROM core.{name} {only}"
        )


@dataclass(frozen=True)
class TableVersion:
    """Marks of a table's contents, and of its keys alone."""

    contents: str
    keys: str


def mark_changed(
    connection: duckdb.DuckDBPyConnection, table: str, *, has_same_keys: bool = False
) -> None:
    """Gives a table of the mart a new version; for everybody who writes into one. `has_same_keys`:
    the rows are the same, and nothing but their FOLLOWING_COLUMNS has changed."""
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE new_version AS SELECT $1 AS table_name, uuid() AS version",
        [table],
    )
    if has_same_keys:
        connection.execute(
            "UPDATE core.mart_versions v SET version = n.version FROM new_version n "
            "WHERE v.table_name = n.table_name"
        )
        return
    connection.execute("DELETE FROM core.mart_versions WHERE table_name = $1", [table])
    connection.execute(
        "INSERT INTO core.mart_versions SELECT table_name, version, version FROM new_version"
    )


def mart_versions(connection: duckdb.DuckDBPyConnection) -> dict[str, TableVersion]:
    """The versions of the tables by name (without schema)."""
    run_models(connection, "core", STATE_TABLES)
    rows = connection.execute(
        "SELECT table_name, version::VARCHAR, keys_version::VARCHAR FROM core.mart_versions"
    ).fetchall()
    return {name: TableVersion(contents, keys) for name, contents, keys in rows}


def follow_sql(table: Table, database: str) -> str:
    """An update of the FOLLOWING_COLUMNS of a table in an attached database, from the mart; for
    one whose rows are the same."""
    columns = FOLLOWING_COLUMNS[table.name]
    values = ", ".join(f"{name} = m.{name}" for name in columns)
    keys = " AND ".join(f"p.{name} = m.{name}" for name in table.key)
    differ = " OR ".join(f"p.{name} IS DISTINCT FROM m.{name}" for name in columns)
    return (
        f"UPDATE {database}.{table.full_name} p SET {values} FROM {table.full_name} m "
        f"WHERE {keys} AND ({differ})"
    )
