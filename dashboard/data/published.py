"""The published file: found by the pointer, opened for reading only, its answers kept.

A published file never changes, so an answer is kept as long as it is asked for now and then; the
number of kept answers is bounded. One connection a file serves all sessions, each question on a
cursor of its own. No night ever waits for a reader: a night writes a new file.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

import duckdb

from warehouse.store import POINTER, StoreError, current_publication, open_file_read_only

log = logging.getLogger(__name__)

KEPT_ANSWERS = 512
OPEN_FILES = 2
Row = TypeVar("Row")
Parameter = tuple[str, Any]


class NoPublication(Exception):
    """Nothing has been published yet."""


class UnreadablePublication(Exception):
    """The published file is missing, damaged or of another make. `name` is its file name."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """One published file; two are the same if they have the same place, size and time."""

    path: Path
    size: int
    changed_ns: int

    def rows(self, row: Callable[..., Row], sql: str, **parameters: Any) -> tuple[Row, ...]:
        """The answer as rows, kept for the next time: for what a page shows.

        `row` is called with the columns of each line. `sql` is our own constant text with
        `$name` for each parameter; a tuple stands for a list. Raises UnreadablePublication.
        """
        return tuple(row(*values) for values in _kept(self, sql, _as_key(parameters)))

    def all_rows(self, row: Callable[..., Row], sql: str, **parameters: Any) -> tuple[Row, ...]:
        """The same without keeping anything: for downloads, which read everything."""
        return tuple(row(*values) for values in _fetched(self, sql, _as_key(parameters)))

    def value(self, sql: str, **parameters: Any) -> Any:
        """The first column of the first line; None where there is no line."""
        lines = _kept(self, sql, _as_key(parameters))
        return lines[0][0] if lines else None


def _as_key(parameters: dict[str, Any]) -> tuple[Parameter, ...]:
    return tuple(
        (name, tuple(value) if isinstance(value, list) else value)
        for name, value in sorted(parameters.items())
    )


class _Connections:
    """The open connections, the last used ones; one a file."""

    def __init__(self) -> None:
        self._open: OrderedDict[PublishedFile, duckdb.DuckDBPyConnection] = OrderedDict()
        self._lock = Lock()

    def cursor(self, file: PublishedFile) -> duckdb.DuckDBPyConnection:
        with self._lock:
            if file not in self._open:
                # DuckDB would hand out what it knows of a file of the same name.
                for other in [known for known in self._open if known.path == file.path]:
                    self._open.pop(other).close()
                self._open[file] = open_file_read_only(file.path)
            self._open.move_to_end(file)
            while len(self._open) > OPEN_FILES:
                self._open.popitem(last=False)[1].close()
            cursor = self._open[file].cursor()
        cursor.execute("SET TimeZone = 'UTC'")
        return cursor


_connections = _Connections()


def _fetched(
    file: PublishedFile, sql: str, parameters: tuple[Parameter, ...]
) -> list[tuple[Any, ...]]:
    bound = {name: list(value) if isinstance(value, tuple) else value for name, value in parameters}
    try:
        cursor = _connections.cursor(file)
        try:
            return cursor.execute(sql, bound or None).fetchall()
        finally:
            cursor.close()
    except (duckdb.Error, OSError) as error:
        log.warning("publication %s cannot be read: %s", file.path.name, error)
        raise UnreadablePublication(file.path.name) from error


@lru_cache(maxsize=KEPT_ANSWERS)
def _kept(
    file: PublishedFile, sql: str, parameters: tuple[Parameter, ...]
) -> list[tuple[Any, ...]]:
    return _fetched(file, sql, parameters)


@dataclass(frozen=True, slots=True)
class Found:
    """The file to show; `broken` names a newer one that cannot be read."""

    file: PublishedFile
    broken: str | None = None


def current_path(published_dir: Path) -> Path | None:
    """The file that the pointer names. Raises UnreadablePublication for a damaged pointer."""
    try:
        return current_publication(published_dir)
    except (StoreError, OSError, ValueError) as error:
        log.warning("the pointer to the current publication cannot be read: %s", error)
        raise UnreadablePublication(POINTER) from error


def current_name(published_dir: Path) -> str | None:
    """The file name of the current publication, None where there is none: what a page watches."""
    try:
        path = current_path(published_dir)
    except UnreadablePublication:
        return None
    return path.name if path is not None else None


def find_publication(published_dir: Path) -> Found:
    """The current publication or, where its file is damaged, the newest older one.

    Raises NoPublication, or UnreadablePublication where none can be read. A file that was replaced
    and cleared away between looking and opening is not an error: the newer one is taken.
    """
    path = current_path(published_dir)
    while path is not None:
        try:
            return Found(_readable(path))
        except UnreadablePublication:
            newer = current_path(published_dir)
            if newer is None or newer == path:
                return _last_good(path)
            path = newer
    raise NoPublication


def _readable(path: Path) -> PublishedFile:
    """The file if it says something about itself. Raises UnreadablePublication."""
    try:
        state = path.stat()
    except OSError as error:
        raise UnreadablePublication(path.name) from error
    file = PublishedFile(path, state.st_size, state.st_mtime_ns)
    if not file.value("SELECT count(*) FROM mart.publication"):
        raise UnreadablePublication(path.name)
    return file


def _last_good(damaged: Path) -> Found:
    """The newest readable publication before `damaged`; their names carry their time."""
    pattern = "atlas-*.duckdb"
    older = sorted(path for path in damaged.parent.glob(pattern) if path.name < damaged.name)
    for path in reversed(older):
        try:
            return Found(_readable(path), broken=damaged.name)
        except UnreadablePublication:
            continue
    raise UnreadablePublication(damaged.name)
