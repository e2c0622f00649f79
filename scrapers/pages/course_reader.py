"""From the words of a course page (`CourseFacts`) to a `Course`: here German becomes values.

Personal data end here: the lecturer's label, name and private addresses go no further.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from scrapers.fields.contacts import is_functional_email, read_emails
from scrapers.fields.course_numbers import (
    clean_course_number,
    number_from_url,
    spaced_course_number,
)
from scrapers.fields.labels import Label
from scrapers.fields.people import without_lecturers, without_people
from scrapers.fields.places import Places, read_places
from scrapers.fields.prices import read_price
from scrapers.fields.reading import Reading
from scrapers.fields.relevance import judge_module, judge_relevance
from scrapers.fields.status import is_called_off, says_state, state_signs, strongest_status
from scrapers.fields.text import clean, clip, sentences
from scrapers.fields.venues import Venue, read_delivery_mode, read_venue
from scrapers.pages.base import PageContext
from scrapers.pages.course_draft import CourseDraft
from scrapers.pages.course_schedule import read_course_schedule
from scrapers.pages.facts import CourseFacts
from scrapers.pages.stated_none import stated_none
from scrapers.records import Course

DESCRIPTION_LENGTH = 1000
_SHORT_WORDS = 60  # longer words on how to register speak of other cases as well
_NUMBER = re.compile(r"\d{1,4}")
_FROM_TO = re.compile(r"\d{1,4} ?(?:/|-|–|bis) ?(\d{1,4})")
_TAKES_PLACE_SIGNS = ("find", "durchgeführt")
_TAKES_PLACE = re.compile(r"\b(?:findet|finden|durchgeführt)\b(?!.*\b(?:anschließend|weitere)\b)")


def read_course(facts: CourseFacts, context: PageContext) -> Course | None:
    """The course on a page, or None when its words do not concern the municipal bodies.

    A value that the page does not state comes from the result list (`context.list_facts`), else
    it stays None, as does one that is stated in a contradictory way.
    """
    draft = CourseDraft(facts, context)
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
    draft.set("detail_url", facts.url or None, facts.url)
    draft.set("relevance", relevance.category, "; ".join(relevance.terms))
    for read in (
        _read_number,
        _read_module,
        read_course_schedule,
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
        relevance_terms=relevance.terms,
        origins=draft.origins,
        evidence=draft.evidence,
        stated_none=stated_none(draft),
        **draft.values,
    )


def _read_number(draft: CourseDraft) -> None:
    stated = draft.facts.number
    if number := clean_course_number(stated) or spaced_course_number(stated):
        draft.set("course_number", number, stated)
        return
    for text in draft.all_of(Label.NUMBER):
        if number := clean_course_number(text):
            draft.set("course_number", number, text)
            return
    if number := number_from_url(draft.facts.url):
        draft.set("course_number", number, draft.facts.url)
        return
    for text in draft.listed_of(Label.NUMBER):
        draft.set("course_number", clean_course_number(text), text)


def _read_module(draft: CourseDraft) -> None:
    head = [draft.facts.title, draft.facts.subtitle, *draft.all_of(Label.MODULE)]
    for text in head:
        reading = judge_module(text)
        if reading.value is not None:
            draft.set("module", reading.value, reading.text)
            return
    reading = judge_module("", draft.running_text)
    draft.set("module", reading.value, reading.text)


# ---------------------------------------------------------------- where


def _read_venue(draft: CourseDraft) -> None:
    texts = draft.all_of(Label.PLACE)
    reading = draft.first(read_venue, texts)
    rows = {place for row in draft.facts.session_rows if (place := clean(row.place))}
    if reading.value is None and len(rows) == 1:
        reading = read_venue(rows.pop())
    elif reading.value is None and not rows and not texts:
        reading = draft.first(read_venue, draft.listed_of(Label.PLACE))
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


def _read_delivery_mode(draft: CourseDraft) -> None:
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
        paragraphs = filter(_may_say_how, map(clean, draft.facts.paragraphs))
        told = [sentence for paragraph in paragraphs for sentence in sentences(paragraph)]
        reading = draft.first(read_delivery_mode, (s for s in told if _TAKES_PLACE.search(s)))
        if reading.value != "in_person" and draft.values.get("venue_street"):
            return
    draft.set("delivery_mode", reading.value, reading.text)


def _may_say_how(paragraph: str) -> bool:
    """False where no sentence of it can be one of `_TAKES_PLACE`, told at once."""
    return any(map(paragraph.__contains__, _TAKES_PLACE_SIGNS))


# ---------------------------------------------------------------- places, status, price


def _read_places(draft: CourseDraft) -> None:
    """Numbers that contradict each other are left out. The list's numbers count only where the
    page has none: numbers of two moments do not belong together."""
    on_page = [read_places(text) for text in draft.facts.status_texts]
    readings = _labelled_places(draft.all_of) + on_page
    if all(reading.value is None for reading in readings):
        readings = _labelled_places(draft.listed_of)
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


def _labelled_places(texts_of: Callable[..., list[str]]) -> list[Reading[Places]]:
    occupancy = texts_of(Label.OCCUPANCY, Label.STATUS)
    return [
        *(read_places(text, occupancy=True) for text in occupancy),
        *(_bare_places(text, "free") for text in texts_of(Label.FREE_PLACES)),
        *(_bare_places(text, "planned") for text in texts_of(Label.PLANNED_PLACES)),
        *(_bare_places(text, "total") for text in texts_of(Label.MAX_PLACES)),
        *(_upper_limit(text) for text in texts_of(Label.MIN_MAX)),
    ]


def _bare_places(text: str, name: str) -> Reading[Places]:
    if _NUMBER.fullmatch(text):
        return Reading.stated(Places(**{name: int(text)}), text)
    return read_places(text)


def _upper_limit(text: str) -> Reading[Places]:
    """ "8 / 15", "8-15" under a label that says minimum and maximum."""
    if match := _FROM_TO.fullmatch(text):
        return Reading.stated(Places(total=int(match[1])), text)
    return read_places(text)


def _read_status(draft: CourseDraft) -> None:
    title = is_called_off(draft.facts.title)
    if title.value is not None:
        draft.set("status", title.value, title.text)
        return
    told = [says_state(p) for p in draft.facts.paragraphs] if state_signs(draft.prose) else []
    reading = next((r for r in told if r.value == "cancelled"), Reading.absent())
    if reading.value is None:
        # A button to book is there while few places or the waiting list are left as well, and a
        # light may say no more than that nothing can be booked: the strongest word decides.
        reading = strongest_status(
            [
                *draft.facts.status_texts,
                *(r.text for r in told if r.value),
                *draft.all_of(Label.STATUS, Label.OCCUPANCY, Label.FREE_PLACES),
                *(t for t in draft.all_of(Label.REGISTRATION) if len(t) <= _SHORT_WORDS),
            ]
        )
    for texts in (
        draft.all_of(Label.REGISTRATION),
        draft.listed_of(Label.STATUS, Label.OCCUPANCY, Label.FREE_PLACES),
    ):
        if reading.value is None:
            reading = strongest_status(texts)
    draft.set("status", reading.value, reading.text)


def _read_price(draft: CourseDraft) -> None:
    reading = draft.first(lambda text: read_price(text, labelled=True), draft.all_of(Label.PRICE))
    if reading.value is None:
        # Running text may name other sums; only that it is free is said plainly enough.
        reading = draft.first(
            lambda text: (
                r if (r := read_price(text)).value and r.value.is_free else Reading.absent()
            ),
            draft.facts.paragraphs,
        )
    if reading.value is None and not draft.all_of(Label.PRICE):
        listed = draft.listed_of(Label.PRICE)
        reading = draft.first(lambda text: read_price(text, labelled=True), listed)
    if (price := reading.value) is None:
        return
    amount: Decimal | None = price.amount
    draft.set("price_eur", amount, reading.text)
    draft.set("is_free", price.is_free, reading.text)
    reduced = [f"ermäßigt {text}" for text in draft.all_of(Label.REDUCED_PRICE)]
    note = "; ".join(part for part in [price.note, *reduced] if part)
    draft.set("price_note", clip(note, 200) if note else None, note)


# ---------------------------------------------------------------- registration and text


def _read_registration(draft: CourseDraft) -> None:
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


def _read_description(draft: CourseDraft) -> None:
    target = draft.all_of(Label.TARGET_GROUP)
    if target and (text := without_people(target[0], draft.people)):
        draft.set("target_group", clip(text, 300), text)
    paragraphs = [*draft.all_of(Label.DESCRIPTION), *map(clean, draft.facts.paragraphs)]
    kept = [text for p in dict.fromkeys(paragraphs) if (text := without_people(p, draft.people))]
    if kept:
        description = clip(" ".join(kept), DESCRIPTION_LENGTH)
        draft.set("description", description, description)
