"""`atlas rebuild`: the working database anew, from the landings alone.

The new one is built in a file of its own and takes the old one's place when it is whole, so a kill
at any moment leaves the old one or the new one. The only thing taken over is what cannot be read
again: the reasons that people gave for letting a guard pass.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import duckdb

from pipeline.boundaries_kept import kept_boundaries
from pipeline.comparison import Comparison, compare_marts
from pipeline.landing_reader import Landing, list_landings
from pipeline.load import apply_crawls, build_mart, load_reference, stage
from pipeline.lock import night_lock
from pipeline.publish import sync
from pipeline.register import Register
from warehouse.settings import Settings
from warehouse.store import StoreError, attach_for_reading, open_work

_PRESENT = "present"


class RebuildError(Exception):
    """A rebuild that would lose something or has nothing to begin with; the message says what."""


@dataclass(frozen=True)
class Present:
    """What the working database in use holds. `day`: the day its mart was built for."""

    crawl_ids: frozenset[str]
    day: date | None


def rebuild_from_landing(settings: Settings, register: Register) -> int:
    """Builds the working database anew and puts it in the old one's place; returns the landings.

    Raises RebuildError, NightRunning, or what a load raises; then the old one is as it was.
    """
    with night_lock(settings):
        landings = list_landings(settings.landing_dir)
        if not landings:
            raise RebuildError(
                f"{settings.landing_dir}: there is no landing to rebuild from; "
                "check ATLAS_DATA, or crawl first (`atlas run`)"
            )
        present = _present(settings.work_database)
        if present is not None:
            _require_all(landings, present)
        new = settings.work_database.with_name("rebuilt.duckdb")
        try:
            _build(settings, register, landings, new)
            if present is not None:
                _take_over_reasons(settings.work_database, new)
            sync(new)
            _close_cleanly(settings.work_database)
            new.replace(settings.work_database)
            sync(settings.work_database.parent)
        finally:
            _remove(new)
    return len(landings)


def compare_with_landing(settings: Settings, register: Register) -> Comparison:
    """Rebuilds in a file of its own and says where the mart in use differs; changes nothing.

    Landings that the working database does not hold yet are left out, and the mart is built for the
    same day. Raises RebuildError without a working database.
    """
    with night_lock(settings):
        present = _present(settings.work_database)
        if present is None or present.day is None:
            raise RebuildError(
                f"{settings.work_database}: there is no working database to compare with; "
                "run `atlas load` first"
            )
        landings = list_landings(settings.landing_dir)
        _require_all(landings, present)
        known = [each for each in landings if each.manifest.crawl_id in present.crawl_ids]
        new = settings.work_database.with_name("compared.duckdb")
        try:
            _build(replace(settings, fixed_today=present.day), register, known, new)
            with attach_for_reading(settings.work_database, _PRESENT) as connection:
                _attach(connection, new, "rebuilt")
                return compare_marts(connection, _PRESENT, "rebuilt", len(known))
        finally:
            _remove(new)


def _build(settings: Settings, register: Register, landings: Sequence[Landing], path: Path) -> None:
    _remove(path)
    connection = open_work(path)
    try:
        stage(connection, landings)
        load_reference(connection, register, kept_boundaries(settings))
        apply_crawls(connection, register)
        build_mart(connection, register, settings)
        connection.execute("CHECKPOINT")
    finally:
        connection.close()


def _present(path: Path) -> Present | None:
    """None where there is no working database, or none that can be read.

    Raises StoreError while another process writes it.
    """
    if not path.exists():
        return None
    try:
        with attach_for_reading(path, _PRESENT) as connection:
            crawls = connection.execute(f"SELECT crawl_id FROM {_PRESENT}.staging.crawls")
            crawl_ids = frozenset(crawl_id for (crawl_id,) in crawls.fetchall())
            with suppress(duckdb.CatalogException):
                row = connection.execute(
                    f"SELECT data_day FROM {_PRESENT}.mart.publication"
                ).fetchone()
                return Present(crawl_ids, row[0] if row else None)
            return Present(crawl_ids, None)
    except duckdb.Error as error:
        if "lock" in str(error).lower():
            raise StoreError(
                f"{path}: another process has this database open; end it, then start again"
            ) from None
        return None


def _require_all(landings: Sequence[Landing], present: Present) -> None:
    """What the working database has read must still be in landing, or history would be lost."""
    there = {landing.manifest.crawl_id for landing in landings}
    missing = sorted(present.crawl_ids - there)
    if missing:
        raise RebuildError(
            f"{len(missing)} crawls of the working database have no landing any more, the first "
            f"is {missing[0]}: a rebuild would lose them. Bring their folders back, or move the "
            "working database away to go on without them"
        )


def _take_over_reasons(old: Path, new: Path) -> None:
    connection = open_work(new)
    try:
        _attach(connection, old, _PRESENT)
        with suppress(duckdb.CatalogException):
            connection.execute(
                "INSERT INTO core.guard_overrides BY NAME "
                f"SELECT * FROM {_PRESENT}.core.guard_overrides"
            )
        connection.execute(f"DETACH {_PRESENT}")
        connection.execute("CHECKPOINT")
    finally:
        connection.close()


def _close_cleanly(path: Path) -> None:
    """Leaves no log of a killed load beside the database: it would be taken for the new one's."""
    if path.exists():
        with suppress(StoreError, duckdb.Error):
            open_work(path).close()
    _log_of(path).unlink(missing_ok=True)


def _attach(connection: duckdb.DuckDBPyConnection, path: Path, name: str) -> None:
    literal = str(path).replace("'", "''")
    connection.execute(f"ATTACH '{literal}' AS {name} (READ_ONLY)")


def _remove(path: Path) -> None:
    path.unlink(missing_ok=True)
    _log_of(path).unlink(missing_ok=True)


def _log_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.wal")
