"""Reading the archive again: what differs, and that a new reading is never a visit."""

from __future__ import annotations

import hashlib
import json
import shutil
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pipeline.landing_reader import list_landings
from pipeline.reparse import newest_visits, visits_that_count
from scrapers.landing import PageArchive
from scrapers.pages.kuferweb_course import KuferWebCoursePage
from scrapers.records import (
    Course,
    Organisation,
)
from tests.atlas import Atlas
from tests.pipeline.kept_visits import NOTED, URL, Page, lines, read_again, visit
from tests.pipeline.landing_builder import DAY, Outcome, World, course

GOLDEN = Path(__file__).parents[1] / "golden" / "catalogues" / "kufer_course_four_cells.html"
EARLIER, LATER = DAY - timedelta(days=1), DAY + timedelta(days=1)


def files(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


# ------------------------------------------------------------- what the warehouse makes of it


def test_a_new_reading_corrects_values_and_is_no_visit(world: World) -> None:
    overlooked = course(course_number="1", detail_url=URL, title="Basismodul")
    crawl_id = visit(world, DAY, {"vhs-adorf": [Page("test 1", [overlooked])]})
    world.load()
    health = "SELECT * FROM mart.source_health ORDER BY source_id"
    seen = "SELECT offer_id, first_seen_at, last_seen_at, lifecycle FROM mart.offers"
    before = world.rows(health), world.rows(seen)

    read_again(world, crawl_id, {"vhs-adorf": [overlooked.model_copy(update={"places_free": 4})]})
    assert len(world.load().applied) == 1

    assert (world.rows(health), world.rows(seen)) == before
    assert world.rows("SELECT places_free FROM mart.offers") == [(4,)]
    assert world.rows("SELECT DISTINCT extractor, source_url, fetched_at FROM mart.provenance") == [
        ("test 2", URL, datetime.combine(DAY, time(1, 30), UTC))
    ]
    assert world.rows(
        "SELECT kind, field, new_value, changed_at FROM mart.offer_changes WHERE kind = 'changed'"
    ) == [("changed", "places_free", "4", NOTED + timedelta(minutes=1))]


def test_what_is_not_read_again_does_not_age(world: World) -> None:
    both = [
        Page("test 1", [course(course_number="1", detail_url=URL)]),
        Page("test 1", [course(course_number="2", detail_url=f"{URL}/2")], url=f"{URL}/2"),
    ]
    crawl_id = visit(world, DAY, {"vhs-adorf": both})
    read_again(world, crawl_id, {"vhs-adorf": []})
    world.load()
    assert world.rows("SELECT lifecycle, count(*) FROM mart.offers GROUP BY ALL") == [
        ("current", 2)
    ]


def test_a_course_read_under_another_key_is_still_one_offer(world: World) -> None:
    unnumbered = course(detail_url=URL, title="Basismodul")
    crawl_id = visit(world, DAY, {"vhs-adorf": [Page("test 1", [unnumbered])]})
    world.load()
    numbered = unnumbered.model_copy(update={"course_number": "9"})
    read_again(world, crawl_id, {"vhs-adorf": [numbered]})
    world.load()
    started = datetime.combine(DAY, time(1, 30), UTC)
    assert world.rows(
        "SELECT course_number, lifecycle, first_seen_at, last_seen_at FROM mart.offers"
    ) == [("9", "current", started, started)]
    world.today = LATER
    world.night(LATER, {"vhs-adorf": [numbered]})
    world.load()
    assert world.rows("SELECT course_number, lifecycle FROM mart.offers") == [("9", "current")]


def test_a_record_found_only_now_bears_the_time_of_its_visit(world: World) -> None:
    first = course(course_number="1", detail_url=URL)
    crawl_id = visit(world, DAY, {"vhs-adorf": [Page("t", [first]), Page("t", [first])]})
    world.load()
    read_again(world, crawl_id, {"vhs-adorf": [first, course(course_number="2")]})
    world.load()
    started = datetime.combine(DAY, time(1, 30), UTC)
    assert world.rows(
        "SELECT course_number, first_seen_at, last_seen_at FROM mart.offers ORDER BY ALL"
    ) == [("1", started, started), ("2", started, started)]


def test_old_pages_never_displace_what_a_later_check_has_seen(world: World) -> None:
    old = course(course_number="1", detail_url=URL, places_free=9)
    gone = course(course_number="2", detail_url=f"{URL}/2")
    crawl_id = visit(world, EARLIER, {"vhs-adorf": [Page("t", [old]), Page("t", [gone])]})
    visit(world, DAY, {"vhs-adorf": [Page("t", [old.model_copy(update={"places_free": 1})])]})
    world.load()
    stale = [record.model_copy(update={"places_free": 5}) for record in (old, gone)]
    read_again(world, crawl_id, {"vhs-adorf": stale})
    world.load()
    assert world.rows(
        "SELECT course_number, places_free, lifecycle FROM mart.offers ORDER BY ALL"
    ) == [("1", 1, "current"), ("2", None, "vanished")]


def test_a_failed_visit_in_between_leaves_the_new_reading_its_say(world: World) -> None:
    old = course(course_number="1", detail_url=URL)
    crawl_id = visit(world, EARLIER, {"vhs-adorf": [Page("t", [old])]})
    visit(world, DAY, {"vhs-adorf": []}, state="failed")
    read_again(world, crawl_id, {"vhs-adorf": [old.model_copy(update={"places_free": 5})]})
    world.load()
    assert world.rows("SELECT places_free FROM mart.offers") == [(5,)]
    assert world.rows(
        "SELECT state, last_complete_at::DATE FROM mart.source_health WHERE source_id = 'vhs-adorf'"
    ) == [("failed", EARLIER)]


def test_what_a_partial_visit_has_seen_since_stays_as_it_saw_it(world: World) -> None:
    old = course(course_number="1", detail_url=URL, places_free=9)
    crawl_id = visit(world, EARLIER, {"vhs-adorf": [Page("t", [old])]})
    newer = Page("t", [old.model_copy(update={"places_free": 1})], body=b"newer")
    visit(world, DAY, {"vhs-adorf": [newer]}, state="partial")
    read_again(world, crawl_id, {"vhs-adorf": [old.model_copy(update={"places_free": 5})]})
    world.load()
    assert world.rows("SELECT places_free FROM mart.offers") == [(1,)]


def test_entries_of_a_directory_are_replaced_by_their_new_reading(world: World) -> None:
    directory = "id: netz\nprovider: verband\nkind: directory\nstart_urls: [http://127.0.0.1:9010]"
    world.register_texts["netz"] = directory
    crawl_id = visit(world, DAY, {"netz": [Page("t", [Organisation(name="Kompetenz zentrum")])]})
    read_again(world, crawl_id, {"netz": [Organisation(name="Kompetenzzentrum")]})
    world.load()
    assert world.rows("SELECT name, last_seen_at FROM mart.organisations") == [
        ("Kompetenzzentrum", datetime.combine(DAY, time(1, 30), UTC))
    ]


def test_building_anew_gives_the_same_as_the_days_did(world: World, tmp_path: Path) -> None:
    unnumbered = course(detail_url=URL, title="Basismodul")
    tables = ("core.entries", "core.offer_versions", "core.offer_changes", "mart.provenance")

    def contents() -> list[list[tuple[Any, ...]]]:
        return [world.rows(f"SELECT * FROM {table} ORDER BY ALL") for table in tables]

    crawl_id = visit(world, DAY, {"vhs-adorf": [Page("test 1", [unnumbered])]})
    world.load()
    numbered = unnumbered.model_copy(update={"course_number": "9", "places_free": 2})
    read_again(world, crawl_id, {"vhs-adorf": [numbered]})
    world.load()
    world.night(LATER, {"vhs-adorf": Outcome("partial", "timeout", None, [numbered])})
    world.load()
    nightly = contents()
    world.settings.work_database.unlink()
    world.load()
    assert contents() == nightly


# ------------------------------------------------------------- which visits are read again


def test_the_newest_visit_that_says_something_is_read_again(world: World) -> None:
    page = [Page("t", [course(course_number="1")])]
    first = visit(world, EARLIER, {"vhs-adorf": page, "vhs-bestadt": page, "uebersicht": page})
    second = visit(world, DAY, {"vhs-adorf": [], "vhs-bestadt": page}, state="failed")
    world.night(LATER, {"uebersicht": []})
    (third,) = {x.manifest.crawl_id for x in list_landings(world.settings.landing_dir)} - {
        first,
        second,
    }
    assert newest_visits(list_landings(world.settings.landing_dir)) == {
        third: ("uebersicht",),
        second: ("vhs-bestadt",),
        first: ("vhs-adorf",),
    }


def test_what_a_partial_visit_did_not_fetch_is_known_from_the_visits_before(world: World) -> None:
    page = [Page("t", [course(course_number="1")])]
    oldest = visit(world, EARLIER - timedelta(days=1), {"vhs-adorf": page})
    first = visit(world, EARLIER, {"vhs-adorf": page, "vhs-bestadt": page})
    second = visit(world, DAY, {"vhs-adorf": page}, state="partial")
    third = visit(world, LATER, {"vhs-adorf": page}, state="partial")
    layers = visits_that_count(list_landings(world.settings.landing_dir))
    assert layers == [
        {third: ("vhs-adorf",), first: ("vhs-bestadt",)},
        {second: ("vhs-adorf",)},
        {first: ("vhs-adorf",)},
    ]
    assert oldest not in {crawl_id for layer in layers for crawl_id in layer}


# ------------------------------------------------------------- the command


@pytest.fixture
def kept(world: World) -> Atlas:
    """A warehouse whose one course page was read badly: wrong price, no sessions."""
    badly = Course(
        title="Basismodul für Integrationsratsmitglieder",
        course_number="261-1001",
        relevance="series",
        detail_url=URL,
        price_eur=Decimal("99"),
    )
    pages = [
        Page("KuferWebCoursePage/0", [badly], body=GOLDEN.read_bytes()),
        Page("OldReader/3", url=f"{URL}-2", body=b"<p>x</p>"),
        Page("KuferWebCoursePage/0", url=f"{URL}-3", body=b"<p>no course</p>"),
    ]
    visit(world, DAY, {"vhs-adorf": pages})
    world.load()
    lost = b"<p>lost</p>"
    visit(world, LATER, {"vhs-bestadt": [Page("KuferWebCoursePage/0", url=f"{URL}-4", body=lost)]})
    archive = PageArchive(world.settings.archive_dir)
    archive.path_of(archive.keep(lost)).unlink()
    return Atlas(world.settings.data_dir)


def test_a_shadow_run_reports_each_field_and_changes_nothing(kept: Atlas) -> None:
    before = files(kept.data_dir)
    done = kept.run("reparse", "--shadow", "--json")
    assert done.code == 0, done.err
    assert files(kept.data_dir) == before
    report = done.json
    changed = {d["field"]: (d["before"], d["after"]) for d in report["differences"]}
    assert changed["price_eur"] == ("99", "0.00")
    assert changed["sessions"][0] == []
    assert changed["sessions"][1]
    assert {d["source_id"] for d in report["differences"]} == {"vhs-adorf"}
    assert {"source_id": "vhs-adorf", "kind": "changed", "field": "price_eur", "count": 1} in (
        report["counts"]
    )
    sources = {source["source_id"]: source for source in report["sources"]}
    assert sources["vhs-adorf"]["unknown_readers"] == {"OldReader/3": 1}
    assert len(sources["vhs-adorf"]["failures"]) == 1
    assert sources["vhs-bestadt"]["missing_pages"] == 1

    told = kept.run("reparse", "--shadow", "--source", "vhs-adorf")
    assert 'vhs-adorf: changed price_eur: 1 (for example "99" → "0.00")' in told.out
    assert "OldReader/3, which this version does not have" in told.out


def test_for_real_the_new_reading_is_loaded_and_published(kept: Atlas, world: World) -> None:
    register = str(world.folder / "register")
    done = kept.run("reparse", "--register", register, "--json")
    assert done.code == 3, done.err  # two sources of this register were never visited
    assert done.json["load"]["published"]
    (offer,) = kept.sql("SELECT price_eur, is_free, last_seen_at::DATE AS seen FROM mart.offers")
    assert float(offer["price_eur"]) == 0.0
    assert str(offer["seen"]) == DAY.isoformat()
    extractors = kept.sql("SELECT DISTINCT extractor FROM mart.provenance")
    assert [row["extractor"] for row in extractors] == [KuferWebCoursePage.extractor()]
    landing = kept.data_dir / "landing" / done.json["crawl_id"]
    reports = [json.loads(line) for line in lines(landing / "reports.jsonl")]
    assert {report["reparsed_from"] is not None for report in reports} == {True}

    again = kept.run("reparse", "--register", register, "--json")
    assert (again.code, again.json["crawl_id"], again.json["differences"]) == (0, None, [])
    assert kept.run("reparse", "--shadow", "--all", "--json").json["differences"] == []


def test_pages_of_an_older_visit_are_read_again_where_the_newest_did_not_fetch_them(
    world: World,
) -> None:
    def badly(number: str) -> Course:
        return course(course_number=number, detail_url=f"{URL}-{number}", title="Falsch gelesen")

    def page(number: str) -> Page:
        body = GOLDEN.read_bytes().replace(b"261-1001", number.encode())
        return Page("KuferWebCoursePage/0", [badly(number)], body=body, url=f"{URL}-{number}")

    visit(world, EARLIER, {"vhs-adorf": [page("261-1"), page("261-2")]})
    visit(world, DAY, {"vhs-adorf": [page("261-2")]}, state="partial")
    world.load()
    atlas = Atlas(world.settings.data_dir)
    register = str(world.folder / "register")
    shadow = atlas.run("reparse", "--shadow", "--json").json
    titles = [d["page_url"] for d in shadow["differences"] if d["field"] == "title"]
    assert sorted(titles) == [f"{URL}-261-1", f"{URL}-261-2"]
    done = atlas.run("reparse", "--register", register, "--json")
    assert done.code in (0, 3), done.err
    offers = atlas.sql("SELECT title, last_seen_at::DATE AS seen FROM mart.offers ORDER BY seen")
    assert "Falsch gelesen" not in {offer["title"] for offer in offers}
    assert [str(offer["seen"]) for offer in offers] == [EARLIER.isoformat(), DAY.isoformat()]
    again = atlas.run("reparse", "--register", register, "--json")
    assert (again.code, again.json["crawl_id"]) == (0, None)


def test_a_page_that_is_doubted_today_corrects_nothing(world: World) -> None:
    overview = """<html><body><main><h1>Reihe „Mitreden vor Ort“</h1><p>VHS Lippe – Aufbaumodul –
    06.09.2026 – Anmeldung: info@vhs-lippe.example</p>{}</main></body></html>"""
    doubted = "<p>Zudem gibt es am 05.09.2026 ein Basismodul bei einem weiteren Träger hier.</p>"
    known = course(title="Von Hand geprüft", detail_url=None)
    pages = [
        Page("OverviewPage/0", [known], body=overview.format(words).encode(), url=f"{URL}-{words}")
        for words in ("", doubted)
    ]
    visit(world, DAY, {"uebersicht": pages})
    world.load()
    report = Atlas(world.settings.data_dir).run("reparse", "--shadow", "--json").json
    assert {d["page_url"] for d in report["differences"]} == {f"{URL}-"}
    (source,) = report["sources"]
    (failure,) = source["failures"]
    assert "2026-09-05" in failure


def test_wrong_use_is_a_sentence(kept: Atlas, tmp_path: Path) -> None:
    for arguments, word in {
        ("--crawl", "x"): "--shadow",
        ("--all",): "--shadow",
        ("--shadow", "--crawl", "x"): "no whole landing",
        ("--shadow", "--source", "nobody"): "nobody",
    }.items():
        done = kept.run("reparse", *arguments)
        assert done.code == 2, (arguments, done.out)
        assert word in done.err
        assert "Traceback" not in done.err
    shutil.rmtree(kept.data_dir / "landing")
    assert "nothing has been visited yet" in kept.run("reparse", "--shadow").err


def test_a_damaged_landing_is_named_with_its_line(kept: Atlas) -> None:
    (pages, *_) = sorted((kept.data_dir / "landing").glob("*/pages.jsonl"))
    pages.write_text(pages.read_text("utf-8") + "{}\n", "utf-8")
    done = kept.run("reparse", "--shadow")
    assert done.code == 2
    assert f"{pages.parent.name}/pages.jsonl, line 4" in done.err
