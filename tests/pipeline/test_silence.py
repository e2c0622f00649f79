"""Silence keeps a value, an explicit "none" clears it, and nothing kept contradicts new words."""

from __future__ import annotations

from datetime import date, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pipeline.landing_reader import list_landings
from scrapers.records import Session
from tests.pipeline.landing_builder import DAY, Outcome, World, course

LATER = DAY + timedelta(days=20)
NIGHTS = [DAY - timedelta(days=back) for back in (3, 2, 1, 0)]


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def after(world: World, *nights: dict[str, Any] | Outcome) -> None:
    """One course through the next nights: its fields of each night, or another outcome."""
    landed = len(list_landings(world.settings.landing_dir))
    for day, given in zip(NIGHTS[landed:], nights, strict=False):
        if not isinstance(given, Outcome):
            given = Outcome("complete", records=[course(course_number="1", **given)])
        world.night(day, {"vhs-adorf": given})
    world.load()


def offer(world: World, columns: str) -> tuple[Any, ...]:
    ((*values,),) = world.rows(f"SELECT {columns} FROM mart.offers")
    return tuple(values)


KEPT: list[tuple[dict[str, Any], str]] = [
    ({"price_eur": Decimal("45.00")}, "price_eur"),
    ({"venue_place": "Adorf", "venue_name": "Rathaus"}, "venue_place, venue_name, venue_ags"),
    ({"start_date": LATER, "end_date": LATER}, "start_date, end_date"),
    ({"places_total": 12}, "places_total"),
    ({"registration_email": "kurse@vhs-adorf.de"}, "registration_email"),
    ({"places_planned": 8}, "places_planned"),
    ({"delivery_mode": "online"}, "delivery_mode"),
    ({"description": "Worum es geht."}, "description"),
]


@pytest.mark.parametrize(("said", "columns"), KEPT, ids=[columns for _, columns in KEPT])
def test_silence_keeps_a_value(world: World, said: dict[str, Any], columns: str) -> None:
    after(world, said)
    before = offer(world, columns)
    assert None not in before
    after(world, {}, {"target_group": "Mitglieder"})
    assert offer(world, columns) == before
    assert world.rows("SELECT DISTINCT field FROM mart.offer_changes WHERE kind = 'changed'") in (
        [],
        [("target_group",)],
    )


@pytest.mark.parametrize(("said", "columns"), KEPT, ids=[columns for _, columns in KEPT])
def test_an_explicit_none_clears_it(world: World, said: dict[str, Any], columns: str) -> None:
    none = tuple(field for field in columns.split(", ") if field != "venue_ags")
    after(world, said, {}, {"stated_none": none})
    cleared = offer(world, columns)
    assert set(cleared) <= {None, "unknown"}
    assert world.rows("SELECT * FROM core.kept") == []


def test_a_kept_value_says_where_and_when_it_was_last_said(world: World) -> None:
    said = {"price_eur": Decimal("45.00"), "origins": {"price_eur": "Gebühr 45,00 €"}}
    after(world, said, {}, {"subtitle": "Neu"})
    assert world.rows(
        "SELECT value, is_used, original_text, fetched_at::DATE FROM mart.provenance "
        "WHERE field = 'price_eur'"
    ) == [("45.00", True, "Gebühr 45,00 €", NIGHTS[0])]
    hashes = world.rows("SELECT DISTINCT content_sha256 FROM mart.provenance")
    assert len(hashes) == 2


def test_what_is_said_anew_replaces_what_was_kept(world: World) -> None:
    after(world, {"price_eur": Decimal(45)}, {}, {"price_eur": Decimal(60)}, {"is_free": True})
    assert offer(world, "price_eur, is_free") == (None, True)
    assert world.rows("SELECT value FROM mart.provenance WHERE field = 'price_eur'") == []


