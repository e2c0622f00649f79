"""From the words of a course page (`CourseFacts`) to a `Course`: here German becomes values.

Personal data end here: the lecturer's label, name and private addresses go no further.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from scrapers.fields.contacts import is_functional_email, read_emails
from scrapers.fields.course_numbers import clean_course_number, number_from_url
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
from scrapers.fields.labels import Label, canonical_label
from scrapers.fields.people import names_in, without_lecturers, without_people
from scrapers.fields.places import Places, read_places
from scrapers.fields.prices import read_price
from scrapers.fields.reading import Reading
from scrapers.fields.relevance import judge_module, judge_relevance
from scrapers.fields.status import read_status
from scrapers.fields.text import clean, clip, sentences
from scrapers.fields.venues import Venue, read_delivery_mode, read_venue
from scrapers.pages.base import PageContext
from scrapers.pages.facts import CourseFacts, SessionRow
from scrapers.records import Course, Session

DESCRIPTION_LENGTH = 1000
_ORIGIN_LENGTH = 300
_LONGEST_TEXT = 50_000  # a course's own text is a few thousand characters
_TAKES_PLACE = re.compile(r"\b(?:findet|finden|durchgeführt)\b(?!.*\b(?:anschließend|weitere)\b)")

T = TypeVar("T")


def read_course(facts: CourseFacts, context: PageContext) -> Course | None:
    """The course on a page, or None when its words do not concern the municipal bodies.

    A value that the page does not state, or states in a contradictory way, stays None.
    """
    draft = _Draft(facts, context)
    title = without_lecturers(facts.title, draft.lecturers)
    subtitle = without_people(facts.subtitle, draft.people)
    if not title:
        return None
    heading = f"{title} | {subtitle}" if subtitle else title
    relevance = judge_relevance(heading, draft.running_text)
    if relevance.category is None:
        return None
    draft.set("title", title, title)
    draft.set("subtitle", subtitle or None, subtitle)
    draft.set("relevance", relevance.category, "; ".join(relevance.terms))
    for read in (
        _read_number,
        _read_module,
        _read_schedule,
        _read_venue,
        _read_delivery_mode,
        _read_places,
        _read_status,
        _read_price,
        _read_registration,
        _read_description,
    ):
        read(draft)
    return Course(
        detail_url=facts.url or None,
        relevance_terms=relevance.terms,
        origins=draft.origins,
        **draft.values,
    )


@dataclass
class _Draft:
    """A course in the making: the page's words sorted by meaning, and the values read so far."""

    facts: CourseFacts
    context: PageContext
    labelled: list[tuple[Label | None, str]] = field(init=False)
    lecturers: tuple[str, ...] = field(init=False)
    people: tuple[str, ...] = field(init=False)
    running_text: str = field(init=False)
    values: dict[str, Any] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        pairs = [(canonical_label(label), clean(value)) for label, value in self.facts.labelled]
        self.lecturers = tuple(value for label, value in pairs if label is Label.LECTURER)
        self.people = tuple(name for value in self.lecturers for name in names_in(value))
        self.labelled = [(k, v) for k, v in pairs if k is not Label.LECTURER and v]
        described = self.all_of(Label.TARGET_GROUP, Label.DESCRIPTION, Label.MODULE)
        paragraphs = [clean(p) for p in self.facts.paragraphs]
        running_text = " | ".join(p for p in [*described, *paragraphs] if p)
        self.running_text = running_text[:_LONGEST_TEXT]

    def all_of(self, *labels: Label) -> list[str]:
        """Values under these labels, label by label in the given order."""
        return [v for wanted in labels for k, v in self.labelled if k is wanted]

    def first(self, read: Callable[[str], Reading[T]], texts: Iterable[str]) -> Reading[T]:
        """The first text that carries a value."""
        for text in texts:
            reading = read(text)
            if reading.value is not None:
                return reading
        return Reading.absent()

    def set(self, name: str, value: object, origin: str) -> None:
        """Keeps a value that is known, with the words it was read from."""
        if value is None:
            return
        self.values[name] = value
        self.origins[name] = clip(origin, _ORIGIN_LENGTH)


def _read_number(draft: _Draft) -> None:
    for text in [draft.facts.number, *draft.all_of(Label.NUMBER)]:
        if number := clean_course_number(text):
            draft.set("course_number", number, text)
            return
    draft.set("course_number", number_from_url(draft.facts.url), draft.facts.url)


