"""Tables as files: CSV, Parquet and JSON, written by DuckDB, and the CSV read back.

CSV is UTF-8 with commas and RFC 4180 quotes. Nothing stands for NULL and `""` for an empty text,
times are ISO 8601 (UTC with Z, local time without), lists are JSON. What was read from the web must
not become a formula when somebody opens the file in a spreadsheet: a text that begins with one of
`= + - @`, a tab, a line break or `'` gets a `'` before it. Taking one leading `'` away gives back
the value exactly, so nothing is lost.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import duckdb

from warehouse.dictionary import Column, Table

Format = Literal["csv", "parquet", "json", "xlsx"]
FORMULA_MARK = "'"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", FORMULA_MARK)


@dataclass(frozen=True)
class WrittenFile:
    """A file that was written: `path` is relative to its package, `rows` without the header."""

    table: Table
    format: Format
    path: str
    bytes: int
    sha256: str
    rows: int


def write_table(
    connection: duckdb.DuckDBPyConnection, catalog: str, table: Table, format: Format, folder: Path
) -> WrittenFile:
    """Writes one table of a catalog to `folder/<format>/<table>.<format>`.

    Raises duckdb.Error or OSError where the file cannot be written.
    """
    name = f"{format}/{table.name}.{format}"
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    row = connection.execute(_copy_sql(f"{catalog}.{table.full_name}", table, format, path))
    counted = row.fetchone()
    assert counted is not None
    return WrittenFile(table, format, name, *measure(path), int(counted[0]))


def measure(path: Path) -> tuple[int, str]:
    """Size in bytes and SHA-256 (hexadecimal) of a file."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
    return path.stat().st_size, digest.hexdigest()


def _copy_sql(relation: str, table: Table, format: Format, path: Path) -> str:
    target = quoted(str(path))
    if format == "parquet":
        return f"COPY {relation} TO {target} (FORMAT parquet, COMPRESSION zstd)"
    as_text = _csv_value if format == "csv" else _json_value
    columns = ", ".join(f'{as_text(column)} AS "{column.name}"' for column in table.columns)
    options = "FORMAT csv, HEADER true" if format == "csv" else "FORMAT json, ARRAY true"
    return f"COPY (SELECT {columns} FROM {relation}) TO {target} ({options})"


def _csv_value(column: Column) -> str:
    name = f'"{column.name}"'
    if column.type == "VARCHAR":
        starts = ", ".join(quoted(start) for start in FORMULA_STARTS)
        mark = quoted(FORMULA_MARK)
        return f"CASE WHEN left({name}, 1) IN ({starts}) THEN {mark} || {name} ELSE {name} END"
    if column.type.endswith("[]"):
        return f"to_json({name})::VARCHAR"
    return _json_value(column)


def _json_value(column: Column) -> str:
    name = f'"{column.name}"'
    if column.type == "TIMESTAMPTZ":
        # In UTC, and five times as fast as AT TIME ZONE.
        return f"strftime(make_timestamp(epoch_us({name})), '%Y-%m-%dT%H:%M:%S.%fZ')"
    if column.type == "TIMESTAMP":
        return f"strftime({name}, '%Y-%m-%dT%H:%M:%S')"
    return name


def quoted(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"
