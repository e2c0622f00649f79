"""Overview, course page, city page, export and calendar of one training become one offer."""

from __future__ import annotations

from datetime import date, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from scrapers.records import Course, Session
from tests.pipeline.landing_builder import DAY, World, course

LINK = "http://127.0.0.1:9001/kurs/1-2"
LATER = DAY + timedelta(days=20)
SOURCES = {
    "katalog": (
        "id: vhs-adorf\nprovider: vhs-adorf\nkind: catalogue\n"
        "start_urls: [http://127.0.0.1:9001/]\n"
    ),
    "stadt": "id: stadt\nprovider: vhs-adorf\nkind: page\nstart_urls: [http://127.0.0.1:9005/]\n",
    "export": (
        "id: export\nprovider: vhs-adorf\nkind: catalogue\n"
        "start_urls: [http://127.0.0.1:9001/export.xml]\n"
    ),
    "kalender": (
        "id: kalender\nprovider: vhs-adorf\nkind: page\n"
        "start_urls: [http://127.0.0.1:9001/kurse.ics]\n"
    ),
}
PAGE: dict[str, Any] = {
    "title": "Basismodul: Kommunalpolitik verstehen",
    "course_number": "1-2",
    "detail_url": LINK,
    "start_date": LATER,
    "venue_name": "Rathaus",
    "venue_place": "Adorf",
    "sessions": (Session(day=LATER, starts=time(10)),),
}
TOLD: dict[str, Any] = {
    "title": "Basismodul",
    "registration_email": "kurse@vhs-adorf.de",
    "announced_by": "VHS Adorf",
    "start_date": LATER,
}


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path, register_texts=dict(SOURCES))


def load(world: World, day: date = DAY, **sources: list[Course]) -> None:
    named = {"vhs-adorf" if name == "katalog" else name: r for name, r in sources.items()}
    world.night(day, named)
    world.load()


def decisions(world: World) -> list[tuple[Any, ...]]:
    return world.rows(
        "SELECT source_id, rule, is_merged FROM mart.merge_decisions ORDER BY source_id, rule"
    )


def count(world: World) -> int:
    return int(world.rows("SELECT count(*) FROM mart.offers")[0][0])


def test_five_sources_of_one_training_are_one_offer(world: World) -> None:
    load(
        world,
        katalog=[course(**PAGE)],
        export=[course(title="Basismodul Kommunalpolitik verstehen", start_date=LATER)],
        stadt=[course(title="Basismodul der VHS", start_date=LATER, venue_place="Adorf")],
        kalender=[course(title="Basismodul: Kommunalpolitik verstehen", detail_url=LINK)],
        uebersicht=[course(**TOLD)],
    )
    assert count(world) == 1
    assert decisions(world) == [
        ("export", "similarity", True),
        ("kalender", "link", True),
        ("stadt", "similarity", True),
        ("uebersicht", "similarity", True),
    ]
    ((reason, score),) = world.rows(
        "SELECT reason, score FROM mart.merge_decisions WHERE source_id = 'uebersicht'"
    )
    assert reason == (
        f"Gleicher Anbieter und gleiches Modul, gleicher Beginn am {LATER:%d.%m.%Y}, "
        "Titel zu 100 % gleich."
    )
    assert score == 1.0
    assert world.rows("SELECT * FROM mart.issues") == []


@pytest.mark.parametrize(
    "other",
    [
        {"start_date": LATER + timedelta(days=1)},
        {"module": "aufbau"},
        {"venue_place": "Bestadt"},
        {"venue_postcode": "50126", "venue_place": None},
        {"delivery_mode": "online"},
        {"sessions": (Session(day=LATER, starts=time(18)),)},
        {"announced_by": "VHS Bestadt", "registration_email": "x@vhs-bestadt.de"},
        {"course_number": "9-9"},
        {"title": "Haushaltsrecht für Einsteiger"},
    ],
    ids=str,
)
def test_a_fact_that_differs_makes_two_offers(world: World, other: dict[str, Any]) -> None:
    page = {**PAGE, "delivery_mode": "in_person", "venue_postcode": "50001"}
    load(world, katalog=[course(**page)], uebersicht=[course(**{**TOLD, **other})])
    assert count(world) == 2
    assert not any(is_merged for *_, is_merged in decisions(world))


