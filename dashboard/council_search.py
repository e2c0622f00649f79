"""Finds councils by what people type: "sankt augustin", "St. Augustin", "muenster", "Mönchengladbch".

First what was typed is looked for as it stands, umlauts in either spelling; only where that finds
nothing, names that are nearly written like it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from rapidfuzz import fuzz

from dashboard.search import folded, matches, spelled_out

Thing = TypeVar("Thing")

# As German place names are shortened: Sankt Augustin, Bad Oeynhausen, Rheda-Wiedenbrück.
_SHORTENED = {"st.": "sankt", "st": "sankt"}
ALIKE_PERCENT = 78
SHORTEST_GUESSED = 4


@dataclass(frozen=True, slots=True)
class Found(Generic[Thing]):
    """What was found; `is_guess` says that nothing was written as it was typed."""

    rows: tuple[Thing, ...]
    is_guess: bool = False


def find(
    query: str,
    things: Sequence[Thing],
    texts: Callable[[Thing], Iterable[str | None]],
    names: Callable[[Thing], Iterable[str | None]],
) -> Found[Thing]:
    """The things in whose `texts` every word of the query stands, in their order.

    If there are none, those in whose `names` every word stands nearly so, the most alike first.
    """
    typed = query.split()
    if not typed:
        return Found(tuple(things))
    exact = tuple(thing for thing in things if _has_every_word(typed, texts(thing)))
    if exact:
        return Found(exact)
    scored = [(_likeness(typed, names(thing)), thing) for thing in things]
    alike = [(score, thing) for score, thing in scored if score >= ALIKE_PERCENT]
    alike.sort(key=lambda pair: -pair[0])
    return Found(tuple(thing for _, thing in alike), is_guess=bool(alike))


def _has_every_word(typed: Iterable[str], texts: Iterable[str | None]) -> bool:
    known = " ".join(text for text in texts if text)
    return all(
        matches(word, known)
        or (word.casefold() in _SHORTENED and matches(_SHORTENED[word.casefold()], known))
        for word in typed
    )


def _likeness(typed: Iterable[str], names: Iterable[str | None]) -> float:
    """How alike the least alike of the words is to the most alike word of the names, in percent."""
    known = [word for name in names if name for word in name.replace("-", " ").split()]
    # Whoever writes one word where the name has two (or a hyphen) means the same place.
    known += [name.replace("-", "").replace(" ", "") for name in names if name]
    if not known:
        return 0.0
    return min(max(_word_likeness(word, other) for other in known) for word in typed)


def _word_likeness(word: str, other: str) -> float:
    full = _SHORTENED.get(word.casefold(), word)
    if len(full) < SHORTEST_GUESSED:
        return 100.0 if folded(other).startswith(folded(full)) else 0.0
    return max(
        fuzz.ratio(folded(full), folded(other)), fuzz.ratio(spelled_out(full), spelled_out(other))
    )
