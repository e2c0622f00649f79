"""When a course takes place: its table of dates first, then what its labels say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from scrapers.fields.dates import (
    Schedule,
    SessionTime,
    combine_sessions,
    read_date,
    read_schedule,
    read_session_count,
    read_session_row,
    read_time_range,
)
from scrapers.fields.labels import Label
from scrapers.fields.reading import Reading
from scrapers.fields.text import clean, clip
from scrapers.fields.venues import Venue, read_delivery_mode, read_venue
from scrapers.pages.course_draft import CourseDraft
from scrapers.pages.course_values import ORIGIN_LENGTH
from scrapers.pages.facts import SessionRow
from scrapers.pages.moved_dates import is_moved_from, may_move, without_old_dates
from scrapers.records import Evidence, Session

_FROM_TABLE = ("start_date", "end_date", "session_count", "sessions")


def read_course_schedule(draft: CourseDraft) -> None:
    """Sets sessions, start_date, end_date and session_count as far as the page decides them.

    A table of dates wins over labels that contradict it, but for a label that names an earlier
    beginning: then the table lacks dates, and how many is unknown. More dates stated than listed
    leave the end open; an end before the start makes both unknown. A page without any date begins
    on the first day that the result list names; of further days the list says nothing for certain.
    Days from which the running text moves the offer away are not read.
    """
    today = draft.context.today
    rows = draft.facts.session_rows
    table = combine_sessions([(row.date, row.time) for row in rows], today=today)
    reading = table if table.value else _schedule_from_labels(draft)
    schedule = reading.value or Schedule((), None, None, None)
    sessions = _sessions(schedule.sessions, rows if table.value else (), today)

    count = _stated_count(draft)
    number, counted_in = schedule.session_count, reading.text
    start, start_text = schedule.start_date, reading.text
    end, end_text = schedule.end_date, reading.text
    if count.value is not None and (number is None or count.value > number):
        number, counted_in = count.value, count.text
        if number > len(sessions) > 0:
            end = None  # more dates than the page lists: the last one listed is not the end
        elif number == 1:
            end = end or start
    first = _day_under(draft, Label.START)
    if first.value and all(first.value <= session.day for session in sessions):
        if table.value and start and first.value < start:
            # The table lacks the date with which the offer begins, and perhaps more than that one.
            start = None
            number = None if counted_in == table.text else number
        if start is None:
            start, start_text = first.value, first.text
    if start is None and not rows and not draft.all_of(Label.START, Label.DATE):
        listed = draft.listed_of(Label.START, Label.DATE)
        begun = draft.first(lambda text: read_date(text, today=today), listed)
        start, start_text = begun.value, begun.text
    if end is None:
        last = _day_under(draft, Label.END)
        end, end_text = last.value, last.text
    if start and end and end < start:
        start = end = None
    known = {day for day in (start, end, *(s.day for s in sessions)) if day is not None}
    prose = draft.facts.paragraphs if may_move(draft.prose) else ()
    if known and any(is_moved_from(known, text, today) for text in prose):
        # What the page prints under its labels is then the old day, or no longer all of it.
        start, end, sessions = None, None, ()
    draft.set("start_date", start, start_text)
    draft.set("end_date", end, end_text)
    draft.set("session_count", number, counted_in)
    draft.set("sessions", sessions, reading.text)
    if table.value:
        data = draft.facts.from_data
        kind: Evidence = "structured_data" if any(row.date in data for row in rows) else "table"
        read = [
            name
            for name in _FROM_TABLE
            if draft.origins.get(name) == clip(table.text, ORIGIN_LENGTH)
        ]
        draft.evidence |= dict.fromkeys(read, kind)


def _stated_count(draft: CourseDraft) -> Reading[int]:
    dates = draft.all_of(Label.DATE)
    bare = [*draft.all_of(Label.SESSION_COUNT), *(text for text in dates if text.isdigit())]
    reading = draft.first(lambda text: read_session_count(text, labelled=True), bare)
    if reading.value is not None:
        return reading
    return draft.first(read_session_count, [*draft.all_of(Label.DURATION), *dates])


def _day_under(draft: CourseDraft, label: Label) -> Reading[date]:
    today = draft.context.today
    return draft.first(lambda text: read_date(text, today=today), _dates_under(draft, label))


def _dates_under(draft: CourseDraft, label: Label) -> list[str]:
    """The values under a label, without days from which they move the offer away."""
    return [without_old_dates(text) for text in draft.all_of(label)]


def _schedule_from_labels(draft: CourseDraft) -> Reading[Schedule]:
    """DATE lists all dates or a span; START names only the first day, whatever follows."""
    today = draft.context.today
    dates = _dates_under(draft, Label.DATE)
    reading: Reading[Schedule] = Reading.absent()
    if len(dates) > 1:
        reading = combine_sessions([(text, "") for text in dates], today=today)
    if reading.value is None:
        reading = draft.first(lambda text: read_schedule(text, today=today), dates)
    if (found := reading.value) is not None:
        return replace(reading, value=replace(found, sessions=_with_time(draft, found.sessions)))

    begun = _dates_under(draft, Label.START)
    reading = draft.first(lambda text: read_schedule(text, today=today), begun)
    if (found := reading.value) is None or len(found.sessions) > 1:
        return reading
    if found.end_date is not None and found.end_date != found.start_date:
        return reading
    timed = tuple(_until(draft, s) for s in _with_time(draft, found.sessions) if s.starts)
    return replace(reading, value=Schedule(timed, found.start_date, None, None))


def _until(draft: CourseDraft, session: SessionTime) -> SessionTime:
    """The session with the time at which its own day ends by the label of the end."""
    if session.starts is None or session.ends is not None:
        return session
    today = draft.context.today
    ended = draft.first(
        lambda text: read_schedule(text, today=today), _dates_under(draft, Label.END)
    )
    last = ended.value.sessions if ended.value is not None else ()
    if len(last) != 1 or last[0].day != session.day or last[0].starts is None:
        return session
    return replace(session, ends=last[0].starts) if last[0].starts > session.starts else session


def _with_time(draft: CourseDraft, sessions: tuple[SessionTime, ...]) -> tuple[SessionTime, ...]:
    """Sessions without any time get the one that a label of its own states for the offer."""
    if any(session.starts for session in sessions):
        return sessions
    cells = draft.all_of(Label.TIME)
    times = draft.first(lambda text: read_time_range(text, labelled=True), cells)
    if times.value is None:
        dateless = [t for t in draft.all_of(Label.DATE) if read_date(t).value is None]
        times = draft.first(read_time_range, dateless)
    if times.value is None:
        return sessions
    starts, ends = times.value
    return tuple(SessionTime(session.day, starts, ends) for session in sessions)


def _sessions(
    times: tuple[SessionTime, ...], rows: tuple[SessionRow, ...], today: date
) -> tuple[Session, ...]:
    """Sessions with the venue of their row, where they come from a table."""
    venues: dict[SessionTime, Venue] = {}
    for row in rows:
        session = read_session_row(row.date, row.time, today=today).value
        if session:
            venues.setdefault(session, _row_venue(row))
    return tuple(
        Session(
            day=s.day,
            starts=s.starts,
            ends=s.ends,
            venue_name=_name_with_room(venues.get(s, Venue())),
            venue_place=venues.get(s, Venue()).place,
        )
        for s in times
    )


def _row_venue(row: SessionRow) -> Venue:
    venue = read_venue(row.place).value or Venue()
    is_online = read_delivery_mode(row.room).value == "online"
    room = "" if is_online else clean(row.room) or venue.room
    return Venue(venue.name, venue.street, venue.postcode, venue.place, room)


def _name_with_room(venue: Venue) -> str | None:
    return ", ".join(part for part in (venue.name, venue.room) if part) or None
