"""Publishes the mart: a new file under a new name, checked, then the pointer.

    published/atlas-<UTC>.duckdb    never changed again
    published/atlas-<UTC>-files/    the same tables as CSV and Parquet, see publication_files
    published/CURRENT               names the file that readers open; moved last

A kill at any moment leaves the pointer on a whole file; the next publication clears what was left.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import duckdb

from pipeline.mart_filling import follow_sql
from pipeline.publication_files import first_day, read_facts, write_records, write_tables
from pipeline.unchanged_tables import Unchanged, find_unchanged, note_published
from warehouse.dictionary import Dictionary, comment_sql, create_table_sql, load_dictionary
from warehouse.macros import create_macros
from warehouse.settings import DEFAULT_DATA_DIR, WAREHOUSE_DIR, Settings
from warehouse.store import (
    POINTER,
    current_publication,
    open_file_read_only,
    open_work,
)

KEPT_PUBLICATIONS = 7
# Files of this version are readable by every DuckDB since 1.5.0.
STORAGE_VERSION = "v1.5.0"
# A file that is taken over may hold this share of empty blocks.
MOST_EMPTY_SHARE = 0.4
_BUILDING = ".building-"
_STABLE_NAME = "atlas.duckdb"


class PublishError(Exception):
    """Nothing was published, and what was published before stays; the message says why."""


def publish(settings: Settings) -> Path:
    """Publishes the working database's mart and returns the new file.

    Raises PublishError (an incomplete mart, no space, no permission) or StoreError.
    """
    dictionary = load_dictionary()
    folder = settings.published_dir
    stable_links = _stable_links(settings)
    for link in stable_links:
        if link.exists() and not link.is_symlink():
            raise PublishError(
                f"{link}: this file is not a link of ours, so it is not replaced; move it away"
            )
    connection = open_work(settings.work_database)
    try:
        with _sentences(folder):
            folder.mkdir(parents=True, exist_ok=True)
            _clear_leftovers(folder)
            _require_complete(connection, dictionary)
            name, published_at = _new_name(folder, settings.now())
            building = folder / f"{_BUILDING}{name}"
            try:
                _write(connection, dictionary, building, published_at, settings.contact)
                _verify(connection, dictionary, building)
            except BaseException:
                _clear_leftovers(folder)
                raise
            sync(building)
            sync_all(_files_folder(building))
            _files_folder(building).rename(_files_folder(folder / name))
            building.rename(folder / name)
            sync(folder)
    finally:
        connection.close()
    with _sentences(folder):
        _replace(folder / POINTER, name)
        for link in stable_links:
            _link(link, folder / name)
        _retire(folder, name)
    return folder / name


@contextmanager
def _sentences(folder: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, duckdb.IOException, duckdb.OutOfMemoryException) as error:
        raise PublishError(
            f"{folder}: the publication could not be written ({error}); the last one stays. "
            "Check free space and permissions, then publish again"
        ) from error


def _require_complete(connection: duckdb.DuckDBPyConnection, dictionary: Dictionary) -> None:
    present = {
        f"{schema}.{table}"
        for schema, table in connection.execute(
            "SELECT schema_name, table_name FROM duckdb_tables() "
            "WHERE database_name = current_database()"
        ).fetchall()
    }
    for table in dictionary.tables:
        if table.full_name not in present:
            raise PublishError(
                f"{table.full_name}: this table is missing in the working database; "
                "load first (`atlas load`)"
            )
        if table.required and _count(connection, table.full_name) == 0:
            raise PublishError(
                f"{table.full_name}: this table is empty and must not be published so; "
                "load first (`atlas load`)"
            )


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    row = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    assert row is not None
    return int(row[0])


def _new_name(folder: Path, now: datetime) -> tuple[str, datetime]:
    """A name that was not used yet; on a clock that stands still, the next microsecond."""
    while True:
        name = f"atlas-{now:%Y%m%dT%H%M%S%fZ}.duckdb"
        if not (folder / name).exists():
            return name, now
        now += timedelta(microseconds=1)


def _write(
    connection: duckdb.DuckDBPyConnection,
    dictionary: Dictionary,
    path: Path,
    published_at: datetime,
    contact: str,
) -> None:
    unchanged = _attach(connection, path, find_unchanged(connection, dictionary, path.parent))
    try:
        connection.execute("CREATE SCHEMA IF NOT EXISTS publication.mart")
        for table in dictionary.tables:
            if table.name in unchanged.tables:
                continue
            if table.name in unchanged.following:
                connection.execute(follow_sql(table, "publication"))
                continue
            connection.execute(create_table_sql(table, "publication"))
            for statement in comment_sql(table, "publication"):
                connection.execute(statement)
            connection.execute(
                f"INSERT INTO publication.{table.full_name} BY NAME SELECT * FROM {table.full_name}"
            )
        create_macros(connection, "publication")
        connection.execute(
            "UPDATE publication.mart.publication SET published_at = $1", [published_at]
        )
        connection.execute("CHECKPOINT publication")
        files = write_tables(connection, "publication", dictionary, _files_folder(path), unchanged)
        facts = read_facts(connection, "publication")
        since = first_day(connection, "publication")
    finally:
        connection.execute("DETACH publication")
    write_records(
        _files_folder(path),
        files,
        facts,
        database=path,
        database_name=path.name.removeprefix(_BUILDING),
        since=since,
        contact=contact,
    )
    note_published(connection, path.name.removeprefix(_BUILDING), files)


def _attach(connection: duckdb.DuckDBPyConnection, path: Path, unchanged: Unchanged) -> Unchanged:
    """Attaches the file to be written and says what is in it already.

    It begins as a copy of the one that it takes over, unless too much of that is empty room, which
    replaced tables leave behind and only a new file is without.
    """
    attach = f"ATTACH {_quoted(path)} AS publication (STORAGE_VERSION '{STORAGE_VERSION}')"
    if unchanged.database is not None:
        shutil.copyfile(unchanged.database, path)
        connection.execute(attach)
        if _empty_share(connection) <= MOST_EMPTY_SHARE:
            return unchanged
        connection.execute("DETACH publication")
        path.unlink()
    connection.execute(attach)
    return unchanged.files_only()


def _empty_share(connection: duckdb.DuckDBPyConnection) -> float:
    row = connection.execute(
        "SELECT free_blocks / greatest(total_blocks, 1) FROM pragma_database_size() "
        "WHERE database_name = 'publication'"
    ).fetchone()
    assert row is not None
    return float(row[0])


def _files_folder(database: Path) -> Path:
    """Where the files beside a published database stand."""
    return database.with_name(f"{database.stem}-files")


def _verify(connection: duckdb.DuckDBPyConnection, dictionary: Dictionary, building: Path) -> None:
    """Opens the new file as a reader would and compares it with what was to be written."""
    if building.with_name(f"{building.name}.wal").exists():
        raise PublishError(f"{building.name}: the file was not closed cleanly; publish again")
    with open_file_read_only(building) as reader:
        for table in dictionary.tables:
            written = _count(reader, table.full_name)
            wanted = _count(connection, table.full_name)
            if written != wanted:
                raise PublishError(
                    f"{table.full_name}: {written} of {wanted} rows were written; publish again"
                )


def _clear_leftovers(folder: Path) -> None:
    """Removes what a killed publication has left: files being built, and whole ones that are newer
    than the current one because the pointer never came to them."""
    for path in folder.glob(f"{_BUILDING}*"):
        _remove(path)
    current = current_publication(folder)
    if current is not None and current.exists():
        age = current.stat().st_mtime_ns
        for path in folder.glob("atlas-*.duckdb"):
            if path != current and path.stat().st_mtime_ns > age:
                _remove(path)
    for path in folder.glob("atlas-*-*"):
        if not (folder / f"{path.name.rsplit('-', 1)[0]}.duckdb").exists():
            _remove(path)


def _retire(folder: Path, current: str) -> None:
    """Keeps the newest publications and the current one."""
    files = sorted(
        folder.glob("atlas-*.duckdb"), key=lambda path: path.stat().st_mtime_ns, reverse=True
    )
    for path in files[KEPT_PUBLICATIONS:]:
        if path.name != current:
            _remove(path)
            for beside in folder.glob(f"{path.stem}-*"):
                _remove(beside)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _stable_links(settings: Settings) -> tuple[Path, ...]:
    """Names that always open the newest publication."""
    own = settings.data_dir / "warehouse" / _STABLE_NAME
    if settings.data_dir == DEFAULT_DATA_DIR:
        return (own, WAREHOUSE_DIR / _STABLE_NAME)
    return (own,)


def _link(link: Path, target: Path) -> None:
    link.parent.mkdir(parents=True, exist_ok=True)
    temporary = link.with_name(f".{link.name}.{os.getpid()}")
    temporary.unlink(missing_ok=True)
    temporary.symlink_to(os.path.relpath(target, link.parent))
    temporary.replace(link)


def _replace(path: Path, text: str) -> None:
    """Puts a text in place of a file in one move that a reader sees wholly or not at all."""
    temporary = path.with_name(f"{_BUILDING}{path.name}")
    temporary.write_text(f"{text}\n", encoding="utf-8")
    sync(temporary)
    temporary.replace(path)
    sync(path.parent)


def sync_all(folder: Path) -> None:
    """Everything in a folder is on the disk when this returns."""
    for path in [*folder.rglob("*"), folder]:
        sync(path)


def sync(path: Path) -> None:
    """A file, or the names in a folder, are on the disk when this returns."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
