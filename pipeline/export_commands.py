"""The command `atlas export`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pipeline.data_folder import usable_settings
from pipeline.export_tables import export_tables
from pipeline.options import JsonOption, out, print_json


class ExportFormat(StrEnum):
    CSV = "csv"
    PARQUET = "parquet"
    JSON = "json"
    XLSX = "xlsx"


def export(
    folder: Annotated[
        Path, typer.Option("--out", metavar="DIR", help="A new or empty folder, or an old export.")
    ],
    table: Annotated[
        list[str] | None,
        typer.Option("--table", help="Only this table; may be given several times."),
    ] = None,
    formats: Annotated[
        list[ExportFormat] | None,
        typer.Option("--format", help="May be given several times; csv if none is."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Write the published tables as files, with a data package that describes them."""
    settings = usable_settings(for_writing=False)
    chosen = dict.fromkeys(formats or [ExportFormat.CSV])
    exported = export_tables(settings, folder, table or [], [each.value for each in chosen])
    if as_json:
        print_json(exported.as_dict())
        return
    rows = sum({file.table.name: file.rows for file in exported.files}.values())
    tables = len({file.table.name for file in exported.files})
    out.print(f"{tables} tables, {rows} rows: {exported.folder}", markup=False)
