"""`atlas sql`: a question to the published warehouse, answered as a table, CSV or JSON."""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Sequence
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
        if result is None:
            raise QueryError("there is no SQL statement in this text; write for example SELECT 1")
        columns = [column[0] for column in result.description or []]
        rows = result.fetchall() if columns else []
    if output is Format.JSON:
        names = _unique(columns)
        records = [dict(zip(names, map(_json_value, row), strict=True)) for row in rows]
        json.dump(records, out, ensure_ascii=False, indent=1)
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


def _unique(columns: Sequence[str]) -> list[str]:
    """Two columns of one name would be one value in JSON: the later ones get a number."""
    names: list[str] = []
    for column in columns:
        candidates = (column, *(f"{column}_{number}" for number in range(1, len(columns) + 1)))
        names.append(next(name for name in candidates if name not in names))
    return names


def _json_value(value: Any) -> Any:
    """A decimal is a number in JSON, what is no number there is null, anything else its text."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float | Decimal):
        return float(value) if math.isfinite(value) else None
    if isinstance(value, dict):
        return {str(key): _json_value(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_json_value(inner) for inner in value]
    return str(value)


def _csv_value(value: Any) -> Any:
    """Nothing for NULL; truth values as SQL and JSON write them."""
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else value
