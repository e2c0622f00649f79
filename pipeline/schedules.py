"""The nightly schedule and the alarms, which exist only where live crawls are wanted."""

from __future__ import annotations

import dagster as dg
from dagster._core.definitions.unresolved_asset_job_definition import UnresolvedAssetJobDefinition

from pipeline.alarms import raise_alarms
from pipeline.night_settings import load_night_settings
from warehouse.settings import Settings

NIGHTLY_CRON = "30 2 * * *"
MONTHLY_CRON = "0 14 1 * *"
"""In the afternoon, far from any night: both hold the lock of the data folder."""
ALARM_SECONDS = 900


def live_schedules(
    settings: Settings,
    night_job: UnresolvedAssetJobDefinition,
    boundaries_job: UnresolvedAssetJobDefinition,
) -> list[dg.ScheduleDefinition]:
    """In production one visit a night at 02:30 German time, and the boundaries on the first of each
    month; none anywhere else."""
    if settings.environment != "production":
        return []
    return [
        dg.ScheduleDefinition(
            name=name,
            job=job,
            cron_schedule=cron,
            execution_timezone="Europe/Berlin",
            default_status=dg.DefaultScheduleStatus.RUNNING,
        )
        for name, job, cron in (
            ("nightly", night_job, NIGHTLY_CRON),
            ("boundaries_monthly", boundaries_job, MONTHLY_CRON),
        )
    ]


def alarm_sensors(settings: Settings) -> list[dg.SensorDefinition]:
    """In production every quarter of an hour: also no night at all is a problem to be told of."""
    if settings.environment != "production":
        return []

    @dg.sensor(
        name="alarms",
        minimum_interval_seconds=ALARM_SECONDS,
        default_status=dg.DefaultSensorStatus.RUNNING,
        description="Tells of problems once, and once when they are over.",
    )
    def alarms() -> dg.SkipReason:
        told = raise_alarms(settings, load_night_settings())
        words = [*told.sent, *(f"not sent: {sentence}" for sentence in told.failed)]
        return dg.SkipReason("; ".join(words) or "nothing new to tell")

    return [alarms]
