"""Times of day in German text, after the dates have been taken out."""

from __future__ import annotations

import re
from datetime import time
from typing import NamedTuple

from scrapers.fields.text import blank

_HOUR = r"(?:[01]?\d|2[0-4])"
# "10-l6 Uhr", "1O-16 Uhr": letters alone before a digit or between it and a dash are digits that
# text recognition missed. All but digits, which are few, fail at once.
_BEGINS = r"(?=\d)(?<!\d)(?<!\d[.,:/+-])(?<!^[lIoO])(?<![^\w][lIoO])(?<!\d[lIoO]-)"
_RANGE = re.compile(
    rf"{_BEGINS}(?P<h1>{_HOUR})(?:(?P<sep1>[:.])(?P<m1>[0-5]\d)(?::[0-5]\d)?)?"
    rf"(?P<uhr1> ?(?:Uhr|h)\b)? ?(?:-|bis(?: ca\.?)?|- ?ca\.?) ?"
    rf"(?P<h2>{_HOUR})(?:(?P<sep2>[:.])(?P<m2>[0-5]\d)(?::[0-5]\d)?)?(?![\d:]|[.,]\d)"
    rf"(?P<uhr2> ?(?:Uhr|h)\b)?(?! ?(?:€|EUR|Euro|%))",
    re.IGNORECASE,
)
_SINGLE = re.compile(
    rf"{_BEGINS}(?P<h>{_HOUR})(?:(?P<sep>[:.])(?P<m>[0-5]\d)(?::[0-5]\d)?)?"
    rf"(?![\d:]|[.,]\d)(?P<uhr> ?(?:Uhr|h)\b)?(?! ?(?:€|EUR|Euro|%))",
    re.IGNORECASE,
)
_ISO = re.compile(
    r"T(?<![A-Za-z]T)(?P<h>[01]\d|2[0-3]):(?P<m>[0-5]\d)(?::[0-5]\d(?:\.\d{1,9})?)?"
    r"(?P<zone>Z|[+-]\d\d:?\d\d)?"
)
# Wall-clock times of Berlin carry one of these offsets; a time in UTC would be shown an hour off.
_BERLIN_OFFSETS = (None, "+01:00", "+02:00", "+0100", "+0200")
# In words in lower case.
_NOT_THE_COURSE = re.compile(
    r"(?:einlass|anmeldung|pause|registrierung|check-in|ankunft|sprechzeit\w*|erreichbar)"
    r"[^.;|]{0,15}$"
)


class TimeMention(NamedTuple):
    """A time or a span of times at `start:end` of the text; `ends` None when only one is named."""

    start: int
    end: int
    starts: time
    ends: time | None


def find_times(text: str, *, labelled: bool = False) -> list[TimeMention]:
    """All times in `text`, whose dates must already be blank.

    With `labelled` the text is the content of a time cell: a bare "10-16" or "19.30" then counts.
    """
    found: list[TimeMention] = []
    body = text
    for find in (_machine_times, _spans, _single_times):
        times, read = find(body, labelled)
        found += times
        body = blank(body, read)
    return sorted(
        (t for t in found if not _is_of_something_else(text[max(0, t.start - 40) : t.start])),
        key=lambda t: t.start,
    )


def _is_of_something_else(before: str) -> bool:
    return not before.isspace() and _NOT_THE_COURSE.search(before.lower()) is not None


_Found = tuple[list[TimeMention], list[tuple[int, int]]]


def _machine_times(text: str, labelled: bool) -> _Found:
    matches = list(_ISO.finditer(text))
    times = [
        TimeMention(match.start(), match.end(), starts, None)
        for match in matches
        if match["zone"] in _BERLIN_OFFSETS and (starts := _clock(match["h"], match["m"]))
    ]
    return times, [match.span() for match in matches]


def _spans(text: str, labelled: bool) -> _Found:
    """Spans are marked by "Uhr", a colon or minutes on both sides; one that runs backwards says
    nothing, not even its beginning."""
    times, read = [], []
    for match in _RANGE.finditer(text):
        separators = (match["sep1"], match["sep2"])
        is_marked = match["uhr1"] or match["uhr2"] or ":" in separators or all(separators)
        if not is_marked and not labelled:
            continue
        read.append(match.span())
        starts, ends = _clock(match["h1"], match["m1"]), _clock(match["h2"], match["m2"])
        runs_forward = int(match["h2"]) == 24 if ends is None else bool(starts and starts < ends)
        if starts and runs_forward:
            times.append(TimeMention(match.start(), match.end(), starts, ends))
    return times, read


def _single_times(text: str, labelled: bool) -> _Found:
    matches = [
        match
        for match in _SINGLE.finditer(text)
        if match["uhr"] or match["sep"] == ":" or (labelled and match["sep"])
    ]
    times = [
        TimeMention(match.start(), match.end(), starts, None)
        for match in matches
        if (starts := _clock(match["h"], match["m"]))
    ]
    return times, [match.span() for match in matches]


def _clock(hour: str, minute: str | None) -> time | None:
    """None for 24:00 and for 00:00, which catalogues print where no time is known."""
    value = int(hour) * 60 + int(minute or 0)
    return time(value // 60, value % 60) if 0 < value < 24 * 60 else None


def envelope(times: list[TimeMention]) -> tuple[time | None, time | None]:
    """From the first start to the last end of one day; (None, None) when the times disagree."""
    distinct = list({(t.starts, t.ends): t for t in times}.values())
    if not distinct:
        return None, None
    if len(distinct) == 1:
        return distinct[0].starts, distinct[0].ends
    latest: time | None = None
    for mention in distinct:
        if mention.ends is None or (latest is not None and mention.starts < latest):
            return None, None
        latest = mention.ends
    return distinct[0].starts, latest
