"""Which entry of a source a record is: the same as on an earlier night, or a new one.

Most records are placed without this module: their words are the same as before, or nothing in
their source has the same key. What is left are records of one source that share a key (a course
number, a link, an e-mail address, a title) with each other or with what is already known, and have
changed. Two records that differ in nothing but their position on the page stay two entries.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

KeyKind = Literal["number", "link", "mail", "title"]


@dataclass(frozen=True)
class Seen:
    """A record of tonight. `ordinal` is set when its words were already those of that entry."""

    record_sha256: str
    title: str
    module: str
    start_date: date | None
    position: int
    ordinal: int | None = None


@dataclass(frozen=True)
class Known:
    """An entry of earlier nights with its latest words; `missed` complete checks without it."""

    ordinal: int
    title: str
    module: str
    start_date: date | None
    position: int
    missed: int


@dataclass(frozen=True)
class Placed:
    """The entry to which a record belongs."""

    record_sha256: str
    ordinal: int
    is_new: bool


def place(kind: KeyKind, known: Sequence[Known], seen: Sequence[Seen]) -> list[Placed]:
    """Places tonight's records of one source and key among its entries.

    Records that already have an ordinal are not returned again. The result does not depend on
    the order of the arguments.
    """
    known = sorted(known, key=lambda entry: (entry.missed, entry.ordinal))
    seen = sorted(seen, key=lambda s: (_day(s.start_date), s.position, s.record_sha256))
    if kind == "number":
        return _place_runs(known, seen)
    return _place_look_alikes(kind, known, seen)


def _day(day: date | None) -> date:
    return day or date.max


def _place_runs(known: Sequence[Known], seen: Sequence[Seen]) -> list[Placed]:
    """One number is one run, however many pages show it; but records that on one night begin on
    different days are different runs, because merging them would lose an offer."""
    days: dict[date | None, list[Seen]] = defaultdict(list)
    for record in seen:
        days[record.start_date].append(record)
    if None in days and len(days) > 1:
        undated = days.pop(None)
        days[min(day for day in days if day is not None)].extend(undated)

    taken = {record.ordinal for record in seen if record.ordinal is not None}
    open_runs: list[tuple[date | None, Seen]] = []
    placed = []
    for day, records in days.items():
        if all(record.ordinal is None for record in records):
            open_runs.append((day, records[0]))
    free = [entry for entry in known if entry.ordinal not in taken]
    next_ordinal = max((entry.ordinal for entry in known), default=-1) + 1
    for same_day in (True, False):
        for day, record in list(open_runs):
            match = next((e for e in free if not same_day or e.start_date == day), None)
            if match is not None:
                free.remove(match)
                open_runs.remove((day, record))
                placed.append(Placed(record.record_sha256, match.ordinal, is_new=False))
    for _, record in open_runs:
        placed.append(Placed(record.record_sha256, next_ordinal, is_new=True))
        next_ordinal += 1
    return placed


Likeness = Callable[[Known | Seen], Hashable]

_LIKENESSES: tuple[Likeness, ...] = (
    lambda x: (x.title, x.module, x.start_date, x.position),
    lambda x: (x.title, x.module, x.start_date),
    lambda x: (x.title, x.module, x.position),
    lambda x: (x.title, x.module),
    lambda x: (x.module, x.start_date) if x.start_date else None,
)


def _place_look_alikes(kind: KeyKind, known: Sequence[Known], seen: Sequence[Seen]) -> list[Placed]:
    taken = {record.ordinal for record in seen if record.ordinal is not None}
    free = [entry for entry in known if entry.ordinal not in taken]
    left = [record for record in seen if record.ordinal is None]
    placed: list[Placed] = []

    def pair(entry: Known, record: Seen) -> None:
        free.remove(entry)
        left.remove(record)
        placed.append(Placed(record.record_sha256, entry.ordinal, is_new=False))

    for likeness in _LIKENESSES:
        for record in list(left):
            wanted = likeness(record)
            match = next(
                (entry for entry in free if wanted is not None and likeness(entry) == wanted), None
            )
            if match is not None:
                pair(match, record)
    # A page with a single offer before and now: it is the page's offer, whatever was rewritten.
    if kind == "link" and len(known) == 1 and len(seen) == 1 and free and left:
        pair(free[0], left[0])

    next_ordinal = max((entry.ordinal for entry in known), default=-1) + 1
    for offset, record in enumerate(left):
        placed.append(Placed(record.record_sha256, next_ordinal + offset, is_new=True))
    return placed
