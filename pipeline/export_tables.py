"""`atlas export`: tables of the current publication as files in a folder of one's own.

The folder gets a `datapackage.json`. A folder that holds anything but an earlier export is left
alone, so that no file of anybody is overwritten.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from pipeline.datapackage import PACKAGE_FILE, data_package, package_text
from pipeline.dataset_description import load_description
from pipeline.exports import Format, WrittenFile, measure, write_table
from pipeline.publication_files import read_facts
from pipeline.workbook import write_workbook
from warehouse.dictionary import Table, load_dictionary
from warehouse.settings import Settings
from warehouse.store import attach_published

WORKBOOK = "qualifizierungsatlas.xlsx"
_WRITING = ".building"


class ExportError(Exception):
    """An export that cannot be done as asked; the message says why and what to do."""


@dataclass(frozen=True)
class Exported:
    """What was written where."""

    folder: Path
    files: tuple[WrittenFile, ...]

    def as_dict(self) -> dict[str, Any]:
        return {
            "folder": str(self.folder),
            "files": [
                {"table": file.table.name, "path": file.path, "rows": file.rows}
                for file in self.files
            ],
        }


def export_tables(
    settings: Settings, folder: Path, names: Sequence[str], formats: Sequence[Format]
) -> Exported:
    """Writes the named tables (none means all) in these formats.

    Raises ExportError, WorkbookError, StoreError or OSError; then the folder is as it was before.
    """
    tables = _chosen(names)
    earlier = _earlier_export(folder)
    made = [path for path in (folder, *folder.parents) if not path.exists()]
    building = folder / _WRITING
    with _left_as_it_was(building, made):
        building.mkdir(parents=True, exist_ok=True)
        with attach_published(settings.published_dir, "publication") as connection:
            files = _write(connection, tables, formats, building)
            facts = read_facts(connection, "publication")
        package = data_package(load_description(), facts, files)
        (building / PACKAGE_FILE).write_text(package_text(package), encoding="utf-8")
    _move_in(building, folder, [file.path for file in files], earlier)
    return Exported(folder, tuple(files))


def _chosen(names: Sequence[str]) -> list[Table]:
    tables = {table.name: table for table in load_dictionary().tables}
    wanted = [name.removeprefix("mart.") for name in names]
    for name in wanted:
        if name not in tables:
            raise ExportError(
                f"--table: there is no table {name!r}; there are {', '.join(sorted(tables))}"
            )
    return [table for name, table in tables.items() if not wanted or name in wanted]


def _earlier_export(folder: Path) -> list[str]:
    """The files of an earlier export in this folder. Raises ExportError for anything else."""
    if not folder.exists():
        return []
    if not folder.is_dir():
        raise ExportError(f"--out: {folder} is a file; name a folder")
    ours = set(_packaged(folder))
    present = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if _counts(path)}
    foreign = sorted(name for name in present - ours if not name.startswith(f"{_WRITING}/"))
    if foreign:
        raise ExportError(
            f"--out: {folder} holds files that are no earlier export ({foreign[0]}), and nothing "
            "of yours is to be overwritten; name a new or an empty folder"
        )
    return sorted(present & ours)


def _counts(path: Path) -> bool:
    return not path.is_dir() or path.is_symlink()


def _packaged(folder: Path) -> list[str]:
    """The files that a data package of ours in this folder names, itself among them."""
    try:
        package = json.loads((folder / PACKAGE_FILE).read_text(encoding="utf-8"))
        if package["name"] != load_description().name:
            return []
        return [PACKAGE_FILE, *(str(resource["path"]) for resource in package["resources"])]
    except (OSError, ValueError, KeyError, TypeError):
        return []


@contextmanager
def _left_as_it_was(building: Path, made: Sequence[Path]) -> Iterator[None]:
    """Takes away what was begun, where the block fails."""
    try:
        yield
    except BaseException as error:
        shutil.rmtree(building, ignore_errors=True)
        for path in made:
            if path.is_dir() and not any(path.iterdir()):
                path.rmdir()
        if isinstance(error, duckdb.CatalogException | duckdb.BinderException):
            raise ExportError(
                "what is published was made by another version of this program and lacks what is "
                f"asked for ({str(error).splitlines()[0]}); publish anew with `atlas load`"
            ) from error
        if isinstance(error, duckdb.IOException):
            raise OSError(
                f"{building.parent}: the export could not be written ({error}); "
                "check free space and permissions"
            ) from error
        raise


def _write(
    connection: duckdb.DuckDBPyConnection,
    tables: Sequence[Table],
    formats: Sequence[Format],
    folder: Path,
) -> list[WrittenFile]:
    files = [
        write_table(connection, "publication", table, format, folder)
        for format in formats
        if format != "xlsx"
        for table in tables
    ]
    if "xlsx" in formats:
        path = folder / WORKBOOK
        facts = read_facts(connection, "publication")
        title = facts.title(load_description())
        rows = write_workbook(connection, "publication", tables, facts, title, path)
        size, digest = measure(path)
        files.extend(
            WrittenFile(table, "xlsx", WORKBOOK, size, digest, rows[table.name]) for table in tables
        )
    return files


def _move_in(building: Path, folder: Path, written: Sequence[str], earlier: Sequence[str]) -> None:
    """Puts the new files in their places, the package last; what it no longer names goes away."""
    paths = [*dict.fromkeys(written), PACKAGE_FILE]
    for name in paths:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (building / name).replace(folder / name)
    for name in set(earlier) - set(paths):
        (folder / name).unlink(missing_ok=True)
        if (folder / name).parent != folder and not any((folder / name).parent.iterdir()):
            (folder / name).parent.rmdir()
    shutil.rmtree(building)
