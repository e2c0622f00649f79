"""A search that forgives: upper and lower case, umlauts in either spelling, accents, order, and
where nothing is found one or two wrong letters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

SHORTEST_GUESSED = 4
LETTERS_FOR_TWO_ERRORS = 6
MOST_GUESSES = 5
_SPELLED_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
# What one or two letters of a search may stand for in a text. An umlaut that was decomposed is
# its letter and the mark U+0308.
_SPELLINGS = {
    "ae": "(?:ae|ä|a\u0308)",
    "oe": "(?:oe|ö|o\u0308)",
    "ue": "(?:ue|ü|u\u0308)",
    "ss": "(?:ss|ß)",
    "a": "(?:ae|[aäáàâãå]\u0308?)",
    "o": "(?:oe|[oöóòôõø]\u0308?)",
    "u": "(?:ue|[uüúùû]\u0308?)",
    "e": "[eéèêë]",
    "i": "[iíìîïıİ]",
    "c": "[cçćč]",
    "g": "[gğ]",
    "n": "[nñń]",
    "s": "[sśşš]",
    "z": "[zźżž]",
}
_UNITS = re.compile("ae|oe|ue|ss|.", re.DOTALL)
_WORD = re.compile(r"[^\W\d_]{3,}")


def _without_marks(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def folded(text: str) -> str:
    """Letters without marks, in lower case: Köln and koln are the same. Also sorts German names."""
    return _without_marks(text.casefold())


def spelled_out(text: str) -> str:
    """Umlauts as two letters, in lower case: Köln and Koeln are the same."""
    composed = unicodedata.normalize("NFC", text).casefold()
    return _without_marks(composed.translate(_SPELLED_OUT))


def matches(query: str, *texts: str | None) -> bool:
    """True if every word of the query stands somewhere in the texts; an empty query always does."""
    known = " ".join(text for text in texts if text)
    short, long = folded(known), spelled_out(known)
    return all(
        folded(word) in short or spelled_out(word) in long or folded(word) in long
        for word in query.split()
    )


def pattern(word: str) -> str:
    """A regular expression (RE2) that finds the word in either spelling, in any case.

    Every sign of the word stands for itself or for its spellings; none is an operator.
    """
    units = _UNITS.findall(unicodedata.normalize("NFC", word).casefold())
    return "(?i)" + "".join(map(_spellings, units))


def _spellings(unit: str) -> str:
    known = _SPELLINGS.get(unit)
    if known is None and (known := _SPELLINGS.get(_without_marks(unit))) is not None:
        known = f"(?:{known}|{re.escape(unit)})"
    return known or re.escape(unit)


def vocabulary(texts: Iterable[str]) -> tuple[str, ...]:
    """The distinct words of the texts with their umlauts spelled out, without numbers."""
    return tuple(sorted({word for text in texts for word in _WORD.findall(spelled_out(text))}))


def is_known(word: str, known: Iterable[str]) -> bool:
    """True if the word stands in one of the known words, in either spelling."""
    return re.search(pattern(word), "\n".join(known)) is not None


def similar(word: str, known: Iterable[str]) -> tuple[str, ...]:
    """The known words, or beginnings of them, that differ in one letter, of long words in two.

    The nearest first; none for numbers and short words, where every guess would be another thing.
    """
    asked = spelled_out(word)
    if len(asked) < SHORTEST_GUESSED or not _WORD.fullmatch(asked):
        return ()
    errors = 2 if len(asked) >= LETTERS_FOR_TWO_ERRORS else 1
    # A beginning serves who is still typing, and finds compounds.
    whole = {word for word in known if len(word) >= SHORTEST_GUESSED}
    begun = {word[: len(asked)] for word in whole if len(word) > len(asked)}
    return _nearest(asked, whole, errors) or _nearest(asked, begun, errors)


def _nearest(asked: str, choices: set[str], errors: int) -> tuple[str, ...]:
    found = process.extract(
        asked, sorted(choices), scorer=OSA.distance, score_cutoff=errors, limit=MOST_GUESSES
    )
    best = min((distance for _, distance, _ in found), default=0)
    return tuple(guess for guess, distance, _ in found if distance == best)
