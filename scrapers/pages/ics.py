"""Calendars of single courses: where they are, what they say, and what they add to a course.

A calendar is asked for only where a relevant course lacks times. What the course's page says
stays; the calendar fills gaps, and only where it does not contradict the page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from urllib.parse import quote, unquote, urljoin
from zoneinfo import ZoneInfo

import attrs
from icalendar import Calendar, Component
from icalendar.error import BrokenCalendarProperty

from scrapers.fields.text import clean, clip
from scrapers.fields.venues import Venue, read_venue
from scrapers.pages.base import PageError
from scrapers.pages.course_values import ORIGIN_LENGTH
from scrapers.pages.recurrence import days_of_rule
from scrapers.records import Course, Session

MAX_BYTES: Final = 1024 * 1024
MAX_EVENTS: Final = 400

_BERLIN: Final = ZoneInfo("Europe/Berlin")
_ITEM_COURSE: Final = re.compile(r"(?<!\d)(\d{1,6}-C-[\w.-]{1,40})")
_FOLD: Final = re.compile(rb"(?:\r?\n)+[ \t]")
_PADDING: Final = re.compile(r"(?:\s*,)+")
_REPEATS: Final = ("RRULE", "RDATE", "EXDATE", "RECURRENCE-ID")
_RULE: Final = "RRULE"


@attrs.frozen
class CalendarEvent:
    """One date, on the wall clock of Berlin; over several days `last_day` is not `day`."""

    day: date
    last_day: date
    starts: time | None = None
    ends: time | None = None

    @property
    def is_one_day(self) -> bool:
        return self.day == self.last_day

    def __str__(self) -> str:
        times = "–".join(f"{t:%H:%M}" for t in (self.starts, self.ends) if t)
        days = "/".join(dict.fromkeys((self.day.isoformat(), self.last_day.isoformat())))
        return f"{days} {times}".strip()


@attrs.frozen
class CourseCalendar:
    """The dates that a calendar lists for one course. `is_whole` is False where there may be more:
    an event that could not be read or that repeats by a rule."""

    events: tuple[CalendarEvent, ...]
    venue: Venue | None = None
    venue_text: str = ""
    is_whole: bool = True


def calendar_url(platform_name: str, course_url: str, number: str | None) -> str | None:
    """Address of a course's calendar on platforms that have one, else None."""
    if platform_name == "kuferweb" and number:
        path = f"/fileadmin/kuferweb/webbasys/ics.php?knr={quote(number, safe='')}"
        return urljoin(course_url, path)
    match = _ITEM_COURSE.search(unquote(course_url))
    if platform_name == "itm_connect" and match and match[1].endswith(number or ""):
        return urljoin(course_url, f"/page_/VhsConnect/serveIcal/courseId/{match[1]}/f/kurs.ics")
    return None


def sessions_from_calendar(body: bytes) -> CourseCalendar:
    """The dates of a calendar, in order, those called off left out.

    Raises PageError: `too_large` beyond the limits, `decode` where it is no calendar,
    `no_results` where it holds no readable date.
    """
    if len(body) > MAX_BYTES:
        raise PageError("too_large", f"the calendar has {len(body)} bytes, {MAX_BYTES} are read")
    try:
        calendar = Calendar.from_ical(_without_zones(body.replace(b"\0", b"")))
        found = list(calendar.walk("VEVENT"))
    except Exception as error:
        # The library leaves damaged files in ways of its own (ValueError, IndexError, KeyError …).
        message = f"this is no calendar: {type(error).__name__}: {error}"[:200]
        raise PageError("decode", message) from error
    if len(found) > MAX_EVENTS:
        raise PageError("too_large", f"the calendar has more than {MAX_EVENTS} dates")
    takes_place = [event for event in found if _text(event, "STATUS").upper() != "CANCELLED"]
    read = [date for event in takes_place for date in _dates_of(event)]
    events = dict.fromkeys(event for event in read if event is not None)
    if not events:
        raise PageError("no_results", "the calendar holds no date that can be read")
    texts = {_PADDING.sub(",", _text(event, "LOCATION")).strip(" ,") for event in takes_place}
    location = texts.pop() if len(texts) == 1 else ""
    return CourseCalendar(
        events=tuple(sorted(events, key=_order)),
        venue=read_venue(location).value,
        venue_text=location,
        is_whole=None not in read,
    )


def with_calendar(course: Course, calendar: CourseCalendar) -> Course:
    """The course with what its page leaves open and its calendar says without contradiction."""
    changed: dict[str, Any] = {}
    dates = calendar.events
    if calendar.is_whole and _fits(course, dates):
        first, last = dates[0], max(dates, key=lambda event: event.last_day)
        if course.start_date is None:
            changed["start_date"] = first.day
        if course.end_date is None:
            changed["end_date"] = last.last_day
        if all(event.is_one_day for event in dates):
            if course.session_count is None:
                changed["session_count"] = len(dates)
            known = {session.day for session in course.sessions}
            new = [Session(day=e.day, starts=e.starts, ends=e.ends) for e in dates]
            sessions = [*course.sessions, *(s for s in new if s.day not in known)]
            changed["sessions"] = tuple(sorted(sessions, key=lambda s: (s.day, s.starts or time())))
    sessions_now: Sequence[Session] = changed.get("sessions", course.sessions)
    changed["sessions"] = tuple(_with_times(session, dates) for session in sessions_now)
    changed |= _venue(course, calendar)
    origins: dict[str, str] = {
        name: str(dates[0]) for name in ("start_date", "session_count") if name in changed
    }
    if "end_date" in changed:
        origins["end_date"] = str(dates[-1])
    if changed["sessions"] != course.sessions:
        origins["sessions"] = clip("; ".join(map(str, dates)), ORIGIN_LENGTH)
    origins |= {name: calendar.venue_text for name in changed if name.startswith("venue_")}
    return course.model_copy(update={**changed, "origins": course.origins | origins})


