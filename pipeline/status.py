"""`atlas status`: what is published, how old it is, and how the sources are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipeline.exit_codes import ExitCode
from warehouse.nights import LastNight, last_night
from warehouse.settings import Settings
from warehouse.store import current_publication, open_published

COVERAGE_STATES = ("offered", "none_found", "unknown", "not_configured")


@dataclass(frozen=True)
class SourceStatus:
    """How the last visit to one source ended. Never visited: `state` is None."""

    source_id: str
    state: str | None
    failure_class: str | None
    detail: str | None
    last_crawl_at: datetime | None
    last_complete_at: datetime | None


@dataclass(frozen=True)
class Status:
    """The current publication in numbers. `coverage` counts councils by module and state.

    `last_night` is how the last night ended; with problems, the publication is not of that night.
    """

    published: str | None
    published_at: datetime | None = None
    data_day: str | None = None
    is_sample: bool | None = None
    offers: int = 0
    coverage: Mapping[str, Mapping[str, int]] | None = None
    sources: tuple[SourceStatus, ...] = ()
    last_night: LastNight | None = None

    @property
    def held_back(self) -> bool:
        """True when newer data were read and not published."""
        return self.last_night is not None and self.last_night.published is None

    @property
    def exit_code(self) -> ExitCode:
        if self.published is None:
            return ExitCode.NOTHING_PUBLISHED
        if self.held_back or any(source.state != "complete" for source in self.sources):
            return ExitCode.INCOMPLETE
        return ExitCode.ALL_WELL

    def as_dict(self) -> dict[str, Any]:
        return {"exit_code": int(self.exit_code), **asdict(self)}

    def print_to(self, console: Console) -> None:
        if self.last_night is not None and self.held_back:
            console.print(held_back_text(self.last_night), markup=False)
        if self.published is None:
            console.print("nothing is published yet: start `atlas run` (or `make run`)")
            return
        kind = "sample data" if self.is_sample else "live data"
        console.print(
            f"{self.published}: {kind}, day {self.data_day}, {self.published_at:%F %R} UTC"
        )
        console.print(f"{self.offers} current offers")
        console.print(_coverage_table(self.coverage or {}))
        console.print(_source_table(self.sources))


def read_status(settings: Settings) -> Status:
    """Raises StoreError if the publication cannot be opened."""
    night = last_night(settings)
    path = current_publication(settings.published_dir)
    if path is None:
        return Status(published=None, last_night=night)
    with open_published(settings.published_dir) as connection:
        publication = connection.execute(
            "SELECT published_at, data_day::VARCHAR, is_sample FROM mart.publication"
        ).fetchone()
        assert publication is not None
        offers = connection.execute(
            "SELECT count(*) FROM mart.offers WHERE lifecycle IN ('current', 'vanished')"
        ).fetchone()
        assert offers is not None
        counted = connection.execute(
            "SELECT module, state, count(*) FROM mart.council_coverage GROUP BY ALL"
        ).fetchall()
        sources = connection.execute(
            """SELECT source_id, state, failure_class, detail, last_crawl_at, last_complete_at
            FROM mart.source_health ORDER BY source_id"""
        ).fetchall()
    coverage: dict[str, dict[str, int]] = {
        module: dict.fromkeys(COVERAGE_STATES, 0) for module in ("basis", "aufbau", "other")
    }
    for module, state, count in counted:
        coverage[module][state] = count
    return Status(
        published=path.name,
        published_at=publication[0],
        data_day=publication[1],
        is_sample=publication[2],
        offers=offers[0],
        coverage=coverage,
        sources=tuple(SourceStatus(*row) for row in sources),
        last_night=night,
    )


def held_back_text(night: LastNight) -> str:
    """What stopped the last night and what to do, for a night that did not publish."""
    if night.by_guards:
        todo = (
            "look at the sources named; if what they show is right, publish with "
            '`atlas load --override-guards "reason"`'
        )
    elif night.interrupted:
        todo = "start `atlas run`"
    else:
        todo = "mend that, then start `atlas run` again"
    return "\n".join(
        (
            f"the last night ({night.finished_at:%F %R} UTC) was not published, "
            "what was published before stays:",
            *(f"- {problem}" for problem in night.problems),
            todo,
        )
    )


def _coverage_table(coverage: Mapping[str, Mapping[str, int]]) -> Table:
    table = Table("module", *COVERAGE_STATES, title="councils by state")
    for module, counts in coverage.items():
        table.add_row(module, *(str(counts[state]) for state in COVERAGE_STATES))
    return table


def _source_table(sources: tuple[SourceStatus, ...]) -> Table:
    table = Table("source", "state", "last complete", "what is wrong", title="sources")
    for source in sources:
        complete = f"{source.last_complete_at:%F %R}" if source.last_complete_at else "never"
        wrong = f"{source.failure_class}: {source.detail}" if source.failure_class else ""
        table.add_row(source.source_id, source.state or "not visited", complete, Text(wrong))
    return table
