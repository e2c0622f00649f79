"""One entry of an overview as a course: every value with its words and how it was read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from scrapers.fields.contacts import is_functional_email, read_emails, read_websites
from scrapers.fields.course_numbers import clean_course_number, number_from_url
from scrapers.fields.dates import read_schedule
from scrapers.fields.labels import Label
from scrapers.fields.mentions import find_mentions
from scrapers.fields.places import Places, read_places
from scrapers.fields.prices import read_price
from scrapers.fields.relevance import judge_module, judge_relevance
from scrapers.fields.status import strongest_status
from scrapers.fields.text import blank, plain
from scrapers.fields.venues import read_delivery_mode, read_venue
from scrapers.pages.course_values import ImpersonalValues
from scrapers.pages.document import DocumentPage
from scrapers.pages.module_words import word_of_module
from scrapers.pages.moved_dates import without_old_dates
from scrapers.pages.overview_entries import OverviewEntry
from scrapers.pages.overview_facts import PLACES_LABELS, WHEN_LABELS, Fact
from scrapers.pages.overview_series import SeriesText
from scrapers.pages.stated_none import emptied_by, without_value
from scrapers.records import Course, DeliveryMode, Evidence, Session

_BARE_SIZE = re.compile(r"(?:ca\. ?|Platz für )?(\d{1,4})(?: ?(?:TN|Plätze|Personen|Teilneh\w+))?")
_STATUS_LABELS = (Label.STATUS, Label.REGISTRATION, Label.OCCUPANCY, Label.FREE_PLACES)


@dataclass
class OverviewDraft(ImpersonalValues):
    """An entry in the making. `delivery` is what the page says of all offers, with its words."""

    entry: OverviewEntry
    series: SeriesText
    delivery: tuple[DeliveryMode, str] | None

    def evidence_of(self, words: str) -> Evidence:
        for fact in self.entry.facts:
            if (
                words in fact.printed
                or fact.printed in words
                or (fact.value and fact.value in words)
            ):
                return fact.evidence
        return "prose"

    def values_of(self, *labels: Label) -> list[Fact]:
        return self.entry.values(*labels)


def overview_course(draft: OverviewDraft, page: DocumentPage) -> Course:
    """The offer of one entry; all that an overview of the series lists belongs to the series."""
    _read_registration(draft, page)
    _read_number(draft)
    _read_module(draft)
    _read_titles(draft)
    _read_schedule(draft, page)
    _read_places(draft)
    _read_venue(draft)
    _read_delivery(draft)
    _read_price(draft)
    _read_status(draft)
    draft.set("announced_by", draft.entry.provider, draft.entry.provider or "")
    relevance = judge_relevance(f"{draft.series.title} {draft.values['title']}")
    draft.set("relevance", "series", "; ".join(relevance.terms) or draft.series.title)
    emptied = emptied_by((fact.label, fact.value) for fact in draft.entry.facts)
    return Course(
        relevance_terms=relevance.terms,
        origins=draft.origins,
        evidence=draft.evidence,
        stated_none=without_value(emptied, draft),
        **draft.values,
    )


def _read_registration(draft: OverviewDraft, page: DocumentPage) -> None:
    facts = draft.values_of(Label.REGISTRATION)
    for fact in facts or draft.values_of(Label.CONTACT):
        mails = [mail for mail in read_emails(fact.value) if is_functional_email(mail)]
        if mails:
            if "registration_email" not in draft.values:
                draft.set("registration_email", mails[0], fact.printed)
        elif "registration_url" not in draft.values:
            url = _web_address(fact.value, page)
            draft.set("registration_url", url, fact.printed)
            if url and number_from_url(url):
                draft.set("detail_url", url, fact.printed)


def _web_address(value: str, page: DocumentPage) -> str | None:
    if written := read_websites(value):
        return written[0]
    if re.match(r"[/?]|\.\./|[\w-]+/", value) and " " not in value:
        address = page.absolute(value)
        return address if urlsplit(address).scheme in {"http", "https"} else None
    return None


def _read_number(draft: OverviewDraft) -> None:
    for fact in draft.values_of(Label.NUMBER):
        if number := clean_course_number(fact.value):
            draft.set("course_number", number, fact.printed)
            return
    if url := draft.values.get("registration_url"):
        draft.set("course_number", number_from_url(url), url)


def _read_module(draft: OverviewDraft) -> None:
    for fact in draft.values_of(Label.MODULE, Label.TITLE):
        value = fact.value if "modul" in fact.value.lower() else f"{fact.value}modul"
        if module := judge_module(value).value:
            draft.set("module", module, fact.printed)
            return
    url = draft.values.get("registration_url") or ""
    slugs = [part for part in urlsplit(url).path.split("/") if part]
    from_slug = {module for slug in slugs if (module := judge_module(slug).value)}
    if len(from_slug) == 1:
        draft.set("module", from_slug.pop(), url)
    else:
        draft.set("module", draft.entry.module, draft.entry.module_words)


def _read_titles(draft: OverviewDraft) -> None:
    """The entry's own title, where it is more than the name of its module, else the series'; the
    module's title below it."""
    own = next(
        (
            fact
            for fact in draft.values_of(Label.TITLE)
            if fact.value.casefold() != word_of_module(fact.value).casefold()
        ),
        None,
    )
    series = draft.series.title
    draft.set("title", own.value if own else series, own.printed if own else series)
    module = draft.values.get("module")
    described = next((m for m in draft.series.modules if m.module == module), None)
    if described and described.title.casefold() != word_of_module(described.title).casefold():
        draft.set("subtitle", described.title, described.title)


