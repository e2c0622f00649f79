"""Dagster's home under ATLAS_DATA. `python -m pipeline.instance` makes it and prints its path."""

from __future__ import annotations

import os
from pathlib import Path

import dagster as dg

from pipeline.retention import fail_killed_runs
from warehouse.settings import Settings, load_settings

INSTANCE_FILE = Path(__file__).resolve().parent.parent / "dagster.yaml"


def prepare_dagster_home(settings: Settings) -> Path:
    """Makes DAGSTER_HOME with the instance file of the checkout and sets the variable."""
    home = settings.dagster_home
    home.mkdir(parents=True, exist_ok=True)
    target = home / "dagster.yaml"
    wanted = INSTANCE_FILE.read_text(encoding="utf-8")
    if not target.exists() or target.read_text(encoding="utf-8") != wanted:
        target.write_text(wanted, encoding="utf-8")
    os.environ["DAGSTER_HOME"] = str(home)
    return home


def open_instance(settings: Settings) -> dg.DagsterInstance:
    """The instance of this installation, with runs of killed processes marked as failed.

    Only the holder of the night lock may call this: then no run can be alive.
    """
    prepare_dagster_home(settings)
    instance = dg.DagsterInstance.get()
    fail_killed_runs(instance)
    return instance


if __name__ == "__main__":
    print(prepare_dagster_home(load_settings()))
