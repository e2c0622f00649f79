"""What Dagster sees: the names that people and schedules rely on."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import dagster as dg
import yaml

from pipeline.definitions import boundaries_job, definitions, night_job
from pipeline.instance import INSTANCE_FILE
from pipeline.partitions import sources_partitions
from pipeline.schedules import alarm_sensors, live_schedules
from tests.conftest import SampleNight
from warehouse.dictionary import load_dictionary
from warehouse.settings import Environment, Settings


def settings(environment: Environment) -> Settings:
    return Settings(Path("data"), environment, date(2026, 3, 14), "atlas@example.org")


def test_dagster_can_load_all_of_it_as_its_services_do() -> None:
    """Jobs by themselves resolve even where the whole, with its schedules, would be refused."""
    production = settings("production")
    whole = dg.Definitions.merge(
        definitions,
        dg.Definitions(
            schedules=live_schedules(production, night_job, boundaries_job),
            sensors=alarm_sensors(production),
        ),
    )
    repository = whole.get_repository_def()
    repository.load_all_definitions()
    jobs = {"night", "crawl", "load", "load_boundaries"}
    assert jobs <= set(repository.job_names)
    assert {each.name for each in repository.schedule_defs} == {"nightly", "boundaries_monthly"}
    assert {each.name for each in repository.sensor_defs} >= {"alarms"}


def test_the_assets_are_these() -> None:
    keys = {key.to_user_string() for key in definitions.resolve_all_asset_keys()}
    mart = {f"mart/{table.name}" for table in load_dictionary().tables}
    assert keys == {"harvest", "staging", "reference", "core", "publication", "boundaries"} | mart


def test_the_harvest_has_a_partition_for_each_source() -> None:
    graph = definitions.resolve_asset_graph()
    assert graph.get(dg.AssetKey("harvest")).partitions_def == sources_partitions


def test_nothing_is_published_without_the_guards_of_every_mart_table() -> None:
    graph = definitions.resolve_asset_graph()
    guarded = {check.asset_key.path[-1] for check in graph.asset_check_keys}
    assert guarded == {table.name for table in load_dictionary().tables}
    assert {key.path[-1] for key in graph.get(dg.AssetKey("publication")).parent_keys} == guarded


def test_schedules_exist_only_in_production() -> None:
    assert live_schedules(settings("sample"), night_job, boundaries_job) == []
    schedules = live_schedules(settings("production"), night_job, boundaries_job)
    assert [(each.name, each.job_name, each.cron_schedule) for each in schedules] == [
        ("nightly", "night", "30 2 * * *"),
        ("boundaries_monthly", "load_boundaries", "0 14 1 * *"),
    ]
    assert {each.execution_timezone for each in schedules} == {"Europe/Berlin"}


def test_no_night_and_no_load_asks_for_boundaries() -> None:
    for job in ("night", "load", "crawl"):
        nodes = definitions.resolve_job_def(job).graph.node_dict
        assert "boundaries" not in nodes, job
    assert set(definitions.resolve_job_def("load_boundaries").graph.node_dict) == {"boundaries"}


def test_the_instance_asks_nothing_of_the_internet() -> None:
    instance = yaml.safe_load(INSTANCE_FILE.read_text(encoding="utf-8"))
    assert instance["telemetry"] == {"enabled": False}
    assert instance["nux"] == {"enabled": False}


def test_dagster_keeps_its_state_under_the_data_folder(sample_night: SampleNight) -> None:
    home = sample_night.atlas.data_dir / "dagster"
    assert (home / "dagster.yaml").read_text() == INSTANCE_FILE.read_text()
    assert list(home.glob("history/**/*.db"))


def test_each_source_is_a_partition_and_only_complete_ones_are_materialised(
    sample_night: SampleNight,
) -> None:
    with dg.DagsterInstance.from_config(str(sample_night.atlas.data_dir / "dagster")) as instance:
        known = set(instance.get_dynamic_partitions(str(sources_partitions.name)))
        fresh = instance.get_materialized_partitions(dg.AssetKey("harvest"))
    reports = sample_night.finished.json["sources"]
    assert known == {report["source_id"] for report in reports}
    assert fresh == {r["source_id"] for r in reports if r["state"] == "complete"}
