"""A search that forgives: upper and lower case, umlauts in either spelling, accents, order."""

from __future__ import annotations

import unicodedata

_SPELLED_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


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