def _without_zones(body: bytes) -> bytes:
    """The calendar, unfolded, without its own descriptions of zones: these are programs of rules
    that can run for ever. Zones are known by their names."""
    kept: list[bytes] = []
    is_zone = False
    for line in _FOLD.sub(b"", body).splitlines():
        words = line.strip().upper()
        marks_zone = b"VTIMEZONE" in words
        if marks_zone and words.startswith(b"BEGIN"):
            is_zone = True
        if not is_zone:
            kept.append(line)
        if marks_zone and words.startswith(b"END"):
            is_zone = False
    return b"\r\n".join(kept) + b"\r\n"


def _fits(course: Course, dates: Sequence[CalendarEvent]) -> bool:
    """Whether the calendar's dates can be all dates of the course: nothing on the page is against
    it, neither a day, nor a number of dates, nor a time."""
    by_day: dict[date, list[CalendarEvent]] = {}
    for event in dates:
        by_day.setdefault(event.day, []).append(event)
    if any(len(events) > 1 for events in by_day.values()):
        return False
    last_day = max(event.last_day for event in dates)
    if course.start_date not in (None, dates[0].day) or course.end_date not in (None, last_day):
        return False
    is_span = len(dates) == 1 and not dates[0].is_one_day
    if not is_span and course.session_count not in (None, len(dates)):
        return False
    return is_span or (
        all(event.is_one_day for event in dates)
        and all(
            session.day in by_day
            and by_day[session.day][0].starts
            in (None, session.starts or by_day[session.day][0].starts)
            for session in course.sessions
        )
    )


def _with_times(session: Session, dates: Sequence[CalendarEvent]) -> Session:
    """The session with the times of the only event on its day, where it has none of its own."""
    events = [event for event in dates if event.is_one_day and event.day == session.day]
    if len(events) != 1 or session.ends is not None or events[0].starts is None:
        return session
    if session.starts not in (None, events[0].starts):
        return session
    return session.model_copy(update={"starts": events[0].starts, "ends": events[0].ends})


def _venue(course: Course, calendar: CourseCalendar) -> Mapping[str, str]:
    """The place, where the page names none at all."""
    known = (course.venue_name, course.venue_street, course.venue_postcode, course.venue_place)
    if calendar.venue is None or any(known):
        return {}
    values = {
        "venue_name": calendar.venue.name or calendar.venue.room,
        "venue_street": calendar.venue.street,
        "venue_postcode": calendar.venue.postcode,
        "venue_place": calendar.venue.place,
    }
    return {name: value for name, value in values.items() if value}


def _order(event: CalendarEvent) -> tuple[date, time]:
    return event.day, event.starts or time.min


def _dates_of(event: Component) -> list[CalendarEvent | None]:
    """The dates of an event. None among them where there may be more than those: a rule that
    leaves its days open, exceptions, a date that cannot be read."""
    first = _event(event)
    repeats = [name for name in _REPEATS if name in event]
    if first is None or not repeats:
        return [first]
    rule, start = event.get(_RULE), _value(event, "DTSTART")
    if repeats != [_RULE] or not isinstance(rule, dict) or not first.is_one_day:
        return [first, None]
    days = days_of_rule(rule, first.day, first.starts)
    if days is None or not _keeps_its_hour(start, days):
        return [first, None]
    return [attrs.evolve(first, day=day, last_day=day) for day in days]


def _keeps_its_hour(start: object, days: Sequence[date]) -> bool:
    """Whether the time of the first date holds for all: an hour of UTC is another one of Berlin
    when the clocks have changed."""
    if not isinstance(start, datetime) or start.utcoffset() != timedelta(0):
        return True
    clock = start.astimezone(_BERLIN).time()
    return len({datetime.combine(day, clock, _BERLIN).utcoffset() for day in days}) == 1


def _event(event: Component) -> CalendarEvent | None:
    start, end = _moment(event, "DTSTART"), _moment(event, "DTEND")
    duration = _value(event, "DURATION")
    if start is None:
        return None
    if end is None and isinstance(duration, timedelta) and timedelta(0) < duration < timedelta(90):
        end = start + duration
    day, starts = _day_and_time(start)
    if not isinstance(start, datetime) and end is not None:
        end -= timedelta(days=1)  # a whole day ends where the next one begins
    last_day, ends = _day_and_time(end) if end is not None else (day, None)
    if last_day < day or (last_day == day and starts and ends and ends <= starts):
        return CalendarEvent(day, day, starts)
    return CalendarEvent(day, last_day, starts, ends if starts else None)


def _moment(event: Component, name: str) -> date | datetime | None:
    moment = _value(event, name)
    if not isinstance(moment, date) or not 1990 <= moment.year < 2100:
        return None
    if isinstance(moment, datetime) and moment.tzinfo is not None:
        return moment.astimezone(_BERLIN).replace(tzinfo=None)
    return moment


def _value(event: Component, name: str) -> object:
    """What a property stands for; None where it is not there, several times, or not readable."""
    try:
        return getattr(event.get(name), "dt", None)
    except BrokenCalendarProperty:
        return None


def _day_and_time(moment: date | datetime) -> tuple[date, time | None]:
    """Midnight is what calendars write where no time is known."""
    if isinstance(moment, datetime):
        clock = moment.time()
        return moment.date(), clock if clock != time() else None
    return moment, None


def _text(event: Component, name: str) -> str:
    value = event.get(name)
    return clean(str(value)) if isinstance(value, str) else ""
