"""Announcements and their dates, trainings by others, the modules of the series, organisations.

`{offers}` stands for the offers of the newest day or of a past one. A search is a few patterns
(`search.pattern`), all of which must be found.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from dashboard.data.published import PublishedFile
from dashboard.search import pattern

MOST_WORDS = 4


@dataclass(frozen=True, slots=True)
class WantedAnnouncements:
    """`relevance` is empty for all; `upcoming` keeps those with a date from `day` on."""

    query: str
    relevance: str
    upcoming: bool
    day: date


@dataclass(frozen=True, slots=True)
class Announcement:
    """A text that announces something; `summary` is its beginning. One that is not current was not
    found again by the last complete check."""

    announcement_id: str
    title: str
    provider_name: str | None
    summary: str | None
    url: str
    published_on: date | None
    relevance: str | None
    first_seen_at: datetime
    last_seen_at: datetime
    is_current: bool


@dataclass(frozen=True, slots=True)
class AnnouncedEvent:
    """A date that an announcement names. `starts_at` is local time in Germany."""

    announcement_id: str
    event_no: int
    title: str
    start_date: date | None
    end_date: date | None
    starts_at: datetime | None
    venue_name: str | None
    venue_street: str | None
    venue_place: str | None
    is_free: bool | None
    announcement_title: str
    url: str


@dataclass(frozen=True, slots=True)
class AnnouncedOffer:
    """An offer that was read on the page of an announcement."""

    url: str
    offer_id: str
    title: str


@dataclass(frozen=True, slots=True)
class WantedOffers:
    """Trainings by others; `relevance` is empty for both kinds, `past` adds those that are over."""

    query: str
    relevance: str
    past: bool
    past_day: date | None


@dataclass(frozen=True, slots=True)
class OtherOffer:
    """A training by somebody who is no VHS."""

    offer_id: str
    title: str
    provider_name: str | None
    relevance: str
    start_date: date | None
    end_date: date | None
    venue_name: str | None
    venue_place: str | None
    delivery_mode: str
    price_eur: Decimal | None
    is_free: bool | None
    status: str
    lifecycle: str
    detail_url: str | None


@dataclass(frozen=True, slots=True)
class SeriesModule:
    """One module of the series as its overview describes it."""

    module: str
    title: str
    topics: tuple[str, ...]
    source_url: str
    last_seen_at: datetime


@dataclass(frozen=True, slots=True)
class Organisation:
    """One entry of a directory."""

    organisation_id: str
    name: str
    short_name: str | None
    summary: str | None
    street: str | None
    postcode: str | None
    place: str | None
    phone: str | None
    fax: str | None
    email: str | None
    website: str | None
    source_url: str
    last_seen_at: datetime


def _found(*columns: str) -> str:
    """A condition: every word stands in one of the columns; an empty word stands everywhere."""
    text = f"concat_ws(' ', {', '.join(columns)})"
    return " AND ".join(f"regexp_matches({text}, $word{n})" for n in range(MOST_WORDS))


def _words(query: str) -> dict[str, str]:
    asked = query.split()[:MOST_WORDS]
    return {
        f"word{number}": pattern(asked[number]) if number < len(asked) else ""
        for number in range(MOST_WORDS)
    }


_ANNOUNCED = f"""
FROM mart.announcements a LEFT JOIN mart.providers p USING (provider_id)
WHERE ($relevance = '' OR a.relevance = $relevance)
    AND timezone('Europe/Berlin', a.first_seen_at)::DATE <= $day
    AND (NOT $upcoming OR EXISTS (FROM mart.announcement_events e
        WHERE e.announcement_id = a.announcement_id AND coalesce(e.end_date, e.start_date) >= $day))
    AND {_found("a.title", "a.summary", "p.name")}"""

_ANNOUNCEMENT_COUNT = f"SELECT count(*) {_ANNOUNCED}"

_ANNOUNCEMENTS = f"""
SELECT a.announcement_id, a.title, p.name, a.summary, a.url, a.published_on, a.relevance,
       a.first_seen_at, a.last_seen_at, a.is_current {_ANNOUNCED}
ORDER BY NOT a.is_current,
       coalesce(a.published_on, timezone('Europe/Berlin', a.first_seen_at)::DATE) DESC, a.title,
       a.announcement_id"""

_EVENTS = f"""
SELECT e.announcement_id, e.event_no, e.title, e.start_date, e.end_date, e.starts_at,
       e.venue_name, e.venue_street, e.venue_place, e.is_free, a.title, a.url
FROM mart.announcement_events e JOIN mart.announcements a USING (announcement_id)
WHERE e.announcement_id IN (SELECT a.announcement_id {_ANNOUNCED})
ORDER BY e.announcement_id, e.start_date NULLS LAST, e.event_no"""

_ANNOUNCED_OFFERS = """
SELECT detail_url, offer_id, title FROM mart.offers
WHERE list_contains($urls::VARCHAR[], detail_url)
    AND timezone('Europe/Berlin', first_seen_at)::DATE <= $day
