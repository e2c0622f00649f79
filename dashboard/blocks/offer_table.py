"""The list of offers: columns for the page and for files, and the entries of a calendar."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from dashboard import address
from dashboard.columns import Column
from dashboard.data.offers import Offer, Session
from dashboard.escaping import inner_link, plain, safe_url
from dashboard.exports import CalendarEntry
from dashboard.formats import date_text, period_text
from dashboard.offer_words import has_date, place_of, places_of, price_of, town_of
from dashboard.wording import (
    DELIVERY_MODES,
    LIFECYCLE_LABELS,
    MODULE_OF_OFFER,
    RELEVANCE_LABELS,
    STATUS_LABELS,
)

BAD_STATUS = ("cancelled", "full", "closed")
UID_DOMAIN = "qualifizierungsatlas-nrw"


def badge(text: str, is_bad: bool = False) -> str:
    """A short label as HTML."""
    return f'<span class="qa-badge{" qa-bad" if is_bad else ""}">{plain(text)}</span>'


def status_badge(status: str) -> str:
    """The label of a status; an unknown one has none."""
    label = STATUS_LABELS.get(status)
    return badge(label, status in BAD_STATUS) if label else ""


def _title_cell(row: Offer) -> str:
    when = f"ab {date_text(row.start_date)}" if row.start_date else ""
    number = f"Kursnummer {plain(row.course_number, 60)}" if row.course_number else ""
    note = LIFECYCLE_LABELS.get(row.lifecycle, "") if row.lifecycle != "current" else ""
    # Here, so that paging and filters of the list are still there after the way back.
    link = inner_link(address.here(_opened(row.offer_id), _same_page()), row.title, when)
    return (
        link
        + (f'<span class="qa-small">{number}</span>' if number else "")
        + (f'<span class="qa-small qa-warn">{plain(note)}</span>' if note else "")
    )


def _opened(offer_id: str) -> tuple[address.Parameter[str | None], str]:
    return (address.OFFER, offer_id)


def _same_page() -> tuple[address.Parameter[int | None], int | None]:
    return (address.PAGE, address.PAGE.read())


def _places_cell(row: Offer) -> str:
    """The status as a label and below it what it does not say already."""
    places = places_of(row)
    known = status_badge(row.status)
    if not places or row.status in ("full", "waitlist"):
        return known
    return f'{known}<span class="qa-small">{plain(places)}</span>'


COLUMNS: tuple[Column[Offer], ...] = (
    Column("Angebot", lambda row: row.title, cell=_title_cell, sort="titel", width=27),
    Column("Untertitel", lambda row: row.subtitle, on_page=False),
    Column("Modul", lambda row: MODULE_OF_OFFER.get(row.module), width=12),
    Column("Einordnung", lambda row: RELEVANCE_LABELS.get(row.relevance), on_page=False),
    Column(
        "Beginn",
        lambda row: row.start_date,
        cell=lambda row: period_text(row.start_date, row.end_date) or "",
        sort="beginn",
        width=13,
    ),
    Column("Ende", lambda row: row.end_date, on_page=False),
    Column("Zahl der Termine", lambda row: row.session_count, on_page=False),
    Column("Anbieter", lambda row: row.provider_name, sort="anbieter", width=16),
    Column("Kursnummer", lambda row: row.course_number, on_page=False),
    Column("Ort", town_of, sort="ort"),
    Column("Haus", lambda row: row.venue_name, on_page=False),
    Column("Straße", lambda row: row.venue_street, on_page=False),
    Column("Postleitzahl", lambda row: row.venue_postcode, on_page=False),
    Column("Kommune", lambda row: row.municipality, on_page=False),
    Column("Regierungsbezirk", lambda row: row.regierungsbezirk, on_page=False),
    Column("Form", lambda row: DELIVERY_MODES.get(row.delivery_mode), on_page=False),
    Column("Anmeldung", lambda row: STATUS_LABELS.get(row.status), on_page=False),
    Column("Plätze", places_of, cell=_places_cell, sort="frei", width=17, in_files=False),
    Column("freie Plätze", lambda row: row.places_free, on_page=False),
    Column("Plätze insgesamt", lambda row: row.places_total, on_page=False),
    Column("belegte Plätze", lambda row: row.places_taken, on_page=False),
    Column("geplante Plätze", lambda row: row.places_planned, on_page=False),
    Column("Preis in Euro", lambda row: row.price_eur, on_page=False),
    Column("kostenlos", lambda row: row.is_free, on_page=False),
    Column("Zusatz zum Preis", lambda row: row.price_note, on_page=False),
    Column("Anmeldung im Netz", lambda row: row.registration_url, on_page=False),
    Column("Anmeldung per E-Mail", lambda row: row.registration_email, on_page=False),
    Column("Seite des Angebots", lambda row: row.detail_url, on_page=False),
    Column("Verbleib", lambda row: LIFECYCLE_LABELS.get(row.lifecycle), on_page=False),
    Column("Zuletzt gelesen", lambda row: row.last_seen_at, on_page=False),
    Column("Kennung", lambda row: row.offer_id, on_page=False),
)


def calendar_entries(
    offers: Iterable[Offer], sessions: Iterable[Session]
) -> Iterator[CalendarEntry]:
    """One entry for each known date; of an offer without sessions its first day.

    An offer without a date has none: a calendar cannot say "some time".
    """
    dates: dict[str, list[Session]] = defaultdict(list)
    for session in sessions:
        dates[session.offer_id].append(session)
    for offer in offers:
        if dates[offer.offer_id]:
            yield from _of_sessions(offer, dates[offer.offer_id])
        elif has_date(offer):
            yield _of_first_day(offer)


def _of_sessions(offer: Offer, sessions: Sequence[Session]) -> Iterator[CalendarEntry]:
    total = max(len(sessions), offer.session_count or 0)
    for session in sessions:
        part = f" ({session.session_no} von {total})" if total > 1 else ""
        place = ", ".join(part for part in (session.venue_name, session.venue_place) if part)
        yield _entry(
            offer,
            session.session_no,
            f"{offer.title}{part}",
            session.starts_at or session.session_date,
            session.ends_at if session.starts_at else None,
            place,
        )


def _of_first_day(offer: Offer) -> CalendarEntry:
    """One whole day: on which of the days between first and last it takes place is not known."""
    if offer.start_date is None:
        return _entry(offer, 0, f"{offer.title} (letzter Tag)", offer.end_date or date.min)
    several = offer.end_date is not None and offer.end_date > offer.start_date
    title = f"{offer.title} (Beginn)" if several else offer.title
    return _entry(offer, 0, title, offer.start_date)


def _entry(
    offer: Offer,
    number: int,
    title: str,
    start: date | datetime,
    end: date | datetime | None = None,
    place: str = "",
) -> CalendarEntry:
    facts = (
        ("Anbieter", offer.provider_name),
        ("Kursnummer", offer.course_number),
        ("Zeitraum", period_text(offer.start_date, offer.end_date)),
        ("Anmeldung", STATUS_LABELS.get(offer.status)),
        ("Plätze", places_of(offer)),
        ("Kosten", price_of(offer)),
        ("Anmeldung im Netz", safe_url(offer.registration_url)),
        ("Anmeldung per E-Mail", offer.registration_email),
    )
    return CalendarEntry(
        uid=f"{offer.offer_id}-{number}@{UID_DOMAIN}",
        title=title,
        start=start,
        end=end,
        location=place or place_of(offer),
        description="\n".join(f"{name}: {value}" for name, value in facts if value),
        url=safe_url(offer.detail_url),
        is_cancelled=offer.status == "cancelled",
        changed_at=offer.last_changed_at,
    )
