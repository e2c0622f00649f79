"""The columns that every short list of offers has: Überblick and the page of a council."""

from __future__ import annotations

from dashboard import address
from dashboard.columns import Column
from dashboard.data.offer_line import OfferLine
from dashboard.escaping import inner_link, plain
from dashboard.formats import date_text, period_text
from dashboard.offer_words import places_of, town_of
from dashboard.wording import LIFECYCLE_LABELS, MODULE_OF_OFFER, STATUS_LABELS


def _title(row: OfferLine) -> str:
    start = f"ab {date_text(row.start_date)}" if row.start_date is not None else "ohne Termin"
    about = ", ".join(filter(None, (row.provider_name, start)))
    return inner_link(address.offer_href(row.offer_id), row.title, about)


def _period(row: OfferLine) -> str:
    return period_text(row.start_date, row.end_date) or "ohne Termin"


def _status(row: OfferLine) -> str | None:
    if row.lifecycle == "vanished":
        return LIFECYCLE_LABELS["vanished"]
    return STATUS_LABELS.get(row.status)


def _status_cell(row: OfferLine) -> str:
    """The status and, where it does not say it all, what is said of the places below it."""
    status, places = plain(_status(row)), plain(places_of(row))
    if row.status in ("full", "waitlist") or not places:
        return status
    return f'{status}<span class="qa-small">{places}</span>' if status else places


TITLE: Column[OfferLine] = Column("Angebot", lambda row: row.title, _title, width=26)
WHAT_AND_WHERE: tuple[Column[OfferLine], ...] = (
    Column("Modul", lambda row: MODULE_OF_OFFER.get(row.module, row.module), width=12),
    Column("Termin", lambda row: row.start_date, _period, width=12),
    Column("Ende", lambda row: row.end_date, on_page=False),
    Column("Ort", town_of),
    Column("Anbieter", lambda row: row.provider_name),
)
FACTS: tuple[Column[OfferLine], ...] = (
    *WHAT_AND_WHERE,
    Column("Anmeldung", _status, _status_cell, width=15),
    Column("freie Plätze", lambda row: row.places_free, on_page=False),
    Column("belegte Plätze", lambda row: row.places_taken, on_page=False),
    Column("Plätze insgesamt", lambda row: row.places_total, on_page=False),
)
