"""Where the data live, which day it is, and in which environment the program runs.

All settings come from environment variables; nothing else is read. `ATLAS_TODAY` fixes the day for
tests and demonstrations: then every clock of the program shows that day.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Literal, cast
from zoneinfo import ZoneInfo

BERLIN = ZoneInfo("Europe/Berlin")
WAREHOUSE_DIR = Path(__file__).resolve().parent
REFERENCE_DIR = WAREHOUSE_DIR / "reference"
DEFAULT_DATA_DIR = WAREHOUSE_DIR / "data"

Environment = Literal["sample", "production"]


class SettingsError(Exception):
    """An environment variable that cannot be used; the message names it and says what to do."""


@dataclass(frozen=True)
class Settings:
    """Paths and clock of one installation. All paths are absolute."""

    data_dir: Path
    environment: Environment
    fixed_today: date | None
    contact: str
    stale_after: timedelta = timedelta(hours=36)
    """A publication older than this is told of: a night comes every 24 hours, and half a day of
    grace covers a late or repeated one."""

    @property
    def landing_dir(self) -> Path:
        return self.data_dir / "landing"

    @property
    def archive_dir(self) -> Path:
        return self.data_dir / "archive"

    @property
    def work_database(self) -> Path:
        return self.data_dir / "work" / "warehouse.duckdb"

    @property
    def published_dir(self) -> Path:
        return self.data_dir / "published"

    @property
    def dagster_home(self) -> Path:
        return self.data_dir / "dagster"

    def now(self) -> datetime:
        """The current time in UTC; on a fixed day, the time of the real clock on that day."""
        real = datetime.now(UTC)
        if self.fixed_today is None:
            return real
        return datetime.combine(self.fixed_today, real.timetz())

    def today(self) -> date:
        """The calendar day in Germany."""
        if self.fixed_today is not None:
            return self.fixed_today
        return self.now().astimezone(BERLIN).date()


def load_settings(environ: dict[str, str] | None = None) -> Settings:
    """Reads ATLAS_DATA, ATLAS_TODAY, ATLAS_ENVIRONMENT, ATLAS_CONTACT and ATLAS_STALE_HOURS.

    Raises SettingsError.
    """
    env = os.environ if environ is None else environ
    data_dir = Path(env.get("ATLAS_DATA") or DEFAULT_DATA_DIR).expanduser().resolve()

    fixed_today = None
    if text := env.get("ATLAS_TODAY"):
        with suppress(ValueError):
            fixed_today = date.fromisoformat(text)
        if (
            fixed_today is None
            or fixed_today.isoformat() != text
            or fixed_today.year not in range(2000, 2200)
        ):
            raise SettingsError(
                f"environment variable ATLAS_TODAY: {text!r} is not a date from 2000 to 2199; "
                "write it as YYYY-MM-DD, for example 2026-03-14, or unset it"
            )

    environment = env.get("ATLAS_ENVIRONMENT") or "sample"
    if environment not in ("sample", "production"):
        raise SettingsError(
            f"environment variable ATLAS_ENVIRONMENT: {environment!r} is unknown; "
            "write production for live crawls, sample (or nothing) for everything else"
        )
    contact = env.get("ATLAS_CONTACT") or ""
    if not contact.isprintable():
        raise SettingsError(
            f"environment variable ATLAS_CONTACT: {contact!r} is more than one line; "
            "write an e-mail address or the address of a page"
        )
    stale_after = Settings.stale_after
    if text := env.get("ATLAS_STALE_HOURS"):
        try:
            stale_after = timedelta(hours=float(text))
        except (ValueError, OverflowError):
            stale_after = timedelta(0)
        if stale_after <= timedelta(0):
            raise SettingsError(
                f"environment variable ATLAS_STALE_HOURS: {text!r} is not a number of hours above "
                "0; write for example 36, or unset it"
            )
    return Settings(data_dir, cast(Environment, environment), fixed_today, contact, stale_after)
