"""What an unchanged night saves: tables and files are taken over, checks are not asked again."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from pipeline.guards import check_before_publication
from pipeline.mart_filling import mark_changed
from pipeline.publish import publish
from pipeline.unchanged_tables import find_unchanged
from tests.pipeline.landing_builder import DAY, World, course
from warehouse.dictionary import load_dictionary
from warehouse.store import open_file_read_only, open_work

COURSE = course(course_number="1", price_eur="20.00", start_date=DAY + timedelta(days=30))


@pytest.fixture
def world(tmp_path: Path) -> World:
    world = World(tmp_path)
    world.night(DAY, {"vhs-adorf": [COURSE]})
    world.load()
    return world


def findings(world: World) -> set[tuple[str, str]]:
    with open_work(world.settings.work_database) as connection:
        found = check_before_publication(connection, load_dictionary(), world.register)
    return {(finding.table, finding.rule) for finding in found}


def change(world: World, table: str, statement: str, *, has_same_keys: bool = False) -> None:
    """Writes into a table as everybody does who writes into one."""
    with open_work(world.settings.work_database) as connection:
        connection.execute(statement)
        mark_changed(connection, table, has_same_keys=has_same_keys)


def held(world: World) -> set[str]:
    return {digest for (digest,) in world.rows("FROM core.held_checks")}


# ---------------------------------------------------------------- checks that held


def test_checks_that_held_are_known_on_the_next_night(world: World) -> None:
    assert findings(world) == set()
    first = held(world)
    assert first
    assert findings(world) == set()
    assert held(world) == first


@pytest.mark.parametrize(
    ("table", "statement", "has_same_keys", "rule"),
    [
        ("offers", "UPDATE mart.offers SET title = NULL", False, ("offers", "not_null:title")),
        (
            "offers",
            "UPDATE mart.offers SET lifecycle = 'maybe'",
            True,
            ("offers", "allowed:lifecycle"),
        ),
        (
            "offers",
            "INSERT INTO mart.offers FROM mart.offers",
            False,
            ("offers", "key:offer_id"),
        ),
        # The table that refers is as it was; the one that it refers to is not.
        (
            "providers",
            "DELETE FROM mart.providers WHERE provider_id = 'vhs-adorf'",
            False,
            ("offers", "references:provider_id"),
        ),
    ],
)
def test_a_rule_that_held_is_found_broken_as_soon_as_it_is(
    world: World, table: str, statement: str, has_same_keys: bool, rule: tuple[str, str]
) -> None:
    assert findings(world) == set()
    change(world, table, statement, has_same_keys=has_same_keys)
    assert rule in findings(world)
    assert rule in findings(world), "what is broken is asked again until it is mended"


def test_a_rule_that_is_mended_holds_and_breaks_again(world: World) -> None:
    breaking, mending = (
        f"UPDATE mart.offers SET status = '{status}'" for status in ("maybe", "open")
    )
    for statement, expected in [(breaking, True), (mending, False), (breaking, True)]:
        change(world, "offers", statement)
        assert (("offers", "allowed:status") in findings(world)) == expected


def test_a_night_that_brings_something_is_checked(world: World) -> None:
    assert findings(world) == set()
    before = held(world)
    world.today = DAY + timedelta(days=1)
    world.night(world.today, {"vhs-adorf": [course(course_number="1", price_eur="25.00")]})
    world.load()
    change(world, "offer_versions", "UPDATE mart.offer_versions SET title = NULL")
    assert ("offer_versions", "not_null:title") in findings(world)
    assert before - held(world)


# ---------------------------------------------------------------- files that are taken over


def files_of(published: Path) -> Path:
    return published.with_name(f"{published.stem}-files")


def test_a_day_without_news_writes_only_what_the_day_moves(world: World) -> None:
    first = publish(world.settings)
    second = publish(world.settings)
    same = {
        path.name
        for path in (files_of(second) / "csv").iterdir()
        if path.samefile(files_of(first) / "csv" / path.name)
    }
    assert {path.name for path in (files_of(second) / "csv").iterdir()} - same == {
        "publication.csv",
        "row_counts.csv",
    }


@pytest.mark.parametrize("days", [1, 90])
def test_what_a_visit_and_the_day_move_is_published(world: World, days: int) -> None:
    publish(world.settings)
    world.today = DAY + timedelta(days=days)
    world.night(world.today, {"vhs-adorf": [COURSE]})
    world.load()
    wanted = world.rows("SELECT offer_id, last_seen_at, lifecycle FROM mart.offers")
    with open_work(world.settings.work_database) as connection:
        unchanged = find_unchanged(connection, load_dictionary(), world.settings.published_dir)
    assert "offers" in unchanged.following
    with open_file_read_only(publish(world.settings)) as reader:
        found = reader.execute("SELECT offer_id, last_seen_at, lifecycle FROM mart.offers")
        assert found.fetchall() == wanted
    assert wanted[0][1].date() == world.today
    assert wanted[0][2] == ("past" if days == 90 else "current")


def test_a_file_that_was_shortened_meanwhile_is_written_anew(world: World) -> None:
    first = publish(world.settings)
    damaged = files_of(first) / "csv" / "offers.csv"
    whole = damaged.read_bytes()
    damaged.write_bytes(whole[:-1])
    assert (files_of(publish(world.settings)) / "csv" / "offers.csv").read_bytes() == whole


def fill(world: World, table: str, column: str, kilobytes: int) -> None:
    """Thousand more rows, with texts of this size that no compression makes small."""
    with open_work(world.settings.work_database) as connection:
        connection.execute(
            f"INSERT INTO mart.{table} SELECT t.* REPLACE ('x' || n AS offer_id, "
            f"string_agg(sha256(n || '/' || i), '') AS {column}) "
            f"FROM (FROM mart.{table} LIMIT 1) t, range(1000) r(n), range({kilobytes * 16}) p(i) "
            "GROUP BY ALL"
        )
        mark_changed(connection, table)


def test_a_file_does_not_grow_however_often_its_tables_are_replaced(world: World) -> None:
    fill(world, "offers", "description", 2)
    sizes = []
    for night in range(30):
        tables = ("offers",) if night % 3 else ("offers", "offer_changes", "offer_versions")
        for table in tables:
            change(world, table, "UPDATE mart.offers SET title = title || '.'")
        sizes.append(publish(world.settings).stat().st_size)
    assert max(sizes) < 2 * sizes[0], [round(size / sizes[0], 1) for size in sizes]


def test_room_that_a_table_no_longer_needs_is_given_back(world: World) -> None:
    small = publish(world.settings).stat().st_size
    fill(world, "offers", "description", 16)
    publish(world.settings)
    fill(world, "offer_changes", "new_value", 3)
    publish(world.settings)
    # Now the second one stands behind the large one, whose room would stay empty.
    change(world, "offers", "DELETE FROM mart.offers WHERE starts_with(offer_id, 'x')")
    publish(world.settings)
    assert publish(world.settings).stat().st_size < 2 * small
