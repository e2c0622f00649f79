"""What nights leave beside the data is bounded, and killed runs do not stay alive."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import dagster as dg
import pytest

from pipeline.definitions import definitions
from pipeline.lock import NightRunning, night_lock
from pipeline.retention import LARGEST_LOG_BYTES, clear_old, fail_killed_runs
from pipeline.schedules import alarm_sensors
from tests.other_night import another_night
from warehouse.nights import is_night_running
from warehouse.settings import Settings

KEEP = timedelta(days=30)


@dg.job
def nothing() -> None:
    """A job without steps."""


@pytest.fixture
def instance(tmp_path: Path) -> Iterator[dg.DagsterInstance]:
    with dg.DagsterInstance.local_temp(str(tmp_path)) as instance:
        yield instance


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "data", "sample", date(2026, 3, 14), "")


def test_killed_runs_are_marked_as_failed_and_the_own_one_not(
    instance: dg.DagsterInstance,
) -> None:
    killed, own = (
        instance.create_run_for_job(nothing, status=dg.DagsterRunStatus.STARTED) for _ in range(2)
    )
    fail_killed_runs(instance, except_run=own.run_id)
    ends = {run.run_id: run.status for run in instance.get_runs()}
    assert ends == {
        killed.run_id: dg.DagsterRunStatus.FAILURE,
        own.run_id: dg.DagsterRunStatus.STARTED,
    }


def test_old_runs_with_their_events_go_and_younger_ones_stay(
    instance: dg.DagsterInstance, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = nothing.execute_in_process(instance=instance)
    clear_old(settings, instance, KEEP)
    assert [run.run_id for run in instance.get_runs()] == [done.run_id]

    later = datetime.now(UTC) + KEEP + timedelta(hours=1)

    class Later(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:
            return later

    monkeypatch.setattr("pipeline.retention.datetime", Later)
    clear_old(settings, instance, KEEP)
    assert instance.get_runs() == []
    assert instance.all_logs(done.run_id) == []


def test_old_logs_and_plans_go_and_long_ones_are_cut(
    instance: dg.DagsterInstance, settings: Settings
) -> None:
    logs, plans = settings.data_dir / "logs", settings.data_dir / "work" / "plans"
    landing = settings.landing_dir / "20260101T000000Z-aaaa"
    for folder in (logs, plans, landing):
        folder.mkdir(parents=True)
    old = (logs / "old.log", plans / "old.json", landing / "records.jsonl")
    for path in old:
        path.write_text("x")
        before = time.time() - KEEP.total_seconds() - 60
        os.utime(path, (before, before))
    long = logs / "long.log"
    long.write_bytes(b"a" * LARGEST_LOG_BYTES + b"the end")
    clear_old(settings, instance, KEEP)
    assert [path.exists() for path in old] == [False, False, True], "landings stay"
    assert long.stat().st_size < LARGEST_LOG_BYTES + 100
    assert long.read_bytes().endswith(b"the end")


def test_a_run_started_through_dagster_leaves_a_running_night_alone(
    instance: dg.DagsterInstance, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ATLAS_DATA", str(settings.data_dir))
    monkeypatch.setenv("ATLAS_TODAY", "2026-03-14")
    assert not is_night_running(settings)
    with another_night(settings):
        assert is_night_running(settings)
        before = sorted(path.name for path in settings.data_dir.rglob("*"))
        result = definitions.resolve_job_def("night").execute_in_process(
            instance=instance, raise_on_error=False
        )
        assert sorted(path.name for path in settings.data_dir.rglob("*")) == before
        with pytest.raises(NightRunning, match="another night is running"), night_lock(settings):
            pass
    assert not result.success
    said = [str(event.event_specific_data) for event in result.all_events if event.is_failure]
    assert "another night is running" in " ".join(said)


def test_alarms_are_raised_by_themselves_only_in_production(settings: Settings) -> None:
    production = Settings(settings.data_dir, "production", None, "a@example.org")
    assert alarm_sensors(settings) == []
    (sensor,) = alarm_sensors(production)
    assert sensor.default_status is dg.DefaultSensorStatus.RUNNING


def test_the_sensor_tells_and_starts_nothing(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    production = Settings(tmp_path, "production", None, "a@example.org")
    monkeypatch.setenv("ATLAS_LEAST_FREE_GB", "1000000000")
    (sensor,) = alarm_sensors(production)
    told = [sensor.evaluate_tick(dg.build_sensor_context()) for _ in range(2)]
    assert [data.run_requests for data in told] == [[], []]
    assert [data.skip_message for data in told] == [
        "Der Speicherplatz geht zu Ende",
        "nothing new to tell",
    ]
