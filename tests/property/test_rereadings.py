"""Random nights with re-readings between them: no visit, no loss, the same when rebuilt."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import duckdb
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.landing_reader import list_landings
from pipeline.load import apply_crawls, build_mart, load_reference, stage
from scrapers.records import Course, SourceState
from tests.pipeline.kept_visits import Page, read_again, visit
from tests.pipeline.landing_builder import DAY, World, course

SITE = "http://127.0.0.1:9001/kurs"
SOURCE = "vhs-adorf"


@dataclass(frozen=True)
class Night:
    """What a visit reads, and how many free places a later reading of the same pages finds. None:
    they are not read again. The first code overlooks course numbers; the one that reads again, and
    visits from then on, does not."""

    state: SourceState
    shown: tuple[str, ...]
    again: tuple[int, ...] | None


nights = st.builds(
    Night,
    state=st.sampled_from(["complete", "complete", "partial"]),
    shown=st.lists(st.sampled_from("1234"), unique=True, max_size=4).map(tuple),
    again=st.none() | st.lists(st.integers(0, 3), max_size=4).map(tuple),
)


def record(page: str, numbered: bool, places: int | None = None) -> Course:
    return course(
        title=f"Basismodul {page}",
        detail_url=f"{SITE}/{page}",
        course_number=page if numbered else None,
        places_free=places,
    )


def load(connection: duckdb.DuckDBPyConnection, world: World) -> None:
    stage(connection, list_landings(world.settings.landing_dir))
    load_reference(connection, world.register)
    apply_crawls(connection, world.register)
    build_mart(connection, world.register, world.settings)


def rows(connection: duckdb.DuckDBPyConnection, table: str, columns: str = "*") -> list[Any]:
    return connection.execute(f"SELECT {columns} FROM {table} ORDER BY ALL").fetchall()


def visible(connection: duckdb.DuckDBPyConnection) -> tuple[list[Any], ...]:
    """What a re-reading must leave as it is: pages with their times and state, and the source."""
    return (
        rows(connection, "core.entries", "page_url, first_seen_at, last_seen_at, missed"),
        rows(connection, "mart.offers", "detail_url, lifecycle, first_seen_at, last_seen_at"),
        rows(connection, "mart.source_health"),
        rows(connection, "mart.council_coverage", "ags, module, state, offer_count, checked_at"),
    )


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
@given(st.lists(nights, min_size=1, max_size=3))
def test_rereadings_are_no_visits_and_lose_nothing(history: list[Night]) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        duckdb.connect() as nightly,
        duckdb.connect() as anew,
    ):
        for connection in (nightly, anew):
            connection.execute("SET TimeZone = 'UTC'")
        world = World(Path(folder))
        numbered = False
        for number, night in enumerate(history):
            day = DAY + timedelta(days=number)
            world.today = day
            pages = [Page("t", [record(page, numbered)], f"{SITE}/{page}") for page in night.shown]
            crawl_id = visit(world, day, {SOURCE: pages}, night.state)
            load(nightly, world)
            if night.again is None:
                continue
            before = visible(nightly)
            numbered = True
            told = [
                record(page, numbered, free)
                for page, free in zip(night.shown, night.again, strict=False)
            ]
            read_again(world, crawl_id, {SOURCE: told}, datetime.combine(day, time(20), UTC))
            load(nightly, world)
            assert visible(nightly) == before
            places = rows(nightly, "mart.offers", "detail_url, places_free")
            for page, free in zip(night.shown, night.again, strict=False):
                assert (f"{SITE}/{page}", free) in places
        load(anew, world)
        for table in ("core.entries", "core.offer_versions", "core.offer_changes", "mart.offers"):
            assert rows(nightly, table) == rows(anew, table), table
