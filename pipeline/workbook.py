"""Tables as one Excel workbook: a sheet that explains, then a sheet per table.

Every text is written as text, never as a formula or a link. Times with a zone become German local
time, because Excel knows no zones.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import xlsxwriter

from pipeline.datapackage import PublicationFacts
from warehouse.dictionary import Table
from warehouse.settings import BERLIN

# Limits of the file format: characters in a cell, characters in a sheet's name, rows in a sheet.
CELL_LIMIT = 32_767
SHEET_NAME_LIMIT = 31
ROW_LIMIT = 1_048_576
TOO_LONG = "(zu lang für Excel, steht in der CSV-Datei)"
_ROWS_AT_ONCE = 5_000
_EXPLANATION = "Lies mich"


class WorkbookError(Exception):
    """A table that does not fit into a workbook; the message says which and what to do."""


def write_workbook(
    connection: duckdb.DuckDBPyConnection,
    catalog: str,
    tables: Sequence[Table],
    facts: PublicationFacts,
    title: str,
    path: Path,
) -> dict[str, int]:
    """Writes the tables of a catalog and returns their numbers of rows by name.

    Raises WorkbookError for a table with more rows than a sheet holds.
    """
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_date_format": "dd.mm.yyyy",
    }
    counts = {}
    with xlsxwriter.Workbook(str(path), options) as book:
        bold = book.add_format({"bold": True})
        moment = book.add_format({"num_format": "dd.mm.yyyy hh:mm"})
        _explain(book.add_worksheet(_EXPLANATION), bold, tables, facts, title)
        for table in tables:
            sheet = book.add_worksheet(table.name[:SHEET_NAME_LIMIT])
            sheet.freeze_panes(1, 0)
            for number, column in enumerate(table.columns):
                sheet.write_string(0, number, column.name, bold)
            counts[table.name] = _fill(sheet, moment, table, _rows(connection, catalog, table))
    return counts


def _rows(
    connection: duckdb.DuckDBPyConnection, catalog: str, table: Table
) -> Iterator[tuple[Any, ...]]:
    result = connection.execute(f"SELECT * FROM {catalog}.{table.full_name}")
    while rows := result.fetchmany(_ROWS_AT_ONCE):
        yield from rows


def _fill(sheet: Any, moment: Any, table: Table, rows: Iterator[tuple[Any, ...]]) -> int:
    count = 0
    for count, row in enumerate(rows, start=1):
        if count >= ROW_LIMIT:
            raise WorkbookError(
                f"{table.full_name}: more than {ROW_LIMIT - 1} rows do not fit into an Excel "
                "sheet; export this table with --format csv"
            )
        for number, value in enumerate(row):
            _write(sheet, count, number, value, moment)
    return count


def _write(sheet: Any, row: int, column: int, value: Any, moment: Any) -> None:
    match value:
        case None:
            pass
        case bool():
            sheet.write_boolean(row, column, value)
        case int() | float() | Decimal():
            sheet.write_number(row, column, value)
        case datetime():
            local = value.astimezone(BERLIN).replace(tzinfo=None) if value.tzinfo else value
            sheet.write_datetime(row, column, local, moment)
        case date():
            sheet.write_datetime(row, column, value)
        case list():
            _write(sheet, row, column, "; ".join(str(part) for part in value), moment)
        case _:
            text = str(value)
            sheet.write_string(row, column, text if len(text) <= CELL_LIMIT else TOO_LONG)


def _explain(
    sheet: Any, bold: Any, tables: Sequence[Table], facts: PublicationFacts, title: str
) -> None:
    sheet.set_column(0, 1, 28)
    sheet.set_column(2, 2, 110)
    lines: list[tuple[str, ...]] = [
        (title,),
        ("Stand", f"{facts.data_day:%d.%m.%Y}"),
        ("Leere Zelle", "nicht bekannt"),
        ("Zeitpunkte", "Ortszeit in Deutschland"),
        ("",),
        ("Tabelle", "Spalte", "Bedeutung"),
    ]
    headings = {0, len(lines) - 1}
    for table in tables:
        lines.append((table.name, "", table.description))
        lines.extend(("", column.name, column.description) for column in table.columns)
    for row, cells in enumerate(lines):
        for column_number, text in enumerate(cells):
            sheet.write_string(row, column_number, text, bold if row in headings else None)
