"""Finds councils by what people type: "St. Augustin", "muenster", "Monchengladbach", "Rhiene".

First what was typed is looked for as it stands, umlauts in either spelling; only where that finds
nothing, names that are nearly written like it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from dashboard.search import matches, similar, vocabulary

Thing = TypeVar("Thing")

# As names of German places are shortened.
_SHORTENED = {"st.": "sankt", "st": "sankt"}


@dataclass(frozen=True, slots=True)
class Found(Generic[Thing]):
    """What was found; `is_guess` says that nothing was written as it was typed."""

    rows: tuple[Thing, ...]
    is_guess: bool = False


def find(
    query: str,
    things: Sequence[Thing],
    name: Callable[[Thing], str],
    further: Callable[[Thing], Iterable[str | None]] = lambda thing: (),
) -> Found[Thing]:
    """The things in whose name or further texts every word of the query stands, in their order.

    If there are none, a word that stands nowhere may be nearly a word of a name.
    """
    typed = query.split()
    if not typed:
        return Found(tuple(things))
    texts = {place: _text(name(thing), further(thing)) for place, thing in enumerate(things)}

    def having(spellings: Sequence[Sequence[str]]) -> tuple[Thing, ...]:
        return tuple(
            thing
            for place, thing in enumerate(things)
            if all(any(matches(one, texts[place]) for one in several) for several in spellings)
        )

    exact = [_spellings(word) for word in typed]
    found = having(exact)
    if found:
        return Found(found)
    words = vocabulary(text for thing in things for text in (name(thing), _joined(name(thing))))
    guesses = [
        several if having([several]) else similar(word, words)
        for word, several in zip(typed, exact, strict=True)
    ]
    guessed = having(guesses)
    return Found(guessed, is_guess=bool(guessed))


def _spellings(word: str) -> tuple[str, ...]:
    long = _SHORTENED.get(word.casefold())
    return (word,) if long is None else (word, long)


def _joined(name: str) -> str:
    """Whoever writes one word where the name has two, or a hyphen, means the same place."""
    return name.replace("-", "").replace(" ", "")


def _text(name: str, further: Iterable[str | None]) -> str:
    return " ".join([name, _joined(name), *(text for text in further if text)])
