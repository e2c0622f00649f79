"""What an offer row says in German: when, where, how many places, how to register."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from dashboard.data import Offer, Session
from dashboard.formats import counted, euro_text, period_text, session_text

NO_DATE = "Termin nicht angegeben"
NO_PLACE = "Ort nicht angegeben"
NOT_STATED = "keine Angabe"


@dataclass(frozen=True, slots=True)
class OfferGroups:
    """The offers as the page shows them: to come, over or withdrawn, and related ones apart."""

    upcoming: tuple[Offer, ...]
    past: tuple[Offer, ...]
    adjacent: tuple[Offer, ...]


def is_over(offer: Offer, day: date) -> bool:
    """True if the offer is over or gone on `day`; an offer without a date is not over."""
    if offer.lifecycle in ("past", "withdrawn") or offer.status == "finished":
        return True
    last = offer.end_date or offer.start_date
    return last is not None and last < day


def offer_groups(offers: Iterable[Offer], day: date, choice: str) -> OfferGroups:
    """Divides the offers of the chosen module; related topics never stand among the others."""
    chosen = [offer for offer in offers if choice in ("all", offer.module)]
    ours = [offer for offer in chosen if offer.relevance != "adjacent"]
    related = [offer for offer in chosen if offer.relevance == "adjacent"]
    return OfferGroups(
        upcoming=tuple(offer for offer in ours if not is_over(offer, day)),
        past=tuple(offer for offer in reversed(ours) if is_over(offer, day)),
        adjacent=tuple(offer for offer in related if not is_over(offer, day)),
    )


def dates_of(offer: Offer, sessions: Sequence[Session]) -> list[str]:
    """Every known date of the offer, one text each; never empty."""
    if sessions:
        texts = [session_text(row.session_date, row.starts_at, row.ends_at) for row in sessions]
        missing = (offer.session_count or 0) - len(texts)
        if missing > 0:
            texts.append(f"und {counted(missing, 'weiterer Termin', 'weitere Termine')}")
        return texts
    period = period_text(offer.start_date, offer.end_date)
    if period is None:
        return [NO_DATE]
    if offer.session_count is not None and offer.session_count > 1:
        period += f" ({offer.session_count} Termine)"
    return [period]


def place_of(offer: Offer) -> str:
    """Where it takes place, as far as it is known."""
    town = " ".join(part for part in (offer.venue_postcode, offer.venue_place) if part)
    parts = [part for part in (offer.venue_name, offer.venue_street, town) if part]
    if offer.delivery_mode == "online":
        return ", ".join(["online", *parts])
    address = ", ".join(parts)
    if offer.delivery_mode == "hybrid":
        return f"{address} und online" if address else "vor Ort und online"
    return address or NO_PLACE


def places_of(offer: Offer) -> str:
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
    return NOT_STATED


def price_of(offer: Offer) -> str:
    """The price; a missing price is not a free offer."""
    if offer.price_eur is not None and offer.price_eur > 0:
        return euro_text(offer.price_eur)
    return "kostenlos" if offer.is_free else NOT_STATED
