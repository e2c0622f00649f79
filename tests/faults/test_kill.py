"""kill -9 of the crawl, of the load and of the publication, on real processes."""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from scrapers.sample_web import RunningSampleWeb, start_sample_web
from tests.atlas import TODAY, Atlas
from tests.conftest import REPOSITORY, SampleNight
from tests.faults.processes import alive, children, wait_until
from warehouse.store import current_publication, open_published

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")

SLOW_SITE = "vhs-rhein-erft"
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


def test_a_load_killed_at_random_moments_heals(tmp_path: Path, sample_night: SampleNight) -> None:
    """Each attempt begins with a landing that is not loaded yet; whatever moment the kill hits,
    readers see a whole publication, and the next load ends as if nothing had happened."""
    wanted = published_state(sample_night.atlas)
    atlas = Atlas(tmp_path / "data")
    shutil.copytree(sample_night.atlas.data_dir, atlas.data_dir, symlinks=True)
    began = time.monotonic()
    assert atlas.run("load").code == 3
    duration = time.monotonic() - began

    moments = random.Random(20260314)
    for _ in range(6):
        shutil.rmtree(atlas.data_dir / "work")
        load = atlas.start("load", "--register", str(sample_register(sample_night)))
        time.sleep(moments.uniform(0.3, 1.0) * duration)
        load.kill()
        load.communicate(timeout=30)
        assert_whole(atlas)
        assert published_state(atlas) == wanted

    assert atlas.run("load", "--register", str(sample_register(sample_night))).code == 3
    assert published_state(atlas) == wanted
    leftovers = [p.name for p in (atlas.data_dir / "published").iterdir() if ".tmp" in p.name]
    assert leftovers == []


def sample_register(night: SampleNight) -> Path:
    return night.atlas.data_dir / "sample" / "register"
