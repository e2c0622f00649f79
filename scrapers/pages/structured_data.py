"""Facts that only a page's structured data state, put behind what the page itself says."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

import attrs

from scrapers.fields.course_numbers import clean_course_number
from scrapers.fields.dates import read_date, read_session_count, read_time_range
from scrapers.fields.labels import Label, canonical_label
from scrapers.fields.text import fold
from scrapers.fields.venues import read_delivery_mode
from scrapers.pages.facts import CourseFacts, SessionRow
from scrapers.pages.json_ld import Instance, Moment, Place, StructuredCourse
from scrapers.pages.markup import canonical_url

Pairs = list[tuple[str, str]]

_SHORTEST_NAME: Final = 8
_PLACE_LABELS: Final = frozenset({Label.PLACE, Label.STREET, Label.POSTCODE, Label.ROOM})
_STATUS_LABELS: Final = frozenset(
    {Label.STATUS, Label.REGISTRATION, Label.OCCUPANCY, Label.FREE_PLACES}
)
_SIZE_LABELS: Final = frozenset(
    {Label.OCCUPANCY, Label.FREE_PLACES, Label.MAX_PLACES, Label.MIN_MAX}
)


def data_about(
    courses: Sequence[StructuredCourse], title: str, url: str
) -> StructuredCourse | None:
    """The data that speak of the course with this title or address. None where there are none, or
    where several speak of it and differ in more than their dates."""
    about = [course for course in courses if _is_named(course, title) or _is_at(course, url)]
    if not about:
        return None
    about = [course for course in about if course.instances] or about
    if len({attrs.evolve(c, instances=(), url="", description=()) for c in about}) > 1:
        return None
    dates = dict.fromkeys(instance for course in about for instance in course.instances)
    return attrs.evolve(about[0], instances=tuple(dates))


def with_structured_data(facts: CourseFacts, found: StructuredCourse, today: date) -> CourseFacts:
    """The facts with what the data add: a value only where the page has none of its kind."""
    labels = {canonical_label(label) for label, value in facts.labelled if value}
    rows, when = _when(facts, found, labels, today)
    extra: Pairs = list(when)
    if not labels & _PLACE_LABELS and not any(row.place for row in facts.session_rows):
        extra += _where(found.places)
        if not found.places and Label.DELIVERY_MODE not in labels and len(found.modes) == 1:
            told = read_delivery_mode(f"{facts.title} | {facts.subtitle}").value
            extra += [("Durchführung", found.modes[0])] if told is None else []
    if Label.PRICE not in labels and len(found.prices) == 1:
        extra.append(("Gebühr", found.prices[0]))
    if not labels & _STATUS_LABELS and not facts.status_texts and len(found.states) == 1:
        extra.append(("Status", found.states[0]))
    if not labels & _SIZE_LABELS:
        extra += _sizes(found)
    if Label.TARGET_GROUP not in labels and found.audience:
        extra.append(("Zielgruppe", found.audience))
    return attrs.evolve(
        facts,
        number=facts.number or clean_course_number(found.number) or "",
        labelled=(*facts.labelled, *extra),
        session_rows=rows,
        paragraphs=facts.paragraphs or found.description,
        from_data=(
            *(value for _, value in extra),
            *(row.date for row in rows if row not in facts.session_rows),
        ),
    )


def _is_named(course: StructuredCourse, title: str) -> bool:
    """Equal names, or one that only adds words to the other (a subtitle, a number)."""
    ours, theirs = fold(title), fold(course.name)
    if min(len(ours), len(theirs)) < _SHORTEST_NAME:
        return ours == theirs != ""
    return ours in theirs or theirs in ours


def _is_at(course: StructuredCourse, url: str) -> bool:
    has_address = course.url.startswith(("http://", "https://"))
    return has_address and canonical_url(course.url) == canonical_url(url) and not course.name


def _when(
    facts: CourseFacts, found: StructuredCourse, labels: set[Label | None], today: date
) -> tuple[tuple[SessionRow, ...], Pairs]:
    """Rows of dates and pairs. Data that contradict the page's own beginning add nothing."""
    dates = [instance for instance in found.instances if instance.start is not None]
    runs = {instance.own for instance in dates if instance.own}
    if facts.session_rows or Label.DATE in labels or not dates or len(runs) > 1:
        return facts.session_rows, []
    dates.sort(key=_order)
    first, last = dates[0], dates[-1]
    assert first.start is not None and last.start is not None
    own_starts = _values(facts, Label.START)
    own_ends = [day for text in _values(facts, Label.END) if (day := read_date(text).value)]
    end = last.start.day if len(dates) > 1 else last.end.day if last.end else None
    if own_starts and not _agrees(own_starts, first.start, today):
        return (), []
    if any(day != end for day in own_ends) or not _is_whole(facts, dates):
        return (), []
    has_all_times = all(d.is_one_day and d.end and d.end.clock for d in dates)
    if has_all_times or (not own_starts and len(dates) > 1):
        return tuple(map(_row, dates)), []
    pairs = [] if own_starts else [("Beginn", _printed(first.start))]
    if Label.END not in labels and end is not None:
        pairs.append(("Ende", end.isoformat()))
    return (), pairs


def _is_whole(facts: CourseFacts, dates: Sequence[Instance]) -> bool:
    """Whether the data can be all dates: as many as the page counts, or one span of days."""
    if len(dates) == 1 and not dates[0].is_one_day:
        return True
    if not all(instance.is_one_day for instance in dates):
        return False
    counts = [
        *(read_session_count(text, labelled=True) for text in _values(facts, Label.SESSION_COUNT)),
        *(read_session_count(text) for text in _values(facts, Label.DURATION)),
    ]
    return all(count.value in (None, len(dates)) for count in counts)


def _values(facts: CourseFacts, meaning: Label) -> list[str]:
    return [value for label, value in facts.labelled if canonical_label(label) is meaning]


def _agrees(texts: Sequence[str], start: Moment, today: date) -> bool:
    for text in texts:
        day, span = read_date(text, today=today).value, read_time_range(text).value
        if day is not None:
            return day == start.day and (not span or not start.clock or span[0] == start.clock)
    return False


def _order(instance: Instance) -> tuple[date, str]:
    assert instance.start is not None
    return instance.start.day, str(instance.start.clock)


def _printed(moment: Moment) -> str:
    clock = f", {moment.clock:%H:%M} Uhr" if moment.clock else ""
    return f"{moment.day.isoformat()}{clock}"


def _row(instance: Instance) -> SessionRow:
    assert instance.start is not None
    starts, ends = instance.start.clock, instance.end.clock if instance.end else None
    clock = f"{starts:%H:%M} Uhr" if starts else ""
    if starts and ends and ends > starts:
        clock = f"{starts:%H:%M} - {ends:%H:%M} Uhr"
    return SessionRow(date=instance.start.day.isoformat(), time=clock)


def _where(places: Sequence[Place]) -> Pairs:
    if len(places) != 1:
        return []
    place = places[0]
    pairs = [("Ort", place.name), ("Straße", place.street), ("PLZ / Ort", place.town)]
    return [pair for pair in pairs if pair[1]]


def _sizes(found: StructuredCourse) -> Pairs:
    pairs = []
    if found.capacity:
        pairs.append(("Max. Teilnehmer", str(found.capacity)))
    if found.remaining is not None:
        pairs.append(("Freie Plätze", str(found.remaining)))
    return pairs