def _read_schedule(draft: OverviewDraft, page: DocumentPage) -> None:
    text = ", ".join(
        f"bis {fact.value}" if fact.label is Label.END else fact.value
        for fact in draft.values_of(*WHEN_LABELS)
    )
    reading = read_schedule(without_old_dates(text), today=page.context.today)
    if (schedule := reading.value) is None:
        return
    sessions = tuple(Session(day=s.day, starts=s.starts, ends=s.ends) for s in schedule.sessions)
    draft.set("sessions", sessions, reading.text)
    draft.set("start_date", schedule.start_date, reading.text)
    draft.set("end_date", schedule.end_date, reading.text)
    draft.set("session_count", schedule.session_count, reading.text)


def _read_places(draft: OverviewDraft) -> None:
    """A bare number after a label of size is the planned size: an overview plans, it does not
    keep the list of participants."""
    for fact in draft.values_of(*PLACES_LABELS):
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
            if f"places_{name}" not in draft.values:
                draft.set(f"places_{name}", getattr(read, name), fact.printed)


def _read_venue(draft: OverviewDraft) -> None:
    words = ", ".join(fact.value for fact in draft.values_of(Label.PLACE, Label.STREET, Label.ROOM))
    venue = read_venue(words).value if words else None
    if venue is None:
        return
    draft.set("venue_name", ", ".join(p for p in (venue.name, venue.room) if p) or None, words)
    draft.set("venue_street", venue.street, words)
    draft.set("venue_postcode", venue.postcode, words)
    draft.set("venue_place", venue.place, words)


def _read_status(draft: OverviewDraft) -> None:
    """As its labels say, or the words beside its only day ("18.04.2026, ausgebucht")."""
    texts = [fact.value for fact in draft.values_of(*_STATUS_LABELS)]
    for fact in draft.values_of(*WHEN_LABELS):
        words = plain(fact.value)
        days = [(day.start, day.end) for day in find_mentions(words)]
        texts += [blank(words, days)] if len(days) < 2 else []
    status = strongest_status(texts)
    draft.set("status", status.value, status.text)


def _read_delivery(draft: OverviewDraft) -> None:
    for fact in draft.values_of(Label.DELIVERY_MODE, Label.PLACE, Label.TITLE):
        if mode := read_delivery_mode(fact.value).value:
            draft.set("delivery_mode", mode, fact.printed)
            return
    if draft.delivery:
        draft.set("delivery_mode", *draft.delivery)


def _read_price(draft: OverviewDraft) -> None:
    fact = next(iter(draft.values_of(Label.PRICE)), None)
    price = read_price(fact.value, labelled=True).value if fact and fact.value else None
    if fact is None or price is None:
        return
    draft.set("price_eur", price.amount, fact.printed)
    draft.set("is_free", price.is_free, fact.printed)
    draft.set("price_note", price.note, fact.printed)
