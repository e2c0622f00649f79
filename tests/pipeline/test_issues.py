"""What people are asked to look at, and when it is no longer asked."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.pipeline.landing_builder import DAY, Outcome, World

YAML = "id: vhs-adorf\nprovider: vhs-adorf\nkind: catalogue\nplatform: {}\n"


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def issues(world: World) -> list[tuple[Any, ...]]:
    return world.rows("SELECT kind, subject FROM mart.issues ORDER BY ALL")


def test_a_killed_crawl_is_told_until_its_folder_is_gone(world: World) -> None:
    world.night(DAY - timedelta(days=1), {"vhs-adorf": []})
    killed = world.night(DAY, {"vhs-adorf": []})
    (killed / "manifest.json").unlink()
    world.load()
    assert issues(world) == [("orphan_landing", killed.name)]
    killed.rename(world.folder / "moved away")
    world.load()
    assert issues(world) == []


def test_a_source_that_nights_leave_out_is_told_until_it_is_visited(world: World) -> None:
    world.night(DAY - timedelta(days=4), {"vhs-adorf": [], "vhs-bestadt": []})
    world.night(DAY - timedelta(days=1), {"vhs-bestadt": []})
    world.load()
    assert issues(world) == []
    world.night(DAY, {"vhs-bestadt": []})
    world.load()
    assert issues(world) == [("source_unvisited", "vhs-adorf")]
    ((message,),) = world.rows("SELECT message FROM mart.issues")
    assert "06.03.2026" in message
    world.night(DAY, {"vhs-adorf": Outcome("failed", "timeout")}, crawl_id="later")
    world.load()
    assert issues(world) == []


def test_days_without_any_visit_are_no_source_s_fault(world: World) -> None:
    world.night(DAY - timedelta(days=9), {"vhs-adorf": [], "vhs-bestadt": []})
    world.load()
    assert issues(world) == []


def test_another_course_system_is_told_for_two_weeks(world: World) -> None:
    for day, platform in ((16, "kuferweb"), (15, "kuferweb"), (14, "itm_connect")):
        world.register_texts["adorf"] = YAML.format(platform)
        world.night(DAY - timedelta(days=day), {"vhs-adorf": []})
    world.load()
    assert issues(world) == [("platform_changed", "vhs-adorf")]
    ((message,),) = world.rows("SELECT message FROM mart.issues")
    assert "24.02.2026" in message
    assert "itm_connect statt kuferweb" in message
    world.today = DAY + timedelta(days=1)
    world.load()
    assert issues(world) == []


def test_a_visit_that_failed_recognises_no_other_course_system(world: World) -> None:
    world.register_texts["adorf"] = YAML.format("kuferweb")
    world.night(DAY - timedelta(days=1), {"vhs-adorf": []})
    world.register_texts["adorf"] = YAML.format("generic")
    world.night(DAY, {"vhs-adorf": Outcome("partial", "markup_changed")})
    world.load()
    assert issues(world) == []
