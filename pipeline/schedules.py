"""The nightly schedule, which exists only where live crawls are wanted."""

from __future__ import annotations

import dagster as dg
from dagster._core.definitions.unresolved_asset_job_definition import UnresolvedAssetJobDefinition

from warehouse.settings import Settings

NIGHTLY_CRON = "30 2 * * *"


def nightly_schedules(
    settings: Settings, night_job: UnresolvedAssetJobDefinition
) -> list[dg.ScheduleDefinition]:
    """One visit a night at 02:30 German time in production, none anywhere else."""
    if settings.environment != "production":
        return []
    return [
        dg.ScheduleDefinition(
            name="nightly",
            job=night_job,
            cron_schedule=NIGHTLY_CRON,
            execution_timezone="Europe/Berlin",
            default_status=dg.DefaultScheduleStatus.RUNNING,
        )
    ]
