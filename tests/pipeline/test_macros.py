"""The macros of a published file, as an analyst uses them."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from pipeline.publish import publish
from scrapers.records import Course
from tests.conftest import SampleNight
from tests.pipeline.landing_builder import DAY, Outcome, World, course
from tests.pipeline.test_coverage import ADORF, BESTADT, CELLE
from warehouse.macros import MACROS
from warehouse.store import open_published

FUTURE = DAY + timedelta(days=30)


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def ask(world: World, sql: str) -> list[tuple[Any, ...]]:
    """The answer of a published file, opened as readers do."""
    with open_published(world.settings.published_dir) as reader:
        return reader.execute(sql).fetchall()


def publish_nights(world: World, *nights: tuple[date, dict[str, list[Course] | Outcome]]) -> None:
    for day, sources in nights:
        world.night(day, sources)
    world.load()
    publish(world.settings)


def days_ago(days: int) -> date:
    return DAY - timedelta(days=days)


def states_on(world: World, day: date) -> dict[str, str]:
    return dict(ask(world, f"SELECT ags, state FROM coverage_on('{day}') WHERE module = 'basis'"))


def test_the_day_of_the_data_is_as_the_tables_have_it(sample_night: SampleNight) -> None:
    with open_published(sample_night.atlas.data_dir / "published") as reader:
        ((day,),) = reader.execute("SELECT data_day FROM mart.publication").fetchall()
        coverage = reader.execute(
            "SELECT ags, module, state, offer_count, open_offer_count, next_start, "
            "past_offer_count FROM mart.council_coverage ORDER BY ALL"
        ).fetchall()
        asked = reader.execute(
            f"SELECT * EXCLUDE (municipality) FROM coverage_on('{day}') ORDER BY ALL"
        ).fetchall()
        lifecycles = reader.execute(
            "SELECT offer_id, lifecycle FROM mart.offers ORDER BY ALL"
        ).fetchall()
        on_the_day = reader.execute(
            f"SELECT offer_id, lifecycle FROM offers_on('{day}') ORDER BY ALL"
        ).fetchall()
    assert {state for _, _, state, *_ in asked} == {
        "offered", "none_found", "unknown", "not_configured"
    }  # fmt: skip
    assert asked == coverage
    assert on_the_day == lifecycles


def test_each_macro_is_there_and_says_what_it_is_for(world: World) -> None:
    publish_nights(world)
    told = dict(
        ask(world, "SELECT function_name, comment FROM duckdb_functions() WHERE NOT internal")
    )
    assert told == {macro.name: macro.description for macro in MACROS}


def test_a_file_can_be_asked_by_date_text_and_name(world: World) -> None:
    publish_nights(world, (DAY, {"vhs-adorf": [course(course_number="1")]}))
    asked = [f"'{DAY}'", f"DATE '{DAY}'", f"day := '{DAY}'", f"TIMESTAMP '{DAY} 23:00'"]
    answers = [ask(world, f"SELECT offer_id FROM offers_on({day})") for day in asked]
    assert len(answers[0]) == 1
    assert answers == answers[:1] * 4


def test_before_the_first_visit_nothing_is_known(world: World) -> None:
    publish_nights(world, (days_ago(1), {"vhs-adorf": [course(course_number="1")]}))
    assert states_on(world, days_ago(2)) == {
        ADORF: "unknown", BESTADT: "unknown", CELLE: "not_configured"
    }  # fmt: skip
    assert ask(world, f"FROM offers_on('{days_ago(2)}')") == []
    assert states_on(world, days_ago(1))[ADORF] == "offered"


def test_a_past_day_shows_the_offer_as_it_was_then(world: World) -> None:
    def night(day: int, **fields: Any) -> tuple[date, dict[str, Any]]:
        return days_ago(day), {"vhs-adorf": [course(course_number="1", **fields)]}

    publish_nights(
        world,
        night(5, start_date=days_ago(3), status="open", places_free=4),
        night(4, start_date=days_ago(3), status="full", places_free=0),
        (days_ago(1), {"vhs-adorf": []}),
    )
    seen = [
        ask(world, f"SELECT status, places_free, lifecycle FROM offers_on('{days_ago(day)}')")
        for day in (6, 5, 4, 3, 2, 1)
    ]
    assert seen == [
        [],
        [("open", 4, "current")],
        [("full", 0, "current")],
        [("full", 0, "current")],
        [("full", 0, "past")],
        [("full", 0, "past")],
    ]
    numbers = [
        ask(
            world,
            "SELECT offer_count, open_offer_count, next_start, past_offer_count "
            f"FROM coverage_on('{days_ago(day)}') WHERE ags = '{ADORF}' AND module = 'basis'",
        )[0]
        for day in (5, 4, 2)
    ]
    assert numbers == [(1, 1, days_ago(3), 0), (1, 0, days_ago(3), 0), (0, 0, None, 1)]


def test_an_offer_that_became_part_of_another_still_stood_alone_then(world: World) -> None:
    link = "http://127.0.0.1:9001/kurs/1"
    entry = course(registration_url=link, title="Seminar")
    page = course(course_number="1", detail_url=link, title="Basismodul")
    publish_nights(
        world,
        (days_ago(1), {"uebersicht": [entry]}),
        (DAY, {"uebersicht": [entry], "vhs-adorf": [page]}),
    )
    ((old_id,),) = ask(world, f"SELECT offer_id FROM offers_on('{days_ago(1)}')")
    ((new_id,),) = ask(world, f"SELECT offer_id FROM offers_on('{DAY}')")
    assert old_id != new_id
    assert ask(world, "SELECT offer_id FROM mart.offers") == [(new_id,)]


def test_a_failed_night_between_leaves_the_days_as_they_were(world: World) -> None:
    complete: dict[str, Any] = {"vhs-adorf": [], "uebersicht": []}
    broken: dict[str, Any] = {"vhs-adorf": Outcome("failed", "timeout"), "uebersicht": []}
    publish_nights(
        world, (days_ago(5), complete), *((days_ago(day), broken) for day in (4, 3, 2, 1))
    )
    states = [states_on(world, days_ago(day))[ADORF] for day in (5, 4, 3, 2, 1)]
    assert states == ["none_found"] * 4 + ["unknown"]


def test_offers_near_are_the_current_ones_within_the_distance(world: World) -> None:
    publish_nights(
        world,
        (days_ago(1), {"vhs-adorf": [course(course_number="8", venue_place="Adorf")]}),
        (
            DAY,
            {
                "vhs-adorf": [
                    course(course_number="1", venue_place="Adorf", start_date=FUTURE),
                    course(course_number="2", venue_place="Adorf", status="cancelled"),
                    course(course_number="3", venue_place="Adorf", relevance="adjacent"),
                    course(course_number="4", venue_place="Adorf", start_date=days_ago(3)),
                    course(course_number="5", venue_place="Bestadt", status="full"),
                    course(course_number="6", venue_place="Celle-Süd"),
                    course(course_number="7", venue_place="Nirgendwo"),
                ]
            },
        ),
    )
    near = "SELECT course_number, venue_municipality, km FROM offers_near('{}', {})"
    assert ask(world, near.format(ADORF, 0)) == [("1", "Adorf", 0.0)]
    assert [row[:2] for row in ask(world, near.format(ADORF, 70))] == [
        ("1", "Adorf"),
        ("5", "Bestadt"),
    ]
    nearest = ask(world, near.format(CELLE, 1000))
    assert [row[0] for row in nearest] == ["6", "5", "1"]
    ((stated,),) = ask(
        world,
        f"SELECT nearest_km FROM mart.council_coverage WHERE ags = '{BESTADT}' "
        "AND module = 'basis'",
    )
    assert stated in [row[2] for row in ask(world, near.format(BESTADT, 1000))]
    assert ask(world, near.format("99999999", 1000)) == []
