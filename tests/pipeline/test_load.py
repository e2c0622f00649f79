"""From landings to the mart: lineage, merging, history, refusals."""

from __future__ import annotations

import json
from datetime import date, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipeline.landing_reader import LandingError, list_landings
from pipeline.load import LoadError, stage
from pipeline.mart import MartError
from scrapers.records import (
    AnnouncedEvent,
    Announcement,
    Organisation,
    Series,
    SeriesModule,
    Session,
)
from tests.pipeline.landing_builder import DAY, Outcome, World, course
from warehouse.store import StoreError, open_work

LINK = "http://127.0.0.1:9001/kurs/1-2"
NIGHTS = [DAY - timedelta(days=back) for back in (3, 2, 1, 0)]


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def offers(world: World, columns: str) -> list[tuple[Any, ...]]:
    return world.rows(f"SELECT {columns} FROM mart.offers ORDER BY ALL")


def test_loading_twice_changes_nothing(world: World) -> None:
    world.night(NIGHTS[0], {"vhs-adorf": [course(course_number="1")], "uebersicht": []})
    world.load()
    tables = [name for (name,) in world.rows(
        "SELECT schema_name || '.' || table_name FROM duckdb_tables() "
        "WHERE table_name <> 'publication' ORDER BY ALL"
    )]  # fmt: skip
    before = {table: world.rows(f"SELECT * FROM {table} ORDER BY ALL") for table in tables}
    again = world.load()
    assert (again.staged, again.applied) == ((), ())
    assert before == {table: world.rows(f"SELECT * FROM {table} ORDER BY ALL") for table in tables}


def test_an_overview_entry_and_its_course_page_are_one_offer(world: World) -> None:
    page = course(
        course_number="1-2",
        detail_url=LINK,
        title="Basismodul",
        places_total=12,
        places_free=3,
        places_planned=15,
        status="open",
        origins={"status": "buchbar"},
    )
    entry = course(
        course_number="1-2", registration_url=LINK, title="Seminar", places_planned=8,
        delivery_mode="in_person", status="full",
    )  # fmt: skip
    world.night(NIGHTS[0], {"uebersicht": [entry], "vhs-adorf": [page]})
    world.load()
    assert offers(
        world, "provider_id, title, places_planned, places_free, status, delivery_mode"
    ) == [("vhs-adorf", "Basismodul", 8, 3, "open", "in_person")]
    provenance = world.rows(
        "SELECT field, value, is_used, original_text, source_id FROM mart.provenance "
        "WHERE field IN ('status', 'places_planned') ORDER BY ALL"
    )
    assert provenance == [
        ("places_planned", "15", False, None, "vhs-adorf"),
        ("places_planned", "8", True, None, "uebersicht"),
        ("status", "full", False, None, "uebersicht"),
        ("status", "open", True, "buchbar", "vhs-adorf"),
    ]


def test_the_link_joins_where_the_overview_knows_no_number(world: World) -> None:
    entry = course(registration_url=LINK.replace("http://", "https://").upper() + "/")
    page = course(course_number="1-2", detail_url=LINK)
    world.night(NIGHTS[0], {"uebersicht": [course(registration_url=LINK + "#anmeldung")]})
    world.load()
    assert len(offers(world, "offer_id")) == 1
    world.night(NIGHTS[1], {"uebersicht": [entry], "vhs-adorf": [page]})
    world.load()
    assert offers(world, "course_number, lifecycle") == [("1-2", "current")]
    assert world.rows("SELECT source_id, rule, is_merged, reason FROM mart.merge_decisions") == [
        ("uebersicht", "link", True, "Der Link des Eintrags führt auf die Seite dieses Angebots.")
    ]


def test_entries_that_differ_in_nothing_stay_two_every_night(world: World) -> None:
    twins = [course(registration_email="fb@vhs-bestadt.de", position=n) for n in (0, 1)]
    for night in NIGHTS[:3]:
        world.night(night, {"uebersicht": twins})
    world.load()
    assert offers(world, "provider_id, lifecycle") == [("vhs-bestadt", "current")] * 2
    assert world.rows("SELECT count(*) FROM mart.offer_changes WHERE kind <> 'appeared'") == [(0,)]


