"""What the warehouse benchmark measures, each in a process of its own so that its memory is too.

`python -m tests.bench.warehouse_steps generate|bare|night FOLDER [DAY]` prints one JSON object.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path

import duckdb

from pipeline.guards import check_before_publication
from pipeline.landing_reader import list_landings
from pipeline.load import apply_crawls, build_mart, load_reference, stage
from pipeline.publish import publish
from pipeline.register import load_register
from tests.bench.many_courses import FIRST_DAY, write_landings, write_register
from warehouse.dictionary import load_dictionary
from warehouse.settings import Settings
from warehouse.store import json_path, open_work

# DuckDB imports pandas at its first parameter: that is the start of a process, not the work.
duckdb.execute("SELECT $1", [0])

NIGHTS = 2
_LINES = """read_json($1, format = 'newline_delimited', columns = {
    crawl_id: 'VARCHAR', source_id: 'VARCHAR', provider_id: 'VARCHAR', page_url: 'VARCHAR',
    fetched_at: 'TIMESTAMPTZ', content_sha256: 'VARCHAR', extractor: 'VARCHAR',
    record_sha256: 'VARCHAR', record: 'JSON'})"""


@dataclass
class Measured:
    """Seconds by step, on the wall and of all processors (which a busy computer distorts less),
    and the peak memory of the process in megabytes."""

    steps: dict[str, float] = field(default_factory=dict)
    processor_steps: dict[str, float] = field(default_factory=dict)
    megabytes: float = 0.0

    @property
    def seconds(self) -> float:
        return sum(self.steps.values())

    @property
    def processor_seconds(self) -> float:
        return sum(self.processor_steps.values())

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        began, began_working = time.perf_counter(), time.process_time()
        yield
        self.processor_steps[name] = time.process_time() - began_working
        self.steps[name] = time.perf_counter() - began


def settings_of(folder: Path, day: date) -> Settings:
    """The installation under the benchmark's folder, on this day."""
    return Settings(data_dir=folder / "data", environment="production", fixed_today=day, contact="")


def generate(folder: Path, _: date) -> Measured:
    """Writes the register and the landings; the second waits beside until its night has come."""
    measured = Measured()
    with measured.step("generate"):
        write_register(folder / "register")
        write_landings(folder / "register", folder / "landings", NIGHTS)
    return measured


def bare(folder: Path, _: date) -> Measured:
    """DuckDB by itself: the lines into a table, the table written out. `typed`: with the columns
    that DuckDB finds, as a database and as Parquet, as a publication is; `text`: each record left
    as it is, as Parquet alone, which is the least that reading and writing can be."""
    measured = Measured()
    (records,) = sorted((folder / "landings").glob(f"{FIRST_DAY:%Y%m%d}*/records.jsonl"))
    path = json_path(records)
    with measured.step("typed"), duckdb.connect(str(folder / "bare.duckdb")) as connection:
        connection.execute(
            "CREATE TABLE landed AS FROM "
            "read_json($1, format = 'newline_delimited', sample_size = -1)",
            [path],
        )
        connection.execute(f"COPY landed TO '{folder / 'bare.parquet'}' (COMPRESSION zstd)")
    with measured.step("text"), duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE landed AS FROM {_LINES}", [path])
        connection.execute(f"COPY landed TO '{folder / 'bare.parquet'}'")
    for file in folder.glob("bare.*"):
        file.unlink()
    return measured


def night(folder: Path, day: date) -> Measured:
    """From landing to publication as the assets do it, each with its own opening of the file."""
    settings = settings_of(folder, day)
    settings.landing_dir.mkdir(parents=True, exist_ok=True)
    for landing in sorted((folder / "landings").glob(f"{day:%Y%m%d}*")):
        landing.rename(settings.landing_dir / landing.name)
    measured = Measured()
    with measured.step("staging"), open_work(settings.work_database) as connection:
        stage(connection, list_landings(settings.landing_dir))
    with measured.step("reference"):
        register = load_register(folder / "register")
        with open_work(settings.work_database) as connection:
            load_reference(connection, register)
    with measured.step("core"), open_work(settings.work_database) as connection:
        apply_crawls(connection, register)
    with measured.step("mart"), open_work(settings.work_database) as connection:
        build_mart(connection, register, settings)
    with measured.step("guards"), open_work(settings.work_database) as connection:
        findings = check_before_publication(
            connection, load_dictionary(), register, settings.published_dir
        )
    if any(finding.blocking for finding in findings):
        raise RuntimeError(f"the guards hold this night back: {findings}")
    with measured.step("publication"):
        publish(settings)
    return measured


_TASKS: dict[str, Callable[[Path, date], Measured]] = {
    "generate": generate,
    "bare": bare,
    "night": night,
}


def main(task: str, folder: str, day: str) -> None:
    measured = _TASKS[task](Path(folder), date.fromisoformat(day))
    # In kilobytes, as Linux counts; the caller stays small, because a child begins with its peak.
    measured.megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(asdict(measured)))


if __name__ == "__main__":
    main(*sys.argv[1:])
