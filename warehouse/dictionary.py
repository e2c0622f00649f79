"""The data dictionary: one description of every table, from which DDL, comments and checks follow.

`dictionary.yaml` is the contract of the mart. What is not written there does not exist in a
published file, and what is written there is created, commented and checked from here.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

# The same in C, where PyYAML has it: reading the dictionary takes a tenth of the time.
_SAFE_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
DICTIONARY_FILE = Path(__file__).resolve().parent / "dictionary.yaml"


class DictionaryError(Exception):
    """The dictionary itself is wrong; the message names table, column and property."""


@dataclass(frozen=True)
class Column:
    """One column with the properties that can be checked. `references` is `schema.table.column`."""

    name: str
    type: str
    description: str
    not_null: bool = False
    allowed: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    references: str | None = None


@dataclass(frozen=True)
class Table:
    """One table. `key` identifies a row; an empty `required` table must not be published, and one
    that has lost many rows only if it `may_shrink`."""

    schema: str
    name: str
    description: str
    key: tuple[str, ...]
    required: bool
    columns: tuple[Column, ...]
    may_shrink: bool = False

    @property
    def full_name(self) -> str:
        return f"{self.schema}.{self.name}"

    @property
    def column_names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)


@dataclass(frozen=True)
class DataCheck:
    """A rule as SQL: `sql` returns one row (violations, example) over the checked table.
    `refers_to` is the table whose keys it looks up."""

    table: str
    rule: str
    subject: str
    sql: str
    refers_to: str | None = None


@dataclass(frozen=True)
class Dictionary:
    """All described tables, in the order of the file."""

    tables: tuple[Table, ...]

    def table(self, full_name: str) -> Table:
        for table in self.tables:
            if table.full_name == full_name:
                return table
        raise KeyError(full_name)


_COLUMN_PROPERTIES = {
    "type", "description", "not_null", "allowed", "min", "max", "references",
}  # fmt: skip
_TABLE_PROPERTIES = {"description", "key", "required", "may_shrink", "columns"}


def _column(table: str, name: str, raw: dict[str, Any]) -> Column:
    unknown = set(raw) - _COLUMN_PROPERTIES
    if unknown or "type" not in raw or "description" not in raw:
        raise DictionaryError(
            f"dictionary.yaml, table {table}, column {name}: needs type and description and knows "
            f"only {', '.join(sorted(_COLUMN_PROPERTIES))}"
        )
    return Column(
        name=name,
        type=raw["type"],
        description=raw["description"],
        not_null=bool(raw.get("not_null", False)),
        allowed=tuple(str(value) for value in raw.get("allowed", ())),
        minimum=raw.get("min"),
        maximum=raw.get("max"),
        references=raw.get("references"),
    )


def parse_dictionary(text: str) -> Dictionary:
    """Reads the YAML text. Raises DictionaryError for unknown or missing properties."""
    tables = []
    for schema, described in yaml.load(text, Loader=_SAFE_LOADER).items():
        for name, raw in described.items():
            unknown = set(raw) - _TABLE_PROPERTIES
            columns = tuple(_column(name, column, spec) for column, spec in raw["columns"].items())
            key = tuple(raw["key"])
            if unknown or set(key) - {column.name for column in columns}:
                raise DictionaryError(
                    f"dictionary.yaml, table {name}: the key must name columns of the table, and "
                    f"only {', '.join(sorted(_TABLE_PROPERTIES))} are known"
                )
            tables.append(
                Table(
                    schema=schema,
                    name=name,
                    description=raw["description"],
                    key=key,
                    required=bool(raw.get("required", False)),
                    columns=columns,
                    may_shrink=bool(raw.get("may_shrink", False)),
                )
            )
    return Dictionary(tuple(tables))


@cache
def load_dictionary() -> Dictionary:
    """The shipped dictionary."""
    return parse_dictionary(DICTIONARY_FILE.read_text(encoding="utf-8"))


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def create_table_sql(table: Table, catalog: str = "") -> str:
    """`CREATE OR REPLACE TABLE` with the described columns in the described order.

    There are no constraints on purpose: violations are to be found by the checks, which can name
    all of them, and not by the first failing insert.
    """
    prefix = f"{catalog}." if catalog else ""
    columns = ",\n  ".join(f'"{column.name}" {column.type}' for column in table.columns)
    return f"CREATE OR REPLACE TABLE {prefix}{table.full_name} (\n  {columns}\n)"


def comment_sql(table: Table, catalog: str = "") -> list[str]:
    """`COMMENT ON` for the table and each of its columns."""
    prefix = f"{catalog}." if catalog else ""
    name = f"{prefix}{table.full_name}"
    return [f"COMMENT ON TABLE {name} IS {_text(table.description)}"] + [
        f'COMMENT ON COLUMN {name}."{column.name}" IS {_text(column.description)}'
        for column in table.columns
    ]


def checks(table: Table) -> list[DataCheck]:
    """Every rule the dictionary states about a table: key, not null, allowed, range, references."""
    name = table.full_name
    key_list = ", ".join(f'"{column}"' for column in table.key)
    found = [
        DataCheck(
            name,
            "key",
            ", ".join(table.key),
            # Comparing numbers first: most tables have no two rows with the same hash.
            f"SELECT count(*), min(example) FROM (SELECT concat_ws(' / ', {key_list}) AS example "
            f"FROM {name} WHERE hash({key_list}) IN (SELECT hash({key_list}) FROM {name} "
            f"GROUP BY ALL HAVING count(*) > 1) GROUP BY {key_list} HAVING count(*) > 1)",
        )
    ]
    if table.required:
        found.append(
            DataCheck(
                name,
                "required",
                name,
                f"SELECT CASE WHEN count(*) = 0 THEN 1 ELSE 0 END, NULL FROM {name}",
            )
        )
    for column in table.columns:
        found.extend(_column_checks(table, column))
    return found


def _column_checks(table: Table, column: Column) -> list[DataCheck]:
    name, quoted = table.full_name, f'"{column.name}"'
    key_columns = ", ".join(f't."{part}"' for part in table.key)
    row = f"concat_ws(' / ', {key_columns})"

    def check(rule: str, condition: str, refers_to: str | None = None) -> DataCheck:
        sql = f"SELECT count(*), min({row}) FROM {name} t WHERE {condition}"
        return DataCheck(name, rule, column.name, sql, refers_to)

    found = []
    if column.not_null:
        found.append(check("not_null", f"t.{quoted} IS NULL"))
    if column.allowed:
        values = ", ".join(_text(value) for value in column.allowed)
        found.append(check("allowed", f"t.{quoted} NOT IN ({values})"))
    if column.minimum is not None:
        found.append(check("min", f"t.{quoted} < {column.minimum}"))
    if column.maximum is not None:
        found.append(check("max", f"t.{quoted} > {column.maximum}"))
    if column.references:
        target, target_column = column.references.rsplit(".", 1)
        found.append(
            check(
                "references",
                f't.{quoted} IS NOT NULL AND t.{quoted} NOT IN (SELECT "{target_column}" '
                f'FROM {target} WHERE "{target_column}" IS NOT NULL)',
                target,
            )
        )
    return found
