"""In which municipality a venue lies, by name and spelling alone; None wherever that is not sure.

- The place names a municipality, alone ("Bergheim"), after a postcode ("50126 Bergheim") or before
  a district ("Erftstadt-Liblar", "Köln, Ehrenfeld").
- Without a place, the venue's name may name a municipality: after a postcode or after "VHS", or one
  that the provider serves.
- The provider's seat only where the name speaks of the VHS and no municipality is named.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from pipeline.resolve.providers import fold

# Leading digits of the postcodes that occur in NRW.
_NRW_POSTCODES = re.compile(r"3[2347]|4\d|5[0-37-9]")
# Names of municipalities that are also words of everyday language or parts of other names.
_ALSO_WORDS = frozenset({"essen", "halle", "lage", "wetter", "much", "alpen", "rees", "kall"})
# Municipalities whose name another one in NRW has as a district (Rietberg, Velbert).
_ALSO_DISTRICTS = frozenset({"neuenkirchen", "langenberg"})
_KINDS = re.compile(r"^(?:(?:kreis|hanse|universitaets)?stadt|gemeinde)\s+")
_SHORTENED = (
    (re.compile(r"\bst\.\s*"), "sankt "),
    (re.compile(r"\ba\.\s*d\.\s*"), "an der "),
    (re.compile(r"\ba\.\s*rh(?:\.|ein\b)"), "am rhein"),
)
_PREPOSITION = re.compile(r"\s(?:am|an der|im|in)\s")
_VHS = re.compile(r"(?<![a-z])(vhs|volkshochschul)")
# "VHS online" is no building.
_NOWHERE = re.compile(r"online|virtuell|digital|webinar|zoom|internet")
_ADDITIONS = re.compile(r"\s+(?:am|an der|an|im|in|i\.|a\.|bei|ob)\s+.*$")


@dataclass(frozen=True)
class Municipality:
    """A municipality as the register names it."""

    ags: str
    name: str


@dataclass(frozen=True)
class VenueText:
    """What a page says about a place."""

    name: str | None
    postcode: str | None
    place: str | None
    is_online: bool = False


@dataclass(frozen=True)
class Located:
    """The municipality, or None, with the words that led to it."""

    ags: str | None
    reason: str | None


@dataclass
class VenueFinder:
    """Finds municipalities by name. `served` are those of the provider who offers the training."""

    municipalities: Iterable[Municipality]
    _exact: dict[tuple[str, ...], set[str]] = field(init=False)
    _short: dict[tuple[str, ...], set[str]] = field(init=False)
    _additions: dict[str, tuple[str, ...]] = field(init=False)

    def __post_init__(self) -> None:
        self._exact, self._short, self._additions = defaultdict(set), defaultdict(set), {}
        for municipality in self.municipalities:
            whole = fold(municipality.name)
            bare = re.sub(r"\(.*?\)|/.*$", " ", whole)
            if bare != whole:
                self._additions[municipality.ags] = _tokens(whole)[len(_tokens(bare)) :]
            for spelling in (whole, bare, _PREPOSITION.sub(" ", whole)):
                self._exact[_tokens(spelling)].add(municipality.ags)
            self._short[_tokens(_ADDITIONS.sub("", bare))].add(municipality.ags)

    def find(self, venue: VenueText, served: frozenset[str], seat: str | None) -> Located:
        """The municipality of a venue of a provider with these municipalities and this seat."""
        if venue.is_online or _is_elsewhere(venue.postcode):
            return Located(None, None)
        if venue.place:
            return Located(self._of_place(venue.place, served), venue.place)
        if not venue.name:
            return Located(None, None)
        named, any_named = self._in_name(venue.name, served)
        is_building = _VHS.search(fold(venue.name)) and not _NOWHERE.search(fold(venue.name))
        if named is None and not any_named and is_building:
            named = seat
        return Located(named, venue.name if named else None)

    def _of_place(self, place: str, served: frozenset[str]) -> str | None:
        text = fold(place).strip()
        for short, long in _SHORTENED:
            text = short.sub(long, text)
        if postcode := re.match(r"(?:d-)?(\d{5})\b\s*", text):
            if _is_elsewhere(postcode[1]):
                return None
            text = text[postcode.end() :]
        text = _KINDS.sub("", text)
        if sure := _only(self._exact.get(_tokens(text), set())):
            return sure if text not in _ALSO_DISTRICTS or sure in served else None
        parts = [part.strip() for part in re.split(r"[,;/|]", text)]
        located = [(part, self._of_part(part, served)) for part in parts]
        found = {ags for _, ags in located if ags is not None}
        if len(found) != 1:
            return None
        ags = found.pop()
        others = [token for part, of in located if of is None for token in _tokens(part)]
        return ags if ags in served or self._fits(ags, others, text) else None

    def _fits(self, ags: str, others: list[str], text: str) -> bool:
        """Whether the other words can stand beside the name: "Halle/Saale" is not Halle (Westf.),
        "Hamm/Sieg" not Hamm, and of "Oldenburg/Münster" nobody knows which of two towns is meant.
        """
        addition = self._additions.get(ags, ())
        if addition:
            return all(any(a.startswith(o[:4]) for a in addition) for o in others)
        return "/" not in text

    def _of_part(self, text: str, served: frozenset[str]) -> str | None:
        if sure := _only(self._exact.get(_tokens(text), set())):
            return sure
        bare = re.sub(r"\(.*?\)", " ", text).strip()
        if bare != text:
            # "Köln (Deutz)" is a district, "Halle (Saale)" another town: only served ones count.
            return _only(self._exact.get(_tokens(bare), set()) & served)
        pieces = re.split(r"\s*[-–]\s*", text)
        for end in range(len(pieces) - 1, 0, -1):
            head = self._exact.get(_tokens(" ".join(pieces[:end])), set())
            if head:
                return _only(head)
        shortened = self._short.get(_tokens(_ADDITIONS.sub("", text)), set())
        return _only(shortened & served)

    def _in_name(self, name: str, served: frozenset[str]) -> tuple[str | None, bool]:
        """The one municipality that a venue's name names for sure, and whether any is named."""
        tokens = _tokens(fold(name))
        sure: set[str] = set()
        any_named = False
        start = 0
        while start < len(tokens):
            for end in range(min(len(tokens), start + 5), start, -1):
                candidates = self._exact.get(tokens[start:end], set())
                if candidates:
                    before = tokens[start - 1] if start else ""
                    marked = bool(re.fullmatch(r"\d{5}", before)) or before in (
                        "vhs",
                        "volkshochschule",
                    )
                    everyday = end - start == 1 and tokens[start] in _ALSO_WORDS
                    any_named = any_named or not everyday or marked
                    if marked or (not everyday and candidates & served):
                        sure |= candidates if marked else candidates & served
                    start = end
                    break
            else:
                start += 1
        return (_only(sure), any_named)


def _tokens(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[a-z0-9]+", text))


def _is_elsewhere(postcode: str | None) -> bool:
    return bool(postcode) and not _NRW_POSTCODES.match(str(postcode))


def _only(candidates: set[str]) -> str | None:
    return next(iter(candidates)) if len(candidates) == 1 else None