def test_common_days_are_enough_where_all_else_agrees(world: World) -> None:
    entry = {**TOLD, "start_date": LATER - timedelta(days=1), "end_date": LATER}
    load(world, katalog=[course(**PAGE)], uebersicht=[course(**entry)])
    assert count(world) == 1


def test_a_pair_without_a_date_is_a_candidate_for_people(world: World) -> None:
    load(world, katalog=[course(**PAGE)], uebersicht=[course(**{**TOLD, "start_date": None})])
    assert count(world) == 2
    assert decisions(world) == [("uebersicht", "candidate", False)]
    ((kind, message),) = world.rows("SELECT kind, message FROM mart.issues")
    assert kind == "duplicate_candidate"
    assert "ein Datum fehlt" in message


def test_a_pair_of_which_one_says_no_module_is_a_candidate_for_people(world: World) -> None:
    told = {**TOLD, "title": "Kommunalpolitik verstehen", "module": "other"}
    load(world, katalog=[course(**PAGE)], stadt=[course(**told)])
    assert count(world) == 2
    ((message,),) = world.rows("SELECT message FROM mart.issues")
    assert "nur bei einem ist das Modul bekannt" in message


def test_who_says_no_module_takes_no_partner_from_who_says_it(world: World) -> None:
    other = {**PAGE, "title": "Kommunalpolitik", "module": "other", "course_number": "1-3"}
    load(world, katalog=[course(**PAGE), course(**other)], stadt=[course(**TOLD)])
    joined = world.rows(
        "SELECT o.course_number, m.rule FROM mart.merge_decisions m "
        "JOIN mart.offers o USING (offer_id) WHERE m.is_merged"
    )
    assert joined == [("1-2", "similarity")]


def test_two_runs_on_one_day_leave_open_which_one_is_meant(world: World) -> None:
    runs = [course(**{**PAGE, "course_number": n, "detail_url": f"{LINK}-{n}"}) for n in "12"]
    load(world, katalog=runs, uebersicht=[course(**TOLD)])
    assert count(world) == 3
    assert {rule for _, rule, _ in decisions(world)} == {"candidate"}
    ((message,),) = world.rows("SELECT message FROM mart.issues")
    assert "mehrere Angebote kommen in Frage" in message
    assert "Kandidaten: 2" in message


def test_two_entries_of_one_page_are_never_one_offer(world: World) -> None:
    twins = [course(**TOLD, position=n) for n in (0, 1)]
    load(world, katalog=[course(**PAGE)], uebersicht=twins)
    assert count(world) == 3
    linked = [
        course(registration_url=LINK, title=title, start_date=LATER + timedelta(days=days))
        for title, days in (("Erster", 0), ("Zweiter", 7))
    ]
    load(world, DAY + timedelta(days=1), katalog=[course(**PAGE)], uebersicht=linked)
    rows = world.rows("SELECT start_date FROM mart.offers WHERE lifecycle = 'current' ORDER BY 1")
    assert rows == [(LATER,), (LATER + timedelta(days=7),)]


def test_a_pair_stays_together_until_a_fact_parts_it(world: World) -> None:
    load(world, katalog=[course(**PAGE)], uebersicht=[course(**TOLD)])
    (before,) = world.rows("SELECT offer_id, first_seen_at FROM mart.offers")
    renamed = {**PAGE, "title": "Was ein Rat entscheidet"}
    load(world, DAY + timedelta(days=1), katalog=[course(**renamed)], uebersicht=[course(**TOLD)])
    assert world.rows("SELECT offer_id, first_seen_at FROM mart.offers") == [before]
    moved = {**renamed, "start_date": LATER + timedelta(days=7), "sessions": ()}
    load(world, DAY + timedelta(days=2), katalog=[course(**moved)], uebersicht=[course(**TOLD)])
    assert count(world) == 2


