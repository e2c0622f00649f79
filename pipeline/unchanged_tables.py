"""What a new publication can take over from the current one: tables that have not changed since.

The working database notes which version of each table a publication holds. The note only saves
work: without it, or without the files that it names, everything is written anew.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import get_args

import duckdb

from pipeline.core import transaction
from pipeline.exports import Format, WrittenFile
from pipeline.mart_filling import FOLLOWING_COLUMNS, mart_versions
from warehouse.dictionary import Dictionary
from warehouse.store import create_table, current_publication, run_models

_COLUMNS = {
    "publication": "VARCHAR",
    "table_name": "VARCHAR",
    "version": "UUID",
    "keys_version": "UUID",
    "format": "VARCHAR",
    "path": "VARCHAR",
    "bytes": "BIGINT",
    "sha256": "VARCHAR",
    "rows": "BIGINT",
}


@dataclass(frozen=True)
class Unchanged:
    """Tables that the current publication holds as they are now. `database` is its file, None where
    nothing can be taken over; `following` are tables in it that only need the columns that follow
    the day; `files` are those beside it, below `folder`."""

    database: Path | None = None
    folder: Path | None = None
    tables: frozenset[str] = frozenset()
    following: frozenset[str] = frozenset()
    files: dict[tuple[str, Format], WrittenFile] = field(default_factory=dict)

    def files_only(self) -> Unchanged:
        """The same without the database, for one that is written anew."""
        return Unchanged(folder=self.folder, files=self.files)

    def take_over(self, table: str, format: Format, folder: Path) -> WrittenFile | None:
        """Puts the file of an unchanged table into another folder; None where there is none.

        Published files never change, so a second name for the same file is enough.
        """
        known = self.files.get((table, format))
        if known is None or self.folder is None:
            return None
        source, target = self.folder / known.path, folder / known.path
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(source, target)
        except OSError:
            shutil.copyfile(source, target)
        return known


def find_unchanged(
    connection: duckdb.DuckDBPyConnection, dictionary: Dictionary, published_dir: Path
) -> Unchanged:
    """Compares the mart with the current publication by the versions of their tables."""
    run_models(connection, "core", ("published_files",))
    current = current_publication(published_dir)
    if current is None or not current.exists():
        return Unchanged()
    folder = current.with_name(f"{current.stem}-files")
    versions = mart_versions(connection)
    tables = {table.name: table for table in dictionary.tables}
    files: dict[tuple[str, Format], WrittenFile] = {}
    following: set[str] = set()
    for name, version, keys, format, path, size, sha256, rows in connection.execute(
        "SELECT table_name, version::VARCHAR, keys_version::VARCHAR, format, path, bytes, sha256, "
        "rows FROM core.published_files WHERE publication = $1",
        [current.name],
    ).fetchall():
        now = versions.get(name)
        is_same = name in tables and now is not None and now.contents == version
        if is_same and format in get_args(Format) and _has_size(folder / path, size):
            files[name, format] = WrittenFile(tables[name], format, path, size, sha256, rows)
        if name in FOLLOWING_COLUMNS and now is not None and now.keys == keys:
            following.add(name)
    same = frozenset(name for name, _ in files)
    if not same:
        return Unchanged()
    return Unchanged(current, folder, same, frozenset(following - same), files)


def _has_size(path: Path, size: int) -> bool:
    return path.is_file() and path.stat().st_size == size


def note_published(
    connection: duckdb.DuckDBPyConnection, name: str, files: Sequence[WrittenFile]
) -> None:
    """Notes what a publication holds; the versions are those of the mart now."""
    versions = mart_versions(connection)
    create_table(
        connection,
        "noted_files",
        _COLUMNS,
        [
            (
                name,
                file.table.name,
                version.contents if version else None,
                version.keys if version else None,
                file.format,
                file.path,
                file.bytes,
                file.sha256,
                file.rows,
            )
            for file in files
            for version in [versions.get(file.table.name)]
        ],
        temporary=True,
    )
    with transaction(connection):
        connection.execute("DELETE FROM core.published_files")
        connection.execute("INSERT INTO core.published_files BY NAME FROM noted_files")
