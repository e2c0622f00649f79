"""Sentences that move an offer to another day: only the new day is one of the offer."""

from __future__ import annotations

import re

_MOVED = re.compile(r"\b(?:verschoben|verlegt|verschiebt|verlegen|Ersatztermin)\b", re.IGNORECASE)
_NEW_DAY = re.compile(
    r"\b(?:auf|Ersatztermin\w*(?:\s+ist)?|neuer?\s+Termin\w*(?:\s+ist)?)\s*:?\s+(?:\w+\s+){0,2}?"
    r"(?:\w+,?\s+)?(?:den\s+|der\s+)?(?=\d{1,2}\.)",
    re.IGNORECASE,
)


def without_old_dates(words: str) -> str:
    """The words from the new day on; without any date where no new one is told. Words that move
    nothing stay as they are."""
    if not _MOVED.search(words):
        return words
    new_days = list(_NEW_DAY.finditer(words))
    return words[new_days[-1].end() :] if new_days else ""
