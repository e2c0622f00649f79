"""Whatever a night finds in its folders: a sentence, an exit code, and nothing is lost."""

from __future__ import annotations

import hashlib
import json
import shutil
from datetime import timedelta
from pathlib import Path
from subprocess import CalledProcessError

import pytest

from pipeline.crawling import ClockError, require_clock, require_day, require_same_web
from pipeline.data_folder import NoRoom, require_data_folder
from pipeline.landing_reader import LandingError, read_reports
from pipeline.load import LoadError
from pipeline.publish import PublishError, publish
from pipeline.register import RegisterError
from scrapers.crawl import NO_DISK
from scrapers.landing import seal
from tests.atlas import Atlas
from tests.faults.disks import fill, make_read_only, mounted
from tests.loopback import Answer, crawl, site, source
from tests.pipeline.landing_builder import (
    DAY,
    MUNICIPALITIES,
    OVERVIEW,
    PROVIDERS,
    World,
    course,
)
from warehouse.settings import SettingsError
from warehouse.store import current_publication, open_published

SOURCES = ("vhs-adorf", "vhs-bestadt", "uebersicht")


@pytest.fixture
def world(tmp_path: Path) -> World:
    """One night that was published, and a second one that is not loaded yet."""
    world = World(tmp_path, today=DAY)
    world.night(DAY, {name: [course(course_number="1")] for name in SOURCES})
    world.load()
    publish(world.settings)
    world.today = DAY + timedelta(days=1)
    return world


def second_night(world: World) -> Path:
    return world.night(world.today, {name: [course(course_number="1")] for name in SOURCES})


def digests(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink()
    }


def assert_refused(world: World, error: type[Exception], *words: str) -> None:
    """The load says these words, and database, publication and landings are as before."""
    data = world.settings.data_dir
    before = digests(data / "landing"), digests(data / "published")
    state = world.rows("SELECT crawl_id FROM staging.crawls ORDER BY ALL")
    with pytest.raises(error) as caught:
        world.load()
    for word in words:
        assert word in str(caught.value)
    assert "\n" not in str(caught.value)
    assert (digests(data / "landing"), digests(data / "published")) == before
    assert world.rows("SELECT crawl_id FROM staging.crawls ORDER BY ALL") == state


def rewrite_manifest(folder: Path, **fields: object) -> None:
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**manifest, **fields}), encoding="utf-8")


@pytest.mark.parametrize("name", ["records.jsonl", "reports.jsonl"])
@pytest.mark.parametrize("rest", [0.0, 0.5, 0.99])
def test_a_truncated_landing_file(world: World, name: str, rest: float) -> None:
    path = second_night(world) / name
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * rest)])
    assert_refused(world, LandingError, name, "line", "put the whole file back")
    path.write_bytes(whole)
    assert len(world.load().applied) == 1, "nothing was lost: the whole file is taken"


def test_a_landing_from_a_newer_version(world: World) -> None:
    rewrite_manifest(second_night(world), landing_format=99)
    assert_refused(world, LandingError, "landing_format", "99", "version")


def test_a_manifest_with_a_field_that_this_version_does_not_know(world: World) -> None:
    rewrite_manifest(second_night(world), new_field=1)
    assert_refused(world, LandingError, "manifest.json", "new_field")


def test_a_duplicate_crawl_id(world: World) -> None:
    (first,) = world.settings.landing_dir.iterdir()
    copy = first.with_name(f"{first.name}-copy")
    shutil.copytree(first, copy)
    assert_refused(world, LandingError, "crawl_id", "folder")
    shutil.rmtree(copy)

    rewrite_manifest(first, finished_at="2026-03-10T09:00:00Z")
    assert_refused(world, LoadError, "another landing with this id is already loaded")


def test_a_reference_table_with_a_broken_reference(world: World) -> None:
    second_night(world)
    world.register_texts = {
        "municipalities": "\n".join(MUNICIPALITIES.splitlines()[:-1]) + "\n",
    }
    assert_refused(world, RegisterError, "councils.csv", "05114000")


def test_a_clock_set_back_is_noticed_before_a_site_is_asked(world: World) -> None:
    second_night(world)
    require_clock(world.settings.__class__(world.settings.data_dir, "sample", None, ""))
    world.today = DAY - timedelta(days=1)
    with pytest.raises(ClockError, match="set the clock right") as caught:
        require_clock(world.settings)
    atlas = Atlas(world.settings.data_dir, today=world.today.isoformat())
    for command in ("run", "load"):
        done = atlas.run(command, "--register", str(world.folder / "register"))
        assert done.code == 1
        assert str(caught.value).split("UTC")[1] in done.err
        assert "Traceback" not in done.err


def test_nothing_is_published_under_a_day_before_that_of_the_data(world: World) -> None:
    require_day(world.settings)
    second_night(world)
    require_day(world.settings)
    world.today = DAY - timedelta(days=1)
    with pytest.raises(ClockError, match="set the clock right"):
        require_day(world.settings)


