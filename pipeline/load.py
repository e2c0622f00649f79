"""From the landings to staging and on: the steps that Dagster's assets call.

`stage` takes in whole landings, `apply_crawls` carries them into core, `build_mart` makes the
tables for people. Each step is safe to repeat, and a kill in its middle leaves what was before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from pipeline.boundaries_kept import kept_boundaries
from pipeline.core import apply_crawls, transaction
from pipeline.landing_reader import (
    RECORDS,
    REPORTS,
    Landing,
    LandingError,
    diagnose,
    list_landings,
    verify,
)
from pipeline.mart import build_mart
from pipeline.reference import load_reference
from pipeline.register import Register
from warehouse.settings import Settings
from warehouse.store import json_path, model_sql, open_work, run_models

__all__ = [
    "LoadError",
    "LoadResult",
    "apply_crawls",
    "build_mart",
    "load_pending",
    "load_reference",
    "stage",
]

STAGING_TABLES = ("crawls", "source_reports", "records", "sightings")
RECORD_TYPES = ("course", "announcement", "organisation", "series")


class LoadError(Exception):
    """Landings that must not be loaded into this warehouse; the message says what to do."""


@dataclass(frozen=True)
class LoadResult:
    """`staged`: landings taken in now; `applied`: crawls that the core took in now."""

    staged: tuple[str, ...]
    applied: tuple[str, ...]


def load_pending(settings: Settings, register: Register) -> LoadResult:
    """Loads all landings that are not in the warehouse yet and builds the mart.

    Raises LandingError, LoadError or StoreError with a sentence; then nothing is changed.
    """
    landings = list_landings(settings.landing_dir)
    connection = open_work(settings.work_database)
    try:
        staged = stage(connection, landings)
        load_reference(connection, register, kept_boundaries(settings))
        applied = apply_crawls(connection, register)
        build_mart(connection, register, settings)
    finally:
        connection.close()
    return LoadResult(tuple(staged), tuple(applied))


def require_loadable(settings: Settings) -> None:
    """Looks at all landings that are not in the warehouse yet, and changes nothing.

    Raises LandingError, LoadError or StoreError with the sentence that a load would end with.
    """
    landings = list_landings(settings.landing_dir)
    if settings.work_database.exists():
        connection = open_work(settings.work_database, read_only=True)
        try:
            landings = _new_landings(connection, landings)
        finally:
            connection.close()
    for landing in landings:
        verify(landing)


def stage(connection: duckdb.DuckDBPyConnection, landings: Sequence[Landing]) -> list[str]:
    """Takes new landings into staging, all or none; returns their crawl ids, oldest first.

    Raises LandingError for an unreadable one, LoadError for one that does not belong here.
    """
    with transaction(connection):
        connection.execute("CREATE SCHEMA IF NOT EXISTS staging")
        run_models(connection, "staging", STAGING_TABLES)
        new = _new_landings(connection, sorted(landings, key=lambda landing: landing.order))
        for landing in new:
            verify(landing)
            _take_in(connection, landing)
    return [landing.manifest.crawl_id for landing in new]


def _new_landings(
    connection: duckdb.DuckDBPyConnection, landings: Sequence[Landing]
) -> list[Landing]:
    """Those that staging does not have, after checking that they may follow what it has."""
    known = _known_crawls(connection)
    hashes = {crawl_id: sha for crawl_id, sha, _, _ in known}
    new = []
    for landing in landings:
        crawl_id = landing.manifest.crawl_id
        if crawl_id not in hashes:
            new.append(landing)
        elif hashes[crawl_id] != landing.manifest_sha256:
            raise LoadError(
                f"{crawl_id}/manifest.json, field crawl_id: another landing with this id is "
                "already loaded; move this folder away, or rebuild the warehouse from landing"
            )
    kinds = {is_sample for _, _, is_sample, _ in known}
    for landing in new:
        kinds.add(landing.manifest.is_sample)
        if len(kinds) > 1:
            raise LoadError(
                f"{landing.manifest.crawl_id}/manifest.json, field is_sample: sample data and real "
                "data never share a warehouse; set ATLAS_DATA to another folder for one of them"
            )
        if known and landing.order < (known[-1][3], known[-1][0]):
            raise LoadError(
                f"{landing.manifest.crawl_id}/manifest.json, field started_at: this crawl began "
                f"at {landing.manifest.started_at:%Y-%m-%d %H:%M} UTC, before {known[-1][0]}, "
                "which is already loaded, and history cannot be rewritten; move this folder away, "
                "or rebuild the warehouse from landing"
            )
    return new


def _known_crawls(connection: duckdb.DuckDBPyConnection) -> list[tuple[Any, ...]]:
    try:
        return connection.execute(
            "SELECT crawl_id, manifest_sha256, is_sample, started_at FROM staging.crawls "
            "ORDER BY seq"
        ).fetchall()
    except duckdb.CatalogException:
        return []  # a load that was killed before its first commit leaves an empty database


def _take_in(connection: duckdb.DuckDBPyConnection, landing: Landing) -> None:
    manifest = landing.manifest
    row = connection.execute("SELECT coalesce(max(seq), 0) + 1 FROM staging.crawls").fetchone()
    assert row is not None
    seq = row[0]
    connection.execute(
        "INSERT INTO staging.crawls VALUES ($1, $2, $3, $4, $5, $6, $7)",
        [
            seq,
            manifest.crawl_id,
            manifest.today,
            manifest.is_sample,
            manifest.started_at,
            manifest.finished_at,
            landing.manifest_sha256,
        ],
    )
    _read(connection, landing, REPORTS, "load_source_reports", {"seq": seq})
    _read(connection, landing, RECORDS, "landed", {})
    _check_landed(connection, landing, seq)
    run_models(connection, "staging", ("new_records",))
    if connection.execute("FROM new_records LIMIT 1").fetchone():
        _read(connection, landing, RECORDS, "load_records", {})
    connection.execute(model_sql("staging", "load_sightings"), {"seq": seq})


def _read(
    connection: duckdb.DuckDBPyConnection,
    landing: Landing,
    name: str,
    model: str,
    parameters: dict[str, object],
) -> None:
    path: Path = landing.file(name)
    try:
        connection.execute(model_sql("staging", model), {"path": json_path(path), **parameters})
    except duckdb.Error as error:
        diagnose(landing, name)
        raise LandingError(
            f"{landing.folder.name}/{name}: DuckDB cannot read this file ({error})"
        ) from None


def _check_landed(connection: duckdb.DuckDBPyConnection, landing: Landing, seq: int) -> None:
    """What a reader of typed lines lets pass and the contract does not."""
    where = f"{landing.folder.name}/{RECORDS}"
    row = connection.execute(
        "SELECT count(*) FROM landed WHERE record_type IS NULL OR record_sha256 IS NULL OR "
        "fetched_at IS NULL OR NOT list_contains($1, record_type)",
        [list(RECORD_TYPES)],
    ).fetchone()
    if row and row[0]:
        diagnose(landing, RECORDS)
        raise LandingError(f"{where}, field record_type: {row[0]} records of unknown types")
    stray = connection.execute(
        "SELECT any_value(source_id) FROM landed WHERE crawl_id <> $1 OR source_id NOT IN "
        "(SELECT source_id FROM staging.source_reports WHERE crawl_seq = $2)",
        [landing.manifest.crawl_id, seq],
    ).fetchone()
    if stray and stray[0] is not None:
        raise LandingError(
            f"{where}, field source_id: {stray[0]!r} has no report in this crawl; "
            "move the folder of this crawl away and start again"
        )