def test_the_same_number_of_two_providers_are_two_offers(world: World) -> None:
    world.night(
        NIGHTS[0],
        {"vhs-adorf": [course(course_number="7")], "vhs-bestadt": [course(course_number="7")]},
    )
    world.load()
    assert offers(world, "provider_id") == [("vhs-adorf",), ("vhs-bestadt",)]


def test_price_and_free_of_charge_come_from_the_same_page(world: World) -> None:
    world.night(
        NIGHTS[0],
        {
            "vhs-adorf": [course(course_number="7", price_eur=Decimal("45.00"), detail_url=LINK)],
            "uebersicht": [course(course_number="7", is_free=True, registration_url=LINK)],
        },
    )
    world.load()
    assert offers(world, "price_eur, is_free") == [(Decimal("45.00"), None)]


def test_who_offers_stays_open_and_becomes_an_issue(world: World) -> None:
    world.night(NIGHTS[0], {"uebersicht": [course(title="Rätsel", announced_by="Jemand")]})
    world.load()
    ((offer_id, provider_id),) = offers(world, "offer_id, provider_id")
    assert provider_id is None
    assert world.rows("SELECT kind, subject FROM mart.issues") == [
        ("provider_unresolved", offer_id)
    ]


def test_a_page_that_names_another_vhs_does_not_speak_for_itself(tmp_path: Path) -> None:
    page = "kind: page\nstart_urls: [http://127.0.0.1:9005/]\n"
    world = World(
        tmp_path,
        register_texts={
            "meldung": f"id: meldung\nprovider: verband\n{page}",
            "seite": f"id: seite\nprovider: vhs-bestadt\n{page}",
        },
    )
    told = [
        course(title="Eins", announced_by="VHS Adorf"),
        course(title="Zwei", announced_by="VHS Unbekannt"),
        course(title="Drei"),
    ]
    world.night(NIGHTS[0], {"meldung": told, "seite": told[1:]})
    world.load()
    rows = world.rows(
        "SELECT o.title, p.source_id, o.provider_id FROM mart.offers o "
        "JOIN mart.provenance p USING (offer_id) WHERE p.field = 'title' ORDER BY 2, 1"
    )
    assert rows == [
        ("Drei", "meldung", "verband"),
        ("Eins", "meldung", "vhs-adorf"),
        ("Zwei", "meldung", None),
        ("Drei", "seite", "vhs-bestadt"),
        ("Zwei", "seite", "vhs-bestadt"),
    ]


def test_a_changed_value_is_one_row_in_the_diary(world: World) -> None:
    for night, free in zip(NIGHTS, (5, 5, 2), strict=False):
        world.night(
            night, {"vhs-adorf": [course(course_number="1", places_free=free, status="open")]}
        )
    world.load()
    assert world.rows(
        "SELECT changed_at::DATE, kind, field, old_value, new_value FROM mart.offer_changes "
        "ORDER BY ALL"
    ) == [
        (NIGHTS[0], "appeared", "lifecycle", None, "current"),
        (NIGHTS[2], "changed", "places_free", "5", "2"),
    ]
    assert world.rows(
        "SELECT valid_from_seq, valid_to_seq, places_free FROM core.offer_versions ORDER BY ALL"
    ) == [(1, 3, 5), (3, None, 2)]
    assert offers(world, "first_seen_at::DATE, last_seen_at::DATE, last_changed_at::DATE") == [
        (NIGHTS[0], NIGHTS[2], NIGHTS[2])
    ]


def lifecycles(world: World, nights: list[Any]) -> list[str]:
    states = []
    for night, given in zip(NIGHTS, nights, strict=False):
        world.night(night, given)
        world.load()
        states.append(world.rows("SELECT lifecycle FROM mart.offers")[0][0])
    return states


def test_vanished_after_one_complete_check_withdrawn_after_two_and_back(world: World) -> None:
    here, gone = {"vhs-adorf": [course(course_number="1")]}, {"vhs-adorf": []}
    assert lifecycles(world, [here, gone, gone, here]) == [
        "current",
        "vanished",
        "withdrawn",
        "current",
    ]
    kinds = world.rows("SELECT kind FROM mart.offer_changes ORDER BY changed_at")
    assert kinds == [("appeared",), ("vanished",), ("withdrawn",), ("returned",)]


