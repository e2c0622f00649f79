"""`atlas rebuild`: from landing alone, in a new file, and the old one until that is whole."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipeline import rebuild as rebuilding
from pipeline.guards import GuardFinding, record_override
from pipeline.lock import NightRunning
from pipeline.rebuild import RebuildError, compare_with_landing, rebuild_from_landing
from tests.atlas import Atlas
from tests.conftest import REPOSITORY, SampleNight
from tests.other_night import another_night
from tests.pipeline.landing_builder import DAY, Outcome, World, course
from warehouse.store import open_work


@pytest.fixture(scope="module")
def three_nights(tmp_path_factory: pytest.TempPathFactory) -> World:
    """Three nights, loaded one by one: an offer appears, changes, and its source fails."""
    world = World(tmp_path_factory.mktemp("rebuild"))
    first = course(course_number="1", title="Erster", places_free=5)
    nights: list[object] = [
        [first, course(course_number="2")],
        [first.model_copy(update={"places_free": 0})],
        Outcome("failed", "timeout"),
    ]
    for back, outcome in zip((2, 1, 0), nights, strict=True):
        day = DAY - timedelta(days=back)
        world.night(day, {"vhs-adorf": outcome})  # type: ignore[dict-item]
        world.today = day
        world.load()
    return world


@pytest.fixture
def world(three_nights: World, tmp_path: Path) -> World:
    shutil.copytree(three_nights.folder, tmp_path / "world")
    return World(tmp_path / "world", today=three_nights.today)


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def left_in(world: World) -> set[str]:
    return {path.name for path in world.settings.work_database.parent.iterdir()}


def change(world: World, statement: str) -> None:
    connection = open_work(world.settings.work_database)
    connection.execute(statement)
    connection.close()


def test_nights_one_by_one_and_a_rebuild_give_the_same_mart(world: World) -> None:
    before = digest(world.settings.work_database)
    comparison = compare_with_landing(world.settings, world.register)
    assert [str(each) for each in comparison.differences] == []
    assert comparison.landings == 3
    assert digest(world.settings.work_database) == before
    assert left_in(world) == {"warehouse.duckdb"}


@pytest.mark.parametrize(
    ("statement", "table", "only_present", "only_rebuilt", "example"),
    [
        ("UPDATE mart.offers SET title = 'x' WHERE course_number = '1'", "offers", 1, 1, None),
        ("DELETE FROM mart.service_areas", "service_areas", 0, 3, "vhs-adorf / 05111000 / seat"),
        ("INSERT INTO mart.councils SELECT * FROM mart.councils", "councils", 3, 0, "05111000"),
    ],
)
def test_a_difference_is_named_with_table_numbers_and_an_example(
    world: World,
    statement: str,
    table: str,
    only_present: int,
    only_rebuilt: int,
    example: str | None,
) -> None:
    change(world, statement)
    (found,) = compare_with_landing(world.settings, world.register).differences
    assert found.table == f"mart.{table}"
    assert (found.only_present, found.only_rebuilt) == (only_present, only_rebuilt)
    assert example is None or found.example == example


def test_landings_that_were_not_loaded_yet_are_no_difference(world: World) -> None:
    world.night(DAY + timedelta(days=1), {"vhs-adorf": [course(course_number="9")]})
    comparison = compare_with_landing(world.settings, world.register)
    assert (comparison.landings, comparison.differences) == (3, ())


def test_a_rebuild_mends_what_was_wrong_and_keeps_reasons_that_people_gave(world: World) -> None:
    change(world, "DELETE FROM mart.offers")
    connection = open_work(world.settings.work_database)
    finding = GuardFinding("offers", "loss:vhs-adorf", "weg", True)
    record_override(connection, [finding], "Semesterende", datetime(2026, 3, 9, tzinfo=UTC))
    connection.close()
    assert rebuild_from_landing(world.settings, world.register) == 3
    assert world.rows("SELECT count(*) FROM mart.offers") == [(2,)]
    assert world.rows("SELECT reason FROM core.guard_overrides") == [("Semesterende",)]
    assert compare_with_landing(world.settings, world.register).differences == ()
    assert left_in(world) == {"warehouse.duckdb"}


@pytest.mark.parametrize("is_there", [True, False])
def test_a_broken_or_missing_database_is_no_obstacle(world: World, is_there: bool) -> None:
    database = world.settings.work_database
    database.unlink()
    if is_there:
        database.write_bytes(b"no database")
        database.with_name(f"{database.name}.wal").write_bytes(b"no log")
    rebuild_from_landing(world.settings, world.register)
    assert world.rows("SELECT count(*) FROM staging.crawls") == [(3,)]
    assert left_in(world) == {"warehouse.duckdb"}


def test_a_rebuild_that_would_lose_nights_is_refused(world: World) -> None:
    before = digest(world.settings.work_database)
    oldest = min(world.settings.landing_dir.iterdir())
    shutil.rmtree(oldest)
    for attempt in (rebuild_from_landing, compare_with_landing):
        with pytest.raises(RebuildError, match=f"1 crawls .* first is {oldest.name}"):
            attempt(world.settings, world.register)
    shutil.rmtree(world.settings.landing_dir)
    with pytest.raises(RebuildError, match="no landing to rebuild from"):
        rebuild_from_landing(world.settings, world.register)
    assert digest(world.settings.work_database) == before


def test_a_failure_leaves_the_old_one_as_it_was(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = digest(world.settings.work_database)

    def full(*_: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(rebuilding, "build_mart", full)
    with pytest.raises(OSError, match="no space left"):
        rebuild_from_landing(world.settings, world.register)
    assert digest(world.settings.work_database) == before
    assert left_in(world) == {"warehouse.duckdb"}


KILLED = """
import os, signal, sys
from datetime import date
from pathlib import Path
from pipeline import rebuild as rebuilding
from pipeline.register import load_register
from warehouse.settings import Settings
setattr(rebuilding, sys.argv[3], lambda *_: os.kill(os.getpid(), signal.SIGKILL))
settings = Settings(Path(sys.argv[1]), "sample", date(2026, 3, 10), contact="")
rebuilding.rebuild_from_landing(settings, load_register(Path(sys.argv[2])))
"""


@pytest.mark.parametrize("moment", ["apply_crawls", "build_mart", "sync", "_close_cleanly"])
def test_a_kill_leaves_the_old_one_and_the_next_rebuild_goes_through(
    world: World, moment: str
) -> None:
    before = digest(world.settings.work_database)
    killed = subprocess.run(
        [
            *(sys.executable, "-c", KILLED, str(world.settings.data_dir)),
            *(str(world.folder / "register"), moment),
        ],
        cwd=REPOSITORY,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL
    assert digest(world.settings.work_database) == before
    assert rebuild_from_landing(world.settings, world.register) == 3
    assert compare_with_landing(world.settings, world.register).differences == ()
    assert left_in(world) == {"warehouse.duckdb"}


def test_no_rebuild_beside_a_night(world: World) -> None:
    with another_night(world.settings), pytest.raises(NightRunning, match="another night"):
        rebuild_from_landing(world.settings, world.register)


def test_the_command_compares_and_rebuilds_the_sample_night(
    sample_night: SampleNight, tmp_path: Path
) -> None:
    copied = Atlas(tmp_path / "data")
    shutil.copytree(sample_night.atlas.data_dir, copied.data_dir, symlinks=True)
    compared = copied.run("rebuild", "--check", "--json")
    assert (compared.code, compared.json["differences"]) == (0, []), compared.err
    work = copied.data_dir / "work" / "warehouse.duckdb"
    work.unlink()
    refused = copied.run("rebuild", "--check")
    assert refused.code == 2 and "no working database" in refused.err
    rebuilt = copied.run("rebuild", "--json")
    assert rebuilt.code == 3, rebuilt.err
    assert rebuilt.json["rebuilt_from"] == 1
    assert rebuilt.json["published"]
    offers = "SELECT * FROM mart.offers ORDER BY offer_id"
    assert copied.sql(offers) == sample_night.atlas.sql(offers)
