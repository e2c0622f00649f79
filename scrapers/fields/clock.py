"""Times of day in German text, after the dates have been taken out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time

_HOUR = r"(?:[01]?\d|2[0-4])"
_RANGE = re.compile(
    rf"(?<![\d.,:/-])(?P<h1>{_HOUR})(?:(?P<sep1>[:.])(?P<m1>[0-5]\d)(?::[0-5]\d)?)?"
    rf"(?P<uhr1> ?(?:Uhr|h)\b)? ?(?:-|bis(?: ca\.?)?|- ?ca\.?) ?"
    rf"(?P<h2>{_HOUR})(?:(?P<sep2>[:.])(?P<m2>[0-5]\d)(?::[0-5]\d)?)?(?![\d:]|[.,]\d)"
    rf"(?P<uhr2> ?(?:Uhr|h)\b)?(?! ?(?:€|EUR|Euro|%))",
    re.IGNORECASE,
)
_SINGLE = re.compile(
    rf"(?<![\d.,:/-])(?P<h>{_HOUR})(?:(?P<sep>[:.])(?P<m>[0-5]\d)(?::[0-5]\d)?)?"
    rf"(?![\d:]|[.,]\d)(?P<uhr> ?(?:Uhr|h)\b)?(?! ?(?:€|EUR|Euro|%))",
    re.IGNORECASE,
)
_ISO = re.compile(r"(?<=\d)T(?P<h>[01]\d|2[0-3]):(?P<m>[0-5]\d)")
_NOT_THE_COURSE = re.compile(
    r"(?:einlass|anmeldung|pause|registrierung|check-in|ankunft|sprechzeit\w*|erreichbar)"
    r"[^.;|]{0,15}$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class TimeMention:
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
    taken: list[tuple[int, int]] = []
    for match in _RANGE.finditer(text):
        uhr = match["uhr1"] or match["uhr2"]
        separators = (match["sep1"], match["sep2"])
        if not (uhr or ":" in separators or all(separators) or labelled):
            continue
        taken.append((match.start(), match.end()))
        starts, ends = _clock(match["h1"], match["m1"]), _clock(match["h2"], match["m2"])
        is_late_end = int(match["h2"]) == 24
        if starts is None or (ends is None and not is_late_end):
            continue
        if ends is not None and ends <= starts:
            continue
        found.append(TimeMention(match.start(), match.end(), starts, ends))
    for pattern in (_ISO, _SINGLE):
        for match in pattern.finditer(text):
            if any(a < match.end() and match.start() < b for a, b in taken):
                continue
            groups = match.groupdict()
            is_marked = pattern is _ISO or groups["uhr"] or groups["sep"] == ":"
            if not is_marked and not (labelled and groups["sep"]):
                continue
            taken.append((match.start(), match.end()))
            if (starts := _clock(groups["h"], groups["m"])) is not None:
                found.append(TimeMention(match.start(), match.end(), starts, None))
    return sorted(
        (t for t in found if not _NOT_THE_COURSE.search(text[max(0, t.start - 40) : t.start])),
        key=lambda t: t.start,
    )


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