@pytest.mark.parametrize(
    "outcome",
    [
        Outcome("failed", "http_5xx", "HTTP 500"),
        Outcome("partial", "count_mismatch"),
        Outcome("blocked", "blocked_robots"),
    ],
)
def test_a_visit_that_is_not_complete_ages_nothing(world: World, outcome: Outcome) -> None:
    here = {"vhs-adorf": [course(course_number="1", status="open")]}
    assert (
        lifecycles(world, [here, {"vhs-adorf": outcome}, {"vhs-adorf": outcome}]) == ["current"] * 3
    )
    assert world.rows("SELECT count(*) FROM mart.offer_changes") == [(1,)]


def test_an_offer_vanishes_only_when_all_sources_that_carried_it_miss_it(world: World) -> None:
    entry = course(course_number="1", registration_url=LINK, places_planned=8)
    page = course(
        course_number="1", detail_url=LINK, status="open", places_free=4, venue_place="Adorf"
    )
    both = {"vhs-adorf": [page], "uebersicht": [entry]}
    only_overview = {"vhs-adorf": [], "uebersicht": [entry]}
    assert lifecycles(world, [both, only_overview, only_overview]) == ["current"] * 3
    # The page that is gone says nothing about places any more, but its place is still known.
    assert offers(world, "status, places_free, venue_place") == [("unknown", None, "Adorf")]


def test_past_is_what_the_calendar_says(world: World) -> None:
    world.night(
        NIGHTS[0],
        {
            "vhs-adorf": [
                course(course_number="1", start_date=DAY - timedelta(days=1)),
                course(course_number="2", start_date=DAY - timedelta(days=1), end_date=DAY),
                course(course_number="3", start_date=DAY),
                course(course_number="4"),
                course(course_number="5", status="finished"),
            ]
        },
    )
    world.load()
    assert offers(world, "course_number, lifecycle") == [
        ("1", "past"),
        ("2", "current"),
        ("3", "current"),
        ("4", "current"),
        ("5", "past"),
    ]


def weekly(*days: date) -> tuple[Session, ...]:
    return tuple(Session(day=day) for day in days)


@pytest.mark.parametrize(
    ("fields", "last_day"),
    [
        # Four dates, one of them known: weekly from the first one, the fourth is 28 March.
        (
            {
                "start_date": date(2026, 3, 7),
                "session_count": 4,
                "sessions": weekly(date(2026, 3, 14)),
            },
            date(2026, 3, 28),
        ),
        ({"start_date": date(2026, 3, 7), "session_count": 4}, date(2026, 3, 28)),
        ({"session_count": 2, "sessions": weekly(date(2026, 3, 7))}, date(2026, 3, 14)),
        # A known session is never left out, however far it lies beyond the weeks.
        (
            {
                "start_date": date(2026, 3, 7),
                "session_count": 3,
                "sessions": weekly(date(2026, 3, 7), date(2026, 5, 9)),
            },
            date(2026, 5, 9),
        ),
        (
            {
                "start_date": date(2026, 3, 7),
                "session_count": 2,
                "sessions": weekly(date(2026, 3, 7), date(2026, 3, 8)),
            },
            date(2026, 3, 8),
        ),
        (
            {"start_date": date(2026, 3, 7), "sessions": weekly(date(2026, 3, 14))},
            date(2026, 3, 14),
        ),
        (
            {"start_date": date(2026, 3, 7), "end_date": date(2026, 3, 9), "session_count": 4},
            date(2026, 3, 9),
        ),
        ({"start_date": date(2026, 3, 7), "session_count": 1}, date(2026, 3, 7)),
        ({"start_date": date(2026, 3, 7)}, date(2026, 3, 7)),
    ],
)
def test_an_offer_is_over_after_its_last_day_and_not_before(
    world: World, fields: dict[str, Any], last_day: date
) -> None:
    world.night(NIGHTS[0], {"vhs-adorf": [course(course_number="1", **fields)]})
    seen = []
    for world.today in (last_day, last_day + timedelta(days=1)):
        world.load()
        seen += offers(world, "lifecycle")
        seen += world.rows(
            "SELECT past_offer_count FROM mart.council_coverage "
            "WHERE ags = '05111000' AND module = 'basis'"
        )
    assert seen == [("current",), (0,), ("past",), (1,)]


