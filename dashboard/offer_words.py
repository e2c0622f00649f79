"""What an offer row says in German: when, where, how many places, how to register."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from dashboard.data.offers import Offer, Session
from dashboard.formats import counted, euro_text, number_text, period_text, session_text


@dataclass(frozen=True, slots=True)
class OfferGroups:
    """The offers as the page shows them: to come with and without a date, over or withdrawn,
    and related ones apart."""

    dated: tuple[Offer, ...]
    undated: tuple[Offer, ...]
    past: tuple[Offer, ...]
    adjacent: tuple[Offer, ...]


def is_over(offer: Offer, day: date) -> bool:
    """True if the offer is over or gone on `day`; an offer without a date is not over."""
    if offer.lifecycle in ("past", "withdrawn") or offer.status == "finished":
        return True
    return offer.last_day is not None and offer.last_day < day


def has_date(offer: Offer) -> bool:
    """True if the first or the last day is known."""
    return offer.start_date is not None or offer.end_date is not None


def offer_groups(offers: Iterable[Offer], day: date, choice: str) -> OfferGroups:
    """Divides the offers of the chosen module; related topics never stand among the others."""
    chosen = [offer for offer in offers if choice in ("all", offer.module)]
    ours = [offer for offer in chosen if offer.relevance != "adjacent"]
    related = [offer for offer in chosen if offer.relevance == "adjacent"]
    coming = [offer for offer in ours if not is_over(offer, day)]
    return OfferGroups(
        dated=tuple(offer for offer in coming if has_date(offer)),
        undated=tuple(offer for offer in coming if not has_date(offer)),
        past=tuple(offer for offer in reversed(ours) if is_over(offer, day)),
        adjacent=tuple(offer for offer in related if not is_over(offer, day)),
    )


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


def places_of(offer: Offer) -> str | None:
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
        return euro_text(offer.price_eur)
    return "kostenlos" if offer.is_free else None


def reach_of(offer: Offer) -> str | None:
    """For how many councils the offer counts in the numbers above, and why it counts for none."""
    if offer.relevance == "adjacent" or offer.lifecycle in ("past", "withdrawn"):
        return None
    if offer.status in ("cancelled", "finished"):
        return "Zählt oben nicht mit."
    if offer.council_count:
        return f"Zählt für {counted(offer.council_count, 'Gremium', 'Gremien')}."
    return "Keinem einzelnen Gremium zugeordnet; zählt oben nicht mit."


def offers_sentence(dated: Sequence[Offer]) -> str:
    """How many offers follow, and how many of them were called off."""
    number = counted(len(dated), "Angebot", "Angebote")
    cancelled = sum(offer.status == "cancelled" for offer in dated)
    if not cancelled:
        return f"{number}, nach Beginn geordnet."
    verb = "ist" if cancelled == 1 else "sind"
    return f"{number}, nach Beginn geordnet; davon {verb} {number_text(cancelled)} abgesagt."
