"""Guards, publication and what readers see."""

from __future__ import annotations

import os
import shutil
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from pipeline.guards import GuardFinding, check_before_publication, record_override
from pipeline.publish import KEPT_PUBLICATIONS, PublishError, publish
from tests.pipeline.landing_builder import DAY, Outcome, World, course
from warehouse.dictionary import load_dictionary
from warehouse.store import (
    POINTER,
    StoreError,
    current_publication,
    open_file_read_only,
    open_published,
    open_work,
)


@pytest.fixture
def world(tmp_path: Path) -> World:
    world = World(tmp_path)
    world.night(DAY - timedelta(days=2), {"vhs-adorf": [course(course_number="1")]})
    world.load()
    return world


def findings(world: World, published: bool = True) -> list[GuardFinding]:
    connection = open_work(world.settings.work_database)
    try:
        return check_before_publication(
            connection,
            load_dictionary(),
            world.register,
            world.settings.published_dir if published else None,
        )
    finally:
        connection.close()


def change(world: World, statement: str) -> None:
    connection = open_work(world.settings.work_database)
    connection.execute(statement)
    connection.close()


# ---------------------------------------------------------------- guards


def test_a_good_night_has_no_findings(world: World) -> None:
    assert findings(world) == []


@pytest.mark.parametrize(
    ("statement", "table", "rule"),
    [
        ("DELETE FROM mart.council_coverage", "council_coverage", "required:mart.council_coverage"),
        ("INSERT INTO mart.offers SELECT * FROM mart.offers", "offers", "key:offer_id"),
        ("UPDATE mart.offers SET title = NULL", "offers", "not_null:title"),
        ("UPDATE mart.offers SET status = 'maybe'", "offers", "allowed:status"),
        ("UPDATE mart.offers SET completeness_score = 101", "offers", "max:completeness_score"),
        ("UPDATE mart.offers SET places_free = -1", "offers", "min:places_free"),
        ("UPDATE mart.offers SET provider_id = 'nobody'", "offers", "references:provider_id"),
    ],
)
def test_every_rule_of_the_dictionary_is_held(
    world: World, statement: str, table: str, rule: str
) -> None:
    change(world, statement)
    found = [f for f in findings(world) if (f.table, f.rule) == (table, rule)]
    assert [f.blocking for f in found] == [True]
    assert world.rows("SELECT count(*) FROM mart.issues WHERE kind = 'guard'")[0][0] > 0


EXPECTING = "id: vhs-adorf\nprovider: vhs-adorf\nkind: catalogue\nexpect: {min: 2, max: 3}\n"


def test_a_missed_minimum_blocks_and_too_many_only_warn(world: World) -> None:
    world.register_texts["adorf"] = EXPECTING
    world.load()
    assert [(f.rule, f.blocking) for f in findings(world)] == [("expected_min:vhs-adorf", True)]
    world.night(DAY, {"vhs-adorf": [course(course_number=str(n)) for n in range(4)]})
    world.load()
    assert [(f.rule, f.blocking) for f in findings(world)] == [("expected_max:vhs-adorf", False)]


def test_a_visit_that_was_not_complete_misses_no_minimum(world: World) -> None:
    world.register_texts["adorf"] = EXPECTING
    world.night(DAY, {"vhs-adorf": Outcome("failed", "timeout")})
    world.load()
    assert findings(world) == []


def catalogue(count: int) -> list[object]:
    return [course(course_number=str(number)) for number in range(count)]


@pytest.mark.parametrize(
    ("before", "after", "blocks"), [(20, 18, False), (20, 17, True), (9, 0, False)]
)
def test_a_sudden_loss_blocks_until_a_person_lets_it_pass(
    tmp_path: Path, before: int, after: int, blocks: bool
) -> None:
    world = World(tmp_path)
    days = [DAY - timedelta(days=back) for back in (2, 1, 0)]
    world.night(days[0], {"vhs-adorf": catalogue(before)})  # type: ignore[dict-item]
    world.load()
    publish(world.settings)
    for day in days[1:]:
        # It stays blocked on the second night: readers still see the state before.
        world.night(day, {"vhs-adorf": catalogue(after)})  # type: ignore[dict-item]
        world.load()
        found = findings(world)
        assert [f.rule for f in found] == (["loss:vhs-adorf"] if blocks else [])
    if blocks:
        assert findings(world, published=False) == []
        publish(world.settings)
        assert findings(world) == []


def test_offers_that_are_over_are_no_loss(tmp_path: Path) -> None:
    world = World(tmp_path)
    over = [course(course_number=str(n), start_date=DAY - timedelta(days=1)) for n in range(20)]
    world.night(DAY - timedelta(days=2), {"vhs-adorf": over})
    world.load()
    publish(world.settings)
    world.night(DAY, {"vhs-adorf": []})
    world.load()
    assert findings(world) == []


def test_an_override_is_recorded_with_its_reason(world: World) -> None:
    finding = GuardFinding("offers", "loss:vhs-adorf", "weg", True)
    now = datetime(2026, 3, 10, tzinfo=UTC)
    connection = open_work(world.settings.work_database)
    with pytest.raises(ValueError, match="reason"):
        record_override(connection, [finding], " ", now)
    record_override(connection, [finding], "Semesterende", now)
    connection.close()
    assert world.rows("SELECT rule, reason FROM core.guard_overrides") == [
        ("loss:vhs-adorf", "Semesterende")
    ]


# ---------------------------------------------------------------- publication


