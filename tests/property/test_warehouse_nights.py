"""Random nights: building anew gives what the nights gave, nothing is lost, nothing is made up.

Every example holds the histories of sixteen VHS, independent of each other, read in the same
nights; 13 examples are 208 histories. The oracle is plain Python over what the visits read and
knows nothing of the warehouse.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.landing_reader import list_landings
from pipeline.load import LoadError, apply_crawls, build_mart, load_reference, stage
from pipeline.register import Register
from scrapers.records import Course
from tests.pipeline.landing_builder import World
from tests.property.simulated_land import (
    MODULES,
    NAMES,
    Land,
    Night,
    ags_of,
    outcomes,
    register_texts,
    source_of,
)
from warehouse.dictionary import load_dictionary
from warehouse.settings import Settings

SUMMER_TIME = date(2026, 3, 29)
WINTER_TIME = date(2026, 10, 25)
# What a build from landing cannot know: when it was published, and what was published before.
NOT_FROM_LANDING = {"publication", "row_counts"}
CORE = ("entries", "kept", "merge_decisions", "offer_versions", "offer_changes")


class Warehouse:
    """A working database in memory."""

    def __init__(self, folder: Path) -> None:
        self.landing_dir = folder / "data" / "landing"
        self.connection = duckdb.connect()
        self.connection.execute("SET TimeZone = 'UTC'")
        self.connection.execute("SET threads = 1")

    def load(self, register: Register, settings: Settings) -> None:
        stage(self.connection, list_landings(self.landing_dir))
        load_reference(self.connection, register)
        apply_crawls(self.connection, register)
        build_mart(self.connection, register, settings)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        return self.connection.execute(sql).fetchall()

    def contents(self) -> dict[str, list[tuple[Any, ...]]]:
        tables = [t.full_name for t in load_dictionary().tables if t.name not in NOT_FROM_LANDING]
        tables += [f"core.{name}" for name in CORE]
        return {table: self.rows(f"SELECT * FROM {table} ORDER BY ALL") for table in tables}


class Oracle:
    """What must be true after some nights, from what the visits read."""

    def __init__(self) -> None:
        self.last: dict[tuple[str, str], tuple[int, Course]] = {}
        self.nights: list[tuple[date, Night]] = []

    def note(self, day: date, night: Night) -> None:
        for source, (_, records) in night.items():
            for record in records:
                assert record.detail_url is not None or source == "uebersicht"
                key = record.course_number or record.detail_url or ""
                self.last[source, key] = (len(self.nights), record)
        self.nights.append((day, night))

    def expected(self, source: str) -> list[tuple[Course, bool]]:
        """Courses of a catalogue that have not been missed by two complete checks, and whether
        no complete check has missed them; without those of which it is open whether they are
        over."""
        today = self.nights[-1][0]
        found = []
        for (owner, _), (number, record) in self.last.items():
            later = [night.get(source, ("",))[0] for _, night in self.nights[number + 1 :]]
            if owner != source or later.count("complete") >= 2:
                continue
            is_fresh = number == len(self.nights) - 1
            if record.start_date is None and not is_fresh:
                continue
            if record.start_date is None or record.start_date >= today:
                found.append((record, "complete" not in later))
        return found

    def is_fresh(self, source: str) -> bool:
        today = self.nights[-1][0]
        return any(
            night.get(source, ("",))[0] == "complete" and (today - day).days <= 3
            for day, night in self.nights
        )


def assert_nothing_is_lost(warehouse: Warehouse, oracle: Oracle) -> None:
    offers = {
        (provider, url): (offer_id, lifecycle)
        for provider, url, offer_id, lifecycle in warehouse.rows(
            "SELECT provider_id, detail_url, offer_id, lifecycle FROM mart.offers "
            "WHERE detail_url IS NOT NULL"
        )
    }
    covering = set(warehouse.rows("SELECT offer_id, ags FROM mart.council_offers WHERE covers"))
    states = {
        (ags, module): state
        for ags, module, state in warehouse.rows(
            "SELECT ags, module, state FROM mart.council_coverage"
        )
    }
    for number in range(len(NAMES)):
        source, ags = source_of(number), ags_of(number)
        for record, is_there in oracle.expected(source):
            assert record.detail_url is not None
            assert (source, record.detail_url) in offers, (source, record)
            offer_id, lifecycle = offers[source, record.detail_url]
            expected = {"current"} if is_there else {"current", "vanished"}
            assert lifecycle in expected, (record, offer_id, lifecycle)
            if is_there and record.status != "cancelled":
                assert (offer_id, ags) in covering
                if record.module in MODULES:
                    assert states[ags, record.module] == "offered"
        if not (oracle.is_fresh(source) and oracle.is_fresh("uebersicht")):
            assert "none_found" not in [states[ags, module] for module in MODULES]


def nights(count: int, first_day: date, numbers: Sequence[Sequence[int]]) -> list[Any]:
    land = Land(first_day)
    return [land.night(number, numbers[number]) for number in range(count)]


def assert_history(folder: Path, history: list[tuple[date, Night]], changes_register: bool) -> None:
    """Night by night, then anew, then once more."""
    world = World(folder, register_texts=register_texts())
    oracle, nightly = Oracle(), Warehouse(folder)
    register = world.register
    for number, (day, night) in enumerate(history):
        if changes_register and number == len(history) // 2:
            world.register_texts = register_texts([(0, 1), (3, 2)])
            register = world.register
        world.today = day
        world.night(day, outcomes(night))
        oracle.note(day, night)
        nightly.load(register, world.settings)
        assert_nothing_is_lost(nightly, oracle)
    anew = Warehouse(folder)
    anew.load(register, world.settings)
    by_night, at_once = nightly.contents(), anew.contents()
    for table, rows in by_night.items():
        assert rows == at_once[table], table
    nightly.load(register, world.settings)
    assert nightly.contents() == by_night


@st.composite
def histories(draw: st.DrawFn) -> list[tuple[date, Night]]:
    count = draw(st.integers(2, 7))
    first_day = draw(st.sampled_from([SUMMER_TIME, WINTER_TIME])) - timedelta(days=2)
    seeds = st.lists(
        st.integers(0, 2**32), min_size=len(NAMES) + 1, max_size=len(NAMES) + 1, unique=True
    )
    return nights(count, first_day, [draw(seeds) for _ in range(count)])


@settings(
    max_examples=13,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    derandomize=True,
)
@given(histories(), st.booleans())
def test_nights_and_building_anew_are_the_same(
    history: list[tuple[date, Night]], changes_register: bool
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        assert_history(Path(folder), history, changes_register)


def test_sixty_nights_and_building_anew_are_the_same(tmp_path: Path) -> None:
    dice = Random(60)
    numbers = [[dice.getrandbits(32) for _ in range(len(NAMES) + 1)] for _ in range(60)]
    history = nights(60, SUMMER_TIME - timedelta(days=20), numbers)
    assert_history(tmp_path, history, changes_register=True)


def test_a_night_that_comes_too_late_is_refused_whole(tmp_path: Path) -> None:
    world = World(tmp_path, register_texts=register_texts())
    dice = Random(3)
    numbers = [[dice.getrandbits(32) for _ in range(len(NAMES) + 1)] for _ in range(4)]
    for day, night in nights(4, SUMMER_TIME, numbers):
        world.today = day
        world.night(day, outcomes(night))
    landings = list_landings(world.settings.landing_dir)
    in_order, late = Warehouse(tmp_path), Warehouse(tmp_path)
    in_order.load(world.register, world.settings)
    stage(late.connection, [landings[0], landings[2]])
    load_reference(late.connection, world.register)
    apply_crawls(late.connection, world.register)
    before = late.rows("SELECT * FROM staging.crawls")
    with pytest.raises(LoadError, match="already loaded"):
        stage(late.connection, landings)
    assert late.rows("SELECT * FROM staging.crawls") == before
    shuffled = Warehouse(tmp_path)
    stage(shuffled.connection, landings[::-1])
    shuffled.load(world.register, world.settings)
    assert shuffled.contents() == in_order.contents()
