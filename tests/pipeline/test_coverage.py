"""From nights to the state of each council: Adorf and Bestadt are readable, Celle-Süd is not."""

from __future__ import annotations

from datetime import date, timedelta
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

import pytest

from scrapers.records import Course
from tests.pipeline.landing_builder import DAY, OVERVIEW, Outcome, World, course

ADORF, BESTADT, CELLE = "05111000", "05112000", "05113000"
SOURCES = ("vhs-adorf", "vhs-bestadt", "uebersicht")
FUTURE = DAY + timedelta(days=30)


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def states(world: World, module: str = "basis") -> dict[str, str]:
    return dict(
        world.rows(f"SELECT ags, state FROM mart.council_coverage WHERE module = '{module}'")
    )


def complete(world: World, day: date = DAY, **records: list[Course]) -> None:
    """A night in which every source is complete; `records` by source, with _ for a hyphen."""
    given = {name.replace("_", "-"): courses for name, courses in records.items()}
    world.night(day, {source: given.get(source, []) for source in SOURCES})


def test_one_row_per_council_and_module_and_none_for_what_is_no_body(world: World) -> None:
    complete(world)
    world.load()
    assert world.rows("SELECT ags, module FROM mart.council_coverage ORDER BY ALL") == [
        (ags, module) for ags in (ADORF, BESTADT, CELLE) for module in ("aufbau", "basis", "other")
    ]


def test_all_complete_and_nothing_found(world: World) -> None:
    complete(world)
    world.load()
    assert states(world) == {ADORF: "none_found", BESTADT: "none_found", CELLE: "not_configured"}


def test_before_the_first_night_nothing_is_known(world: World) -> None:
    world.load()
    assert states(world) == {ADORF: "unknown", BESTADT: "unknown", CELLE: "not_configured"}


def test_an_offer_covers_the_councils_of_its_provider_only(world: World) -> None:
    complete(world, vhs_adorf=[course(course_number="1", module="aufbau")])
    world.load()
    assert states(world, "aufbau")[ADORF] == "offered"
    assert states(world, "basis")[ADORF] == "none_found"
    assert states(world, "aufbau")[BESTADT] == "none_found"


def test_an_offer_covers_the_municipality_in_which_it_is_held(world: World) -> None:
    complete(world, vhs_adorf=[course(course_number="1", venue_place="Celle-Süd")])
    world.load()
    assert states(world) == {ADORF: "offered", BESTADT: "none_found", CELLE: "offered"}
    assert world.rows("SELECT ags, reason, covers FROM mart.council_offers ORDER BY ags") == [
        (ADORF, "service_area", True),
        (CELLE, "venue", True),
    ]


@pytest.mark.parametrize("state", ["failed", "partial", "blocked"])
@pytest.mark.parametrize("broken", ["vhs-adorf", "uebersicht"])
def test_a_check_that_is_not_complete_is_never_none_found(
    world: World, state: str, broken: str
) -> None:
    outcome = Outcome(state, "http_5xx", "HTTP 503")  # type: ignore[arg-type]
    world.night(DAY, {source: outcome if source == broken else [] for source in SOURCES})
    world.load()
    assert states(world)[ADORF] == "unknown"
    assert (states(world)[BESTADT] == "unknown") == (broken == "uebersicht")
    ((reason, checked_at),) = world.rows(
        "SELECT reason, checked_at FROM mart.council_coverage "
        f"WHERE ags = '{ADORF}' AND module = 'basis'"
    )
    assert "HTTP 503" in reason
    assert checked_at is None


def test_a_complete_check_holds_for_three_days(world: World) -> None:
    complete(world, DAY - timedelta(days=3))
    world.load()
    assert states(world)[ADORF] == "none_found"
    world.today = DAY + timedelta(days=1)
    world.load()
    assert states(world)[ADORF] == "unknown"
    ((reason,),) = world.rows(
        f"SELECT reason FROM mart.council_coverage WHERE ags = '{ADORF}' AND module = 'basis'"
    )
    assert "07.03.2026" in reason


def test_without_an_overview_in_the_register_there_is_none_to_wait_for(tmp_path: Path) -> None:
    world = World(tmp_path, register_texts={"uebersicht": ""})
    world.night(DAY, {"vhs-adorf": []})
    world.load()
    assert states(world) == {ADORF: "none_found", BESTADT: "unknown", CELLE: "not_configured"}


def test_a_directory_assigns_nothing(tmp_path: Path) -> None:
    text = OVERVIEW.replace("overview", "directory").replace("verband", "vhs-celle")
    world = World(tmp_path, register_texts={"uebersicht": text})
    world.night(DAY, {"vhs-adorf": []})
    world.load()
    assert states(world)[CELLE] == "not_configured"


@pytest.mark.parametrize(
    ("offer", "state"),
    [
        (course(status="open"), "offered"),
        (course(status="full"), "offered"),
        (course(status="waitlist"), "offered"),
        (course(status="closed"), "offered"),
        (course(relevance="council"), "offered"),
        (course(relevance="adjacent"), "none_found"),
        (course(status="cancelled"), "none_found"),
        (course(status="finished"), "none_found"),
        (course(start_date=DAY - timedelta(days=1)), "none_found"),
        (course(start_date=DAY - timedelta(days=1), end_date=DAY), "offered"),
        (course(start_date=DAY), "offered"),
    ],
)
def test_which_offers_cover(world: World, offer: Course, state: str) -> None:
    complete(world, vhs_adorf=[offer])
    world.load()
    assert states(world)[ADORF] == state