def test_a_misread_number_of_sessions_breaks_no_night(world: World) -> None:
    endless = course(start_date=DAY, session_count=2_000_000_000)
    world.night(NIGHTS[0], {"vhs-adorf": [endless]})
    world.load()
    assert offers(world, "lifecycle") == [("current",)]


def test_sessions_keep_their_local_times(world: World) -> None:
    sessions = (
        Session(day=date(2026, 3, 28), starts="10:00", ends="16:00"),  # type: ignore[arg-type]
        Session(day=date(2026, 3, 29), venue_place="Adorf"),
    )
    world.night(NIGHTS[0], {"vhs-adorf": [course(course_number="1", sessions=sessions)]})
    world.load()
    assert world.rows(
        "SELECT session_no, session_date::VARCHAR, starts_at::VARCHAR, ends_at::VARCHAR, "
        "venue_place FROM mart.offer_sessions ORDER BY session_no"
    ) == [
        (1, "2026-03-28", "2026-03-28 10:00:00", "2026-03-28 16:00:00", None),
        (2, "2026-03-29", None, None, "Adorf"),
    ]


PAGES = {
    "seite": "id: seite\nprovider: vhs-adorf\nkind: page\nstart_urls: [http://127.0.0.1:9005/]\n",
    "verzeichnis": (
        "id: verzeichnis\nprovider: verband\nkind: directory\n"
        "start_urls: [http://127.0.0.1:9006/]\n"
    ),
}


def test_an_announcement_is_current_until_a_complete_visit_does_not_find_it(tmp_path: Path) -> None:
    world = World(tmp_path, register_texts=PAGES)
    texts = [
        Announcement(url=f"http://127.0.0.1:9005/{title}", title=title) for title in ("Alt", "Neu")
    ]
    world.night(NIGHTS[0], {"seite": texts})
    world.night(NIGHTS[1], {"seite": Outcome("partial", "timeout", None, texts[1:])})
    world.load()
    current = "SELECT title FROM mart.announcements WHERE is_current ORDER BY title"
    assert world.rows(current) == [("Alt",), ("Neu",)]
    world.night(NIGHTS[2], {"seite": texts[1:]})
    world.load()
    assert world.rows(current) == [("Neu",)]
    assert world.rows("SELECT count(*) FROM mart.announcements") == [(2,)]


def test_texts_organisations_and_modules_reach_the_mart(tmp_path: Path) -> None:
    world = World(tmp_path, register_texts=PAGES)
    event = AnnouncedEvent(
        title="Vortrag",
        start_date=date(2024, 11, 8),
        starts=time(17),
        is_free=True,
        origin="8. November ab 17 Uhr",  # landings from before all words were kept have only these
    )
    announcement = Announcement(
        url="http://127.0.0.1:9005/",
        title="Neu",
        relevance="adjacent",
        events=(event,),
        origins={"title": "Neu", "relevance": "Integrationsrat"},
    )
    modules = (SeriesModule(module="basis", title="Basis", topics=("a", "b")),)
    series = Series(url="http://127.0.0.1:9009/reihe", title="Reihe", modules=modules)
    for night, names in ((NIGHTS[0], ("DOMiD", "ZfTI")), (NIGHTS[1], ("ZfTI",))):
        world.night(
            night,
            {
                "seite": [announcement],
                "uebersicht": [series],
                "verzeichnis": [Organisation(name=name, email="a@b.example") for name in names],
            },
        )
    world.load()
    assert world.rows(
        "SELECT title, provider_id, first_seen_at::DATE, last_seen_at::DATE FROM mart.announcements"
    ) == [("Neu", "vhs-adorf", NIGHTS[0], NIGHTS[1])]
    assert world.rows(
        "SELECT event_no, title, starts_at::VARCHAR, is_free FROM mart.announcement_events"
    ) == [(1, "Vortrag", "2024-11-08 17:00:00", True)]
    assert world.rows("SELECT name, email FROM mart.organisations") == [("ZfTI", "a@b.example")]
    assert world.rows("SELECT module, title, topics FROM mart.series_modules") == [
        ("basis", "Basis", ["a", "b"])
    ]
    told = world.rows(
        "SELECT subject_kind, part_no, field, value, original_text, fetched_at::DATE "
        "FROM mart.text_provenance"
    )
    assert told == [
        ("announcement", 0, "relevance", "adjacent", "Integrationsrat", NIGHTS[1]),
        ("announcement", 0, "title", "Neu", "Neu", NIGHTS[1]),
        ("event", 1, "is_free", "true", None, NIGHTS[1]),
        ("event", 1, "start_date", "2024-11-08", "8. November ab 17 Uhr", NIGHTS[1]),
        ("event", 1, "starts", "17:00:00", "8. November ab 17 Uhr", NIGHTS[1]),
        ("event", 1, "title", "Vortrag", None, NIGHTS[1]),
        ("organisation", 0, "email", "a@b.example", None, NIGHTS[1]),
        ("organisation", 0, "name", "ZfTI", None, NIGHTS[1]),
    ]


