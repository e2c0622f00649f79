"""Two marts row for row: where they differ, in how many rows, with an example."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import duckdb
from rich.console import Console

from pipeline.exit_codes import ExitCode
from warehouse.dictionary import Table, load_dictionary

# What depends on the moment and not on what was read: the time of publishing, guards that a
# publication ran into, and the comparison with the publication before.
_LEFT_OUT_TABLES = ("mart.row_counts",)
_LEFT_OUT_COLUMNS = {"mart.publication": ("published_at",)}
_LEFT_OUT_ROWS = {"mart.issues": "kind <> 'guard'"}


@dataclass(frozen=True)
class Difference:
    """A table that is not the same: rows only here and only there, each with a key as example."""

    table: str
    only_present: int
    only_rebuilt: int
    example: str

    def __str__(self) -> str:
        return (
            f"{self.table}: {self.only_present} rows only in use, {self.only_rebuilt} only "
            f"rebuilt, for example {self.example}"
        )


@dataclass(frozen=True)
class Comparison:
    """All differences, none if the marts are the same. `landings`: how many were read."""

    landings: int
    tables: int
    differences: tuple[Difference, ...]

    @property
    def exit_code(self) -> ExitCode:
        """What differs is not to be believed as it is."""
        return ExitCode.NOTHING_PUBLISHED if self.differences else ExitCode.ALL_WELL

    def as_dict(self) -> dict[str, Any]:
        return {
            "landings": self.landings,
            "tables": self.tables,
            "differences": [vars(each) for each in self.differences],
        }

    def print_to(self, console: Console) -> None:
        for difference in self.differences:
            console.print(str(difference), markup=False)
        if not self.differences:
            console.print(
                f"{self.landings} landings read again: all {self.tables} tables are the same"
            )


def compare_marts(
    connection: duckdb.DuckDBPyConnection, present: str, rebuilt: str, landings: int
) -> Comparison:
    """Compares the marts of two attached databases, duplicates counted."""
    tables = [t for t in load_dictionary().tables if t.full_name not in _LEFT_OUT_TABLES]
    found = (_compare(connection, table, present, rebuilt) for table in tables)
    return Comparison(landings, len(tables), tuple(each for each in found if each is not None))


def _compare(
    connection: duckdb.DuckDBPyConnection, table: Table, present: str, rebuilt: str
) -> Difference | None:
    left_out = _LEFT_OUT_COLUMNS.get(table.full_name, ())
    columns = ", ".join(f'"{name}"' for name in table.column_names if name not in left_out)
    condition = _LEFT_OUT_ROWS.get(table.full_name, "true")
    key = ", ".join(f'"{name}"' for name in table.key if name not in left_out) or "'the only row'"

    def only(here: str, there: str) -> tuple[int, str | None]:
        row = connection.execute(
            f"SELECT count(*), min(concat_ws(' / ', {key})) FROM ("
            f"SELECT {columns} FROM {here}.{table.full_name} WHERE {condition} EXCEPT ALL "
            f"SELECT {columns} FROM {there}.{table.full_name} WHERE {condition})"
        ).fetchone()
        assert row is not None
        return int(row[0]), row[1]

    try:
        first, second = only(present, rebuilt), only(rebuilt, present)
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        return Difference(table.full_name, 0, 0, f"other columns ({error})")
    if not first[0] and not second[0]:
        return None
    return Difference(table.full_name, first[0], second[0], str(first[1] or second[1]))
