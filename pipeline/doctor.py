"""`atlas doctor`: looks at the installation and says what is wrong and what to do."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Any, Literal

import duckdb
from rich.console import Console

from pipeline.alarm_book import read_book
from pipeline.alarms import alarm_state_file
from pipeline.boundaries_kept import are_kept_boundaries_broken, kept_boundaries, kept_file
from pipeline.continuing import unfinished_landings
from pipeline.exit_codes import ExitCode
from pipeline.night_settings import load_night_settings
from pipeline.status import held_back_text
from warehouse.nights import is_night_running, last_night, staleness
from warehouse.settings import Settings
from warehouse.store import StoreError, current_publication, open_published

Level = Literal["ok", "warning", "error"]


@dataclass(frozen=True)
class Finding:
    """One thing looked at: how it is, and what to do where it is not well."""

    subject: str
    level: Level
    message: str


@dataclass(frozen=True)
class Examination:
    """All findings. Errors mean that nothing is (or can be) published."""

    findings: tuple[Finding, ...]

    @property
    def exit_code(self) -> ExitCode:
        levels = {finding.level for finding in self.findings}
        if "error" in levels:
            return ExitCode.NOTHING_PUBLISHED
        return ExitCode.INCOMPLETE if "warning" in levels else ExitCode.ALL_WELL

    def as_dict(self) -> dict[str, Any]:
        return {
            "exit_code": int(self.exit_code),
            "findings": [asdict(finding) for finding in self.findings],
        }

    def print_to(self, console: Console) -> None:
        for finding in self.findings:
            line = f"{finding.level:8}{finding.subject}: {finding.message}"
            console.print(line, markup=False)


def examine(settings: Settings) -> Examination:
    """Looks at everything; a look that fails is a finding, not an exception."""
    looks: tuple[Callable[[Settings], Iterator[Finding]], ...] = (
        _data_folder,
        _publication,
        _last_night,
        _unfinished_landings,
        _boundaries,
        _alarms,
        _browser,
    )
    return Examination(tuple(finding for look in looks for finding in look(settings)))


def _data_folder(settings: Settings) -> Iterator[Finding]:
    folder = settings.data_dir
    existing = next(path for path in (folder, *folder.parents) if path.exists())
    if not os.access(existing, os.W_OK):
        message = f"{existing} cannot be written; change its permissions or set ATLAS_DATA"
        yield Finding("data folder", "error", message)
        return
    free = shutil.disk_usage(existing).free
    if free < load_night_settings().least_free_gb * 1e9:
        message = (
            f"only {free / 1e9:.1f} GB are free at {existing}; make room before the next night"
        )
        yield Finding("data folder", "warning", message)
    else:
        yield Finding("data folder", "ok", f"{folder}, {free / 1e9:.0f} GB free")


def _publication(settings: Settings) -> Iterator[Finding]:
    try:
        path = current_publication(settings.published_dir)
        if path is None:
            message = "nothing is published yet; start `atlas run`"
            yield Finding("publication", "error", message)
            return
        with open_published(settings.published_dir) as connection:
            row = connection.execute(
                "SELECT published_at, is_sample FROM mart.publication"
            ).fetchone()
    except (StoreError, duckdb.Error, OSError) as error:
        yield Finding("publication", "error", f"{error}; publish again with `atlas load`")
        return
    assert row is not None
    published_at, is_sample = row
    kind = "sample data" if is_sample else "live data"
    age = staleness(settings, published_at)
    if age is not None and age.cause == "clock":
        message = (
            f"{path.name} was published {-age.hours:.0f} hours after what the clock of this "
            "computer says now; set the clock right, until then no night begins"
        )
        yield Finding("publication", "warning", message)
    elif age is not None:
        cause = (
            "nights did run and were not published, see last night"
            if age.cause == "night_not_published"
            else "look whether the nightly run is switched on (docs/operations.md) "
            "and start `atlas run`"
        )
        message = f"{path.name} is {age.hours:.0f} hours old; {cause}"
        yield Finding("publication", "warning", message)
    else:
        yield Finding("publication", "ok", f"{path.name} ({kind})")


def _last_night(settings: Settings) -> Iterator[Finding]:
    night = last_night(settings)
    if night is None:
        return
    if night.published is None:
        yield Finding("last night", "warning", held_back_text(night))
    else:
        yield Finding("last night", "ok", f"published at {night.finished_at:%F %R} UTC")


def _unfinished_landings(settings: Settings) -> Iterator[Finding]:
    unfinished = [folder.name for folder in unfinished_landings(settings)]
    if unfinished and not is_night_running(settings):
        message = (
            f"{len(unfinished)} crawls were killed ({', '.join(unfinished[:3])}); the next night "
            "keeps what they have read whole and reads the rest. Folders that stay after it may be "
            "deleted"
        )
        yield Finding("landing", "warning", message)


def _boundaries(settings: Settings) -> Iterator[Finding]:
    """A map without official boundaries is no fault, one that has lost them is."""
    if are_kept_boundaries_broken(settings):
        message = (
            f"{kept_file(settings)} is not whole, so the map is schematic; load the boundaries "
            "anew with `atlas boundaries`"
        )
        yield Finding("boundaries", "warning", message)
    elif (boundaries := kept_boundaries(settings)) is None:
        yield Finding("boundaries", "ok", "none kept, the map is schematic")
    elif missing := _municipalities(settings) - set(boundaries.shapes):
        message = (
            f"the boundaries kept lack {len(missing)} municipalities of the register "
            f"({', '.join(sorted(missing)[:3])}), so the map is schematic; load newer ones with "
            "`atlas boundaries`, or correct municipalities.csv"
        )
        yield Finding("boundaries", "warning", message)
    else:
        message = f"{len(boundaries.shapes)} municipalities, as of {boundaries.as_of or 'unknown'}"
        yield Finding("boundaries", "ok", message)


def _municipalities(settings: Settings) -> set[str]:
    try:
        with open_published(settings.published_dir) as connection:
            rows = connection.execute("SELECT ags FROM mart.municipalities").fetchall()
    except (StoreError, duckdb.Error, OSError):
        return set()
    return {ags for (ags,) in rows}


def _alarms(settings: Settings) -> Iterator[Finding]:
    book = read_book(alarm_state_file(settings))
    for sentence in book.failures.values():
        yield Finding("alarms", "warning", f"{sentence}; it is tried again with the next alarm")
    still_open = [entry.subject for entry in book.entries.values() if not entry.is_over]
    if still_open:
        yield Finding("alarms", "ok", f"told and still open: {'; '.join(still_open)}")


def _browser(settings: Settings) -> Iterator[Finding]:
    if shutil.which("chromium") or shutil.which("google-chrome"):
        yield Finding("browser", "ok", "Chromium is there for the browser tests")
    else:
        message = "no Chromium: the browser tests are skipped (Debian: apt-get install chromium)"
        yield Finding("browser", "ok", message)
