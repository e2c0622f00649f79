"""What is missing in offers, who is asked to add it, and what the row counts and checks say."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipeline.freshness import stale_sources, stale_text
from pipeline.guards import GuardFinding, check_before_publication
from pipeline.publish import publish
from pipeline.resolve.completeness import CRITERIA
from scrapers.records import Course, Session
from tests.pipeline.landing_builder import DAY, Outcome, World, course
from warehouse.dictionary import load_dictionary
from warehouse.store import open_work

FUTURE = DAY + timedelta(days=30)
SOURCES = ("vhs-adorf", "vhs-bestadt", "uebersicht")


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def whole_course(**fields: Any) -> Course:
    """A course with every detail that the score looks at."""
    return course(
        **{
            "title": "Basismodul",
            "course_number": "1",
            "description": "Rechte und Aufgaben der Ausschüsse nach der Gemeindeordnung",
            "topics": ["Gemeindeordnung"],
            "start_date": FUTURE,
            "end_date": FUTURE,
            "session_count": 1,
            "sessions": [Session(day=FUTURE, starts="18:00")],
            "venue_place": "Adorf",
            "venue_street": "Am Markt 1",
            "places_total": 12,
            "price_eur": "15.00",
            **fields,
        }
    )


def gaps(world: World) -> list[tuple[Any, ...]]:
    return world.rows("SELECT field, points, sentence FROM mart.offer_gaps ORDER BY field")


# ---------------------------------------------------------------- gaps and texts to providers


def test_the_criteria_make_100_points() -> None:
    assert sum(criterion.points for criterion in CRITERIA) == 100
    assert len({criterion.field for criterion in CRITERIA}) == len(CRITERIA)


def test_a_whole_offer_has_no_gap_and_its_provider_is_thanked(world: World) -> None:
    world.night(DAY, {"vhs-adorf": [whole_course()]})
    world.load()
    assert gaps(world) == []
    ((count, score, gap_count, message),) = world.rows(
        "SELECT offer_count, completeness_score, gap_count, message FROM mart.provider_quality"
    )
    assert (count, score, gap_count) == (1, 100, 0)
    assert "VHS Adorf" in message
    assert "Vielen Dank" in message
    assert "ergänzen" not in message


@pytest.mark.parametrize(
    ("missing", "field"),
    [
        ({"start_date": None, "sessions": [Session(day=FUTURE, starts="18:00")]}, "start_date"),
        ({"venue_place": None}, "venue_place"),
        ({"price_eur": None}, "price_eur"),
        ({"description": "Basismodul"}, "description"),
        ({"description": None}, "description"),
        ({"end_date": None}, "end_date"),
        ({"session_count": None}, "session_count"),
        ({"places_total": None}, "places_total"),
        ({"sessions": [Session(day=FUTURE)]}, "sessions"),
        ({"venue_street": None}, "venue_street"),
        ({"course_number": None}, "course_number"),
        ({"topics": []}, "topics"),
    ],
)
def test_each_missing_detail_is_one_gap_with_its_sentence(
    world: World, missing: dict[str, Any], field: str
) -> None:
    world.night(DAY, {"vhs-adorf": [whole_course(**missing)]})
    world.load()
    ((found, points, sentence),) = gaps(world)
    assert found == field
    ((score, message),) = world.rows(
        "SELECT o.completeness_score, q.message FROM mart.offers o "
        "JOIN mart.provider_quality q USING (provider_id)"
    )
    assert score == 100 - points
    assert f"- {sentence}" in message
    assert "„Basismodul“" in message


@pytest.mark.parametrize(
    "fields",
    [
        {"delivery_mode": "online", "venue_place": None, "venue_street": None},
        {"price_eur": None, "is_free": True},
        {"places_total": None, "places_planned": 10},
    ],
)
def test_what_makes_a_detail_needless_leaves_no_gap(world: World, fields: dict[str, Any]) -> None:
    world.night(DAY, {"vhs-adorf": [whole_course(**fields)]})
    world.load()
    assert gaps(world) == []


def test_providers_are_asked_about_current_offers_only(world: World) -> None:
    world.night(
        DAY - timedelta(days=1),
        {"vhs-adorf": [course(course_number="5", title="Vermisst", start_date=FUTURE)]},
    )
    world.night(
        DAY,
        {
            "vhs-adorf": [
                whole_course(course_number="2", title="Später", start_date=FUTURE, topics=[]),
                whole_course(course_number="1", title="Früher", start_date=DAY, places_total=None),
                course(course_number="3", title="Vorbei", start_date=DAY - timedelta(days=9)),
                course(course_number="4", title="Abgesagt", status="cancelled"),
            ]
        },
    )
    world.load()
    ((provider, count, score, gap_count, message),) = world.rows("FROM mart.provider_quality")
    assert (provider, count, score, gap_count) == ("vhs-adorf", 2, 93, 2)
    assert message.index("„Früher“, Kursnummer 1, ab 10.03.2026") < message.index("„Später“")
    assert "2 Angebote" in message
    for title in ("Vermisst", "Vorbei", "Abgesagt"):
        assert title not in message


# ---------------------------------------------------------------- row counts


def findings(world: World) -> list[tuple[str, str, bool]]:
    connection = open_work(world.settings.work_database)
    try:
        found: list[GuardFinding] = check_before_publication(
            connection, load_dictionary(), world.register, world.settings.published_dir
        )
    finally:
        connection.close()
    return [(each.table, each.rule, each.blocking) for each in found]


def count_as(world: World, table: str, now: int, before: int | None) -> None:
    with duckdb.connect(str(world.settings.work_database)) as connection:
        connection.execute(
            "UPDATE mart.row_counts SET row_count = $1, previous_row_count = $2 "
            "WHERE table_name = $3",
            [now, before, table],
        )


def test_rows_are_counted_beside_the_last_publication(world: World) -> None:
    world.night(DAY - timedelta(days=1), {"vhs-adorf": [course(course_number="1")]})
    world.load()
    counted = "SELECT row_count, previous_row_count FROM mart.row_counts WHERE table_name = '{}'"
    assert world.rows(counted.format("offers")) == [(1, None)]
    publish(world.settings)
    world.night(DAY, {"vhs-adorf": [course(course_number="1"), course(course_number="2")]})
    world.load()
    assert world.rows(counted.format("offers")) == [(2, 1)]
    names = {name for (name,) in world.rows("SELECT table_name FROM mart.row_counts")}
    assert names == {t.name for t in load_dictionary().tables} - {"row_counts", "issues"}


@pytest.mark.parametrize(
    ("table", "now", "before", "found"),
    [
        ("provenance", 90, 100, []),
        ("provenance", 89, 100, [("provenance", "shrunken", False)]),
        ("provenance", 50, 100, [("provenance", "shrunken", False)]),
        ("provenance", 49, 100, [("provenance", "shrunken", True)]),
        ("provenance", 0, 19, []),
        ("provenance", 5, None, []),
        ("councils", 90, 100, []),
        ("councils", 89, 100, [("councils", "shrunken", True)]),
        ("offer_gaps", 0, 100, []),
    ],
)
def test_a_table_that_has_lost_many_rows_is_told_or_stops_the_publication(
    world: World, table: str, now: int, before: int | None, found: list[tuple[str, str, bool]]
) -> None:
    world.night(DAY, {"vhs-adorf": [course(course_number="1")]})
    world.load()
    count_as(world, "offers", 100, 100)
    count_as(world, table, now, before)
    assert findings(world) == found


def test_many_rows_of_few_offers_are_few(world: World) -> None:
    """Else switching off one of two sources would stop every night after it."""
    world.night(DAY, {"vhs-adorf": [course(course_number="1")]})
    world.load()
    count_as(world, "offers", 3, 5)
    for table in ("provenance", "offer_sessions", "offer_versions", "council_offers"):
        count_as(world, table, 10, 100)
    assert findings(world) == []


# ---------------------------------------------------------------- freshness


def test_sources_without_a_complete_check_for_three_days_are_named(world: World) -> None:
    world.night(DAY - timedelta(days=4), {"vhs-adorf": [], "uebersicht": []})
    world.night(DAY - timedelta(days=3), {"uebersicht": []})
    world.night(DAY, {"vhs-adorf": Outcome("failed", "timeout")})
    world.load()
    with duckdb.connect(str(world.settings.work_database)) as connection:
        stale = stale_sources(connection)
    assert [(source.source_id, source.last_complete_day) for source in stale] == [
        ("vhs-bestadt", None),
        ("vhs-adorf", date(2026, 3, 6)),
    ]
    assert stale_text(stale) == (
        "2 Quellen wurden in den letzten drei Tagen nicht vollständig gelesen: "
        "vhs-bestadt (noch nie), vhs-adorf (zuletzt 06.03.2026)"
    )


def test_with_every_source_fresh_none_is_named(world: World) -> None:
    world.night(DAY, {source: [] for source in SOURCES})
    world.load()
    with duckdb.connect(str(world.settings.work_database)) as connection:
        assert stale_sources(connection) == []