def _read_module(draft: _Draft) -> None:
    head = [draft.facts.title, draft.facts.subtitle, *draft.all_of(Label.MODULE)]
    for text in head:
        reading = judge_module(text)
        if reading.value is not None:
            draft.set("module", reading.value, reading.text)
            return
    reading = judge_module("", draft.running_text)
    draft.set("module", reading.value, reading.text)


# ---------------------------------------------------------------- when


def _read_schedule(draft: _Draft) -> None:
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
    if start is None:
        first = _day_under(draft, Label.START)
        if first.value and all(first.value <= session.day for session in sessions):
            start, start_text = first.value, first.text
    if end is None:
        last = _day_under(draft, Label.END)
        end, end_text = last.value, last.text
    if start and end and end < start:
        start = end = None
    draft.set("start_date", start, start_text)
    draft.set("end_date", end, end_text)
    draft.set("session_count", number, counted_in)
    draft.values["sessions"] = sessions


def _stated_count(draft: _Draft) -> Reading[int]:
    dates = draft.all_of(Label.DATE)
    bare = [*draft.all_of(Label.SESSION_COUNT), *(text for text in dates if text.isdigit())]
    reading = draft.first(lambda text: read_session_count(text, labelled=True), bare)
    if reading.value is not None:
        return reading
    return draft.first(read_session_count, [*draft.all_of(Label.DURATION), *dates])


def _day_under(draft: _Draft, label: Label) -> Reading[date]:
    today = draft.context.today
    return draft.first(lambda text: read_date(text, today=today), draft.all_of(label))


def _schedule_from_labels(draft: _Draft) -> Reading[Schedule]:
    """DATE lists all dates or a span; START names only the first day, whatever follows."""
    today = draft.context.today
    dates = draft.all_of(Label.DATE)
    reading: Reading[Schedule] = Reading.absent()
    if len(dates) > 1:
        reading = combine_sessions([(text, "") for text in dates], today=today)
    if reading.value is None:
        reading = draft.first(lambda text: read_schedule(text, today=today), dates)
    if (found := reading.value) is not None:
        return replace(reading, value=replace(found, sessions=_with_time(draft, found.sessions)))

    reading = draft.first(lambda text: read_schedule(text, today=today), draft.all_of(Label.START))
    if (found := reading.value) is None or len(found.sessions) > 1:
        return reading
    if found.end_date is not None and found.end_date != found.start_date:
        return reading
    timed = tuple(s for s in _with_time(draft, found.sessions) if s.starts)
    return replace(reading, value=Schedule(timed, found.start_date, None, None))


def _with_time(draft: _Draft, sessions: tuple[SessionTime, ...]) -> tuple[SessionTime, ...]:
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
    room = clean(row.room) or venue.room
    return Venue(venue.name, venue.street, venue.postcode, venue.place, room)


def _name_with_room(venue: Venue) -> str | None:
    return ", ".join(part for part in (venue.name, venue.room) if part) or None


# ---------------------------------------------------------------- where


def _read_venue(draft: _Draft) -> None:
    texts = draft.all_of(Label.PLACE)
    reading = draft.first(read_venue, texts)
    rows = {clean(row.place) for row in draft.facts.session_rows if clean(row.place)}
    if reading.value is None and len(rows) == 1:
        reading = read_venue(rows.pop())
    venue = reading.value or Venue()
    street = draft.first(read_venue, draft.all_of(Label.STREET))
    town = draft.first(read_venue, draft.all_of(Label.POSTCODE))
    draft.set("venue_name", venue.name or venue.room, reading.text)
    for name, own, other in (
        ("venue_street", venue.street, (street.value or Venue()).street),
        ("venue_postcode", venue.postcode, (town.value or Venue()).postcode),
        ("venue_place", venue.place, (town.value or Venue()).place),
    ):
        origin = reading.text if own else (street.text if "street" in name else town.text)
        draft.set(name, own or other, origin)


def _read_delivery_mode(draft: _Draft) -> None:
    places = [*draft.all_of(Label.PLACE), *(row.place for row in draft.facts.session_rows)]
    modes = {read_delivery_mode(text).value for text in places if clean(text)}
    if len(modes) > 1:
        return  # some dates here, some there: neither word is true of the whole
    reading = draft.first(
        read_delivery_mode,
        [*places, *draft.all_of(Label.DELIVERY_MODE), draft.facts.title, draft.facts.subtitle],
    )
    if reading.value is None:
        # Running text may speak of other offers; what "findet statt" is said of this one.
        told = [s for p in draft.facts.paragraphs for s in sentences(clean(p))]
        reading = draft.first(read_delivery_mode, (s for s in told if _TAKES_PLACE.search(s)))
        if reading.value != "in_person" and draft.values.get("venue_street"):
            return
    draft.set("delivery_mode", reading.value, reading.text)