def test_a_pair_stays_together_when_one_of_its_pages_is_taken_away(world: World) -> None:
    told, page = [course(**TOLD)], [course(**PAGE)]
    load(world, katalog=page, uebersicht=told)
    (before,) = world.rows("SELECT offer_id, first_seen_at FROM mart.offers")
    for night in (1, 2):
        load(world, DAY + timedelta(days=night), katalog=[], uebersicht=told)
    offers = world.rows("SELECT offer_id, first_seen_at, lifecycle FROM mart.offers")
    assert offers == [(*before, "current")]
    for night in (3, 4):
        load(world, DAY + timedelta(days=night), katalog=[], uebersicht=[])
    assert world.rows("SELECT offer_id, lifecycle FROM mart.offers") == [(before[0], "withdrawn")]
    load(world, DAY + timedelta(days=5), katalog=page, uebersicht=[])
    assert world.rows("SELECT offer_id, lifecycle FROM mart.offers") == [(before[0], "current")]
    kinds = world.rows("SELECT kind FROM mart.offer_changes WHERE field = 'lifecycle' ORDER BY ALL")
    assert kinds == [("appeared",), ("returned",), ("vanished",), ("withdrawn",)]


def test_a_number_that_is_known_later_outranks_likeness(world: World) -> None:
    load(world, stadt=[course(**{**TOLD, "title": "Basismodul"})], uebersicht=[course(**TOLD)])
    assert count(world) == 1
    numbered = {**TOLD, "course_number": "1-2"}
    load(
        world,
        DAY + timedelta(days=1),
        katalog=[course(**PAGE)],
        stadt=[course(**TOLD)],
        uebersicht=[course(**numbered)],
    )
    assert world.rows("SELECT count(*) FROM mart.offers WHERE lifecycle = 'current'") == [(1,)]
    assert ("uebersicht", "number", True) in decisions(world)


def test_a_decision_that_still_holds_keeps_its_night(world: World) -> None:
    load(world, katalog=[course(**PAGE)], uebersicht=[course(**TOLD)])
    before = world.rows("SELECT * FROM mart.merge_decisions")
    full = {**PAGE, "status": "full"}
    load(world, DAY + timedelta(days=1), katalog=[course(**full)], uebersicht=[course(**TOLD)])
    assert world.rows("SELECT * FROM mart.merge_decisions") == before


BETTER: list[tuple[dict[str, Any], dict[str, Any], str, Any]] = [
    (
        {"price_eur": Decimal(45), "evidence": {"price_eur": "prose"}},
        {"price_eur": Decimal(60), "evidence": {"price_eur": "label"}},
        "price_eur",
        Decimal(60),
    ),
    (
        {"places_total": 12, "evidence": {"places_total": "structured_data"}},
        {"places_total": 15, "evidence": {"places_total": "label"}},
        "places_total",
        15,
    ),
    (
        {"status": "open", "evidence": {"status": "label"}},
        {"status": "full", "evidence": {"status": "label"}},
        "status",
        "open",
    ),
    (
        {"places_planned": 10, "evidence": {"places_planned": "label"}},
        {"places_planned": 8},
        "places_planned",
        8,
    ),
]


@pytest.mark.parametrize(("page", "entry", "field", "value"), BETTER)
def test_the_better_source_wins_field_by_field(
    world: World, page: dict[str, Any], entry: dict[str, Any], field: str, value: Any
) -> None:
    load(
        world,
        katalog=[course(**{**PAGE, **page})],
        uebersicht=[course(course_number="1-2", registration_url=LINK, **entry)],
    )
    assert world.rows(f"SELECT {field} FROM mart.offers") == [(value,)]
    used = world.rows(
        f"SELECT is_used, count(*) FROM mart.provenance WHERE field = '{field}' GROUP BY 1 "
        "ORDER BY 1"
    )
    assert used == [(False, 1), (True, 1)]


def test_dates_come_from_the_table_of_sessions(world: World) -> None:
    sessions = (Session(day=LATER, starts=time(9)), Session(day=LATER + timedelta(days=1)))
    table = {"start_date": "table", "sessions": "table"}
    load(
        world,
        katalog=[course(**{**PAGE, "sessions": (), "evidence": {"start_date": "prose"}})],
        stadt=[course(course_number="1-2", start_date=LATER, sessions=sessions, evidence=table)],
    )
    assert world.rows("SELECT count(*) FROM mart.offer_sessions") == [(2,)]