def test_what_left_the_register_leaves_the_mart_and_comes_back(world: World) -> None:
    world.night(NIGHTS[0], {"vhs-adorf": [course(course_number="1")]})
    world.load()
    off = "id: vhs-adorf\nprovider: vhs-adorf\nkind: catalogue\nactive: false\n"
    world.register_texts["adorf"] = off
    world.load()
    assert offers(world, "offer_id") == []
    assert world.rows("SELECT count(*) FROM core.entries") == [(1,)]
    world.register_texts["adorf"] = ""
    world.load()
    assert len(offers(world, "offer_id")) == 1


def test_a_register_that_knows_more_resolves_what_was_loaded_before(world: World) -> None:
    world.register_texts["providers"] = (
        "provider_id,name,kind,seat_ags,website,platform,evidence_level,source_url\n"
        "vhs-adorf,VHS Adorf,vhs,05111000,http://127.0.0.1:9001,,,\n"
        "vhs-celle,VHS Celle-Süd,vhs,05113000,,,,\n"
        "verband,Landesverband,association,,http://127.0.0.1:9009,,,\n"
    )
    world.register_texts["service_areas"] = (
        "provider_id,ags,reason,source_url\nvhs-celle,05113000,seat,\n"
    )
    world.night(NIGHTS[0], {"uebersicht": [course(registration_email="x@vhs-bestadt.de")]})
    world.load()
    assert offers(world, "provider_id") == [(None,)]
    world.register_texts.clear()
    world.load()
    assert offers(world, "provider_id") == [("vhs-bestadt",)]


# ---------------------------------------------------------------- refusals


def staging_contents(world: World) -> list[tuple[Any, ...]]:
    return world.rows("SELECT * FROM staging.crawls") + world.rows(
        "SELECT * FROM staging.sightings ORDER BY ALL"
    )


def reseal(folder: Path, **changed: Any) -> None:
    """Changes a manifest as another version would have written it."""
    path = folder / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **changed}))


def break_last_record(folder: Path) -> None:
    path = folder / "records.jsonl"
    path.write_bytes(path.read_bytes()[:-20])


def empty_title(folder: Path) -> None:
    path = folder / "records.jsonl"
    path.write_text(path.read_text().replace('"title":"Fortbildung"', '"title":null'))


def append_line(folder: Path) -> None:
    path = folder / "records.jsonl"
    path.write_text(path.read_text() + path.read_text())


def remove_reports(folder: Path) -> None:
    (folder / "reports.jsonl").unlink()


