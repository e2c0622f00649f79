"""From the register to a crawl plan, and the commands that the crawl process is started with."""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Sequence
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from pipeline.landing_reader import list_landings
from pipeline.night_settings import NightSettings
from pipeline.register import Register, RegisterError
from scrapers.records import CrawlPlan, Manifest, SourceSpec, is_loopback
from warehouse.settings import Settings, SettingsError

DISTRIBUTION = "qualifizierungsatlas"
SAMPLE_ONLY = "sample web only"


class ClockError(Exception):
    """The clock of this computer shows a time before what was read already."""


def new_crawl_id(now: datetime) -> str:
    """Sorts by time; the suffix keeps two crawls of one second apart."""
    return f"{now:%Y%m%dT%H%M%SZ}-{secrets.token_hex(2)}"


def require_contact(settings: Settings, sources: Sequence[SourceSpec]) -> None:
    """Raises SettingsError where sites would be asked without saying by whom."""
    user_agent(settings, is_sample=only_on_loopback(sources))


def require_clock(settings: Settings) -> None:
    """Raises ClockError before sites are asked for what could not be loaded: nights are applied in
    the order of their beginning. Raises LandingError where a landing cannot be read."""
    landings = list_landings(settings.landing_dir)
    if landings and landings[-1].manifest.started_at > settings.now():
        raise _clock_error(settings, landings[-1].manifest)


def require_day(settings: Settings) -> None:
    """Raises ClockError before data would be published under a day that they are newer than: checks
    of tomorrow are not fresh, and no state of a council would be true. Raises LandingError."""
    landings = list_landings(settings.landing_dir)
    newest = max((each.manifest for each in landings), key=lambda m: m.today, default=None)
    if newest is not None and newest.today > settings.today():
        raise _clock_error(settings, newest)


def _clock_error(settings: Settings, newest: Manifest) -> ClockError:
    day = " (ATLAS_TODAY fixes the day)" if settings.fixed_today else ""
    return ClockError(
        f"the clock says {settings.now():%Y-%m-%d %H:%M} UTC{day}, but crawl {newest.crawl_id} "
        f"began at {newest.started_at:%Y-%m-%d %H:%M} UTC; set the clock right, or move the folder "
        "of that crawl away if it was made with a wrong clock"
    )


def require_same_web(settings: Settings, register: Register) -> None:
    """Raises SettingsError before sites are asked for what could not be loaded beside the rest:
    a sample says nothing about the real world. Raises LandingError where a landing cannot be read.
    """
    kinds = {True: "sample data", False: "real data"}
    for landing in list_landings(settings.landing_dir):
        there = landing.manifest.is_sample
        if there != register.is_sample:
            raise SettingsError(
                f"environment variable ATLAS_DATA: {settings.data_dir} holds {kinds[there]} and "
                f"the addresses of this register give {kinds[register.is_sample]}; name another "
                "folder for one of them"
            )


def only_on_loopback(sources: Sequence[SourceSpec]) -> bool:
    """True when a visit to these sources asks nobody outside this computer."""
    addresses = [address for source in sources for address in (*source.start_urls, source.search)]
    return all(is_loopback(address) for address in addresses if address)


def user_agent(settings: Settings, *, is_sample: bool) -> str:
    """How every request presents itself. Raises SettingsError where a live site would be asked
    without saying by whom."""
    if not is_sample and not settings.contact:
        raise SettingsError(
            "environment variable ATLAS_CONTACT is missing: every request to a live site names a "
            "contact; write an e-mail address or a page where the operator can be reached"
        )
    return f"QualifizierungsatlasNRW/{version(DISTRIBUTION)} (+{settings.contact or SAMPLE_ONLY})"


def make_plan(
    settings: Settings,
    limits: NightSettings,
    register: Register,
    sources: Sequence[SourceSpec],
    crawl_id: str,
) -> CrawlPlan:
    """The plan of one crawl of these sources. Raises SettingsError where a contact is missing."""
    on_loopback = only_on_loopback(sources)
    return CrawlPlan(
        crawl_id=crawl_id,
        today=settings.today(),
        started_at=settings.now(),
        is_sample=register.is_sample,
        user_agent=user_agent(settings, is_sample=on_loopback),
        trusted_origins=tuple(sorted(register.trusted_origins)),
        sources=tuple(sources),
        retries=limits.retries,
        retry_pause_seconds=limits.retry_pause(on_loopback=on_loopback),
        most_seconds=limits.night_hours * 3600,
    )


def plan_file(settings: Settings, crawl_id: str) -> Path:
    """Where the plan of a crawl stands that the crawl process is started with."""
    return settings.data_dir / "work" / "plans" / f"{crawl_id}.json"


def crawl_command(settings: Settings, crawl_id: str, log_file: Path) -> list[str]:
    """The command of the crawl process."""
    return [
        sys.executable,
        "-m",
        "scrapers",
        "crawl",
        "--plan",
        str(plan_file(settings, crawl_id)),
        "--landing",
        str(settings.landing_dir),
        "--archive",
        str(settings.archive_dir),
        "--log",
        str(log_file),
        "--parent-pid",
        str(os.getpid()),
    ]


def seal_command(landing: Path) -> list[str]:
    """The command that makes a whole landing of what a killed crawl has left."""
    return [sys.executable, "-m", "scrapers", "seal", "--folder", str(landing)]


def remember_register(settings: Settings, register_dir: Path | None) -> None:
    """Notes which register the last crawl was made with, for a later load without a crawl."""
    note = _register_note(settings)
    if register_dir is None:
        note.unlink(missing_ok=True)
    else:
        note.parent.mkdir(parents=True, exist_ok=True)
        folder, data = register_dir.resolve(), settings.data_dir
        # The sample web's stays right when the whole data folder is moved.
        folder = folder.relative_to(data) if folder.is_relative_to(data) else folder
        note.write_text(str(folder), encoding="utf-8")


def last_register_dir(settings: Settings) -> Path | None:
    """The register folder of the last crawl, None if it was the shipped one.

    Raises RegisterError where it is gone: with another one, what was read would mean something
    else.
    """
    note = _register_note(settings)
    if not note.exists():
        return None
    directory = settings.data_dir / note.read_text(encoding="utf-8").strip()
    if not directory.is_dir():
        raise RegisterError(
            [f"{directory}: the register of the last crawl is gone; name one with --register"]
        )
    return directory


def _register_note(settings: Settings) -> Path:
    return settings.data_dir / "work" / "last_register"
