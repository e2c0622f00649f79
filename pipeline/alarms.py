"""What is to be told to whoever runs this: looked for, compared with what was told, and sent.

The same is called at the end of `atlas run` and `atlas load`, by `atlas alarms`, and in production
by a sensor of Dagster, which also notices that no night came at all.
"""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from pipeline.alarm_book import AlarmBook, Message, Problem, read_book, write_book
from pipeline.alarm_channels import Channel, ChannelError, channels_of
from pipeline.night_settings import NightSettings
from warehouse.nights import LastNight, last_night, staleness
from warehouse.settings import BERLIN, Settings
from warehouse.store import StoreError, current_publication, open_published

SEE_NIGHT = "Gezeigt wird weiter der vorige Stand."


@dataclass(frozen=True)
class AlarmRound:
    """What one look has sent: the subjects, and the sentences about channels that could not."""

    sent: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()


def raise_alarms(settings: Settings, limits: NightSettings) -> AlarmRound:
    """Looks for problems and tells of those that are new or over. Never raises for a channel or a
    full disk: what could not be sent is told in the result and sent the next time."""
    path = alarm_state_file(settings)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with (path.parent / "lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return _raise_alarms(settings, limits, path)
    except BlockingIOError:
        return AlarmRound()  # another process is at it
    except OSError as error:
        return AlarmRound(failed=(f"{path}: the alarms could not be noted ({error.strerror})",))


def alarm_state_file(settings: Settings) -> Path:
    """Where it is noted who has been told of what."""
    return settings.data_dir / "alarms" / "state.json"


def _raise_alarms(settings: Settings, limits: NightSettings, path: Path) -> AlarmRound:
    book = read_book(path)
    channels = channels_of(settings, limits)
    published = _Published.read(settings)
    book.take_in(_problems(settings, limits, published), published.unknown_kinds, settings.now())
    book.forget([channel.name for channel in channels])
    sent: list[str] = []
    for channel in channels:
        sent.extend(_send(settings, book, channel, path))
    book.forget([channel.name for channel in channels])
    write_book(path, book)
    return AlarmRound(tuple(dict.fromkeys(sent)), tuple(book.failures.values()))


def _send(settings: Settings, book: AlarmBook, channel: Channel, path: Path) -> Iterator[str]:
    """Sends what is due on one channel. After a failure it is left until the next time."""
    for message in book.due(channel.name):
        try:
            channel.send(message, settings.now())
        except ChannelError as error:
            book.failures[channel.name] = str(error)
            return
        book.failures.pop(channel.name, None)
        book.sent(channel.name, message)
        write_book(path, book)
        yield message.subject


def send_test_message(settings: Settings, limits: NightSettings) -> AlarmRound:
    """One message on each channel, so that a person can see whether they arrive."""
    message = Message("problem", ("test",), "Probe", "Das ist eine Probe. Es ist nichts zu tun.")
    sent, failed = [], []
    for channel in channels_of(settings, limits):
        try:
            channel.send(message, settings.now())
            sent.append(f"{channel.name}: {message.subject}")
        except ChannelError as error:
            failed.append(str(error))
    return AlarmRound(tuple(sent), tuple(failed))


@dataclass(frozen=True)
class _Published:
    """What the publication says of itself. `problem`: why it cannot be read."""

    issues: tuple[tuple[str, str, str, str, str], ...] = ()
    published_at: Any = None
    problem: str | None = None

    @property
    def unknown_kinds(self) -> frozenset[str]:
        return frozenset({"source", "guard", "stale", "clock"} if self.problem else ())

    @classmethod
    def read(cls, settings: Settings) -> _Published:
        try:
            if current_publication(settings.published_dir) is None:
                return cls()
            with open_published(settings.published_dir) as connection:
                issues = connection.execute(
                    "SELECT i.issue_id, i.kind, i.subject, coalesce(p.name, i.subject), i.message "
                    "FROM mart.issues i "
                    "LEFT JOIN mart.source_health h ON h.source_id = i.subject "
                    "LEFT JOIN mart.providers p ON p.provider_id = h.provider_id "
                    "WHERE i.kind IN ('source_failing', 'guard') ORDER BY i.issue_id"
                ).fetchall()
                row = connection.execute("SELECT published_at FROM mart.publication").fetchone()
        except (StoreError, duckdb.Error, OSError) as error:
            return cls(problem=str(error))
        return cls(tuple(issues), row[0] if row else None)


def _problems(
    settings: Settings, limits: NightSettings, published: _Published
) -> Iterator[Problem]:
    night = last_night(settings)
    if night is not None and night.published is None:
        yield _night_problem(night)
    if published.problem is not None:
        yield Problem(
            "publication:unreadable",
            "Die veröffentlichten Daten lassen sich nicht öffnen",
            f"Meldung des Programms: {published.problem}\n\nWas zu tun ist: „atlas load“ starten, "
            "damit neu veröffentlicht wird.",
        )
    for issue_id, kind, subject, name, message in published.issues:
        if kind == "source_failing":
            yield Problem(
                f"source:{subject}", f"{name} ({subject}) wird nicht vollständig gelesen", message
            )
        else:
            yield Problem(issue_id, "Veröffentlichte Daten sind auffällig", message)
    yield from _age_problems(settings, published)
    free = shutil.disk_usage(settings.data_dir).free
    if free < limits.least_free_gb * 1e9:
        yield Problem(
            "disk:full",
            "Der Speicherplatz geht zu Ende",
            f"Frei sind noch {free / 1e9:.1f} GB".replace(".", ",")
            + f" (Ordner {settings.data_dir}). Ist der Platz verbraucht, kann keine Nacht mehr "
            "veröffentlicht werden.\n\nWas zu tun ist: Platz schaffen. Die Ordner landing und "
            "archive nicht löschen: Aus ihnen lässt sich alles andere wieder herstellen.",
        )


def _night_problem(night: LastNight) -> Problem:
    day = f"{night.finished_at.astimezone(BERLIN):%d.%m.%Y}"
    reasons = "\n".join(f"- {problem}" for problem in night.problems)
    if night.by_guards:
        return Problem(
            "night:held_back",
            "Die letzte Nacht wurde nicht veröffentlicht, weil Daten auffällig sind",
            f"Nacht vom {day}. {SEE_NIGHT}\n\n{reasons}\n\nWas zu tun ist: die genannten Seiten "
            "ansehen. Stimmen die neuen Daten, sie mit einer Begründung veröffentlichen: "
            'atlas load --override-guards "Begründung". Sonst nichts: Die nächste Nacht prüft neu.',
        )
    if night.interrupted:
        return Problem(
            "night:interrupted",
            "Die letzte Nacht wurde vor ihrem Ende abgebrochen",
            f"Nacht vom {day}. {SEE_NIGHT} Das Programm oder der Computer wurde beendet, während "
            "die Nacht lief.\n\nWas zu tun ist: „atlas run“ starten. Was heute schon vollständig "
            "gelesen wurde, wird nicht noch einmal abgefragt.",
        )
    return Problem(
        "night:broken",
        "Die letzte Nacht ist an einer Störung gescheitert",
        f"Nacht vom {day}. {SEE_NIGHT}\n\nMeldung des Programms:\n{reasons}\n\nWas zu tun ist: die "
        "Ursache beheben („atlas doctor“ hilft dabei), dann „atlas run“ starten.",
    )


def _age_problems(settings: Settings, published: _Published) -> Iterator[Problem]:
    age = staleness(settings, published.published_at) if published.published_at else None
    if age is None:
        return
    if age.cause == "clock":
        yield Problem(
            "clock:back",
            "Die Uhr dieses Computers geht nach",
            "Die veröffentlichten Daten sind nach dieser Uhr von morgen oder später.\n\nWas zu tun "
            "ist: die Uhr stellen. Bis dahin beginnt keine Nacht.",
        )
    elif age.cause == "no_night":
        yield Problem(
            "stale:publication",
            f"Seit {age.hours:.0f} Stunden wurde nichts veröffentlicht",
            "Keine Nacht ist gescheitert: Wahrscheinlich läuft der nächtliche Zeitplan nicht.\n\n"
            "Was zu tun ist: prüfen, ob der Dienst läuft, der die Nächte startet (Dagster oder der "
            "Zeitgeber des Systems), und „atlas run“ starten.",
        )
