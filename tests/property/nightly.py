"""Loads simulated nights one by one and anew, beside an oracle that knows no warehouse.

The oracle is plain Python over what the visits read and which course each record truly is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
from hypothesis import strategies as st

from pipeline.landing_reader import list_landings
from pipeline.load import apply_crawls, build_mart, load_reference, stage
from pipeline.register import Register
from scrapers.records import Course, SourceState
from tests.pipeline.kept_visits import read_again
from tests.pipeline.landing_builder import World
from tests.property.simulated_land import (
    MODULES,
    NAMES,
    READ_AGAIN_TIME,
    Crawl,
    Land,
    ags_of,
    outcomes,
    register_texts,
    source_of,
)
from warehouse.dictionary import load_dictionary
from warehouse.settings import Settings

# What a build from landing cannot know: when it was published, and what was published before.
NOT_FROM_LANDING = {"publication", "row_counts"}
CORE = ("entries", "kept", "merge_decisions", "offer_versions", "offer_changes")
SEEDS = len(NAMES) + 2


class Warehouse:
    """A working database in memory."""

    def __init__(self, folder: Path) -> None:
        self.landing_dir = folder / "data" / "landing"
        self.connection = duckdb.connect()
        self.connection.execute("SET TimeZone = 'UTC'")
        self.connection.execute("SET threads = 1")

    def take_in(self, register: Register) -> None:
        stage(self.connection, list_landings(self.landing_dir))
        load_reference(self.connection, register)
        apply_crawls(self.connection, register)

    def fill_mart(self, register: Register, settings: Settings) -> None:
        build_mart(self.connection, register, settings)

    def load(self, register: Register, settings: Settings) -> None:
        self.take_in(register)
        self.fill_mart(register, settings)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        return self.connection.execute(sql).fetchall()

    def contents(self) -> dict[str, list[tuple[Any, ...]]]:
        tables = [t.full_name for t in load_dictionary().tables if t.name not in NOT_FROM_LANDING]
        tables += [f"core.{name}" for name in CORE]
        return {table: self.rows(f"SELECT * FROM {table} ORDER BY ALL") for table in tables}


def _is_one_run(old: Course, new: Course, is_complete: bool) -> bool:
    """Whether two records of one course must be seen as one: what else is there to go by?"""
    if old.course_number is not None and old.course_number == new.course_number:
        return True
    has_same_start = old.start_date == new.start_date
    return has_same_start and (is_complete or old.detail_url == new.detail_url)


@dataclass
class Known:
    """A course as it was read last. `moved_from` is what it was before a visit that was not
    complete showed it under another key; an `is_excused` one may have been taken for another.
    `price` is what its page has said and not taken back, where that is beyond doubt."""

    crawl: int
    record: Course
    moved_from: Course | None = None
    is_excused: bool = False
    price: Decimal | None = None


@dataclass
class Oracle:
    """What must be true after some crawls."""

    courses: dict[tuple[str, int], Known] = field(default_factory=dict)
    visits: list[tuple[date, dict[str, SourceState]]] = field(default_factory=list)

    def note(self, crawl: Crawl) -> None:
        states = {source: state for source, (state, _) in crawl.visits.items()}
        self.visits.append((crawl.day, states))
        for source, (state, sighted) in crawl.visits.items():
            for course, record in sighted:
                if course is not None:
                    self._see(source, course, record, state == "complete")
            if state == "complete":
                self._forget_unseen(source)

    def note_again(self, crawl: Crawl) -> None:
        for source, sighted in (crawl.again or {}).items():
            for course, record in sighted:
                if course is not None:
                    self.courses[source, course].record = record

    def _see(self, source: str, course: int, record: Course, is_complete: bool) -> None:
        number = len(self.visits) - 1
        known = self.courses.setdefault((source, course), Known(number, record))
        known.price = self._price(known, record, is_complete)
        before = known.moved_from or known.record
        if _is_one_run(before, record, is_complete):
            known.moved_from = None
        elif is_complete:
            known.is_excused, known.moved_from = True, None
        else:
            known.moved_from = before
        known.crawl, known.record = number, record

    def _price(self, known: Known, record: Course, is_complete: bool) -> Decimal | None:
        if record.price_eur is not None or "price_eur" in record.stated_none:
            return record.price_eur
        is_certain = (
            not known.is_excused
            and known.moved_from is None
            and len(self.visits) - known.crawl <= 2
            and known.record.start_date == record.start_date
            and _is_one_run(known.record, record, is_complete)
        )
        return known.price if is_certain else None

    def _forget_unseen(self, source: str) -> None:
        """Two entries that a complete visit both does not find cannot be joined any more."""
        for (owner, _), known in self.courses.items():
            if owner == source and known.moved_from and known.crawl < len(self.visits) - 1:
                known.is_excused = True

    def complete_since(self, source: str, known: Known) -> int:
        """Complete visits after the last one that found the course."""
        later = self.visits[known.crawl + 1 :]
        return sum(states.get(source) == "complete" for _, states in later)

    def expected(self, source: str) -> list[tuple[Known, bool]]:
        """Courses that have not been missed by two complete checks, and whether none has missed
        them; without those of which it is open whether they are over."""
        today = self.visits[-1][0]
        found = []
        for (owner, _), known in self.courses.items():
            missed = self.complete_since(source, known)
            if owner != source or missed >= 2:
                continue
            start = known.record.start_date
            if start is None and known.crawl < len(self.visits) - 1:
                continue
            if start is None or start >= today:
                found.append((known, missed == 0))
        return found

    def is_fresh(self, source: str) -> bool:
        today = self.visits[-1][0]
        return any(
            states.get(source) == "complete" and (today - day).days <= 3
            for day, states in self.visits
        )


def assert_nothing_is_lost(warehouse: Warehouse, oracle: Oracle) -> None:
    """No lost offer, no false none_found, and no value lost where a page is only silent."""
    offers = {
        (provider, url): (offer_id, lifecycle, price)
        for provider, url, offer_id, lifecycle, price in warehouse.rows(
            "SELECT provider_id, detail_url, offer_id, lifecycle, price_eur FROM mart.offers "
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
        for known, is_there in oracle.expected(source):
            record = known.record
            assert record.detail_url is not None
            assert (source, record.detail_url) in offers, ("lost offer", source, record)
            offer_id, lifecycle, price = offers[source, record.detail_url]
            expected = {"current"} if is_there else {"current", "vanished"}
            assert lifecycle in expected, ("lost offer", record, offer_id, lifecycle)
            if known.price is not None:
                assert price == known.price, ("silence", record, offer_id)
            elif "price_eur" in record.stated_none:
                assert price is None, ("stated none", record, offer_id)
            if is_there and record.status != "cancelled":
                assert (offer_id, ags) in covering, ("lost offer", record, offer_id)
                if record.module in MODULES:
                    assert states[ags, record.module] == "offered", ("false state", ags, record)
        if not (oracle.is_fresh(source) and oracle.is_fresh("uebersicht")):
            found = [states[ags, module] for module in MODULES]
            assert "none_found" not in found, ("false none_found", ags)


def assert_nothing_is_doubled(warehouse: Warehouse, oracle: Oracle) -> None:
    """One course of a site is one offer, also under its next number and link."""
    titles: dict[tuple[str, str], list[tuple[Any, ...]]] = {}
    for source, title, *offer in warehouse.rows(
        "SELECT DISTINCT e.source_id, r.title, e.offer_id, e.base_key FROM core.entries e "
        "JOIN core.readings r USING (source_id, record_sha256) "
        "JOIN mart.offers o USING (offer_id) "
        "WHERE e.missed < 2 AND o.lifecycle IN ('current', 'vanished')"
    ):
        titles.setdefault((source, title), []).append(tuple(offer))
    for (source, _), known in oracle.courses.items():
        found = titles.get((source, known.record.title), [])
        if len(found) > 1:
            is_open = known.is_excused or known.moved_from is not None
            assert is_open, ("doubled offer", source, known, found)


def days(count: int, first_day: date, seeds: Sequence[Sequence[int]]) -> list[list[Crawl]]:
    land = Land(first_day)
    return [land.day(number, seeds[number]) for number in range(count)]


def land_night(world: World, crawl: Crawl) -> Path:
    world.today = crawl.day
    return world.night(crawl.day, outcomes(crawl), at=crawl.at)


def assert_history(
    folder: Path, history: list[list[Crawl]], *, changes_register: bool, mart_every: int = 1
) -> Warehouse:
    """Crawl by crawl, then anew, then once more; returns the warehouse of the nights. The mart is
    filled and compared with the oracle after every so many landings."""
    world = World(folder, register_texts=register_texts())
    oracle, nightly = Oracle(), Warehouse(folder)
    register = world.register
    landed = 0

    def load() -> None:
        nonlocal landed
        landed += 1
        nightly.take_in(register)
        if landed % mart_every == 0:
            nightly.fill_mart(register, world.settings)
            assert_nothing_is_lost(nightly, oracle)
            assert_nothing_is_doubled(nightly, oracle)

    for number, crawls in enumerate(history):
        if changes_register and number == len(history) // 2:
            world.register_texts = register_texts([(0, 1), (3, 2)], has_moved=True)
            register = world.register
        for crawl in crawls:
            landing = land_night(world, crawl)
            oracle.note(crawl)
            load()
            if crawl.again is not None:
                again = {s: [seen.record for seen in found] for s, found in crawl.again.items()}
                noted = datetime.combine(crawl.day, READ_AGAIN_TIME, UTC)
                read_again(world, landing.name, again, noted)
                oracle.note_again(crawl)
                load()
    nightly.load(register, world.settings)
    anew = Warehouse(folder)
    anew.load(register, world.settings)
    by_night, at_once = nightly.contents(), anew.contents()
    for table, rows in by_night.items():
        assert rows == at_once[table], ("rebuilt differently", table)
    nightly.load(register, world.settings)
    assert nightly.contents() == by_night
    return nightly


@st.composite
def histories(draw: st.DrawFn, clock_change: date) -> list[list[Crawl]]:
    """Some days around a change of the clock."""
    count = draw(st.integers(2, 6))
    seeds = st.lists(st.integers(0, 2**32), min_size=SEEDS, max_size=SEEDS, unique=True)
    first_day = clock_change - timedelta(days=2)
    return days(count, first_day, [draw(seeds) for _ in range(count)])