# ---------------------------------------------------------------- places, status, price


def _read_places(draft: _Draft) -> None:
    occupancy = draft.all_of(Label.OCCUPANCY, Label.STATUS)
    readings = [
        *(read_places(text, occupancy=True) for text in occupancy),
        *(_bare_places(text, "free") for text in draft.all_of(Label.FREE_PLACES)),
        *(_bare_places(text, "planned") for text in draft.all_of(Label.PLANNED_PLACES)),
        *(_bare_places(text, "total") for text in draft.all_of(Label.MAX_PLACES)),
        *(_upper_limit(text) for text in draft.all_of(Label.MIN_MAX)),
        *(read_places(text) for text in draft.facts.status_texts),
    ]
    found: dict[str, set[int]] = {}
    origins: dict[str, str] = {}
    for reading in readings:
        for name in ("planned", "total", "taken", "free"):
            number = getattr(reading.value, name, None)
            if number is not None:
                found.setdefault(name, set()).add(number)
                origins.setdefault(name, reading.text)
    numbers = {name: values.pop() for name, values in found.items() if len(values) == 1}
    total, taken = numbers.get("total"), numbers.get("taken", 0)
    if total is not None and taken + numbers.get("free", 0) > total:
        return
    for name, number in numbers.items():
        draft.set(f"places_{name}", number, origins[name])


def _bare_places(text: str, name: str) -> Reading[Places]:
    if re.fullmatch(r"\d{1,4}", text):
        return Reading.stated(Places(**{name: int(text)}), text)
    return read_places(text)


def _upper_limit(text: str) -> Reading[Places]:
    """ "8 / 15", "8-15" under a label that says minimum and maximum."""
    if match := re.fullmatch(r"\d{1,4} ?(?:/|-|–|bis) ?(\d{1,4})", text):
        return Reading.stated(Places(total=int(match[1])), text)
    return read_places(text)


def _read_status(draft: _Draft) -> None:
    title = read_status(draft.facts.title)
    if title.value == "cancelled":
        draft.set("status", title.value, title.text)
        return
    texts = [
        *draft.facts.status_texts,
        *draft.all_of(Label.STATUS, Label.REGISTRATION, Label.OCCUPANCY, Label.FREE_PLACES),
    ]
    reading = draft.first(read_status, texts)
    draft.set("status", reading.value, reading.text)


def _read_price(draft: _Draft) -> None:
    reading = draft.first(lambda text: read_price(text, labelled=True), draft.all_of(Label.PRICE))
    if reading.value is None:
        # Running text may name other sums; only that it is free is said plainly enough.
        reading = draft.first(
            lambda text: (
                r if (r := read_price(text)).value and r.value.is_free else Reading.absent()
            ),
            draft.facts.paragraphs,
        )
    if (price := reading.value) is None:
        return
    amount: Decimal | None = price.amount
    draft.set("price_eur", amount, reading.text)
    draft.set("is_free", price.is_free, reading.text)
    reduced = [f"ermäßigt {text}" for text in draft.all_of(Label.REDUCED_PRICE)]
    note = "; ".join(part for part in [price.note, *reduced] if part)
    draft.set("price_note", clip(note, 200) if note else None, note)


# ---------------------------------------------------------------- registration and text


def _read_registration(draft: _Draft) -> None:
    url = draft.facts.registration_url.strip()
    draft.set("registration_url", url or None, url)
    texts = [
        *draft.all_of(Label.REGISTRATION),
        *draft.facts.email_texts,
        *draft.all_of(Label.CONTACT),
    ]
    for text in texts:
        for address in read_emails(text):
            if is_functional_email(address):
                draft.set("registration_email", address, address)
                return


def _read_description(draft: _Draft) -> None:
    target = draft.all_of(Label.TARGET_GROUP)
    if target and (text := without_people(target[0], draft.people)):
        draft.set("target_group", clip(text, 300), text)
    paragraphs = [*draft.all_of(Label.DESCRIPTION), *map(clean, draft.facts.paragraphs)]
    kept = [text for p in dict.fromkeys(paragraphs) if (text := without_people(p, draft.people))]
    if kept:
        description = clip(" ".join(kept), DESCRIPTION_LENGTH)
        draft.set("description", description, description)
