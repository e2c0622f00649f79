"""Offers as a list of HTML cards: what, when, where, how many places, how to register."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from dashboard.data.offers import Offer, Session
from dashboard.escaping import host_of, link, mail_link, plain, safe_url
from dashboard.formats import listed
from dashboard.offer_words import dates_of, place_of, places_of, price_of, reach_of
from dashboard.wording import MODULE_OF_OFFER, STATUS_LABELS

DATES_SHOWN_AT_ONCE = 4
# Where nobody can register any more, an address is for questions, and a missing one is no gap.
WITHOUT_REGISTRATION = ("full", "closed", "cancelled", "finished")
ALIKE = "Der Anbieter nennt mehrere gleichlautende Angebote."
LIFECYCLE_NOTES = {
    "vanished": "Bei der letzten Prüfung nicht mehr gefunden.",
    "withdrawn": "Vom Anbieter entfernt.",
}


def offer_list(offers: Sequence[Offer], sessions: Iterable[Session], heading: str = "h3") -> str:
    """One card per offer in the given order."""
    dates: dict[str, list[Session]] = defaultdict(list)
    for session in sessions:
        dates[session.offer_id].append(session)
    looks = Counter(_look(offer) for offer in offers)
    cards = "".join(
        _card(offer, dates[offer.offer_id], heading, ALIKE if looks[_look(offer)] > 1 else "")
        for offer in offers
    )
    return f'<ul class="qa-offers" role="list">{cards}</ul>'


def _look(offer: Offer) -> tuple[object, ...]:
    """What makes two cards look alike to a reader."""
    return (
        offer.provider_name,
        offer.title,
        offer.course_number,
        offer.start_date,
        offer.end_date,
        offer.venue_place,
        offer.status,
    )


def _dates(offer: Offer, sessions: Sequence[Session]) -> str:
    texts = [plain(text) for text in dates_of(offer, sessions)]
    if len(texts) <= DATES_SHOWN_AT_ONCE + 1:
        return "<br>".join(texts)
    shown, rest = texts[:DATES_SHOWN_AT_ONCE], texts[DATES_SHOWN_AT_ONCE:]
    return (
        "<br>".join(shown)
        + f"<details><summary>{len(rest)} weitere anzeigen</summary>{'<br>'.join(rest)}</details>"
    )


def _link_with_site(url: str | None, label: str, title: str) -> str | None:
    address = safe_url(url)
    if address is None:
        return None
    host = host_of(address)
    site = f'<span class="qa-small">{plain(host, 120)}</span>' if host else ""
    return f"{link(address, label, f'für „{title}“')}{site}"


def registration(offer: Offer) -> str:
    """The ways to register as HTML; an address that is not safe to follow is left out."""
    ways = [
        _link_with_site(offer.registration_url, "Zur Anmeldung", offer.title),
        mail_link(offer.registration_email),
    ]
    return "<br>".join(way for way in ways if way)


def _description(offer: Offer) -> str | None:
    if offer.detail_url == offer.registration_url:
        return None
    return _link_with_site(offer.detail_url, "Zur Beschreibung", offer.title)


def _facts(offer: Offer, sessions: Sequence[Session]) -> str:
    """What is known as a list, and in one line what the source does not say."""
    register = "Kontakt" if offer.status in WITHOUT_REGISTRATION else "Anmeldung"
    facts = (
        ("Termin", _dates(offer, sessions)),
        ("Ort", plain(place_of(offer), 240)),
        ("Plätze", plain(places_of(offer))),
        ("Kosten", plain(price_of(offer))),
        (register, registration(offer)),
    )
    rows = [(name, value) for name, value in facts if value]
    missing = [name for name, value in facts if not value and name != "Kontakt"]
    description = _description(offer)
    if description is not None:
        rows.append(("Mehr dazu", description))
    known = "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in rows)
    return (f'<dl class="qa-facts">{known}</dl>' if known else "") + (
        f'<p class="qa-small">Nicht angegeben: {listed(missing)}.</p>' if missing else ""
    )


def _card(offer: Offer, sessions: Sequence[Session], heading: str, alike: str) -> str:
    module = MODULE_OF_OFFER.get(offer.module, MODULE_OF_OFFER["other"])
    badges = f'<span class="qa-badge">{module}</span>'
    if offer.status in STATUS_LABELS:
        bad = " qa-bad" if offer.status in ("cancelled", "full", "closed") else ""
        badges += f' <span class="qa-badge{bad}">{STATUS_LABELS[offer.status]}</span>'
    note = LIFECYCLE_NOTES.get(offer.lifecycle)
    provider = plain(offer.provider_name, 160) or "Anbieter nicht sicher zugeordnet"
    number = f", Kursnummer {plain(offer.course_number, 60)}" if offer.course_number else ""
    reach = reach_of(offer)
    return (
        f'<li class="qa-offer"><p class="qa-offer-tags">{badges}</p>'
        f"<{heading}>{plain(offer.title, 200)}</{heading}>"
        f'<p class="qa-provider">{provider}{number}</p>'
        + (f'<p class="qa-warn">{note}</p>' if note else "")
        + _facts(offer, sessions)
        + "".join(f'<p class="qa-small">{text}</p>' for text in (alike, reach) if text)
        + "</li>"
    )
