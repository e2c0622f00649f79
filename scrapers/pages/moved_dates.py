"""Sentences that move an offer to another day: only the new day is one of the offer."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date

from scrapers.fields.dates import read_date
from scrapers.fields.text import clean, fold, sentences

_MOVED = re.compile(r"\b(?:verschoben|verlegt|verschiebt|verlegen|Ersatztermin)\b", re.IGNORECASE)
# Of each of them, without the capital that a sentence may begin with: looked for first, because
# most texts of a page move nothing.
_MOVED_SIGNS = ("erschoben", "erschiebt", "erleg", "rsatztermin", "ERSCH", "ERLEG", "RSATZ")
_NEW_DAY = re.compile(
    r"\b(?:auf|Ersatztermin\w*(?:\s+ist)?|neuer?\s+Termin\w*(?:\s+ist)?)\s*:?\s+(?:\w+\s+){0,2}?"
    r"(?:\w+\.?,?\s+)?(?:den\s+|der\s+)?(?=\d{1,2}\.)",
    re.IGNORECASE,
)
_NO_NEW_DAY = re.compile(
    r"\bauf (?:unbestimmte zeit|einen (?:spaeteren|anderen|neuen) (?:termin|zeitpunkt))"
)
_OTHER_MATTER = re.compile(r"anmeld|frist|storn|abmeld|ruecktritt")


def without_old_dates(words: str) -> str:
    """The words from the new day on, which then move nothing more; none where no new day is told.
    Words that move nothing stay as they are."""
    if not may_move(words):
        return words
    new_days = list(_NEW_DAY.finditer(words))
    return _MOVED.sub("", words[new_days[-1].end() :]) if new_days else ""


def may_move(text: str) -> bool:
    """False where no sentence of the text can move an offer, told at once."""
    return any(map(text.__contains__, _MOVED_SIGNS)) and _MOVED.search(text) is not None


def moved_to(words: str) -> str | None:
    """The words from the new day on where they move something to one, else None."""
    new = without_old_dates(words)
    return new if new and new != words else None


def is_moved_from(days: Collection[date], prose: str, today: date | None = None) -> bool:
    """Whether running text says that an offer on these days is moved to a day that is none of
    them, or to one that is not known yet."""
    if not may_move(prose):
        return False
    for sentence in sentences(clean(prose)):
        if not _MOVED.search(sentence) or _OTHER_MATTER.search(fold(sentence)):
            continue
        if _NO_NEW_DAY.search(fold(sentence)):
            return True
        new_day = read_date(without_old_dates(sentence), today=today).value
        if new_day is not None and new_day not in days:
            return True
    return False
