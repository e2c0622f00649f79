"""Whether an entry without a shared number or link is the same training as a known offer.

Only inside one provider, and never against a fact: different modules, numbers, municipalities,
postcodes, times or days are different trainings. What is left is scored; the best pair is merged
where it is the best for both sides by a clear margin. All other pairs worth a look are candidates
for people, so are those of which only one says its module: an offer merged wrongly is lost, one
shown twice can still be found.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time

from rapidfuzz import fuzz

from pipeline.resolve.providers import fold

# Same first day and place, and titles of which seven words in ten agree, come to 0.85: "Basismodul"
# beside "Basismodul: Kommunalpolitik verstehen" passes, two seminars of one weekend do not.
MERGE_FROM = 0.85
# Below this only provider, module and a common day agree.
CANDIDATE_FROM = 0.5
# Where a module is missing too, the titles have to say something.
CANDIDATE_WITHOUT_MODULE_FROM = 0.7
# A second partner as good as this leaves open which one is meant (two runs on one day).
MARGIN = 0.05

_TITLE, _DAYS, _VENUE = 0.5, 0.3, 0.2
_OVERLAP_ONLY = 0.7


@dataclass(frozen=True)
class Described:
    """What tells an entry of a source from others. `last_day` is not before `start_date`;
    `times` are the beginnings of its sessions by day; `offer` is its identity key."""

    key: tuple[str, str, int]
    offer: str
    title: str
    module: str
    start_date: date | None
    last_day: date | None
    number: str | None = None
    venue_name: str | None = None
    venue_postcode: str | None = None
    venue_ags: str | None = None
    delivery_mode: str = "unknown"
    times: tuple[tuple[date, time], ...] = ()

    @property
    def source_id(self) -> str:
        return self.key[0]


@dataclass(frozen=True)
class Likeness:
    """How alike two entries are, 0 to 1, with the German words for it."""

    score: float
    words: str
    has_common_day: bool
    has_common_module: bool


@dataclass(frozen=True)
class Verdict:
    """The decision about one pair: an entry and an offer."""

    key: tuple[str, str, int]
    offer: str
    score: float
    is_merged: bool
    reason: str


def contradicts(one: Described, other: Described) -> bool:
    """Whether a fact says that these are two trainings."""
    for name in ("number", "venue_ags", "venue_postcode"):
        ours, theirs = getattr(one, name), getattr(other, name)
        if ours is not None and theirs is not None and ours != theirs:
            return True
    if {one.delivery_mode, other.delivery_mode} == {"online", "in_person"}:
        return True
    theirs_by_day = dict(other.times)
    if any(theirs_by_day.get(day, begins) != begins for day, begins in one.times):
        return True
    return _days(one, other) == 0.0


def liken(one: Described, other: Described) -> Likeness:
    """How alike two entries of one provider are that do not contradict each other."""
    title = fuzz.token_set_ratio(_words(one.title), _words(other.title)) / 100
    days, venue = _days(one, other), _venue(one, other)
    parts = [(title, _TITLE)]
    parts += [(days, _DAYS)] if days is not None else []
    parts += [(venue, _VENUE)] if venue is not None else []
    score = sum(value * weight for value, weight in parts) / sum(weight for _, weight in parts)
    said = [_days_words(one, days), f"Titel zu {title:.0%} gleich".replace("%", " %")]
    if venue is not None:
        said.append(f"Ort zu {venue:.0%} gleich".replace("%", " %"))
    return Likeness(round(score, 4), ", ".join(said), days is not None, one.module == other.module)


def judge(
    pairs: Iterable[tuple[Described, Described]], merged_before: dict[tuple[str, str, int], str]
) -> list[Verdict]:
    """Decides all pairs of one night; `merged_before` names the offer an entry was merged with.

    Such a pair stays together as long as no fact contradicts it, so that an offer does not fall
    apart because a title is rewritten. An offer takes one entry of each source: what one page shows
    twice are two trainings. The result does not depend on the order of the pairs.
    """
    likenesses: dict[tuple[tuple[str, str, int], str], Likeness] = {}
    refused: set[tuple[tuple[str, str, int], str]] = set()
    for one, other in pairs:
        pair = (one.key, other.offer)
        if contradicts(one, other):
            refused.add(pair)
            continue
        found = liken(one, other)
        if pair not in likenesses or _rank(found) > _rank(likenesses[pair]):
            likenesses[pair] = found
    likenesses = {pair: found for pair, found in likenesses.items() if pair not in refused}

    verdicts: list[Verdict] = []
    placed: set[tuple[str, str, int]] = set()
    full: set[tuple[str, str]] = set()
    for (key, offer), found in sorted(likenesses.items()):
        slot = (key[0], offer)
        if merged_before.get(key) == offer and found.has_common_day and slot not in full:
            verdicts.append(_verdict(key, offer, found, True, ""))
            placed.add(key)
            full.add(slot)
    left = {
        (key, offer): found
        for (key, offer), found in likenesses.items()
        if key not in placed and (key[0], offer) not in full
    }
    by_entry: dict[tuple[str, str, int], list[float]] = defaultdict(list)
    by_slot: dict[tuple[str, str], list[float]] = defaultdict(list)
    for (key, offer), found in left.items():
        if found.has_common_module:
            by_entry[key].append(found.score)
            by_slot[key[0], offer].append(found.score)
    for (key, offer), found in sorted(left.items()):
        rivals = [by_entry[key], by_slot[key[0], offer]]
        doubt = _doubt(found, rivals)
        least = CANDIDATE_FROM if found.has_common_module else CANDIDATE_WITHOUT_MODULE_FROM
        if not doubt or found.score >= least:
            verdicts.append(_verdict(key, offer, found, not doubt, doubt))
    merged = {verdict.key for verdict in verdicts if verdict.is_merged}
    return [verdict for verdict in verdicts if verdict.is_merged or verdict.key not in merged]


def _rank(likeness: Likeness) -> tuple[bool, bool, float, str]:
    return (
        likeness.has_common_module,
        likeness.has_common_day,
        likeness.score,
        likeness.words,
    )


def _doubt(found: Likeness, rivals: Sequence[Sequence[float]]) -> str:
    if not found.has_common_module:
        return "nur bei einem ist das Modul bekannt"
    if not found.has_common_day:
        return "ein Datum fehlt"
    if found.score < MERGE_FROM:
        return "die Ähnlichkeit reicht nicht aus"
    for scores in rivals:
        if sum(score > found.score - MARGIN for score in scores) > 1:
            return "mehrere Angebote kommen in Frage"
    return ""


def _verdict(
    key: tuple[str, str, int], offer: str, found: Likeness, is_merged: bool, doubt: str
) -> Verdict:
    module = " und gleiches Modul" if found.has_common_module else ""
    reason = f"Gleicher Anbieter{module}, {found.words}"
    reason += f"; nicht zusammengeführt: {doubt}." if doubt else "."
    return Verdict(key, offer, found.score, is_merged, reason)


def _words(title: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in fold(title)).split())


def _days(one: Described, other: Described) -> float | None:
    """1 for the same first day, less for common days, 0 for none, None where a day is missing."""
    if one.start_date is None or other.start_date is None:
        return None
    if one.start_date == other.start_date:
        return 1.0
    begins = max(one.start_date, other.start_date)
    ends = min(one.last_day or one.start_date, other.last_day or other.start_date)
    return _OVERLAP_ONLY if begins <= ends else 0.0


def _days_words(one: Described, days: float | None) -> str:
    if days is None:
        return "nicht beide mit Datum"
    if days == 1.0 and one.start_date is not None:
        return f"gleicher Beginn am {one.start_date:%d.%m.%Y}"
    return "gemeinsame Tage"


def _venue(one: Described, other: Described) -> float | None:
    if one.venue_name and other.venue_name:
        return fuzz.token_set_ratio(_words(one.venue_name), _words(other.venue_name)) / 100
    if one.venue_ags and other.venue_ags:
        return 1.0
    return None
