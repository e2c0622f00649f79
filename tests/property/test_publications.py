"""What a publication takes over from the last one is what it would have written anew.

Random nights, days without a landing, a register that changes, goes back and is relabelled, a
newer program: after each the publication is compared with one of a copy of the working database
that has never published.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any
from unittest import mock

import duckdb
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pipeline import mart
from pipeline.mart_filling import mart_versions
from pipeline.publish import publish
from tests.pipeline.landing_builder import World
from tests.property.simulated_land import Crawl, Land, outcomes, register_texts
from warehouse.dictionary import Table, load_dictionary
from warehouse.settings import Settings
from warehouse.store import open_file_read_only, open_work

FIRST_DAY = date(2026, 3, 27)
EVENTS = ("night", "night", "same night", "back", "day", "nothing", "register", "program")
# The third visit that finds the same moves nothing but the day of the last visit.
EVERYTHING = (*["same night"] * 3, "day", "register", "register", "program", "back")
# When it was published, and what was published before.
OWN = {"publication", "row_counts"}


class Story:
    """One warehouse through its events."""

    def __init__(self, folder: Path) -> None:
        self.world = World(folder, today=FIRST_DAY, register_texts=register_texts())
        self.land = Land(FIRST_DAY)
        self.crawls: list[Crawl] = []
        self.program = "1"
        self.has_other_register = False

    def happen(self, event: str, seed: int) -> None:
        if event == "night":
            dice = Random(seed)
            seeds = [dice.getrandbits(32) for _ in range(len(self.land.sites) + 2)]
            self._visit(self.land.day(len(self.crawls), seeds)[0])
        elif event == "same night":
            self._visit(self.crawls[-1])
        elif event == "back":
            self._visit(self.crawls[0])
        elif event == "day":
            self.world.today += timedelta(days=40)
        elif event == "register":
            self.has_other_register = not self.has_other_register
            self.world.register_texts = register_texts(
                [(0, 1), (3, 2)] if self.has_other_register else ()
            )
        elif event == "program":
            self.program += ".1"
        with mock.patch.object(mart, "version", return_value=self.program):
            self.world.load()

    def _visit(self, crawl: Crawl) -> None:
        self.world.today += timedelta(days=1)
        self.world.night(self.world.today, outcomes(crawl))
        self.crawls.append(crawl)

    def publish_anew(self, folder: Path) -> Path:
        """A publication with nothing before it, of the same working database."""
        settings = Settings(
            data_dir=folder, environment="sample", fixed_today=self.world.today, contact=""
        )
        settings.work_database.parent.mkdir(parents=True)
        shutil.copyfile(self.world.settings.work_database, settings.work_database)
        return publish(settings)


def rows(published: Path) -> dict[str, list[tuple[Any, ...]]]:
    with open_file_read_only(published) as connection:
        return {
            table.name: connection.execute(f"SELECT * FROM {table.full_name}").fetchall()
            for table in load_dictionary().tables
            if table.name not in OWN
        }


def described(published: Path) -> list[tuple[Any, ...]]:
    """Columns, types, comments and macros: all that a file says of itself."""
    with open_file_read_only(published) as connection:
        columns = connection.execute(
            "SELECT table_name, column_name, data_type, is_nullable, comment "
            "FROM duckdb_columns() WHERE NOT internal ORDER BY ALL"
        ).fetchall()
        tables = connection.execute(
            "SELECT table_name, comment FROM duckdb_tables() ORDER BY ALL"
        ).fetchall()
        macros = connection.execute(
            "SELECT function_name, macro_definition FROM duckdb_functions() "
            "WHERE NOT internal ORDER BY ALL"
        ).fetchall()
    return [*columns, *tables, *macros]


def files(published: Path) -> dict[str, str]:
    """A digest for the contents of each file beside a publication."""
    folder = published.with_name(f"{published.stem}-files")
    found = {}
    with duckdb.connect() as connection:
        for path in sorted(folder.rglob("*.*")):
            if path.stem in OWN or path.parent == folder:
                continue
            if path.suffix == ".parquet":
                contents = repr(connection.execute(f"FROM '{path}'").fetchall()).encode()
            else:
                contents = path.read_bytes()
            found[f"{path.parent.name}/{path.name}"] = hashlib.sha256(contents).hexdigest()
    return found


class Versions:
    """What the marks of tables have promised so far: one mark, one state of the table."""

    def __init__(self) -> None:
        self._seen: dict[tuple[str, str], str] = {}

    def hold(self, database: Path) -> None:
        with open_work(database) as connection:
            versions = mart_versions(connection)
            for table in load_dictionary().tables:
                if table.name not in versions:
                    continue
                mark = versions[table.name]
                self._hold(connection, table, mark.contents, "*")
                self._hold(connection, table, mark.keys, ", ".join(table.key))

    def _hold(
        self, connection: duckdb.DuckDBPyConnection, table: Table, mark: str, columns: str
    ) -> None:
        found = connection.execute(f"SELECT {columns} FROM {table.full_name}").fetchall()
        digest = hashlib.sha256(repr(found).encode()).hexdigest()
        assert self._seen.setdefault((columns, mark), digest) == digest, (table.name, columns)


@settings(
    max_examples=1,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=True,
)
@given(st.lists(st.tuples(st.sampled_from(EVENTS), st.integers(0, 2**32)), min_size=4, max_size=5))
@example([(event, number) for number, event in enumerate(EVERYTHING)])
def test_a_publication_that_takes_over_equals_one_written_anew(
    events: list[tuple[str, int]],
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        story, versions = Story(folder / "story"), Versions()
        for number, (event, seed) in enumerate([("night", 1), *events]):
            story.happen(event, seed)
            versions.hold(story.world.settings.work_database)
            anew = story.publish_anew(folder / f"anew-{number}")
            following = publish(story.world.settings)
            assert described(following) == described(anew), event
            expected = rows(anew)
            for table, found in rows(following).items():
                assert found == expected[table], (event, table)
            assert files(following) == files(anew), event
            shutil.rmtree(folder / f"anew-{number}")
