"""Everything Dagster sees, assembled in one place."""

from __future__ import annotations

import dagster as dg

from pipeline.assets.boundaries import boundaries
from pipeline.assets.harvest import harvest
from pipeline.assets.publication import publication
from pipeline.assets.warehouse import core, mart, reference, staging
from pipeline.checks import freshness, guards
from pipeline.night_end import note_publication, note_what_held_the_night
from pipeline.resources import Atlas
from pipeline.schedules import alarm_sensors, live_schedules
from warehouse.settings import load_settings

# One process: the working database has one writer, and the register stays open for the whole run.
one_process = dg.in_process_executor
notes = frozenset({note_publication, note_what_held_the_night})

# Boundaries change once in years and are asked for only by themselves.
NIGHT = dg.AssetSelection.all() - dg.AssetSelection.assets(boundaries)

night_job = dg.define_asset_job(
    "night",
    selection=NIGHT,
    executor_def=one_process,
    hooks=notes,
    description="One whole night: crawl, load, guard, publish.",
)
crawl_job = dg.define_asset_job(
    "crawl",
    selection=dg.AssetSelection.assets(harvest),
    executor_def=one_process,
    description="Only visit the sources.",
)
load_job = dg.define_asset_job(
    "load",
    selection=NIGHT - dg.AssetSelection.assets(harvest),
    executor_def=one_process,
    hooks=notes,
    description="Load the landings that are not loaded yet, guard, publish.",
)

# Not the asset's own name: Dagster refuses to load two graphs of one name.
boundaries_job = dg.define_asset_job(
    "load_boundaries",
    selection=dg.AssetSelection.assets(boundaries),
    executor_def=one_process,
    description="Load the official municipality boundaries for the map.",
)

settings = load_settings()
definitions = dg.Definitions(
    assets=[harvest, staging, reference, core, mart, publication, boundaries],
    asset_checks=[guards, freshness],
    jobs=[night_job, crawl_job, load_job, boundaries_job],
    schedules=live_schedules(settings, night_job, boundaries_job),
    sensors=alarm_sensors(settings),
    resources={
        "atlas": Atlas(),
        "pipes": dg.PipesSubprocessClient(forward_stdio=False),
    },
    executor=one_process,
)
