"""A night that was killed is continued on the same day, without asking again for what was read."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml

from pipeline.continuing import seal_leftovers, unfinished_landings
from pipeline.crawling import plan_file
from pipeline.lock import night_lock
from tests.atlas import Atlas
from tests.faults.processes import alive, children, wait_until
from tests.loopback import Answer, Site, site
from tests.pipeline.landing_builder import DAY, World, write_register
from warehouse.nights import last_night, started_night
from warehouse.settings import Settings

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")

ANNOUNCED = """<html><body><main><h1>Workshop für Integrationsausschüsse</h1><p>Die Stadt lädt alle
Mitglieder der Integrationsausschüsse zu einem Workshop ein. Er findet am 18. April 2026 von 10 bis
16 Uhr im Haus der Bildung statt, die Teilnahme ist kostenlos.</p></main></body></html>"""


@dataclass
class Town:
    """Three pages of three hosts, of which the last is as slow as its answer is told to be."""

    atlas: Atlas
    register: Path
    quick: tuple[Site, ...]
    slow: Site
    answer: dict[str, Answer]

    @property
    def settings(self) -> Settings:
        return Settings(self.atlas.data_dir, "sample", date.fromisoformat(self.atlas.today), "")

    def run(self, *arguments: str) -> tuple[int, dict[str, object]]:
        done = self.atlas.run("run", "--register", str(self.register), "--json", *arguments)
        assert done.out, done.err
        return done.code, done.json

    def asked(self) -> list[int]:
        return [len(running.paths) for running in (*self.quick, self.slow)]

    def reports(self) -> str:
        return "".join(p.read_text() for p in self.atlas.data_dir.glob("landing/*/reports.jsonl"))


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    answer = {"/": Answer(ANNOUNCED)}
    with ExitStack() as stack:
        quick = [stack.enter_context(site({"/": Answer(ANNOUNCED)})) for _ in range(2)]
        slow = stack.enter_context(site(answer.get))
        register = write_register(tmp_path / "register", uebersicht="")
        providers = (register / "providers.csv").read_text(encoding="utf-8")
        for port in ("9001", "9002", "9009"):
            providers = providers.replace(f"http://127.0.0.1:{port}", "")
        (register / "providers.csv").write_text(providers, encoding="utf-8")
        for name, running in zip(("eins", "zwei", "drei"), (*quick, slow), strict=True):
            entry = {"id": name, "provider": "verband", "kind": "page"}
            text = yaml.safe_dump({**entry, "start_urls": [f"{running.origin}/"]})
            (register / "sources" / f"{name}.yaml").write_text(text, encoding="utf-8")
        yield Town(Atlas(tmp_path / "data"), register, tuple(quick), slow, answer)


def kill_in_crawl(town: Town) -> None:
    """Kills a new night when it has read the quick pages and waits for the slow one."""
    read_before, asked_before = town.reports().count("\n"), town.slow.paths.count("/")
    town.answer["/"] = Answer(ANNOUNCED, drip_seconds=0.5)
    night = town.atlas.start("run", "--register", str(town.register), "--json")
    wait_until(
        lambda: (
            town.reports().count("\n") >= read_before + 2
            and town.slow.paths.count("/") > asked_before
        )
    )
    family = children(night.pid)
    night.kill()
    night.communicate(timeout=30)
    wait_until(lambda: not any(alive(pid) for pid in family), seconds=15)
    town.answer["/"] = Answer(ANNOUNCED)


def test_a_night_killed_in_the_crawl_is_continued_without_asking_again(town: Town) -> None:
    kill_in_crawl(town)
    interrupted = last_night(town.settings)
    assert interrupted is not None
    assert (interrupted.interrupted, interrupted.published) == (True, None)
    told = town.atlas.run("status")
    assert "interrupted" in told.out
    asked = town.asked()

    code, outcome = town.run()

    assert code == 0, outcome
    assert town.asked()[:2] == asked[:2], "what was read whole is not asked again"
    assert town.asked()[2] > asked[2]
    sources = outcome["sources"]
    assert isinstance(sources, list)
    assert {row["source_id"]: row["state"] for row in sources} == dict.fromkeys(
        ("eins", "zwei", "drei"), "complete"
    )
    assert "2 sources that it had read whole" in str(outcome["warnings"])
    rows = town.atlas.sql("SELECT source_id, state FROM mart.source_health ORDER BY source_id")
    assert [row["state"] for row in rows] == ["complete"] * 3
    ended = last_night(town.settings)
    assert ended is not None
    assert (ended.interrupted, ended.published) == (False, outcome["published"])
    assert started_night(town.settings) is None

    asked = town.asked()
    assert town.run()[0] == 0
    assert all(after > before for after, before in zip(town.asked(), asked, strict=True)), (
        "a night that ended is followed by a new one"
    )


def test_another_day_or_other_sources_are_a_new_night(town: Town) -> None:
    kill_in_crawl(town)
    asked = town.asked()
    assert town.run("--source", "eins")[0] == 0
    assert town.asked()[0] > asked[0]

    kill_in_crawl(town)
    asked = town.asked()
    later = Town(
        Atlas(town.atlas.data_dir, "2026-03-15"), town.register, town.quick, town.slow, town.answer
    )
    assert later.run()[0] == 0
    assert all(after > before for after, before in zip(town.asked(), asked, strict=True))


def test_a_night_killed_after_its_crawl_is_loaded_without_a_crawl(town: Town) -> None:
    night = town.atlas.start("run", "--register", str(town.register))
    wait_until(lambda: any(town.atlas.data_dir.glob("landing/*/manifest.json")))
    night.send_signal(signal.SIGKILL)
    night.communicate(timeout=30)
    published = town.atlas.data_dir / "published" / "CURRENT"
    if published.exists() or started_night(town.settings) is None:
        pytest.skip("the machine was so quick that the night ended before the kill")
    asked = town.asked()
    code, outcome = town.run()
    assert code == 0, outcome
    assert town.asked() == asked
    assert published.exists()
    assert len(list((town.atlas.data_dir / "landing").iterdir())) == 1
    rows = town.atlas.sql("SELECT state FROM mart.source_health")
    assert [row["state"] for row in rows] == ["complete"] * 3


def test_leftovers_older_than_a_whole_landing_are_left(tmp_path: Path) -> None:
    """History is written in order: what is too late must not stop every later night."""
    world = World(tmp_path)
    folders = [world.night(DAY + timedelta(days=days), {"vhs-adorf": []}) for days in (0, 1, 2)]
    for folder in (folders[0], folders[2]):
        (folder / "manifest.json").unlink()
        target = plan_file(world.settings, folder.name)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(folder / "plan.json", target)
    with night_lock(world.settings):
        assert seal_leftovers(world.settings) == [folders[2].name]
    assert unfinished_landings(world.settings) == [folders[0]]
    assert list(folders[0].iterdir())
