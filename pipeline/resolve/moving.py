"""An entry that comes back under another number or link of its source is the entry it was.

Sites are relaunched, numbers are given late or taken away. What a source does not show any more
under its old key and what it newly shows are one training, in this order:

1. the page is the same visit's page, read again, and shows one training now as then;
2. the link is the same, the title too, and neither module nor first day are other ones;
3. in a complete visit: title, module and days are the same and no fact contradicts;
4. in a complete visit: module and first day are the same and the titles are alike, with the same
   figures in them (a second part is not a first part), by the rules of `likeness.py`.

Each step takes only pairs that are unambiguous in both directions. The rest stays apart: it is
shown to people as long as the old entry has not been withdrawn. Numbers say nothing here: that
they differ is what a relaunch looks like.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pipeline.resolve.likeness import MERGE_FROM, Described, Verdict, contradicts, judge
from pipeline.resolve.providers import fold

Key = tuple[str, str, int]

_SAME_PAGE = "Dieselbe Seite, noch einmal gelesen, jetzt mit anderer Nummer oder Adresse."
_SAME_LINK = (
    "Gleicher Titel auf derselben Seite, Modul und Beginn nicht anders; nur die Nummer ist "
    "dazugekommen, weggefallen oder eine andere."
)
_SAME_WORDS = (
    "In derselben Quelle unter neuer Nummer oder Adresse: Titel, Modul und Tage sind gleich."
)
_ALIKE = "In derselben Quelle unter neuer Nummer oder Adresse: {reason}"


@dataclass(frozen=True)
class Gone:
    """An entry that tonight's visit has not shown under its key. `said_day` is the first day its
    page said last, which may have been silence; `may_move` is false once it is withdrawn."""

    described: Described
    module: str
    provider_id: str | None
    link: str | None
    page: tuple[str, str]
    said_day: date | None
    last_seen_seq: int
    may_move: bool


@dataclass(frozen=True)
class Come:
    """An entry of tonight that may be one of those. `known_since` is the night that showed it
    first, None for tonight; `visit_seq` the visit whose page was read."""

    described: Described
    module: str
    provider_id: str | None
    link: str | None
    page: tuple[str, str]
    visit_seq: int
    known_since: int | None
    is_complete: bool


@dataclass(frozen=True)
class Move:
    """The entry `old` goes on under the key `new`."""

    old: Key
    new: Key
    score: float | None
    reason: str


Pair = tuple[Come, Gone]


def moves(gone: Iterable[Gone], come: Iterable[Come]) -> list[Move]:
    """Which entries go on under another key. The order of the arguments does not matter."""
    left_gone = {entry.described.key: entry for entry in gone}
    left_come = {entry.described.key: entry for entry in come}
    found: list[Move] = []

    def take(taken: Iterable[Move]) -> None:
        for move in taken:
            found.append(move)
            del left_gone[move.old], left_come[move.new]

    for by, accepts, reason in _STEPS:
        pairs = _pairs(left_come.values(), left_gone.values(), by, accepts)
        take(_unambiguous(pairs, reason))
    alike = list(_pairs(left_come.values(), left_gone.values(), _by_day, _may_be_alike))
    take(_most_alike(alike))
    return sorted(found, key=lambda move: move.new)


def doubtful(gone: Iterable[Gone], come: Iterable[Come]) -> list[Verdict]:
    """Pairs of which people should decide whether they are the same training."""
    pairs = _pairs(come, gone, _by_day, _may_be_alike)
    judged = judge([(new.described, old.described) for new, old in pairs], {})
    return [v for v in judged if not v.is_merged and v.score >= MERGE_FROM]


def _pairs(
    come: Iterable[Come],
    gone: Iterable[Gone],
    by: Callable[[Gone | Come], Hashable],
    accepts: Callable[[Come, Gone], bool],
) -> Iterator[Pair]:
    """Pairs of one source that agree in `by`, which is not None, and that `accepts` lets pass."""
    known: dict[Hashable, list[Gone]] = defaultdict(list)
    for entry in gone:
        if (value := by(entry)) is not None:
            known[entry.described.source_id, value].append(entry)
    for new in come:
        value = by(new)
        for old in known.get((new.described.source_id, value), ()) if value is not None else ():
            if _is_later(new, old) and accepts(new, old):
                yield new, old


def _is_later(new: Come, old: Gone) -> bool:
    """Two that one visit has shown beside each other are two."""
    return new.known_since is None or new.known_since > old.last_seen_seq


def _unambiguous(pairs: Iterable[Pair], reason: str) -> list[Move]:
    pairs = list(pairs)
    of_new: dict[Key, int] = defaultdict(int)
    of_old: dict[Key, int] = defaultdict(int)
    for new, old in pairs:
        of_new[new.described.key] += 1
        of_old[old.described.key] += 1
    return [
        Move(old.described.key, new.described.key, None, reason)
        for new, old in pairs
        if of_new[new.described.key] == of_old[old.described.key] == 1
    ]


def _most_alike(pairs: Sequence[Pair]) -> list[Move]:
    named = [(new, replace(old.described, offer=repr(old.described.key))) for new, old in pairs]
    keys = {described.offer: described.key for _, described in named}
    return [
        Move(keys[v.offer], v.key, v.score, _ALIKE.format(reason=v.reason))
        for v in judge([(new.described, old) for new, old in named], {})
        if v.is_merged
    ]


def _page(entry: Gone | Come) -> Hashable:
    return entry.page


def _is_read_again(new: Come, old: Gone) -> bool:
    return new.known_since is None and old.last_seen_seq == new.visit_seq


def _link(entry: Gone | Come) -> Hashable:
    return entry.link


def _is_same_run(new: Come, old: Gone) -> bool:
    ours, theirs = new.described, old.described
    return (
        ours.title == theirs.title
        and (new.module == old.module or "other" in (new.module, old.module))
        and (ours.start_date == theirs.start_date or None in (ours.start_date, theirs.start_date))
    )


def _by_words(entry: Gone | Come) -> Hashable:
    return (entry.provider_id, entry.module, entry.described.title)


def _has_same_words(new: Come, old: Gone) -> bool:
    ours = new.described.start_date
    is_same_day = ours == old.described.start_date or (ours is None and old.said_day is None)
    return _may_follow(new, old) and is_same_day and _is_within(new, old)


def _is_within(new: Come, old: Gone) -> bool:
    return not contradicts(new.described, old.described)


def _by_day(entry: Gone | Come) -> Hashable:
    if entry.described.start_date is None:
        return None
    return (entry.provider_id, entry.module, entry.described.start_date)


def _may_be_alike(new: Come, old: Gone) -> bool:
    return _may_follow(new, old) and _figures(new) == _figures(old)


def _may_follow(new: Come, old: Gone) -> bool:
    return new.is_complete and old.may_move


def _figures(entry: Gone | Come) -> list[str]:
    return sorted(re.findall(r"\d+|\b[ivx]+\b", fold(entry.described.title)))


_STEPS: tuple[tuple[Callable[[Gone | Come], Hashable], Callable[[Come, Gone], bool], str], ...] = (
    (_page, _is_read_again, _SAME_PAGE),
    (_link, _is_same_run, _SAME_LINK),
    (_by_words, _has_same_words, _SAME_WORDS),
)
