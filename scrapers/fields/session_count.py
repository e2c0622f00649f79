"""How many dates an offer has, where the text counts them."""

from __future__ import annotations

import re

from scrapers.fields.reading import Reading
from scrapers.fields.text import Folded

_NUMBER_WORDS = {
    "ein": 1, "eine": 1, "einen": 1, "zwei": 2, "drei": 3, "vier": 4, "fuenf": 5, "sechs": 6,
    "sieben": 7, "acht": 8, "neun": 9, "zehn": 10, "elf": 11, "zwoelf": 12,
}  # fmt: skip
_COUNT = re.compile(
    r"(?=[\dadefnsvz])(?<![\d.,:/-])\b(?P<number>\d{1,3}|" + "|".join(_NUMBER_WORDS) + r") ?"
    r"(?:(?P<times>x|mal)\b(?! ?(?:woechentlich|taeglich|monatlich|pro\b|die\b|im\b|in\b|je\b"
    r"|\d+ ?(?:min|std|stunden)))"
    r"|-?(?P<noun>termine?n?|abende?n?|vormittage?n?|nachmittage?n?|vorm\.|nachm\.|treffen"
    r"|sitzungen|kurstage?n?|seminartage?n?|veranstaltungstage?n?|samstage?n?|sonntage?n?"
    r"|wochenenden?)(?![\w])"
    r"|(?P<days>tage?n?)\b(?! ?(?:vor|nach|vorher|im voraus|pro|die woche|zuvor|spaeter|frist)))"
)
_WHOLE_NUMBER = re.compile(r"\d{1,3}")


def read_session_count(text: str, *, labelled: bool = False) -> Reading[int]:
    """Reads "5 Termine", "20 x", "16 Abende", "4 vorm."; teaching units ("8 UE") do not count.

    With `labelled` the text is the value of a label that counts dates: a bare number is read.
    Different counts in one text contradict each other: absent.
    """
    folded = Folded(text)
    if labelled and _WHOLE_NUMBER.fullmatch(folded.text) and 0 < int(folded.text) <= 200:
        return Reading.stated(int(folded.text), folded.original)
    matches = list(_COUNT.finditer(folded.text))
    counts = {_NUMBER_WORDS.get(m["number"]) or int(m["number"]) for m in matches}
    if len(counts) != 1 or not 0 < (count := counts.pop()) <= 200:
        return Reading.absent()
    return Reading.stated(count, folded.words(matches[0].start(), matches[0].end()))