def test_real_sites_are_not_asked_for_a_folder_with_sample_data(world: World) -> None:
    """What they say could not be loaded, and its landing would stand in the way of every load."""
    world.register_texts = {
        "providers": PROVIDERS.replace("http://127.0.0.1:900", "https://vhs.example:900"),
        "uebersicht": OVERVIEW.replace("http://127.0.0.1:9009", "https://verband.example"),
    }
    assert not world.register.is_sample
    with pytest.raises(SettingsError, match=r"holds sample data.*give real data.*another folder"):
        require_same_web(world.settings, world.register)
    world.register_texts = {}
    require_same_web(world.settings, world.register)


@pytest.mark.parametrize("part", ["landing", "archive", "published", "work", "logs"])
def test_a_file_where_a_folder_is_needed(tmp_path: Path, part: str) -> None:
    world = World(tmp_path)
    world.settings.data_dir.mkdir()
    (world.settings.data_dir / part).write_text("not a folder")
    with pytest.raises(SettingsError, match=f"{part} is a file, not a folder; move it away"):
        require_data_folder(world.settings, for_writing=True)


def test_the_command_says_so_too(tmp_path: Path) -> None:
    atlas = Atlas(tmp_path / "data")
    atlas.data_dir.mkdir()
    (atlas.data_dir / "landing").write_text("not a folder")
    for command in (("run",), ("sources", "freeze", "vhs-x"), ("sources", "probe", "http://x.de")):
        done = atlas.run(*command)
        assert (done.code, len(done.err.strip().splitlines())) == (2, 1), done.err
        assert "landing is a file, not a folder" in done.err
    assert (atlas.data_dir / "landing").read_text() == "not a folder"


def test_a_read_only_folder(tmp_path: Path) -> None:
    with mounted(tmp_path / "data", 100) as folder:
        world = World(tmp_path)
        assert world.settings.data_dir == folder
        require_data_folder(world.settings, for_writing=True)
        make_read_only(folder)
        with pytest.raises(SettingsError, match="cannot be written"):
            require_data_folder(world.settings, for_writing=True)
        require_data_folder(world.settings, for_writing=False)
        done = Atlas(folder).run("load")
        assert (done.code, len(done.err.strip().splitlines())) == (2, 1), done.err


def test_a_full_disk_before_the_night(tmp_path: Path) -> None:
    with mounted(tmp_path / "data", 60) as folder:
        world = World(tmp_path)
        require_data_folder(world.settings, for_writing=True)
        fill(folder, leave_bytes=1_000_000)
        with pytest.raises(NoRoom, match="make room, then start again"):
            require_data_folder(world.settings, for_writing=True)
        done = Atlas(folder).run("run")
        assert (done.code, len(done.err.strip().splitlines())) == (1, 1), done.err


def test_a_disk_that_is_full_while_publishing(world: World) -> None:
    second_night(world)
    world.load()
    published = world.settings.published_dir
    kept = published.with_name("kept")
    published.rename(kept)
    with mounted(published, 40):
        shutil.copytree(kept, published, dirs_exist_ok=True)
        before = current_publication(published)
        filler = fill(published, leave_bytes=1_000_000)
        with pytest.raises(PublishError, match="could not be written") as caught:
            publish(world.settings)
        assert "\n" not in str(caught.value)
        assert current_publication(published) == before
        with open_published(published) as connection:
            assert connection.execute("SELECT count(*) FROM mart.offers").fetchone() == (3,)
        filler.unlink()
        assert publish(world.settings) != before
        assert [p.name for p in published.iterdir() if p.name.startswith(".")] == []


def test_a_disk_that_is_full_while_loading(world: World) -> None:
    """DuckDB's own sentence comes through, and with room the same load ends well."""
    second_night(world)
    work = world.settings.work_database.parent
    kept = work.with_name("kept")
    work.rename(kept)
    with mounted(work, 40):
        shutil.copytree(kept, work, dirs_exist_ok=True)
        filler = fill(work)
        with pytest.raises(Exception, match=r"[Nn]o space|full|could not|cannot"):
            world.load()
        filler.unlink()
        assert len(world.load().applied) == 1


def test_a_disk_that_is_full_while_crawling(tmp_path: Path) -> None:
    """The crawl ends at once and blames no site; what was whole is kept when there is room."""
    # What no packing makes smaller.
    noise = "".join(hashlib.sha256(str(n).encode()).hexdigest() for n in range(4000))
    body = f"<main><h1>Workshop für Integrationsräte</h1><p>Am 18. April 2026.</p>{noise}</main>"
    with mounted(tmp_path / "disk", 3) as disk, site({"/": Answer(body)}) as host:
        (disk / "archive").mkdir()
        filler = fill(disk, leave_bytes=40_000)
        with pytest.raises(CalledProcessError) as ended:
            crawl(disk, source("a", f"{host.origin}/"))
        assert ended.value.returncode == NO_DISK
        (landing,) = (disk / "landing").iterdir()
        assert not (landing / "manifest.json").exists()
        filler.unlink()
        seal(landing)
        (report,) = read_reports(landing)
        assert (report.state, report.failure_class) == ("failed", "interrupted")
