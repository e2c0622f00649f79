"""What a past day looks like from today is what was published on that day."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import duckdb
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.guards import check_before_publication
from pipeline.landing_reader import list_landings
from pipeline.load import apply_crawls, build_mart, load_reference, stage
from scrapers.records import Course
from tests.pipeline.landing_builder import Outcome, World, course
from warehouse.dictionary import load_dictionary

FIRST = date(2026, 3, 20)
SITE = "http://127.0.0.1:9001/kurs"
SOURCES = ("vhs-adorf", "vhs-bestadt", "uebersicht")

COVERAGE = (
    "SELECT ags, municipality, module, state, offer_count, open_offer_count, next_start, "
    "past_offer_count FROM mart.council_coverage JOIN mart.councils USING (ags) ORDER BY ALL"
)
HISTORY = """
SELECT m.module, s.state, count(k.ags)
FROM (VALUES ('basis'), ('aufbau'), ('other')) m(module)
CROSS JOIN (VALUES ('offered'), ('none_found'), ('unknown'), ('not_configured')) s(state)
LEFT JOIN (
    SELECT * FROM mart.council_coverage
    JOIN (SELECT ags FROM mart.councils WHERE counts_as_p27 = 'yes') USING (ags)
) k ON k.module = m.module AND k.state = s.state
GROUP BY ALL ORDER BY ALL
"""
OFFER_COLUMNS = (
    "offer_id, lifecycle, provider_id, module, relevance, title, course_number, start_date, "
    "end_date, last_day, venue_place, venue_ags, places_free, status, price_eur, is_free"
)

Shown = dict[str, list[tuple[Any, ...]]]


@dataclass(frozen=True)
class Night:
    """A visit `pause` days after the one before: by source, how it ended and what it gave."""

    pause: int
    sources: dict[str, tuple[str, list[Course]]]


days_off = st.sampled_from([None, -6, -1, 0, 1, 2, 4, 9])


@st.composite
def courses(draw: st.DrawFn, site: str) -> list[Course]:
    made = []
    for number in draw(st.lists(st.sampled_from("1234"), unique=True, max_size=3)):
        start = draw(days_off)
        start_date = None if start is None else FIRST + timedelta(days=start)
        length = draw(st.sampled_from([None, 0, 3]))
        made.append(
            course(
                course_number=number if number < "4" else None,
                detail_url=f"{SITE}/{site}/{number}",
                title=draw(st.sampled_from(["Basismodul", "Aufbaumodul"])),
                module=draw(st.sampled_from(["basis", "basis", "aufbau", "other"])),
                relevance=draw(st.sampled_from(["series", "council", "adjacent"])),
                start_date=start_date,
                end_date=start_date + timedelta(days=length)
                if start_date is not None and length is not None
                else None,
                session_count=draw(st.sampled_from([None, 1, 2])),
                venue_place=draw(st.sampled_from([None, None, "Celle-Süd", "Bestadt"])),
                places_free=draw(st.sampled_from([None, 0, 3])),
                places_total=draw(st.sampled_from([None, 3])),
                places_taken=draw(st.sampled_from([None, 3])),
                status=draw(
                    st.sampled_from(["open", "full", "cancelled", "unknown", "finished", "closed"])
                ),
            )
        )
    return made


@st.composite
def announced(draw: st.DrawFn) -> list[Course]:
    """Lines of the overview: with the link to a course page they become part of its offer."""
    return [
        course(
            registration_url=f"{SITE}/vhs-adorf/{number}" if draw(st.booleans()) else None,
            registration_email=draw(st.sampled_from([None, "x@vhs-bestadt.de"])),
            position=int(number),
        )
        for number in draw(st.lists(st.sampled_from("124"), unique=True, max_size=2))
    ]


@st.composite
def histories(draw: st.DrawFn) -> list[Night]:
    nights = []
    for _ in range(draw(st.integers(1, 6))):
        sources = {}
        for source in SOURCES:
            if draw(st.integers(0, 5)):
                state = draw(
                    st.sampled_from(["complete", "complete", "complete", "partial", "failed"])
                )
                records = announced() if source == "uebersicht" else courses(source)
                sources[source] = (state, [] if state == "failed" else draw(records))
        nights.append(Night(draw(st.sampled_from([0, 1, 1, 1, 2, 5])), sources))
    return nights


@contextmanager
def warehouse() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        yield connection


def write(world: World, history: list[Night]) -> dict[date, int]:
    """Writes the landings; returns how many of them were there on each day."""
    there: dict[date, int] = {}
    day = FIRST
    for number, night in enumerate(history):
        day += timedelta(days=night.pause if number else 0)
        world.night(
            day,
            {
                source: Outcome(state, None if state == "complete" else "timeout", None, records)  # type: ignore[arg-type]
                for source, (state, records) in night.sources.items()
            },
            crawl_id=f"night-{number}",
            at=time(2 * number),
        )
        there[day] = number + 1
    return there


def rows(connection: duckdb.DuckDBPyConnection, sql: str) -> list[tuple[Any, ...]]:
    return connection.execute(sql).fetchall()


def published(connection: duckdb.DuckDBPyConnection) -> Shown:
    return {
        "coverage": rows(connection, COVERAGE),
        "history": rows(connection, HISTORY),
        "offers": rows(connection, f"SELECT {OFFER_COLUMNS} FROM mart.offers ORDER BY ALL"),
    }


def looked_back(connection: duckdb.DuckDBPyConnection, day: date) -> Shown:
    return {
        "coverage": rows(connection, f"FROM coverage_on('{day}') ORDER BY ALL"),
        "history": rows(
            connection,
            "SELECT module, state, council_count FROM mart.coverage_history "
            f"WHERE day = '{day}' ORDER BY ALL",
        ),
        "offers": rows(connection, f"SELECT {OFFER_COLUMNS} FROM offers_on('{day}') ORDER BY ALL"),
    }


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(histories())
def test_a_day_behind_is_as_it_was_published(history: list[Night]) -> None:
    with tempfile.TemporaryDirectory() as folder, warehouse() as connection:
        world = World(Path(folder))
        there = write(world, history)
        landings = list_landings(world.settings.landing_dir)
        register = world.register
        load_reference(connection, register)
        seen: dict[date, Shown] = {}
        day = FIRST
        while day <= max(there) + timedelta(days=5):
            if day in there:
                stage(connection, landings[: there[day]])
                apply_crawls(connection, register)
            world.today = day
            build_mart(connection, register, world.settings)
            seen[day] = published(connection)
            assert looked_back(connection, day) == seen[day]
            day += timedelta(days=1)
        assert {day: looked_back(connection, day) for day in seen} == seen
        dictionary = load_dictionary()
        assert check_before_publication(connection, dictionary, register) == []
