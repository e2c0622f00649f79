"""The Frictionless Data Package (version 2) that describes written tables: `datapackage.json`.

Everything it says follows from the dictionary, the description of the data set, the row of
`mart.publication` and the files themselves. Specification: datapackage.org.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from pipeline.dataset_description import DatasetDescription, Licence
from pipeline.exports import FORMULA_MARK, Format, WrittenFile
from warehouse.dictionary import Column, Table

PACKAGE_FILE = "datapackage.json"
_PROFILES = "https://datapackage.org/profiles/2.0"
_TYPES = {
    "VARCHAR": "string",
    "VARCHAR[]": "array",
    "JSON": "object",
    "BOOLEAN": "boolean",
    "INTEGER": "integer",
    "BIGINT": "integer",
    "DOUBLE": "number",
    "DECIMAL": "number",
    "DATE": "date",
    "TIMESTAMP": "datetime",
    "TIMESTAMPTZ": "datetime",
}
MEDIA_TYPES: dict[Format, str] = {
    "csv": "text/csv",
    "parquet": "application/vnd.apache.parquet",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_CSV_NOTE = (
    "Beginnt ein Text in einer CSV-Datei mit einem Apostroph ('), so steht dieser nur davor, damit "
    "Tabellenprogramme den Text nicht als Formel ausführen; ohne ihn ist es der genaue Wert."
)
_SAMPLE_NOTE = (
    "Beispieldaten: Alle Angebote und Prüfungen stammen aus einem erfundenen Netz auf dem eigenen "
    "Rechner und sagen nichts über die Wirklichkeit."
)


@dataclass(frozen=True)
class PublicationFacts:
    """The row of `mart.publication` that the records beside the data need."""

    published_at: datetime
    data_day: date
    is_sample: bool
    software_version: str

    def title(self, description: DatasetDescription) -> str:
        """The title; sample data say so in it."""
        return f"{description.title} (Beispieldaten)" if self.is_sample else description.title

    def description(self, description: DatasetDescription) -> str:
        """The description; sample data say first that they are none of the real ones."""
        said = description.description.strip()
        return f"{_SAMPLE_NOTE} {said}" if self.is_sample else said


def data_package(
    description: DatasetDescription,
    facts: PublicationFacts,
    files: Sequence[WrittenFile],
) -> dict[str, Any]:
    """The content of `datapackage.json` for these files.

    A foreign key is stated where the table it points to is among the files of the same format, so
    that a package of some tables is whole in itself.
    """
    present = {(file.format, file.table.full_name) for file in files}
    licences = {file.table.name: description.licence(file.table.name) for file in files}
    return {
        "$schema": f"{_PROFILES}/datapackage.json",
        "name": description.name,
        "title": facts.title(description),
        "description": f"{facts.description(description)} {_CSV_NOTE}",
        "version": f"{facts.data_day:%Y.%m.%d}",
        "created": _utc(facts.published_at),
        "keywords": list(description.keywords),
        "licenses": _unique([_licence(each) for each in licences.values()]),
        "sources": [source.model_dump(exclude_none=True) for source in description.sources],
        "contributors": [
            {
                "title": description.publisher.name,
                "path": description.publisher.website,
                "roles": ["publisher"],
            }
        ],
        "dataDay": facts.data_day.isoformat(),
        "isSample": facts.is_sample,
        "softwareVersion": facts.software_version,
        "formulaMark": FORMULA_MARK,
        "resources": [_resource(description, file, present) for file in files],
    }


def package_text(package: dict[str, Any]) -> str:
    """The package as the text of its file."""
    return json.dumps(package, ensure_ascii=False, indent=1) + "\n"


def resource_name(table: Table, format: Format) -> str:
    """The name of a resource: the table's for CSV, with the format behind it for others."""
    return table.name if format == "csv" else f"{table.name}.{format}"


def _resource(
    description: DatasetDescription, file: WrittenFile, present: set[tuple[Format, str]]
) -> dict[str, Any]:
    resource: dict[str, Any] = {
        "name": resource_name(file.table, file.format),
        "title": file.table.name,
        "description": file.table.description,
        "path": file.path,
        "format": file.format,
        "mediatype": MEDIA_TYPES[file.format],
        "bytes": file.bytes,
        "hash": f"sha256:{file.sha256}",
        "rowCount": file.rows,
        "licenses": [_licence(description.licence(file.table.name))],
    }
    if file.format in ("csv", "json"):
        resource |= {
            "type": "table",
            "encoding": "utf-8",
            "schema": table_schema(file.table, file.format, present),
        }
    if file.format == "csv":
        resource["dialect"] = {
            "$schema": f"{_PROFILES}/tabledialect.json",
            "delimiter": ",",
            "lineTerminator": "\n",
            "quoteChar": '"',
            "doubleQuote": True,
            "header": True,
        }
    if file.format == "xlsx":
        resource["dialect"] = {
            "$schema": f"{_PROFILES}/tabledialect.json",
            "sheetName": file.table.name,
        }
    return resource


def table_schema(
    table: Table, format: Format = "csv", present: set[tuple[Format, str]] | None = None
) -> dict[str, Any]:
    """The Table Schema of a table: fields with constraints, primary key, foreign keys."""
    schema: dict[str, Any] = {
        "$schema": f"{_PROFILES}/tableschema.json",
        "fields": [_field(column) for column in table.columns],
        "missingValues": [""],
        "primaryKey": list(table.key),
    }
    keys = []
    for column in table.columns:
        if column.references is None:
            continue
        target, target_column = column.references.rsplit(".", 1)
        if present is not None and (format, target) not in present:
            continue
        reference: dict[str, Any] = {"fields": [target_column]}
        if target != table.full_name:
            name = target.split(".")[1]
            reference["resource"] = name if format == "csv" else f"{name}.{format}"
        keys.append({"fields": [column.name], "reference": reference})
    if keys:
        schema["foreignKeys"] = keys
    return schema


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "type": _TYPES[column.type.split("(")[0]],
        "description": column.description,
    }
    constraints: dict[str, Any] = {}
    if column.not_null:
        constraints["required"] = True
    if column.allowed:
        constraints["enum"] = list(column.allowed)
    if column.minimum is not None:
        constraints["minimum"] = column.minimum
    if column.maximum is not None:
        constraints["maximum"] = column.maximum
    if constraints:
        field["constraints"] = constraints
    return field


def _licence(licence: Licence) -> dict[str, str]:
    return {"name": licence.name, "title": licence.title, "path": licence.path}


def _unique(values: list[dict[str, str]]) -> list[dict[str, str]]:
    return [value for number, value in enumerate(values) if value not in values[:number]]


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
