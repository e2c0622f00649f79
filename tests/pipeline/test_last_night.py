"""A night that is held back is seen by whoever asks how things are."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import dagster as dg
import pytest

from pipeline.lock import NightRunning, night_lock
from pipeline.refusals import telling_refusals
from pipeline.register import RegisterError, UnknownSources, load_register
from tests.atlas import Atlas
from tests.pipeline.landing_builder import COUNCILS, DAY, World, course, write_register
from warehouse.nights import (
    LastNight,
    begin_night,
    last_night,
    note_crawl,
    note_night,
    note_refusal,
    started_night,
)
from warehouse.settings import Settings

ALL = ("vhs-adorf", "vhs-bestadt", "uebersicht")
OFFERS = [course(course_number=str(number)) for number in range(20)]
LOSS = "vhs-adorf: 15 von 20 Angeboten sind auf einmal verschwunden"


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def night(world: World, back: int, count: int) -> None:
    courses = {source: OFFERS[:count] if source == "vhs-adorf" else [] for source in ALL}
    world.night(DAY - timedelta(days=back), courses)


def test_a_held_back_night_is_told_until_one_is_published(world: World) -> None:
    atlas = Atlas(world.folder / "data", today=DAY.isoformat())
    register = str(world.folder / "register")
    night(world, 1, 20)
    assert atlas.run("load", "--register", register).code == 0
    status = atlas.run("status")
    assert (status.code, "not published" in status.out) == (0, False)

    night(world, 0, 5)
    assert atlas.run("load", "--register", register).code == 1
    status = atlas.run("status")
    assert status.code == 3
    assert LOSS in status.out
    assert '--override-guards "reason"' in status.out
    told = atlas.run("status", "--json").json["last_night"]
    assert (told["published"], told["by_guards"]) == (None, True)
    assert told["problems"][0].startswith(LOSS)
    doctor = atlas.run("doctor")
    assert doctor.code == 3
    assert LOSS in doctor.out

    later = Atlas(atlas.data_dir, today=(DAY + timedelta(days=4)).isoformat())
    stale = later.run("doctor")
    assert "hours old; nights did run and were not published" in stale.out
    assert "switched on" not in stale.out

    overridden = atlas.run("load", "--register", register, "--override-guards", "Semesterende")
    assert overridden.code == 0
    status = atlas.run("status")
    assert (status.code, LOSS in status.out) == (0, False)


def test_a_night_that_breaks_is_told_with_its_cause(world: World) -> None:
    atlas = Atlas(world.folder / "data", today=DAY.isoformat())
    night(world, 0, 1)
    in_the_way = world.settings.data_dir / "warehouse" / "atlas.duckdb"
    in_the_way.parent.mkdir()
    in_the_way.write_text("not ours", encoding="utf-8")
    assert atlas.run("load", "--register", str(world.folder / "register")).code == 1
    noted = last_night(world.settings)
    assert noted is not None
    assert (noted.published, noted.by_guards) == (None, False)
    assert noted.problems == (
        f"{in_the_way}: this file is not a link of ours, so it is not replaced; move it away",
    )
    assert "start `atlas run` again" in atlas.run("status").out


def test_a_note_is_read_as_it_was_written_and_a_broken_one_is_none(world: World) -> None:
    assert last_night(world.settings) is None
    written = LastNight(datetime(2026, 3, 14, 2, tzinfo=UTC), None, ("ä", "b"), by_guards=True)
    note_night(world.settings, written)
    assert last_night(world.settings) == written
    (note,) = (world.settings.data_dir / "work").iterdir()
    for broken in ("", "[]", '{"finished_at": "x"}', '{"finished_at": 1}'):
        note.write_text(broken, encoding="utf-8")
        assert last_night(world.settings) is None


def production(world: World) -> Settings:
    """The installation of which nobody watches the nights."""
    return replace(world.settings, environment="production", contact="mail@example.org")


def test_a_night_that_cannot_begin_is_told_like_one_that_broke(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    write_register(world.folder / "register", councils=COUNCILS.replace("05112000", "05999999"))
    with pytest.raises(RegisterError), telling_refusals(production(world)):
        load_register(world.folder / "register")
    assert (
        "alarm sent: Die letzte Nacht ist an einer Störung gescheitert" in capsys.readouterr().err
    )
    noted = last_night(world.settings)
    assert noted is not None and noted.published is None
    assert "councils.csv, line 3" in noted.problems[0]


@pytest.mark.parametrize("error", [NightRunning("another night"), UnknownSources(["vhs-adrf"])])
def test_a_slip_of_a_person_and_a_second_night_are_no_failed_night(
    world: World, error: Exception
) -> None:
    with pytest.raises(type(error)), telling_refusals(production(world)):
        raise error
    assert last_night(world.settings) is None


def test_a_run_of_dagsters_own_that_cannot_begin_is_noted(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipeline.definitions import definitions

    night(world, 0, 1)
    monkeypatch.setenv("ATLAS_DATA", str(world.settings.data_dir))
    monkeypatch.setenv("ATLAS_TODAY", (DAY - timedelta(days=1)).isoformat())
    register = {"config": {"register_dir": str(world.folder / "register")}}
    with dg.DagsterInstance.ephemeral() as instance:
        ended = definitions.resolve_job_def("load").execute_in_process(
            instance=instance, run_config={"resources": {"atlas": register}}, raise_on_error=False
        )
    assert not ended.success
    noted = last_night(world.settings)
    assert noted is not None and noted.refused
    assert "set the clock right" in noted.problems[0]


def test_an_error_after_the_end_of_a_night_does_not_change_how_it_ended(world: World) -> None:
    with pytest.raises(OSError, match="full"), telling_refusals(production(world)):
        note_night(world.settings, LastNight(world.settings.now(), "atlas.duckdb", (), False))
        raise OSError("the terminal is full")
    noted = last_night(world.settings)
    assert noted is not None and noted.published == "atlas.duckdb"


def test_a_night_that_cannot_begin_leaves_an_interrupted_one_to_be_continued(world: World) -> None:
    begin_night(world.settings)
    note_crawl(world.settings, "20260310T013000Z", ["vhs-adorf"])
    note_refusal(world.settings, "the register is wrong")
    told = last_night(world.settings)
    assert told is not None and told.problems == ("the register is wrong",)
    left = started_night(world.settings)
    assert left is not None and list(left.crawls) == ["20260310T013000Z"]
    begin_night(world.settings)
    with night_lock(world.settings):
        told = last_night(world.settings)
    assert told is not None and not told.interrupted
    told = last_night(world.settings)
    assert told is not None and told.interrupted
