"""kill -9 of the crawl, of the load and of the publication, on real processes."""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from collections.abc import Iterator
from datetime import date, timedelta
from multiprocessing.context import ForkServerContext
from pathlib import Path
from typing import Any

import pytest

from pipeline.publish import publish
from scrapers.sample_web import RunningSampleWeb, start_sample_web
from tests.atlas import TODAY, Atlas
from tests.conftest import REPOSITORY
from tests.faults.night_processes import quick_folder, server, start_load
from tests.faults.processes import alive, children, wait_until
from tests.pipeline.landing_builder import DAY, World, course
from warehouse.store import current_publication, open_published

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")

SLOW_SITE = "vhs-rhein-erft"
KILLS = 50
Rows = dict[str, list[tuple[Any, ...]]]
MART = ("offers", "offer_sessions", "council_coverage", "provenance", "offer_changes")


@pytest.fixture
def web(tmp_path: Path) -> Iterator[RunningSampleWeb]:
    with start_sample_web(
        date.fromisoformat(TODAY), REPOSITORY / "warehouse/reference", tmp_path / "register"
    ) as running:
        yield running


def published_state(atlas: Atlas) -> dict[str, list[tuple[Any, ...]]]:
    """What readers see, without the times of the night."""
    with open_published(atlas.data_dir / "published") as connection:
        hidden = {
            "offers": "first_seen_at, last_seen_at, last_changed_at",
            "council_coverage": "checked_at",
            "provenance": "fetched_at",
            "offer_changes": "changed_at",
        }
        state = {}
        for table in MART:
            without = f"EXCLUDE ({hidden[table]})" if table in hidden else ""
            rows = connection.execute(f"SELECT * {without} FROM mart.{table} ORDER BY ALL")
            state[table] = rows.fetchall()
    return state


def assert_whole(atlas: Atlas) -> None:
    path = current_publication(atlas.data_dir / "published")
    assert path is not None
    assert path.exists()
    assert published_state(atlas)["council_coverage"]


def test_a_killed_crawl_process_loses_no_source_and_the_next_night_heals(
    tmp_path: Path, web: RunningSampleWeb
) -> None:
    atlas = Atlas(tmp_path / "data")
    web.set_delay(SLOW_SITE, 3)
    night = atlas.start("run", "--register", str(web.register_dir), "--json")

    def reports() -> str:
        return "".join(p.read_text() for p in atlas.data_dir.glob("landing/*/reports.jsonl"))

    wait_until(lambda: reports().count("\n") >= 6)
    (crawler,) = [p for p, line in children(night.pid).items() if "scrapers crawl" in line]
    os.kill(crawler, signal.SIGKILL)
    printed, errors = night.communicate(timeout=120)

    assert night.returncode == 3, printed + errors
    states = {
        row["source_id"]: (row["state"], row["failure_class"])
        for row in atlas.sql("SELECT source_id, state, failure_class FROM mart.source_health")
    }
    assert states[SLOW_SITE] == ("failed", "interrupted")
    assert ("complete", None) in states.values()
    served = atlas.sql(
        f"""SELECT DISTINCT state FROM mart.council_coverage JOIN mart.council_sources USING (ags)
        WHERE source_id = '{SLOW_SITE}'"""
    )
    assert {"none_found"} & {row["state"] for row in served} == set()

    web.set_delay(SLOW_SITE, 0)
    healed = atlas.run("run", "--register", str(web.register_dir), "--json")
    assert healed.code == 3
    rows = atlas.sql(f"SELECT state FROM mart.source_health WHERE source_id = '{SLOW_SITE}'")
    assert rows == [{"state": "complete"}]


