"""What an offer says in German: when, where, how many places, what it costs, what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dashboard.data.offer_line import OfferLine
from dashboard.data.offers import Offer, Session
from dashboard.formats import (
    counted,
    date_text,
    day_of,
    euro_text,
    period_text,
    session_text,
)


def has_date(offer: Offer) -> bool:
    """True if the first or the last day is known."""
    return offer.start_date is not None or offer.end_date is not None


def dates_of(offer: Offer, sessions: Sequence[Session]) -> list[str]:
    """Every known date of the offer, one text each; empty if none is known."""
    if sessions:
        texts = [session_text(row.session_date, row.starts_at, row.ends_at) for row in sessions]
        missing = (offer.session_count or 0) - len(texts)
        if missing > 0:
            texts.append(f"und {counted(missing, 'weiterer Termin', 'weitere Termine')}")
        return texts
    period = period_text(offer.start_date, offer.end_date)
    if period is None:
        return []
    if offer.session_count is not None and offer.session_count > 1:
        period += f" ({offer.session_count} Termine)"
    return [period]


def place_of(offer: Offer) -> str | None:
    """Where it takes place, as far as it is known."""
    town = " ".join(part for part in (offer.venue_postcode, offer.venue_place) if part)
    parts = [part for part in (offer.venue_name, offer.venue_street, town) if part]
    if offer.delivery_mode == "online":
        return ", ".join(["online", *parts])
    address = ", ".join(parts)
    if offer.delivery_mode == "hybrid":
        return f"{address} und online" if address else "vor Ort und online"
    return address or None


def town_of(offer: Offer | OfferLine) -> str | None:
    """The same in a word or two, for a table."""
    town = offer.venue_place or (offer.municipality if isinstance(offer, Offer) else None)
    if offer.delivery_mode == "online":
        return "online"
    if offer.delivery_mode == "hybrid":
        return f"{town} und online" if town else "vor Ort und online"
    return town


def places_of(offer: Offer | OfferLine) -> str | None:
    """How many places there are; only what the source says, nothing calculated."""
    if offer.status == "waitlist":
        return "ausgebucht, Warteliste möglich"
    if offer.status == "full":
        return "ausgebucht"
    if offer.places_free is not None:
        if offer.places_total is not None:
            return f"{offer.places_free} von {offer.places_total} frei"
        return f"{offer.places_free} frei"
    if offer.places_taken is not None and offer.places_total is not None:
        return f"{offer.places_taken} von {offer.places_total} belegt"
    if offer.places_total is not None:
        return f"insgesamt {offer.places_total}"
    if offer.places_planned is not None:
        return f"geplant: {offer.places_planned}"
    return None


def price_of(offer: Offer) -> str | None:
    """The price; a missing price is not a free offer."""
    if offer.price_eur is not None and offer.price_eur > 0:
        price = euro_text(offer.price_eur)
        return f"{price} ({offer.price_note})" if offer.price_note else price
    if offer.is_free:
        return "kostenlos"
    return offer.price_note


def standing(offer: Offer, day: date) -> list[str]:
    """Why nobody should count on this offer any more, the gravest first; empty if nothing is known
    against it on `day`."""
    seen = (
        f" Zuletzt gelesen am {date_text(day_of(offer.last_seen_at))}."
        if offer.last_seen_at is not None
        else ""
    )
    told = []
    if offer.status == "cancelled":
        told.append("Dieses Angebot ist abgesagt.")
    if offer.lifecycle == "withdrawn":
        told.append(
            "Der Anbieter hat dieses Angebot entfernt: Bei zwei vollständigen Prüfungen "
            f"nacheinander war es nicht mehr zu finden.{seen}"
        )
    elif offer.lifecycle == "vanished":
        told.append(
            "Bei der letzten vollständigen Prüfung war dieses Angebot nicht mehr zu finden. "
            f"Bitte beim Anbieter nachfragen.{seen}"
        )
    elif offer.lifecycle == "past" or offer.status == "finished":
        told.append(_over(offer, day))
    return told


def _over(offer: Offer, day: date) -> str:
    if offer.end_date is not None and offer.end_date < day:
        return f"Dieses Angebot ist vorbei; sein letzter Tag war der {date_text(offer.end_date)}."
    return "Dieses Angebot ist vorbei."


def found_sentence(count: int) -> str:
    """How many offers are as wanted."""
    return f"{counted(count, 'Angebot', 'Angebote')} gefunden."
