"""Random nights: building anew gives what the nights gave, nothing is lost, nothing is made up."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.landing_reader import list_landings
from pipeline.load import apply_crawls, build_mart, load_reference, stage
from scrapers.records import Course
from tests.pipeline.landing_builder import DAY, Outcome, World, course
from warehouse.dictionary import load_dictionary

ADORF = "05111000"
SITE = "http://127.0.0.1:9001/kurs"

Night = dict[str, tuple[str, list[Course]]]

starts = st.sampled_from([None, DAY - timedelta(days=20), DAY + timedelta(days=20)])
states = st.sampled_from(["complete", "complete", "complete", "partial", "failed"])


@st.composite
def catalogue(draw: st.DrawFn) -> list[Course]:
    courses = []
    for number in draw(st.lists(st.sampled_from("12345"), unique=True, max_size=4)):
        courses.append(
            course(
                course_number=number if number < "4" else None,
                detail_url=f"{SITE}/{number}",
                title=draw(st.sampled_from(["Basismodul", "Aufbaumodul"])),
                start_date=draw(starts),
                places_free=draw(st.sampled_from([None, 0, 3])),
                status=draw(st.sampled_from(["open", "full", "cancelled", "unknown"])),
            )
        )
    return courses


@st.composite
def overview(draw: st.DrawFn) -> list[Course]:
    linked = [
        course(
            registration_url=f"{SITE}/{number}",
            course_number=number if draw(st.booleans()) else None,
            places_planned=8,
        )
        for number in draw(st.lists(st.sampled_from("134"), unique=True, max_size=2))
    ]
    twins = [
        course(registration_email="x@vhs-bestadt.de", position=position)
        for position in range(draw(st.integers(0, 3)))
    ]
    return linked + twins


@st.composite
def histories(draw: st.DrawFn) -> list[Night]:
    nights = []
    for _ in range(draw(st.integers(1, 5))):
        night: Night = {}
        for source, records in (("vhs-adorf", catalogue()), ("uebersicht", overview())):
            if draw(st.integers(0, 5)):
                state = draw(states)
                night[source] = (state, [] if state == "failed" else draw(records))
        nights.append(night)
    return nights


@contextmanager
def warehouse() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        yield connection


def load(connection: duckdb.DuckDBPyConnection, world: World, count: int | None = None) -> None:
    stage(connection, list_landings(world.settings.landing_dir)[:count])
    load_reference(connection, world.register)
    apply_crawls(connection, world.register)
    build_mart(connection, world.register, world.settings)


def contents(connection: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[Any, ...]]]:
    tables = [t.full_name for t in load_dictionary().tables if t.name != "publication"]
    tables += ["core.entries", "core.offer_versions", "core.offer_changes"]
    return {
        table: connection.execute(f"SELECT * FROM {table} ORDER BY ALL").fetchall()
        for table in tables
    }


def rows(connection: duckdb.DuckDBPyConnection, sql: str) -> list[tuple[Any, ...]]:
    return connection.execute(sql).fetchall()


def write(world: World, history: list[Night]) -> list[date]:
    first = DAY - timedelta(days=len(history) - 1)
    days = [first + timedelta(days=number) for number in range(len(history))]
    for day, night in zip(days, history, strict=True):
        world.night(
            day,
            {
                source: Outcome(state, None if state == "complete" else "timeout", None, records)  # type: ignore[arg-type]
                for source, (state, records) in night.items()
            },
        )
    return days


def assert_nothing_is_lost(
    connection: duckdb.DuckDBPyConnection, history: list[Night], day: date
) -> None:
    """What the catalogue has shown and two complete checks have not missed is still there."""
    last_seen: dict[str, tuple[int, Course]] = {}
    for number, night in enumerate(history):
        for record in night.get("vhs-adorf", ("", []))[1]:
            assert record.detail_url is not None
            last_seen[record.detail_url] = (number, record)
    for url, (number, record) in last_seen.items():
        complete_since = sum(
            night.get("vhs-adorf", ("",))[0] == "complete" for night in history[number + 1 :]
        )
        if complete_since >= 2 or (record.start_date and record.start_date < day):
            continue
        found = rows(
            connection, f"SELECT offer_id, lifecycle FROM mart.offers WHERE detail_url = '{url}'"
        )
        assert len(found) == 1, (url, found)
        assert found[0][1] in ("current", "vanished")
        if record.status != "cancelled" and complete_since == 0:
            assert (ADORF, True) in rows(
                connection,
                f"SELECT ags, covers FROM mart.council_offers WHERE offer_id = '{found[0][0]}'",
            )


def assert_none_found_is_true(
    connection: duckdb.DuckDBPyConnection, history: list[Night], days: list[date], today: date
) -> None:
    found = rows(
        connection,
        f"SELECT count(*) FROM mart.council_coverage WHERE ags = '{ADORF}' "
        "AND state = 'none_found'",
    )
    fresh = {
        source
        for day, night in zip(days, history, strict=False)
        for source, (state, _) in night.items()
        if state == "complete" and (today - day).days <= 3
    }
    assert (found[0][0] == 0) or fresh >= {"vhs-adorf", "uebersicht"}


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
@given(histories())
def test_nights_and_building_anew_are_the_same(history: list[Night]) -> None:
    with tempfile.TemporaryDirectory() as folder, warehouse() as nightly, warehouse() as anew:
        world = World(Path(folder))
        days = write(world, history)
        for number, day in enumerate(days, start=1):
            world.today = day
            load(nightly, world, number)
            assert_nothing_is_lost(nightly, history[:number], day)
            assert_none_found_is_true(nightly, history[:number], days, day)
        load(anew, world)
        assert contents(nightly) == contents(anew)
