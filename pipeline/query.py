"""`atlas sql`: a question to the published warehouse, answered as a table, CSV or JSON."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from enum import StrEnum
from typing import Any, TextIO

import duckdb
from rich.console import Console
from rich.table import Table
from rich.text import Text

from warehouse.settings import Settings
from warehouse.store import open_published

_UNFOLDED = 1_000_000
"""Wide enough for any row, where the table goes into a file or a pipe."""


class Format(StrEnum):
    TABLE = "table"
    CSV = "csv"
    JSON = "json"


class QueryError(Exception):
    """The SQL cannot be run; the message is DuckDB's."""


def run_query(settings: Settings, sql: str, output: Format, out: TextIO) -> None:
    """Runs one statement read-only on the current publication and writes the rows to `out`."""
    with open_published(settings.published_dir) as connection:
        try:
            result = connection.execute(sql)
        except duckdb.Error as error:
            raise QueryError(str(error).strip()) from error
        columns = [column[0] for column in result.description or []]
        rows = result.fetchall() if columns else []
    if output is Format.JSON:
        records = [dict(zip(columns, row, strict=True)) for row in rows]
        json.dump(records, out, ensure_ascii=False, default=_json_value, indent=1)
        out.write("\n")
    elif output is Format.CSV:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([_csv_value(value) for value in row] for row in rows)
    else:
        table = Table()
        for column in columns:
            # On a narrow terminal a value is folded into lines; none is ever cut off.
            table.add_column(Text(column), overflow="fold")
        for row in rows:
            table.add_row(*(Text("" if value is None else str(value)) for value in row))
        is_terminal = Console(file=out).is_terminal
        Console(file=out, width=None if is_terminal else _UNFOLDED).print(table)


def _json_value(value: Any) -> float | str:
    """What JSON has no type for: a decimal is a number there, anything else its text."""
    return float(value) if isinstance(value, Decimal) else str(value)


def _csv_value(value: Any) -> Any:
    """Nothing for NULL; truth values as SQL and JSON write them."""
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else value