SITUATIONS: dict[str, tuple[dict[str, Any], dict[str, Any], str, tuple[Any, ...]]] = {
    "registration is a thing of the moment": (
        {"status": "open", "places_free": 3, "places_taken": 9, "places_total": 12},
        {},
        "status, places_free, places_taken, places_total",
        ("unknown", None, None, 12),
    ),
    "full leaves no place free": (
        {"status": "open", "places_free": 3},
        {"status": "full"},
        "status, places_free",
        ("full", None),
    ),
    "a total that the places do not fit": (
        {"places_total": 12},
        {"places_taken": 14},
        "places_total, places_taken",
        (None, 14),
    ),
    "another day is another run": (
        {"start_date": LATER, "price_eur": Decimal(45), "venue_place": "Adorf"},
        {"start_date": LATER + timedelta(days=7)},
        "start_date, price_eur, venue_place",
        (LATER + timedelta(days=7), None, None),
    ),
    "another end leaves no old dates": (
        {"start_date": LATER, "end_date": LATER + timedelta(days=7), "session_count": 2},
        {"start_date": LATER, "end_date": LATER},
        "session_count",
        (None,),
    ),
    "the same day keeps its dates": (
        {"start_date": LATER, "end_date": LATER + timedelta(days=7)},
        {"start_date": LATER},
        "end_date",
        (LATER + timedelta(days=7),),
    ),
    "online has no meeting place": (
        {"venue_place": "Adorf"},
        {"delivery_mode": "online"},
        "venue_place, venue_ags",
        (None, None),
    ),
    "a meeting place is not online": (
        {"delivery_mode": "online"},
        {"venue_place": "Adorf"},
        "delivery_mode, venue_place",
        ("unknown", "Adorf"),
    ),
    "another town leaves no street": (
        {"venue_place": "Adorf", "venue_street": "Markt 1", "venue_name": "Rathaus"},
        {"venue_place": "Bestadt"},
        "venue_street, venue_name, venue_place",
        (None, None, "Bestadt"),
    ),
    "free of charge has no price": (
        {"price_eur": Decimal(45), "price_note": "ermäßigt 30"},
        {"is_free": True},
        "price_eur, price_note, is_free",
        (None, None, True),
    ),
    "another title is another module": (
        {"title": "Grundlagen", "module": "basis", "start_date": LATER},
        {"title": "Vertiefung", "module": "other", "start_date": LATER},
        "module",
        ("other",),
    ),
}


@pytest.mark.parametrize("name", SITUATIONS)
def test_nothing_kept_contradicts_the_new_words(world: World, name: str) -> None:
    before, now, columns, expected = SITUATIONS[name]
    after(world, before, now)
    assert offer(world, columns) == expected


def test_a_day_taken_away_does_not_make_a_listed_offer_past(world: World) -> None:
    """The page took its date away and still lists the course: it cannot be over."""
    after(world, {"start_date": NIGHTS[1], "sessions": (Session(day=NIGHTS[1]),)}, {}, {})
    assert offer(world, "start_date, lifecycle") == (None, "current")
    assert world.rows("SELECT * FROM mart.offer_sessions") == []


def test_a_visit_that_is_not_complete_keeps_even_the_moment(world: World) -> None:
    here = {"status": "full", "places_free": 0}
    silent = Outcome("partial", "markup_changed", None, [course(course_number="1")])
    after(world, here, silent)
    assert offer(world, "status, places_free") == ("full", 0)
    after(world, {})
    assert offer(world, "status, places_free") == ("unknown", None)


def test_another_course_on_the_same_page_inherits_nothing(world: World) -> None:
    link = "http://127.0.0.1:9001/kurs/aktuell"
    first = course(title="Streitkultur im Rat", detail_url=link, price_eur=Decimal(45))
    second = course(title="Haushalt lesen", detail_url=link)
    for day, record in zip(NIGHTS, (first, second), strict=False):
        world.night(day, {"vhs-adorf": [record]})
    world.load()
    assert offer(world, "title, price_eur") == ("Haushalt lesen", None)


def test_a_fresh_word_of_another_source_stands_before_a_kept_one(world: World) -> None:
    link = "http://127.0.0.1:9001/kurs/1"
    entry = course(course_number="1", registration_url=link, price_eur=Decimal(20))
    page = {"detail_url": link, "course_number": "1"}
    for day, fields in zip(NIGHTS, ({"price_eur": Decimal(45)}, {}), strict=False):
        world.night(day, {"vhs-adorf": [course(**page, **fields)], "uebersicht": [entry]})
    world.load()
    assert offer(world, "price_eur") == (Decimal(20),)
    assert world.rows(
        "SELECT value, is_used, source_id FROM mart.provenance WHERE field = 'price_eur' "
        "ORDER BY value"
    ) == [("20.00", True, "uebersicht"), ("45.00", False, "vhs-adorf")]


def test_sessions_of_the_kept_day_come_back_with_their_times(world: World) -> None:
    sessions = (Session(day=LATER, starts=time(10), ends=time(16)),)
    after(world, {"start_date": LATER, "sessions": sessions}, {"start_date": LATER})
    assert world.rows("SELECT starts_at::VARCHAR FROM mart.offer_sessions") == [
        (f"{date.isoformat(LATER)} 10:00:00",)
    ]
