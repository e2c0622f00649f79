"""Dates, times and numbers of dates in German text: the public names of this subject.

`mentions` finds days, `clock` times, `session_count` counts, `schedule` puts them together.
"""

from __future__ import annotations

from datetime import date, time

from scrapers.fields.clock import envelope, find_times
from scrapers.fields.mentions import find_mentions
from scrapers.fields.reading import Certainty, Reading
from scrapers.fields.schedule import (
    Schedule,
    SessionTime,
    combine_sessions,
    read_schedule,
    read_session_row,
)
from scrapers.fields.session_count import read_session_count
from scrapers.fields.text import blank, clean, plain

__all__ = [
    "Schedule",
    "SessionTime",
    "combine_sessions",
    "read_date",
    "read_schedule",
    "read_session_count",
    "read_session_row",
    "read_time_range",
]


def read_date(text: str, *, today: date | None = None) -> Reading[date]:
    """The first day that the text names; absent when that one cannot be known for certain."""
    original = clean(text)
    for mention in find_mentions(plain(text), today):
        if mention.day is None:
            return Reading.absent()
        words = original[mention.start : mention.end]
        certainty = Certainty.STATED if mention.certain else Certainty.INFERRED
        return Reading(mention.day, words, certainty)
    return Reading.absent()


def read_time_range(text: str, *, labelled: bool = False) -> Reading[tuple[time, time | None]]:
    """Start and end of a day's session. With `labelled` the text is the content of a time cell,
    where a bare "10-16" or "19.30" is a time too. Times that disagree are absent."""
    original = clean(text)
    body = plain(text)
    times = find_times(
        blank(body, [(m.start, m.end) for m in find_mentions(body)]), labelled=labelled
    )
    starts, ends = envelope(times)
    if starts is None:
        return Reading.absent()
    return Reading.stated((starts, ends), original[times[0].start : times[-1].end])
