"""What is read from a page: the records."""

from __future__ import annotations

import operator
from datetime import date, time
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from scrapers.records.base import Contract, DeliveryMode, Evidence, Module, OfferStatus, Relevance


class Session(Contract):
    """One date of an offer. Times are wall-clock times in Europe/Berlin; unknown stays None."""

    day: date
    starts: time | None = None
    ends: time | None = None
    venue_name: str | None = None
    venue_place: str | None = None


class Course(Contract):
    """One run of a training as one page shows it. None means that the page does not say.

    `origins` maps a field's name to the words on the page from which it was read.
    `announced_by` is the provider as the page names it, where the page speaks for someone else
    (the overview speaks for the VHS). `position` tells apart entries of one page that differ in
    nothing: it counts from 0 among the entries with equal content.

    `evidence` maps a field's name to how its value was read. `stated_none` names the fields of
    which the page says in so many words that there is none or none yet ("Ort: N.N."); being silent
    about a field is something else. Both stand in a record only where there is something to tell.
    """

    record_type: Literal["course"] = "course"
    detail_url: str | None = None
    course_number: str | None = None
    position: int = 0
    title: str
    subtitle: str | None = None
    description: str | None = None
    topics: tuple[str, ...] = ()
    target_group: str | None = None
    module: Module = "other"
    relevance: Relevance
    relevance_terms: tuple[str, ...] = ()
    sessions: tuple[Session, ...] = ()
    start_date: date | None = None
    end_date: date | None = None
    session_count: int | None = None
    venue_name: str | None = None
    venue_street: str | None = None
    venue_postcode: str | None = None
    venue_place: str | None = None
    delivery_mode: DeliveryMode = "unknown"
    places_planned: int | None = None
    places_total: int | None = None
    places_taken: int | None = None
    places_free: int | None = None
    status: OfferStatus = "unknown"
    price_eur: Decimal | None = None
    is_free: bool | None = None
    price_note: str | None = None
    registration_url: str | None = None
    registration_email: str | None = None
    announced_by: str | None = None
    origins: dict[str, str] = Field(default_factory=dict)
    evidence: dict[str, Evidence] = Field(default_factory=dict, exclude_if=operator.not_)
    stated_none: tuple[str, ...] = Field(default=(), exclude_if=operator.not_)


class AnnouncedEvent(Contract):
    """One date that an announcement names: a workshop, a lecture. `origin` holds the words of the
    date, `origins` those of every value by its field's name."""

    title: str
    start_date: date | None = None
    end_date: date | None = None
    starts: time | None = None
    venue_name: str | None = None
    venue_street: str | None = None
    venue_place: str | None = None
    is_free: bool | None = None
    origin: str = ""
    origins: dict[str, str] = Field(default_factory=dict, exclude_if=operator.not_)


class Announcement(Contract):
    """A text that announces something. Offers that it carries are records of their own. `origins`
    as in a Course."""

    record_type: Literal["announcement"] = "announcement"
    url: str
    title: str
    published_on: date | None = None
    summary: str | None = None
    relevance: Relevance | None = None
    relevance_terms: tuple[str, ...] = ()
    events: tuple[AnnouncedEvent, ...] = ()
    origins: dict[str, str] = Field(default_factory=dict, exclude_if=operator.not_)


class Organisation(Contract):
    """An entry of a directory, with the functional contacts that the page gives. `origins` as in a
    Course."""

    record_type: Literal["organisation"] = "organisation"
    name: str
    short_name: str | None = None
    summary: str | None = None
    street: str | None = None
    postcode: str | None = None
    place: str | None = None
    phone: str | None = None
    fax: str | None = None
    email: str | None = None
    website: str | None = None
    origins: dict[str, str] = Field(default_factory=dict, exclude_if=operator.not_)


class SeriesModule(Contract):
    """One module of the series as the overview describes it."""

    module: Module
    title: str
    topics: tuple[str, ...] = ()


class Series(Contract):
    """What the overview says about the series itself, beside its offers."""

    record_type: Literal["series"] = "series"
    url: str
    title: str
    modules: tuple[SeriesModule, ...] = ()
    stated_council_total: int | None = None
    stated_council_total_text: str | None = None


Record = Annotated[
    Course | Announcement | Organisation | Series, Field(discriminator="record_type")
]
