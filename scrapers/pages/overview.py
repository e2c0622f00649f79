"""The overview of a series: the series with its modules, and the offers of many providers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import cached_property
from urllib.parse import urlsplit

from scrapers.fields.contacts import is_functional_email, read_emails, read_websites
from scrapers.fields.course_numbers import clean_course_number, number_from_url
from scrapers.fields.dates import Schedule, read_schedule
from scrapers.fields.labels import Label
from scrapers.fields.places import Places, read_places
from scrapers.fields.prices import read_price
from scrapers.fields.relevance import judge_module, judge_relevance
from scrapers.fields.status import strongest_status
from scrapers.fields.venues import read_delivery_mode, read_venue
from scrapers.pages.base import AnyRecord, PageError
from scrapers.pages.blocks import Block, document_title, page_blocks
from scrapers.pages.document import DocumentPage
from scrapers.pages.lines import Line, page_lines
from scrapers.pages.module_words import word_of_module
from scrapers.pages.moved_dates import without_old_dates
from scrapers.pages.offer_rows import with_first_row_as_header
from scrapers.pages.overview_entries import OverviewEntry, is_entry_row, read_entries
from scrapers.pages.overview_facts import PLACES_LABELS, WHEN_LABELS
from scrapers.pages.overview_items import line_as_row
from scrapers.pages.overview_prose import with_told_offers
from scrapers.pages.overview_series import SeriesText, read_series
from scrapers.pages.page_text import page_text
from scrapers.pages.positions import with_positions
from scrapers.pages.prose import whole_sentences
from scrapers.pages.unread_dates import unread_dates
from scrapers.records import Course, DeliveryMode, Module, Series, Session

_NONE_AT_PRESENT = re.compile(
    r"\b(?:derzeit|aktuell|zurzeit|zur Zeit|momentan|im Moment|bislang|bisher|gegenwärtig)\b.{0,60}"
    r"\bkeine?\b.{0,60}\b(?:Termine?|Angebote?|Veranstaltung(?:en)?|Kurse?|Seminare?|Module?"
    r"|Qualifizierung(?:en|sangebote)?)\b"
    r"|\bkeine?\b.{0,40}\b(?:Termine?|Angebote?|Veranstaltung(?:en)?|Kurse?|Seminare?)\b.{0,40}"
    r"\b(?:geplant|verfügbar|vorhanden|bekannt|angeboten|derzeit|aktuell|zurzeit|vor)\b"
    r"|\b(?:Termine?|Angebote?)\b.{0,40}\b(?:noch nicht|folgen in Kürze|liegen (?:noch )?keine)",
    re.IGNORECASE,
)
_BARE_SIZE = re.compile(r"(?:ca\. ?)?(\d{1,4})(?: ?(?:TN|Plätze|Personen|Teilneh\w+))?")
_ABOUT_OFFERS = re.compile(
    r"seminar|veranstaltung|kurs|modul|qualifizierung|angebot|findet|finden", re.IGNORECASE
)


class OverviewPage(DocumentPage):
    """Yields one Series and one Course for each entry; only the Series when the page says in
    words that nothing is offered at present; PageError when it shows neither."""

    VERSION = 2

    def records(self) -> Sequence[AnyRecord]:
        return self._found

    def doubts(self) -> tuple[str, ...]:
        unread = unread_dates(page_text(self.tree), self._found, self.context.today)
        return (*super().doubts(), *unread)

    @cached_property
    def _found(self) -> Sequence[AnyRecord]:
        units = with_told_offers(_units(page_blocks(self.tree)), self.context.today)
        if not units:
            raise PageError("no_results", "the overview has no text at all")
        lines = [unit if isinstance(unit, Line) else Line("", "row") for unit in units]
        fallback = document_title(self.tree) or self.context.provider_name or "Ohne Titel"
        described = read_series(lines, fallback, frozenset())
        entries, used = read_entries(units, described.module_lines)
        described = read_series(lines, fallback, used)
        text = [line for position, line in enumerate(lines) if position not in used]
        if not entries and not any(_NONE_AT_PRESENT.search(line.text) for line in text):
            raise PageError(
                "markup_changed",
                "no offer was recognised in the overview, and no sentence says that there is none",
            )
        delivery = _stated_delivery(text)
        courses = with_positions([_course(entry, described, delivery, self) for entry in entries])
        return [*_series(described, self.url, has_entries=bool(entries)), *courses]


def _units(blocks: Sequence[Block]) -> list[Line | Block]:
    units: list[Line | Block] = []
    for block in with_first_row_as_header(blocks):
        if is_entry_row(block):
            units.append(block)
        else:
            units.extend(line_as_row(line) or line for line in page_lines([block]))
    return units


def _series(described: SeriesText, url: str, *, has_entries: bool) -> list[Series]:
    if not (described.modules or described.total) and has_entries:
        return []
    return [
        Series(
            url=url,
            title=described.title,
            modules=described.modules,
            stated_council_total=described.total,
            stated_council_total_text=described.total_text,
        )
    ]


def _stated_delivery(lines: Sequence[Line]) -> tuple[DeliveryMode, str] | None:
    """How all offers take place, where a sentence of the page says so and none contradicts it."""
    found: dict[DeliveryMode, str] = {}
    for line in lines:
        for sentence in whole_sentences(line.text):
            if _ABOUT_OFFERS.search(sentence) and (mode := read_delivery_mode(sentence).value):
                found.setdefault(mode, sentence)
    return next(iter(found.items())) if len(found) == 1 else None


def _course(
    entry: OverviewEntry,
    series: SeriesText,
    delivery: tuple[DeliveryMode, str] | None,
    page: DocumentPage,
) -> Course:
    origins: dict[str, str] = {}
    url, email = _registration(entry, page, origins)
    number = _number(entry, url, origins)
    module = _module(entry, url, origins)
    schedule = _schedule(entry, page.context.today, origins)
    places = _places(entry, origins)
    venue_text = ", ".join(
        fact.value for fact in entry.values(Label.PLACE, Label.STREET, Label.ROOM)
    )
    venue = read_venue(venue_text).value if venue_text else None
    price_text = next((fact.value for fact in entry.values(Label.PRICE)), "")
    price = read_price(price_text, labelled=True).value if price_text else None
    status_labels = (Label.STATUS, Label.REGISTRATION, Label.OCCUPANCY, Label.FREE_PLACES)
    status = strongest_status(fact.value for fact in entry.values(*status_labels))
    mode = _delivery(entry, delivery, origins)
    titles = (fact.value for fact in entry.values(Label.TITLE))
    own_title = next((t for t in titles if t.casefold() != word_of_module(t).casefold()), None)
    module_title = next((m.title for m in series.modules if m.module == module), None)
    relevance = judge_relevance(f"{series.title} {own_title or ''}")
    read_from = {"venue_name": venue_text, "price_eur": price_text, "status": status.text}
    for name, words in read_from.items():
        if words:
            origins[name] = words
    if entry.provider:
        origins["announced_by"] = entry.provider
    return Course(
        detail_url=url if url and number_from_url(url) else None,
        course_number=number,
        title=own_title or series.title,
        subtitle=module_title,
        module=module or "other",
        relevance="series",
        relevance_terms=relevance.terms,
        sessions=tuple(
            Session(day=session.day, starts=session.starts, ends=session.ends)
            for session in (schedule.sessions if schedule else ())
        ),
        start_date=schedule.start_date if schedule else None,
        end_date=schedule.end_date if schedule else None,
        session_count=schedule.session_count if schedule else None,
        venue_name=", ".join(p for p in (venue.name, venue.room) if p) or None if venue else None,
        venue_street=venue.street if venue else None,
        venue_postcode=venue.postcode if venue else None,
        venue_place=venue.place if venue else None,
        delivery_mode=mode,
        places_planned=places.planned,
        places_total=places.total,
        places_taken=places.taken,
        places_free=places.free,
        status=status.value or "unknown",
        price_eur=price.amount if price else None,
        is_free=price.is_free if price else None,
        price_note=price.note if price else None,
        registration_url=url,
        registration_email=email,
        announced_by=entry.provider,
        origins=origins,
    )


def _registration(
    entry: OverviewEntry, page: DocumentPage, origins: dict[str, str]
) -> tuple[str | None, str | None]:
    url: str | None = None
    email: str | None = None
    facts = entry.values(Label.REGISTRATION)
    for fact in [*facts, *([] if facts else entry.values(Label.CONTACT))]:
        mails = [mail for mail in read_emails(fact.value) if is_functional_email(mail)]
        if mails and email is None:
            email, origins["registration_email"] = mails[0], fact.printed
        elif not mails and url is None and (address := _web_address(fact.value, page)):
            url, origins["registration_url"] = address, fact.printed
    return url, email


def _web_address(value: str, page: DocumentPage) -> str | None:
    if written := read_websites(value):
        return written[0]
    if re.match(r"[/?]|\.\./|[\w-]+/", value) and " " not in value:
        address = page.absolute(value)
        return address if urlsplit(address).scheme in {"http", "https"} else None
    return None


def _number(entry: OverviewEntry, url: str | None, origins: dict[str, str]) -> str | None:
    for fact in entry.values(Label.NUMBER):
        if number := clean_course_number(fact.value):
            origins["course_number"] = fact.printed
            return number
    if url and (number := number_from_url(url)):
        origins["course_number"] = url
        return number
    return None


def _module(entry: OverviewEntry, url: str | None, origins: dict[str, str]) -> Module | None:
    for fact in entry.values(Label.MODULE, Label.TITLE):
        value = fact.value if "modul" in fact.value.lower() else f"{fact.value}modul"
        if module := judge_module(value).value:
            origins["module"] = fact.printed
            return module
    slugs = [part for part in urlsplit(url).path.split("/") if part] if url else []
    from_slug = {module for slug in slugs if (module := judge_module(slug).value)}
    if len(from_slug) == 1:
        origins["module"] = url or ""
        return from_slug.pop()
    return entry.module


def _schedule(entry: OverviewEntry, today: date, origins: dict[str, str]) -> Schedule | None:
    facts = entry.values(*WHEN_LABELS)
    text = ", ".join(
        f"bis {fact.value}" if fact.label is Label.END else fact.value for fact in facts
    )
    reading = read_schedule(without_old_dates(text), today=today)
    if reading.value is not None:
        origins["start_date"] = reading.text
    return reading.value


def _places(entry: OverviewEntry, origins: dict[str, str]) -> Places:
    """A bare number after a label of size is the planned size: an overview plans, it does not
    keep the list of participants."""
    told: dict[str, int] = {}
    for fact in entry.values(*PLACES_LABELS):
        bare = _BARE_SIZE.fullmatch(fact.value)
        if bare and fact.label in {Label.PLANNED_PLACES, Label.OCCUPANCY}:
            read = Places(planned=int(bare[1]))
        elif bare and fact.label is Label.MAX_PLACES:
            read = Places(total=int(bare[1]))
        elif bare and fact.label is Label.FREE_PLACES:
            read = Places(free=int(bare[1]))
        else:
            read = read_places(fact.printed, occupancy=True).value or Places()
        for name in ("planned", "total", "taken", "free"):
            number = getattr(read, name)
            if number is not None and name not in told:
                told[name] = number
                origins[f"places_{name}"] = fact.printed
    return Places(**told)


def _delivery(
    entry: OverviewEntry, stated: tuple[DeliveryMode, str] | None, origins: dict[str, str]
) -> DeliveryMode:
    for fact in entry.values(Label.DELIVERY_MODE, Label.PLACE, Label.TITLE):
        if mode := read_delivery_mode(fact.value).value:
            origins["delivery_mode"] = fact.printed
            return mode
    if stated:
        origins["delivery_mode"] = stated[1]
        return stated[0]
    return "unknown"
