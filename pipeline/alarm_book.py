"""Which problems are open and who has been told of them: one message each, and one on recovery.

The book is a small file under ATLAS_DATA. What is to be sent follows from it alone, so a message
that could not be sent is sent the next time, and none is sent twice.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

MOST_SINGLE_MESSAGES = 10
"""When more sources begin to fail at once, one cause is likely and one message names them all."""


@dataclass(frozen=True)
class Problem:
    """Something that a person has to look at. `key` is the same every night that it lasts and
    begins with its kind and a colon; `subject` and `text` are German and say what to do."""

    key: str
    subject: str
    text: str


@dataclass(frozen=True)
class Message:
    """What one channel is to send: that problems have begun, or that they are over."""

    kind: Literal["problem", "recovery"]
    keys: tuple[str, ...]
    subject: str
    text: str


@dataclass
class Entry:
    """A problem in the book. `told`: channels that were told that it began and not yet that it is
    over."""

    subject: str
    text: str
    since: str
    told: list[str] = field(default_factory=list)
    is_over: bool = False


@dataclass
class AlarmBook:
    """The problems that are open or of whose end somebody has still to be told, and the last
    failure of each channel that cannot send."""

    entries: dict[str, Entry] = field(default_factory=dict)
    failures: dict[str, str] = field(default_factory=dict)

    def take_in(
        self, problems: Iterable[Problem], unknown_kinds: frozenset[str], now: datetime
    ) -> None:
        """Compares with how things are. Of `unknown_kinds` nothing is known at the moment: what is
        open of them stays so."""
        current = {problem.key: problem for problem in problems}
        for key, problem in current.items():
            entry = self.entries.get(key)
            if entry is None:
                self.entries[key] = Entry(problem.subject, problem.text, now.isoformat())
            else:
                entry.is_over = False
                entry.text = problem.text
        for key, entry in self.entries.items():
            if key not in current and key.partition(":")[0] not in unknown_kinds:
                entry.is_over = True

    def due(self, channel: str) -> list[Message]:
        """What this channel has to send now."""
        begun = [k for k, e in self.entries.items() if not e.is_over and channel not in e.told]
        over = [k for k, e in self.entries.items() if e.is_over and channel in e.told]
        return [*self._messages("problem", begun), *self._messages("recovery", over)]

    def sent(self, channel: str, message: Message) -> None:
        """Notes that the channel has sent this message."""
        for key in message.keys:
            told = self.entries[key].told
            if message.kind == "problem":
                told.append(channel)
            else:
                told.remove(channel)

    def forget(self, channels: Sequence[str]) -> None:
        """Drops what is over and of which no channel that still exists has to tell."""
        for entry in self.entries.values():
            entry.told = [channel for channel in entry.told if channel in channels]
        self.entries = {k: e for k, e in self.entries.items() if not e.is_over or e.told}
        self.failures = {k: v for k, v in self.failures.items() if k in channels}

    def _messages(self, kind: Literal["problem", "recovery"], keys: Sequence[str]) -> list[Message]:
        sources = [key for key in keys if key.startswith("source:")]
        if len(sources) <= MOST_SINGLE_MESSAGES:
            return [self._message(kind, key) for key in keys]
        others = [self._message(kind, key) for key in keys if key not in sources]
        return [*others, self._joint_message(kind, sources)]

    def _message(self, kind: Literal["problem", "recovery"], key: str) -> Message:
        entry = self.entries[key]
        if kind == "problem":
            return Message(kind, (key,), entry.subject, entry.text)
        begun = datetime.fromisoformat(entry.since)
        text = (
            f"Am {begun:%d.%m.%Y} wurde gemeldet: {entry.subject}. Das ist vorbei, es ist nichts "
            "mehr zu tun."
        )
        return Message(kind, (key,), f"Behoben: {entry.subject}", text)

    def _joint_message(self, kind: Literal["problem", "recovery"], keys: Sequence[str]) -> Message:
        names = "\n".join(f"- {self.entries[key].subject}" for key in keys)
        if kind == "recovery":
            subject = f"Behoben: {len(keys)} Quellen werden wieder vollständig gelesen"
            return Message(kind, tuple(keys), subject, f"Es ist nichts mehr zu tun.\n\n{names}")
        subject = f"{len(keys)} Quellen werden nicht vollständig gelesen"
        text = (
            "So viele auf einmal haben meist eine gemeinsame Ursache. Was zu tun ist: zuerst "
            "prüfen, ob dieser Computer ins Internet kommt, dann mit „atlas status“ die "
            "Quellen ansehen."
            f"\n\n{names}"
        )
        return Message(kind, tuple(keys), subject, text)


def read_book(path: Path) -> AlarmBook:
    """The book in this file; an empty one where there is none or it is damaged."""
    try:
        noted: Any = json.loads(path.read_text(encoding="utf-8"))
        entries = {str(key): Entry(**entry) for key, entry in noted["entries"].items()}
        return AlarmBook(entries, {str(k): str(v) for k, v in noted["failures"].items()})
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return AlarmBook()


def write_book(path: Path, book: AlarmBook) -> None:
    """Writes the book in one move. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f"{path.name}.{os.getpid()}")
    temporary.write_text(json.dumps(asdict(book), ensure_ascii=False, indent=1), encoding="utf-8")
    temporary.replace(path)
