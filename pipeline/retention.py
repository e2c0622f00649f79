"""Bounds what nights leave beside the data: Dagster's runs with their events, plans and logs.

The landings and the page archive stay: they are what everything else is made of.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import dagster as dg
from dagster._core.storage.dagster_run import FINISHED_STATUSES

from warehouse.settings import Settings

LARGEST_LOG_BYTES = 5_000_000
_BATCH = 100


def fail_killed_runs(instance: dg.DagsterInstance, *, except_run: str | None = None) -> None:
    """Marks runs whose process was killed as failed, so that nothing waits for them.

    Only the holder of the night lock may call this: then no other run can be alive.
    """
    unfinished = [dg.DagsterRunStatus.STARTED, dg.DagsterRunStatus.STARTING]
    for run in instance.get_runs(dg.RunsFilter(statuses=unfinished)):
        if run.run_id != except_run:
            instance.report_run_failed(run, message="the process of this run was killed")


def clear_old(settings: Settings, instance: dg.DagsterInstance, keep: timedelta) -> None:
    """Removes ended runs, plans and logs that are older than `keep`, and shortens long logs.

    Ages are those of the real clock, also where ATLAS_TODAY fixes the day of the data. Raises
    OSError.
    """
    before = datetime.now(UTC) - keep
    ended = dg.RunsFilter(statuses=list(FINISHED_STATUSES), created_before=before)
    while runs := instance.get_runs(ended, limit=_BATCH):
        for run in runs:
            instance.delete_run(run.run_id)
    for path in _files(settings):
        if path.stat().st_mtime < before.timestamp():
            path.unlink()
        elif path.suffix == ".log" and path.stat().st_size > LARGEST_LOG_BYTES:
            _keep_end(path)


def _files(settings: Settings) -> Iterator[Path]:
    yield from (settings.data_dir / "logs").glob("*.log")
    yield from (settings.data_dir / "work" / "plans").glob("*.json")


def _keep_end(path: Path) -> None:
    with path.open("rb") as file:
        file.seek(-LARGEST_LOG_BYTES, 2)
        end = file.read()
    path.write_bytes(b"(the beginning of this log was removed)\n" + end)
