"""How the last night ended, whether one is running, and how old what is shown may be.

A night that is held back leaves no publication, so nothing published can tell of it; a night that
is killed can tell nothing at all. So two notes are kept beside the working database:

    work/started_night.json   from the beginning of a night to its end
    work/last_night.json      how the last night ended

A note of a beginning while no process holds the lock means that the night was interrupted.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

from warehouse.settings import Settings

INTERRUPTED = (
    "the last night was interrupted before its end (its process was ended, or the computer was); "
    "start it again: what it had read whole today is not asked for again"
)


@dataclass(frozen=True)
class LastNight:
    """The end of the last night that was to publish.

    `published` names the published file; None means that the night was held back or broke, and
    `problems` are the sentences that say why. `by_guards`: only guards held it back, so a person
    may let it pass with a reason. `finished_at` is in UTC; for a night that was `interrupted` it is
    its beginning, because nobody noted its end. `refused`: it could not begin.
    `crawl_ids` are its visits, in order.
    """

    finished_at: datetime
    published: str | None
    problems: tuple[str, ...]
    by_guards: bool
    interrupted: bool = False
    refused: bool = False
    crawl_ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class StartedNight:
    """A night that has begun and not ended. `crawls` maps each crawl id to the sources that were
    chosen for the night, in the order of the crawls."""

    started_at: datetime
    day: date
    crawls: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Staleness:
    """Why what is published is not of these days. `hours` is its age, negative where the clock of
    this computer shows an earlier time than when it was published."""

    hours: float
    cause: Literal["no_night", "night_not_published", "clock"]


def last_night(settings: Settings) -> LastNight | None:
    """How the last night ended; None where there was none or its note cannot be read.

    While a night is running this is the one before it.
    """
    started, ended = started_night(settings), _noted_end(settings)
    if started is None or is_night_running(settings) or _is_refusal_after(started, ended):
        return ended
    return LastNight(
        started.started_at,
        None,
        (INTERRUPTED,),
        by_guards=False,
        interrupted=True,
        crawl_ids=tuple(started.crawls),
    )


def _is_refusal_after(started: StartedNight, ended: LastNight | None) -> bool:
    """Whether somebody tried to go on after the interruption and could not begin."""
    return ended is not None and ended.refused and ended.finished_at >= started.started_at


def _noted_end(settings: Settings) -> LastNight | None:
    noted = _read(_end_note(settings))
    try:
        return LastNight(
            finished_at=datetime.fromisoformat(noted["finished_at"]),
            published=noted["published"],
            problems=tuple(str(problem) for problem in noted["problems"]),
            by_guards=bool(noted["by_guards"]),
            refused=bool(noted.get("refused")),
            crawl_ids=tuple(noted.get("crawl_ids", ())),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def started_night(settings: Settings) -> StartedNight | None:
    """The night that has begun and of which no end was noted: running or interrupted."""
    noted = _read(_start_note(settings))
    try:
        return StartedNight(
            started_at=datetime.fromisoformat(noted["started_at"]),
            day=date.fromisoformat(noted["day"]),
            crawls={str(key): tuple(map(str, chosen)) for key, chosen in noted["crawls"].items()},
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def begin_night(settings: Settings) -> None:
    """Notes that a night begins. An interrupted night of the same day goes on: its crawls stay.

    Only the holder of the night lock may call this. Raises OSError.
    """
    before = started_night(settings)
    today = settings.today()
    crawls = before.crawls if before is not None and before.day == today else {}
    _write_start(settings, StartedNight(settings.now(), today, crawls))


def note_crawl(settings: Settings, crawl_id: str, chosen: Sequence[str]) -> None:
    """Notes a crawl of the night that has begun. Crawls over other sources were another night's.

    Raises OSError.
    """
    night = started_night(settings)
    if night is not None:
        same = {key: ids for key, ids in night.crawls.items() if set(ids) == set(chosen)}
        crawls = {**same, crawl_id: tuple(chosen)}
        _write_start(settings, replace(night, crawls=crawls))


def note_night(settings: Settings, night: LastNight) -> None:
    """Notes the end of a night. Raises OSError."""
    started = started_night(settings)
    text = {
        "finished_at": night.finished_at.isoformat(),
        "published": night.published,
        "problems": night.problems,
        "by_guards": night.by_guards,
        "crawl_ids": night.crawl_ids or tuple(started.crawls if started else ()),
    }
    _write(_end_note(settings), text)
    _start_note(settings).unlink(missing_ok=True)


def note_refusal(settings: Settings, problem: str) -> None:
    """Notes that a night could not begin. What an interrupted night has left stays to be continued.

    Raises OSError.
    """
    text = {
        "finished_at": settings.now().isoformat(),
        "published": None,
        "problems": [problem],
        "by_guards": False,
        "refused": True,
    }
    _write(_end_note(settings), text)


def is_night_running(settings: Settings) -> bool:
    """Whether a process holds the night lock."""
    try:
        with lock_file(settings).open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


def staleness(settings: Settings, published_at: datetime) -> Staleness | None:
    """Why a publication of this time is too old to be the newest, None where it is not."""
    age = settings.now() - published_at
    hours = age / timedelta(hours=1)
    if age < -timedelta(days=1):
        return Staleness(hours, "clock")
    if age <= settings.stale_after:
        return None
    night = last_night(settings)
    if night is not None and night.published is None:
        return Staleness(hours, "night_not_published")
    return Staleness(hours, "no_night")


def lock_file(settings: Settings) -> Path:
    """The file that a running night holds locked."""
    return settings.data_dir / "night.lock"


def _write_start(settings: Settings, night: StartedNight) -> None:
    text = {
        "started_at": night.started_at.isoformat(),
        "day": night.day.isoformat(),
        "crawls": night.crawls,
    }
    _write(_start_note(settings), text)


def _read(note: Path) -> Any:
    try:
        return json.loads(note.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def _write(note: Path, content: Mapping[str, object]) -> None:
    note.parent.mkdir(parents=True, exist_ok=True)
    temporary = note.with_name(f"{note.name}.{os.getpid()}")
    temporary.write_text(json.dumps(content, indent=1), encoding="utf-8")
    temporary.replace(note)


def _end_note(settings: Settings) -> Path:
    return settings.data_dir / "work" / "last_night.json"


def _start_note(settings: Settings) -> Path:
    return settings.data_dir / "work" / "started_night.json"