@pytest.mark.parametrize(
    ("damage", "expected"),
    [
        (break_last_record, r"records\.jsonl, line 1, field .*json"),
        (empty_title, r"records\.jsonl, line 1, field record\.course\.title: "),
        (append_line, r"records\.jsonl, line 2, field lines: the file has 2 lines"),
        (remove_reports, r"reports\.jsonl: cannot be read"),
        (
            lambda folder: reseal(folder, landing_format=99),
            r"manifest\.json, field landing_format: 99",
        ),
        (lambda folder: reseal(folder, crawl_id="x"), r"manifest\.json, field crawl_id: 'x'"),
        (lambda folder: reseal(folder, today="gestern"), r"manifest\.json, field today: "),
        (lambda folder: (folder / "manifest.json").write_text("{"), r"manifest\.json, field"),
    ],
)
def test_an_unreadable_landing_is_refused_and_changes_nothing(
    world: World, damage: Any, expected: str
) -> None:
    world.night(NIGHTS[0], {"vhs-adorf": [course(course_number="1")]})
    world.load()
    before = staging_contents(world)
    damage(world.night(NIGHTS[1], {"vhs-adorf": [course(course_number="2")]}))
    world.night(NIGHTS[2], {"vhs-adorf": [course(course_number="3")]})
    with pytest.raises(LandingError, match=expected):
        world.load()
    assert staging_contents(world) == before


def test_a_landing_without_manifest_does_not_count(world: World) -> None:
    folder = world.night(NIGHTS[0], {"vhs-adorf": [course(course_number="1")]})
    (folder / "manifest.json").unlink()
    assert list_landings(world.settings.landing_dir) == []


def test_a_night_before_the_last_one_is_refused(world: World) -> None:
    world.night(NIGHTS[1], {"vhs-adorf": []})
    world.load()
    before = staging_contents(world)
    world.night(NIGHTS[0], {"vhs-adorf": []})
    with pytest.raises(LoadError, match=r"started_at: .*already loaded.*rebuild"):
        world.load()
    assert staging_contents(world) == before


def test_another_landing_of_the_same_id_is_refused(world: World) -> None:
    folder = world.night(NIGHTS[0], {"vhs-adorf": []}, crawl_id="one")
    world.load()
    reseal(folder, finished_at="2026-03-09T05:00:00Z")
    with pytest.raises(LoadError, match="another landing with this id"):
        world.load()


def test_sample_and_real_data_never_share_a_warehouse(world: World) -> None:
    world.night(NIGHTS[0], {"vhs-adorf": []})
    world.load()
    world.night(NIGHTS[1], {"vhs-adorf": []}, is_sample=False)
    with pytest.raises(LoadError, match="is_sample"):
        world.load()


def test_sample_data_are_not_shown_with_a_register_of_the_real_world(world: World) -> None:
    world.night(NIGHTS[0], {"vhs-adorf": []})
    world.load()
    for name in ("providers", "uebersicht"):
        text = world.register_texts.get(name) or _original(name)
        world.register_texts[name] = text.replace("http://127.0.0.1", "https://vhs.example")
    with pytest.raises(MartError, match="ATLAS_DATA"):
        world.load()


def _original(name: str) -> str:
    from tests.pipeline import landing_builder

    return {
        "providers": landing_builder.PROVIDERS,
        "uebersicht": landing_builder.OVERVIEW,
    }[name]


def test_a_second_writer_is_told_to_wait(world: World, tmp_path: Path) -> None:
    import subprocess
    import sys

    path = world.settings.work_database
    open_work(path).close()
    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print('open', flush=True); "
            "sys.stdin.read()",
            str(path),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    try:
        assert holder.stdout is not None
        holder.stdout.readline()
        with pytest.raises(StoreError, match=rf"another night.*process {holder.pid}"):
            open_work(path)
    finally:
        holder.communicate()


def test_a_stage_that_fails_in_the_middle_leaves_nothing(world: World) -> None:
    good = world.night(NIGHTS[0], {"vhs-adorf": [course(course_number="1")]})
    landings = list_landings(world.settings.landing_dir)
    bad = world.night(NIGHTS[1], {"vhs-adorf": [course(course_number="2")]})
    landings = list_landings(world.settings.landing_dir)
    (bad / "records.jsonl").unlink()
    with duckdb.connect() as connection:
        with pytest.raises(LandingError):
            stage(connection, landings)
        tables = connection.execute("SELECT count(*) FROM duckdb_tables()").fetchone()
    assert tables == (0,)
    assert good.exists()