ORDER BY detail_url, start_date NULLS LAST, offer_id"""

_OTHERS = f"""
FROM {{offers}} o LEFT JOIN mart.providers p USING (provider_id)
WHERE p.kind IS DISTINCT FROM 'vhs' AND o.relevance IN ('council', 'adjacent')
    AND ($relevance = '' OR o.relevance = $relevance)
    AND (o.lifecycle IN ('current', 'vanished') OR ($past AND o.lifecycle = 'past'))
    AND {_found("o.title", "p.name", "o.venue_place")}"""

_OTHER_COUNT = f"SELECT count(*) {_OTHERS}"

_OTHER_OFFERS = f"""
SELECT o.offer_id, o.title, p.name, o.relevance, o.start_date, o.end_date, o.venue_name,
       o.venue_place, o.delivery_mode, o.price_eur, o.is_free, o.status, o.lifecycle, o.detail_url
{_OTHERS}
ORDER BY o.lifecycle = 'past', o.start_date NULLS LAST, o.title, o.offer_id"""

_SERIES = """
SELECT module, title, topics, source_url, last_seen_at FROM mart.series_modules
ORDER BY list_position(['basis', 'aufbau', 'other'], module), source_id"""

_LISTED = f"""
FROM mart.organisations
WHERE ($place = '' OR place = $place)
    AND {_found("name", "short_name", "summary", "place", "postcode", "email", "website")}"""

_ORGANISATION_COUNT = f"SELECT count(*) {_LISTED}"

_ORGANISATIONS = f"""
SELECT organisation_id, name, short_name, summary, street, postcode, place, phone, fax, email,
       website, source_url, last_seen_at {_LISTED}
ORDER BY lower(strip_accents(name)), organisation_id"""

_PLACES = """
SELECT DISTINCT place FROM mart.organisations WHERE place IS NOT NULL
ORDER BY lower(strip_accents(place)), place"""

_PAGE = " LIMIT $limit OFFSET $offset"


def _asked(wanted: WantedAnnouncements) -> dict[str, Any]:
    return {
        "relevance": wanted.relevance,
        "upcoming": wanted.upcoming,
        "day": wanted.day,
        **_words(wanted.query),
    }


def announcement_count(file: PublishedFile, wanted: WantedAnnouncements) -> int:
    """How many announcements there are."""
    return int(file.value(_ANNOUNCEMENT_COUNT, **_asked(wanted)))


def announcements(
    file: PublishedFile, wanted: WantedAnnouncements, limit: int, offset: int
) -> tuple[Announcement, ...]:
    """One page of them, the newest first; those that were not found again come last."""
    return file.rows(
        Announcement, _ANNOUNCEMENTS + _PAGE, limit=limit, offset=offset, **_asked(wanted)
    )


def all_announcements(file: PublishedFile, wanted: WantedAnnouncements) -> tuple[Announcement, ...]:
    """All of them, for a file to take along."""
    return file.all_rows(Announcement, _ANNOUNCEMENTS, **_asked(wanted))


def events(file: PublishedFile, wanted: WantedAnnouncements) -> tuple[AnnouncedEvent, ...]:
    """The dates that these announcements name."""
    return file.rows(AnnouncedEvent, _EVENTS, **_asked(wanted))


def announced_offers(
    file: PublishedFile, urls: tuple[str, ...], day: date
) -> tuple[AnnouncedOffer, ...]:
    """The offers that stand on these pages and were known on `day`."""
    return file.rows(AnnouncedOffer, _ANNOUNCED_OFFERS, urls=urls, day=day)


def _on(sql: str, wanted: WantedOffers) -> tuple[str, dict[str, Any]]:
    asked = {"relevance": wanted.relevance, "past": wanted.past, **_words(wanted.query)}
    if wanted.past_day is None:
        return sql.replace("{offers}", "mart.offers"), asked
    return sql.replace("{offers}", "offers_on($day)"), asked | {"day": wanted.past_day}


def other_count(file: PublishedFile, wanted: WantedOffers) -> int:
    """How many trainings by others there are."""
    sql, asked = _on(_OTHER_COUNT, wanted)
    return int(file.value(sql, **asked))


def other_offers(
    file: PublishedFile, wanted: WantedOffers, limit: int, offset: int
) -> tuple[OtherOffer, ...]:
    """One page of them: by date, then those without a date, then those that are over."""
    sql, asked = _on(_OTHER_OFFERS + _PAGE, wanted)
    return file.rows(OtherOffer, sql, limit=limit, offset=offset, **asked)


def all_other_offers(file: PublishedFile, wanted: WantedOffers) -> tuple[OtherOffer, ...]:
    """All of them, for a file to take along."""
    sql, asked = _on(_OTHER_OFFERS, wanted)
    return file.all_rows(OtherOffer, sql, **asked)


def series_modules(file: PublishedFile) -> tuple[SeriesModule, ...]:
    """The modules in the order in which they are taken."""

    def row(module: str, title: str, topics: Iterable[str] | None, *rest: Any) -> SeriesModule:
        return SeriesModule(module, title, tuple(topics or ()), *rest)

    return file.rows(row, _SERIES)


def organisation_count(file: PublishedFile, query: str, place: str) -> int:
    """How many organisations there are at a place (empty: anywhere) for a search."""
    return int(file.value(_ORGANISATION_COUNT, place=place, **_words(query)))


def organisations(
    file: PublishedFile, query: str, place: str, limit: int, offset: int
) -> tuple[Organisation, ...]:
    """One page of them by name."""
    asked = {"place": place, "limit": limit, "offset": offset, **_words(query)}
    return file.rows(Organisation, _ORGANISATIONS + _PAGE, **asked)


def all_organisations(file: PublishedFile, query: str, place: str) -> tuple[Organisation, ...]:
    """All of them, for a file to take along."""
    return file.all_rows(Organisation, _ORGANISATIONS, place=place, **_words(query))


def places(file: PublishedFile) -> tuple[str, ...]:
    """The places of organisations."""
    return file.rows(str, _PLACES)
