"""When an offer takes place: its sessions, or where these are not listed its first and last day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from functools import lru_cache
from itertools import pairwise

from scrapers.fields.clock import TimeMention, envelope, find_times
from scrapers.fields.mentions import Mention, find_mentions
from scrapers.fields.reading import Certainty, Reading
from scrapers.fields.session_count import read_session_count
from scrapers.fields.text import blank, clean, fold, plain

_EITHER = re.compile(r"\b(?:oder|alternativ|wahlweise)\b")
_EACH = re.compile(r"\b(?:jeweils|immer|taeglich|an beiden tagen|an allen tagen|je)\b")
_EACH_AFTER = re.compile(r",? ?\(?jeweils\b")
_LETTER = re.compile(r"[^\W\d_]")
_TWO_DIGITS_EACH = re.compile(r"\d\d\. ?\d\d\.")


@dataclass(frozen=True, slots=True)
class SessionTime:
    """One date of an offer, in Berlin wall-clock time."""

    day: date
    starts: time | None
    ends: time | None


@dataclass(frozen=True, slots=True)
class Schedule:
    """What a text says about when. `sessions` lists only dates that the text names one by one;
    it is empty for a span of time. `end_date` is None where only a beginning is named."""

    sessions: tuple[SessionTime, ...]
    start_date: date | None
    end_date: date | None
    session_count: int | None


def read_schedule(text: str, *, today: date | None = None) -> Reading[Schedule]:
    """Reads all dates of a German text with their times.

    A date that does not exist, whose weekday contradicts it, or whose year nothing decides is left
    out; then the number of sessions is unknown, and so is a start or end that it may have been.
    `today` allows a year to be inferred from a weekday within 6 months before and 12 after it.
    """
    original = clean(text)
    body = plain(text)
    every_mention = find_mentions(body, today)
    mentions = [m for m in every_mention if not m.excluded and _counts(m, body)]
    if not any(m.day for m in mentions):
        return Reading.absent()
    times = find_times(blank(body, [(m.start, m.end) for m in every_mention]))
    schedule = _build(mentions, times, body)
    if schedule.start_date is None and schedule.end_date is None and not schedule.sessions:
        return Reading.absent()
    words = original[mentions[0].start : _end_of_words(mentions, times)]
    certain = all(m.certain for m in mentions if m.day)
    return Reading(schedule, words, Certainty.STATED if certain else Certainty.INFERRED)


@lru_cache(maxsize=1024)
def read_session_row(
    date_text: str, time_text: str = "", *, today: date | None = None
) -> Reading[SessionTime]:
    """One row of a table of dates. Absent unless it names exactly one readable day."""
    body = plain(date_text)
    mentions = [m for m in find_mentions(body, today) if _counts(m, body)]
    days = {m.day for m in mentions}
    if len(days) != 1 or not (day := days.pop()):
        return Reading.absent()
    if time_text.strip():
        time_body = plain(time_text)
        spans = [(m.start, m.end) for m in find_mentions(time_body, today)]
        times = find_times(blank(time_body, spans), labelled=True)
    else:
        times = find_times(blank(body, [(m.start, m.end) for m in mentions]))
    starts, ends = envelope(times)
    certain = all(m.certain for m in mentions)
    words = clean(f"{date_text} {time_text}")
    certainty = Certainty.STATED if certain else Certainty.INFERRED
    return Reading(SessionTime(day, starts, ends), words, certainty)


def combine_sessions(
    rows: Sequence[tuple[str, str]], *, today: date | None = None
) -> Reading[Schedule]:
    """A table of dates, row by row (date cell, time cell; an empty time cell means that the date
    cell carries both). Rows without any digit, such as headers, do not count; a row repeated
    word for word counts once. Where a row cannot be read, count, start and end are unknown
    as far as that row could have decided them.
    """
    distinct = list(dict.fromkeys((clean(d), clean(t)) for d, t in rows))
    distinct = [row for row in distinct if any(c.isdigit() for c in row[0])]
    readings = [read_session_row(d, t, today=today) for d, t in distinct]
    read = [r for r in readings if r.value is not None]
    if not read:
        if len(distinct) == 1:
            return read_schedule(" ".join(distinct[0]), today=today)
        return Reading.absent()
    sessions = tuple(sorted({r.value for r in read if r.value}, key=_order))
    all_read = len(read) == len(readings)
    starts_known = all_read or readings[0].value == sessions[0]
    ends_known = all_read or readings[-1].value == sessions[-1]
    schedule = Schedule(
        sessions,
        sessions[0].day if starts_known else None,
        sessions[-1].day if ends_known else None,
        len(sessions) if all_read else None,
    )
    certain = all(r.certainty is Certainty.STATED for r in read)
    words = "; ".join(r.text for r in read)
    return Reading(schedule, words, Certainty.STATED if certain else Certainty.INFERRED)


def _order(session: SessionTime) -> tuple[date, time, time]:
    return session.day, session.starts or time.min, session.ends or time.min


def _counts(mention: Mention, body: str) -> bool:
    """False for "1.2." in an enumeration: two small numbers that nothing makes a date."""
    if mention.day or mention.weekdays or mention.year or mention.link:
        return True
    written = body[mention.start : mention.end]
    return bool(_LETTER.search(written) or _TWO_DIGITS_EACH.fullmatch(written))


def _build(mentions: list[Mention], times: list[TimeMention], body: str) -> Schedule:
    days = [m.day for m in mentions]
    known = [day for day in days if day]
    stated_count = read_session_count(body).value
    marks = [m.mark for m in mentions]
    is_span = any(m.link == "range" for m in mentions) or marks == ["from", "until"]
    if is_span and len(set(days)) > 1:
        if known != sorted(known):
            return Schedule((), None, None, None)
        return Schedule((), days[0], days[-1], stated_count)

    if any(
        _EITHER.search(fold(body[before.end : after.start])) for before, after in pairwise(mentions)
    ):
        return Schedule((), None, None, None)  # which of them it will be is not said
    if "from" in marks[1:]:
        return Schedule(
            (), None, None, None
        )  # dates before "beginnt am …" belong to something else
    sessions = _with_times(mentions, times, body)
    first, last = min(known), max(known)
    complete = len(known) == len(days)
    is_one_day = len(set(days)) == 1
    if is_one_day and marks[0] == "until":
        return Schedule((), None, last, stated_count)
    if is_one_day and (marks[0] == "from" or (stated_count or 1) > 1):
        only_with_time = tuple(s for s in sessions if s.starts)
        return Schedule(only_with_time, first, None, stated_count)
    return Schedule(
        sessions,
        first if complete or days[0] == first else None,
        last if complete or days[-1] == last else None,
        len(sessions) if complete else None,
    )


def _with_times(
    mentions: list[Mention], times: list[TimeMention], body: str
) -> tuple[SessionTime, ...]:
    """Gives each day its times: those that follow it, or one that holds for several days."""
    own: list[list[TimeMention]] = [[] for _ in mentions]
    for clock in times:
        before = [i for i, m in enumerate(mentions) if m.end <= clock.start]
        previous = [t.end for t in times if t.end <= clock.start]
        gap_start = max([mentions[i].end for i in before[-1:]] + previous[-1:] + [0])
        gap = body[gap_start : clock.start].strip(" ,.:;|•()-")
        holds_for_each = bool(
            (gap and _EACH.search(fold(gap))) or _EACH_AFTER.match(body, clock.end, clock.end + 12)
        )
        if not before:
            if len(mentions) == 1 or holds_for_each:
                for slot in own:
                    slot.append(clock)
            elif len(times) == len(mentions) and mentions[-1].start > times[-1].end:
                own[times.index(clock)].append(clock)
        elif times[0].start < mentions[0].start and len(mentions) > 1:
            # Times stand before their dates: this one belongs to the date after it, if any.
            if len(times) == len(mentions) and mentions[-1].start > times[-1].end:
                own[times.index(clock)].append(clock)
        elif holds_for_each:
            for i in before:
                if i == before[-1] or not own[i]:
                    own[i].append(clock)
        else:
            own[before[-1]].append(clock)
            if clock.ends and mentions[before[-1]].link:
                _spread_over_group(mentions, own, before[-1], clock)
    sessions = {
        SessionTime(m.day, *envelope(slot)) for m, slot in zip(mentions, own, strict=True) if m.day
    }
    return tuple(sorted(_without_shadows(sessions), key=_order))


def _spread_over_group(
    mentions: list[Mention], own: list[list[TimeMention]], last: int, clock: TimeMention
) -> None:
    """A span of times after "7. und 8. November 2024" holds for the days that share the year."""
    i = last
    while mentions[i].link and mentions[i - 1].shares_year and not own[i - 1]:
        i -= 1
        own[i].append(clock)


def _without_shadows(sessions: set[SessionTime]) -> list[SessionTime]:
    """Drops a day without time where the same day is also named with one."""
    timed = {s.day for s in sessions if s.starts}
    return [s for s in sessions if s.starts or s.day not in timed]


def _end_of_words(mentions: list[Mention], times: list[TimeMention]) -> int:
    return max([m.end for m in mentions] + [t.end for t in times])
