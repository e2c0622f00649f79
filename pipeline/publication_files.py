"""The files beside a published database: each table as CSV and Parquet, and two records about them.

atlas-<UTC>-files/csv/*.csv
atlas-<UTC>-files/parquet/*.parquet
atlas-<UTC>-files/datapackage.json    what each file and column means, sizes, check sums
atlas-<UTC>-files/catalog.jsonld      the same publication for data portals (DCAT-AP.de)
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import duckdb

from pipeline.datapackage import PACKAGE_FILE, PublicationFacts, data_package, package_text
from pipeline.dataset_description import load_description
from pipeline.dcat import CATALOG_FILE, catalog, catalog_text
from pipeline.exports import Format, WrittenFile, measure, write_table
from pipeline.unchanged_tables import Unchanged
from warehouse.dictionary import Dictionary, Table
from warehouse.store import own_cursor

PUBLISHED_FORMATS: tuple[Format, ...] = ("csv", "parquet")
# CSV is for spreadsheets, and none takes more lines than these; such a table is Parquet only.
MOST_CSV_ROWS = 1_048_575
# A text file is written by one processor; the other one has time for the next.
WRITERS = 2


def write_tables(
    connection: duckdb.DuckDBPyConnection,
    database: str,
    dictionary: Dictionary,
    folder: Path,
    unchanged: Unchanged,
) -> list[WrittenFile]:
    """Writes every table of an attached database into `folder`, in all published formats that it
    fits into; those that are unchanged are taken over."""
    wanted = [
        (format, table)
        for format in PUBLISHED_FORMATS
        for table in dictionary.tables
        if format != "csv" or _count(connection, database, table) <= MOST_CSV_ROWS
    ]

    def write(format: Format, table: Table) -> WrittenFile:
        known = unchanged.take_over(table.name, format, folder)
        if known is not None:
            return known
        with own_cursor(connection) as cursor:
            return write_table(cursor, database, table, format, folder)

    with ThreadPoolExecutor(WRITERS) as writers:
        return list(writers.map(write, *zip(*wanted, strict=True)))


def _count(connection: duckdb.DuckDBPyConnection, database: str, table: Table) -> int:
    row = connection.execute(f"SELECT count(*) FROM {database}.{table.full_name}").fetchone()
    assert row is not None
    return int(row[0])


def read_facts(connection: duckdb.DuckDBPyConnection, database: str) -> PublicationFacts:
    """What an attached database says about itself."""
    row = connection.execute(
        "SELECT published_at, data_day, is_sample, software_version "
        f"FROM {database}.mart.publication"
    ).fetchone()
    assert row is not None
    return PublicationFacts(*row)


def first_day(connection: duckdb.DuckDBPyConnection, database: str) -> date | None:
    """The day of the first visit that an attached database knows."""
    row = connection.execute(f"SELECT min(day) FROM {database}.mart.source_checks").fetchone()
    return row[0] if row else None


def write_records(
    folder: Path,
    files: list[WrittenFile],
    facts: PublicationFacts,
    *,
    database: Path,
    database_name: str,
    since: date | None,
    contact: str,
) -> None:
    """Writes `datapackage.json` and `catalog.jsonld` for these files.

    `database` is the finished DuckDB file, `database_name` the name that readers will see.
    """
    description = load_description()
    (folder / PACKAGE_FILE).write_text(
        package_text(data_package(description, facts, files)), encoding="utf-8"
    )
    record = catalog(
        description,
        facts,
        files,
        database=(f"../{database_name}", *measure(database)),
        first_day=since,
        contact=contact,
    )
    (folder / CATALOG_FILE).write_text(catalog_text(record), encoding="utf-8")
