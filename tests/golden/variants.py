"""Golden pages with other words: another run of the same course, as the next page of a site is."""

from __future__ import annotations

import re
from datetime import date, timedelta

_DATE = re.compile(r"\b(\d\d)\.(\d\d)\.(20\d\d)\b")
_ISO_DATE = re.compile(r"\b(20\d\d)-(\d\d)-(\d\d)\b")
_NUMBER = re.compile(r"\b(\d{2,3}-)(\d{3,4})\b")
_PRICE = re.compile(r"\b(\d{1,3}),(\d\d)(?= ?(?:€|EUR))")
_WORDS = re.compile(r">([^<>{}\d]{20,})<")
_ADDED = ("Auftakt", "Abend", "Reihe", "Gruppe", "Herbst", "Sommer", "Treffen", "Rathaus")


def varied(text: str, variant: int) -> str:
    """The page, or its address, with other dates, course numbers, sums, titles and sentences; 0
    changes nothing. The weekdays of the dates stay right."""
    if variant == 0:
        return text
    shift = timedelta(days=7 * variant)
    tens, ones = divmod(variant, len(_ADDED))
    added = f"{_ADDED[ones]} {_ADDED[tens % len(_ADDED)]}"

    def moved(year: str, month: str, day: str) -> date:
        return date(int(year), int(month), int(day)) + shift

    text = _DATE.sub(lambda m: f"{moved(m[3], m[2], m[1]):%d.%m.%Y}", text)
    text = _ISO_DATE.sub(lambda m: moved(m[1], m[2], m[3]).isoformat(), text)
    text = _NUMBER.sub(lambda m: f"{m[1]}{int(m[2]) + variant:0{len(m[2])}}", text)
    text = _PRICE.sub(lambda m: f"{int(m[1]) + variant},{m[2]}", text)
    return _WORDS.sub(lambda m: f">{added} {m[1].lstrip()}<", text)