def test_a_vanished_offer_still_covers_and_a_withdrawn_one_does_not(world: World) -> None:
    nights = [DAY - timedelta(days=back) for back in (2, 1, 0)]
    complete(world, nights[0], vhs_adorf=[course(course_number="1")])
    complete(world, nights[1])
    world.load()
    assert states(world)[ADORF] == "offered"
    complete(world, nights[2])
    world.load()
    assert states(world)[ADORF] == "none_found"


def test_numbers_and_words_about_places(world: World) -> None:
    complete(
        world,
        vhs_adorf=[
            course(course_number="1", status="full", start_date=FUTURE),
            course(course_number="2", status="open", start_date=FUTURE + timedelta(days=1)),
            course(course_number="3", status="open", places_free=0),
            course(course_number="4", status="unknown"),
            course(course_number="5", start_date=DAY - timedelta(days=9)),
        ],
        vhs_bestadt=[course(course_number="1", status="full")],
    )
    world.load()
    assert world.rows(
        "SELECT ags, offer_count, open_offer_count, next_start, past_offer_count, reason "
        "FROM mart.council_coverage WHERE module = 'basis' AND state = 'offered' ORDER BY ags"
    ) == [
        (ADORF, 4, 2, FUTURE, 1, "4 Angebote, davon 1 mit freien Plätzen"),
        (BESTADT, 1, 0, None, 0, "Das Angebot ist ausgebucht"),
    ]


def told(world: World) -> tuple[int, int, str]:
    ((offers, open_offers, reason),) = world.rows(
        "SELECT offer_count, open_offer_count, reason FROM mart.council_coverage "
        f"WHERE ags = '{ADORF}' AND module = 'basis' AND state = 'offered'"
    )
    return offers, open_offers, reason


def test_of_a_vanished_offer_no_places_are_promised(world: World) -> None:
    here = course(course_number="1", status="open", places_free=5)
    other = course(course_number="2", status="full")
    before = DAY - timedelta(days=1)
    complete(world, before, vhs_adorf=[here, other])
    world.load()
    assert told(world) == (2, 1, "2 Angebote, davon 1 mit freien Plätzen")
    complete(world, DAY, vhs_adorf=[other])
    world.load()
    assert told(world) == (
        2,
        0,
        "Das Angebot ist ausgebucht · 1 weiteres Angebot, zuletzt gesehen am 09.03.2026",
    )


def test_where_all_places_are_taken_none_is_free(world: World) -> None:
    taken = course(course_number="1", status="open", places_total=12, places_taken=12)
    complete(world, vhs_adorf=[taken])
    world.load()
    assert told(world) == (1, 0, "Das Angebot ist ausgebucht")


def test_where_not_all_places_are_taken_the_rest_is_free(world: World) -> None:
    left = course(course_number="1", status="open", places_total=12, places_taken=11)
    complete(world, vhs_adorf=[left])
    world.load()
    assert told(world) == (1, 1, "1 Angebot, Plätze frei")


def test_the_nearest_offer_lies_elsewhere_and_its_distance_is_a_great_circle(
    world: World,
) -> None:
    complete(
        world,
        vhs_adorf=[course(course_number="1", venue_place="Adorf")],
        vhs_bestadt=[course(course_number="9", venue_place="Bestadt", status="cancelled")],
    )
    world.load()
    rows = dict(
        world.rows("SELECT ags, nearest_km FROM mart.council_coverage WHERE module = 'basis'")
    )
    half = sin(radians(0.25)) ** 2 + cos(radians(51)) * cos(radians(51.5)) * sin(radians(0.25)) ** 2
    assert rows[ADORF] is None
    assert rows[BESTADT] == pytest.approx(2 * 6371.0088 * asin(sqrt(half)), abs=0.1)
    assert rows[CELLE] > rows[BESTADT]


def test_a_source_that_fails_two_days_running_is_an_issue_until_it_recovers(world: World) -> None:
    broken = Outcome("failed", "timeout")
    days = [DAY - timedelta(days=back) for back in (3, 2, 1)]
    world.night(days[0], {"vhs-adorf": broken})
    world.load()
    assert world.rows("SELECT * FROM mart.issues") == []
    world.night(days[1], {"vhs-adorf": broken})
    world.load()
    assert world.rows("SELECT kind, subject, opened_at::DATE FROM mart.issues") == [
        ("source_failing", "vhs-adorf", days[0])
    ]
    world.night(days[2], {"vhs-adorf": []})
    world.load()
    assert world.rows("SELECT * FROM mart.issues") == []


def test_the_health_of_a_source_is_its_last_visit(world: World) -> None:
    world.night(DAY - timedelta(days=1), {"vhs-adorf": [course()]})
    world.night(DAY, {"vhs-adorf": Outcome("failed", "dns", "no such host")})
    world.load()
    assert world.rows(
        "SELECT source_id, state, failure_class, last_crawl_at::DATE, last_complete_at::DATE "
        "FROM mart.source_health ORDER BY source_id"
    ) == [
        ("uebersicht", None, None, None, None),
        ("vhs-adorf", "failed", "dns", DAY, DAY - timedelta(days=1)),
        ("vhs-bestadt", None, None, None, None),
    ]


def test_an_offer_of_the_series_without_module_is_told_beside_the_others(world: World) -> None:
    complete(world, vhs_adorf=[course(course_number="1", module="other")])
    world.load()
    reasons = dict(
        world.rows(f"SELECT module, reason FROM mart.council_coverage WHERE ags = '{ADORF}'")
    )
    assert "1 Angebot der Qualifizierungsreihe ohne Angabe des Moduls" in reasons["basis"]
    assert "ohne Angabe des Moduls" not in reasons["other"]