def test_a_published_file_holds_the_whole_dictionary(world: World) -> None:
    path = publish(world.settings)
    dictionary = load_dictionary()
    with open_published(world.settings.published_dir) as reader:
        columns = reader.execute(
            "SELECT table_name, column_name, data_type, comment FROM duckdb_columns() "
            "WHERE schema_name = 'mart' ORDER BY table_name, column_index"
        ).fetchall()
        comments = dict(
            reader.execute("SELECT table_name, comment FROM duckdb_tables()").fetchall()
        )
        published = reader.execute("SELECT data_day, is_sample FROM mart.publication").fetchall()
    wanted = [
        (table.name, column.name, column.description)
        for table in sorted(dictionary.tables, key=lambda table: table.name)
        for column in table.columns
    ]
    assert [(table, name, comment) for table, name, _, comment in columns] == wanted
    assert comments == {table.name: table.description for table in dictionary.tables}
    assert published == [(DAY, True)]
    parquet = path.with_name(f"{path.stem}-files") / "parquet"
    assert {file.stem for file in parquet.iterdir()} == set(comments)
    assert not list(path.parent.glob("*.wal"))


def test_the_stable_name_opens_the_newest(world: World) -> None:
    publish(world.settings)
    newest = publish(world.settings)
    link = world.settings.data_dir / "warehouse" / "atlas.duckdb"
    assert link.resolve() == newest
    with open_file_read_only(link) as reader:
        assert reader.execute("SELECT count(*) FROM mart.offers").fetchone() == (1,)


def test_a_file_of_someone_else_is_not_replaced(world: World) -> None:
    link = world.settings.data_dir / "warehouse" / "atlas.duckdb"
    link.parent.mkdir(parents=True)
    link.write_text("mine")
    with pytest.raises(PublishError, match="move it away"):
        publish(world.settings)
    assert link.read_text() == "mine"


def test_the_last_publications_stay_and_the_current_always(world: World) -> None:
    paths = [publish(world.settings) for _ in range(KEPT_PUBLICATIONS + 2)]
    folder = world.settings.published_dir
    assert sorted(folder.glob("*.duckdb")) == sorted(paths[-KEPT_PUBLICATIONS:])
    assert len(list(folder.glob("*-files"))) == KEPT_PUBLICATIONS
    assert current_publication(folder) == paths[-1]


def test_readers_cannot_write_nor_leave_the_file(world: World) -> None:
    publish(world.settings)
    with open_published(world.settings.published_dir) as reader:
        with pytest.raises(duckdb.Error):
            reader.execute("DELETE FROM mart.offers")
        with pytest.raises(duckdb.Error):
            reader.execute("SELECT * FROM read_text('/etc/hostname')")


def test_a_running_reader_is_not_disturbed_and_a_new_one_sees_the_news(world: World) -> None:
    publish(world.settings)
    old = open_published(world.settings.published_dir)
    assert old.execute("SELECT count(*) FROM mart.offers").fetchone() == (1,)
    world.night(DAY, {"vhs-adorf": [course(course_number="1"), course(course_number="2")]})
    world.load()
    publish(world.settings)
    with open_published(world.settings.published_dir) as new:
        assert new.execute("SELECT count(*) FROM mart.offers").fetchone() == (2,)
    assert old.execute("SELECT count(*) FROM mart.offers").fetchone() == (1,)
    old.close()


def test_readers_in_a_loop_never_see_an_error_while_nights_publish(world: World) -> None:
    publish(world.settings)
    stop, errors, answers = threading.Event(), list[BaseException](), list[int]()

    def read() -> None:
        while not stop.is_set():
            try:
                with open_published(world.settings.published_dir) as reader:
                    row = reader.execute("SELECT count(*) FROM mart.council_coverage").fetchone()
                    assert row is not None
                    answers.append(row[0])
            except BaseException as error:
                errors.append(error)
                return

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for _ in range(KEPT_PUBLICATIONS + 3):
        publish(world.settings)
    stop.set()
    for reader in readers:
        reader.join()
    assert errors == []
    assert set(answers) == {9}


def test_leftovers_of_a_killed_publication_are_removed(world: World) -> None:
    good = publish(world.settings)
    folder = world.settings.published_dir
    leftovers = [folder / ".building-x.duckdb", folder / "atlas-20990101T000000000000Z.duckdb"]
    for leftover in leftovers:
        shutil.copy(good, leftover)
        os.utime(leftover, ns=(good.stat().st_mtime_ns + 10**9,) * 2)
    orphan = folder / "atlas-20990101T000000000001Z-files"
    orphan.mkdir()
    newest = publish(world.settings)
    assert not any(path.exists() for path in (*leftovers, orphan))
    assert sorted(folder.glob("*.duckdb")) == sorted([good, newest])


def test_an_incomplete_mart_is_refused_and_the_last_publication_stays(world: World) -> None:
    good = publish(world.settings)
    change(world, "DELETE FROM mart.council_coverage")
    with pytest.raises(PublishError, match=r"mart\.council_coverage"):
        publish(world.settings)
    change(world, "DROP TABLE mart.offers")
    with pytest.raises(PublishError, match=r"mart\.offers: this table is missing"):
        publish(world.settings)
    assert current_publication(world.settings.published_dir) == good


def test_nothing_published_is_said_in_a_sentence(tmp_path: Path) -> None:
    assert current_publication(tmp_path) is None
    with pytest.raises(StoreError, match="nothing has been published yet"):
        open_published(tmp_path)
    (tmp_path / POINTER).write_text("../elsewhere.duckdb\n")
    with pytest.raises(StoreError, match="not a file name"):
        current_publication(tmp_path)