def test_a_killed_night_leaves_no_process_and_the_last_publication(
    tmp_path: Path, web: RunningSampleWeb
) -> None:
    atlas = Atlas(tmp_path / "data")
    assert atlas.run("run", "--register", str(web.register_dir)).code == 3
    before = current_publication(atlas.data_dir / "published")
    web.set_delay(SLOW_SITE, 3)

    night = atlas.start("run", "--register", str(web.register_dir))
    wait_until(lambda: any("scrapers crawl" in line for line in children(night.pid).values()))
    family = children(night.pid)
    night.kill()
    night.communicate(timeout=30)

    wait_until(lambda: not any(alive(pid) for pid in family), seconds=15)
    assert current_publication(atlas.data_dir / "published") == before
    assert_whole(atlas)
    web.set_delay(SLOW_SITE, 0)
    assert atlas.run("run", "--register", str(web.register_dir)).code == 3
    assert current_publication(atlas.data_dir / "published") != before


def test_a_load_killed_at_fifty_moments_leaves_a_whole_publication_and_heals(
    tmp_path: Path,
) -> None:
    """The second night is loaded and published, and killed at a random moment; half of the
    attempts begin with what a kill has left. Readers always see the first or the second night
    whole, and the next attempt that is let alone ends as if nothing had happened."""
    with quick_folder(tmp_path) as folder:
        kill_and_look(folder)


def kill_and_look(folder: Path) -> None:
    world, first, second = two_nights(folder)
    pristine = folder / "pristine"
    shutil.copytree(world.settings.data_dir, pristine, symlinks=True)

    def begin_anew() -> None:
        shutil.rmtree(world.settings.data_dir)
        shutil.copytree(pristine, world.settings.data_dir, symlinks=True)

    context = server()
    finish(context, world)  # starts the server
    begin_anew()
    began = time.monotonic()
    finish(context, world)
    duration = time.monotonic() - began
    assert mart_rows(world) == second

    moments = random.Random(20260314)
    killed = 0
    for attempt in range(KILLS):
        is_anew = attempt % 2 == 0
        if is_anew:
            begin_anew()
        began = time.monotonic()
        load = start_load(context, world.folder, world.today)
        load.join(moments.uniform(0, duration))
        if load.is_alive():
            killed += 1
        elif is_anew:
            # The machine has less to do than when the duration was measured.
            duration = min(duration, time.monotonic() - began)
        load.kill()
        load.join(30)
        path = current_publication(world.settings.published_dir)
        assert path is not None
        assert path.exists()
        assert mart_rows(world) in (first, second)
        if attempt % 10 == 9:
            finish(context, world)
            assert mart_rows(world) == second
            left = [p.name for p in world.settings.published_dir.iterdir() if p.name[0] == "."]
            assert left == []
    assert killed > KILLS / 3, "many attempts were really killed"


def two_nights(folder: Path) -> tuple[World, Rows, Rows]:
    """A world whose first night is published and whose second has landed, with the rows of both."""
    world = World(folder / "nights", today=DAY)
    courses = [course(course_number=str(number), places_total=12) for number in range(40)]
    sources = {"vhs-bestadt": [], "uebersicht": []}
    world.night(DAY, {**sources, "vhs-adorf": courses})
    world.load()
    publish(world.settings)
    first = mart_rows(world)
    changed = [found.model_copy(update={"places_free": 3}) for found in courses[2:]]
    world.today = DAY + timedelta(days=1)
    world.night(world.today, {**sources, "vhs-adorf": changed})
    twin = World(folder / "twin", today=world.today)
    shutil.copytree(world.settings.data_dir, twin.settings.data_dir, symlinks=True)
    twin.load()
    publish(twin.settings)
    second = mart_rows(twin)
    assert second != first
    return world, first, second


def mart_rows(world: World) -> Rows:
    """What readers see, without the times at which it was built."""
    with open_published(world.settings.published_dir) as connection:
        return {
            table: connection.execute(f"SELECT * FROM mart.{table} ORDER BY ALL").fetchall()
            for table in ("offers", "council_coverage", "provenance", "offer_changes", "issues")
        }


def finish(context: ForkServerContext, world: World) -> None:
    load = start_load(context, world.folder, world.today)
    load.join(120)
    assert load.exitcode == 0
