"""Opens databases: the working file with its single writer, the published files for all readers.

Readers never open the working file. They resolve the pointer `published/CURRENT`, which names the
newest published file; such a file never changes again.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb

POINTER = "CURRENT"
MODELS_DIR = Path(__file__).resolve().parent / "models"

# A night holds less than this; beyond it DuckDB goes on with temporary files.
_WORK_MEMORY = "900MB"

_SETTINGS = (
    "SET TimeZone = 'UTC'",
    "SET autoinstall_known_extensions = false",
    "SET autoload_known_extensions = false",
)


class StoreError(Exception):
    """A database that cannot be opened; the message says which, why and what to do."""


def _configure(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    for statement in _SETTINGS:
        connection.execute(statement)
    return connection


def open_work(path: Path, *, read_only: bool = False) -> duckdb.DuckDBPyConnection:
    """Opens the working database; raises StoreError while another process writes it.

    Even a look that changes no row would write the log of a killed load into the file; `read_only`
    leaves every byte as it is.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return _configure(
            duckdb.connect(str(path), read_only=read_only, config={"memory_limit": _WORK_MEMORY})
        )
    except duckdb.IOException as error:
        if "lock" in str(error).lower():
            holder = re.search(r"PID (\d+)", str(error))
            who = f" (process {holder.group(1)})" if holder else ""
            raise StoreError(
                f"{path}: another night is writing this database{who}; "
                "wait until it has ended, then start again"
            ) from None
        raise StoreError(
            f"{path}: the working database cannot be opened ({error}); "
            "move it away and rebuild it from the landing folder"
        ) from None
    except (OSError, duckdb.Error) as error:
        raise StoreError(
            f"{path}: the working database cannot be opened ({error}); "
            "check the folder's permissions and free space"
        ) from None


def own_cursor(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """A further connection to the same databases with the same settings, for another thread."""
    return _configure(connection.cursor())


def open_file_read_only(path: Path) -> duckdb.DuckDBPyConnection:
    """Opens one published file for reading, with no way to other files or to the network."""
    connection = duckdb.connect(str(path), read_only=True)
    _configure(connection)
    connection.execute("SET enable_external_access = false")
    return connection


def current_publication(published_dir: Path) -> Path | None:
    """The published file that the pointer names; None before the first publication."""
    try:
        name = (published_dir / POINTER).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None
    if not name or Path(name).name != name:
        raise StoreError(
            f"{published_dir / POINTER}: {name!r} is not a file name; "
            "write the name of one of the published files into it"
        )
    return published_dir / name


def open_published(published_dir: Path) -> duckdb.DuckDBPyConnection:
    """Opens the current publication for reading. Raises StoreError when there is none.

    A file can vanish between reading the pointer and opening it, when seven newer ones have
    appeared meanwhile; then the pointer is read once more.
    """
    problem = "nothing has been published yet"
    for _ in range(2):
        path = current_publication(published_dir)
        if path is None:
            break
        try:
            return open_file_read_only(path)
        except duckdb.IOException as error:
            problem = f"{path.name} cannot be opened ({error})"
            if path.exists():
                break
    raise StoreError(f"{published_dir}: {problem}; run `atlas run` to publish")


@contextmanager
def attach_published(published_dir: Path, name: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """The current publication attached for reading under a name, where files are to be written.

    Raises StoreError when nothing was published.
    """
    path = current_publication(published_dir)
    if path is None or not path.exists():
        raise StoreError(f"{published_dir}: nothing has been published yet; run `atlas run`")
    with attach_for_reading(path, name) as connection:
        yield connection


@contextmanager
def attach_for_reading(path: Path, name: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection of its own with one database attached, of which no byte is written."""
    with _configure(duckdb.connect()) as connection:
        literal = str(path).replace("'", "''")
        connection.execute(f"ATTACH '{literal}' AS {name} (READ_ONLY)")
        yield connection


def model_sql(layer: str, name: str) -> str:
    """The text of one model: `models/<layer>/<name>.sql`."""
    return (MODELS_DIR / layer / f"{name}.sql").read_text(encoding="utf-8")


def run_models(connection: duckdb.DuckDBPyConnection, layer: str, names: tuple[str, ...]) -> None:
    """Executes models in the given order."""
    for name in names:
        connection.execute(model_sql(layer, name))


def json_path(path: Path) -> str:
    """A path as DuckDB's readers take it: the characters of patterns stand for themselves."""
    return re.sub(r"([*?\[])", r"[\1]", os.fspath(path))


def create_table(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    columns: Mapping[str, str],
    rows: Iterable[Sequence[object]],
    *,
    temporary: bool = False,
) -> None:
    """Creates or replaces a table from rows; `columns` maps each name to its DuckDB type.

    The rows travel as one JSON text, which is faster than inserting them one by one.
    """
    text = json.dumps([dict(zip(columns, row, strict=True)) for row in rows], default=str)
    shape = json.dumps([columns])
    fields = ", ".join(f'row."{column}"' for column in columns)
    connection.execute(
        f"CREATE OR REPLACE {'TEMP ' if temporary else ''}TABLE {name} AS "
        f"SELECT {fields} FROM (SELECT unnest(from_json($1, '{shape}')) AS row)",
        [text],
    )
