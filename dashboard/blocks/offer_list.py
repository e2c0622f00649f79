"""Offers as a list of HTML cards: what, when, where, how many places, how to register."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from dashboard.data import Offer, Session
from dashboard.escaping import host_of, link, mail_link, plain, safe_url
from dashboard.formats import counted
from dashboard.offer_words import dates_of, place_of, places_of, price_of
from dashboard.wording import MODULE_OF_OFFER, STATUS_LABELS

DATES_SHOWN_AT_ONCE = 4
LIFECYCLE_NOTES = {
    "vanished": "Bei der letzten Prüfung nicht mehr gefunden.",
    "withdrawn": "Vom Anbieter entfernt.",
}
NO_REGISTRATION = "Keine Anmeldung angegeben"


def offer_list(offers: Sequence[Offer], sessions: Iterable[Session], heading: str = "h3") -> str:
    """One card per offer in the given order."""
    dates: dict[str, list[Session]] = defaultdict(list)
    for session in sessions:
        dates[session.offer_id].append(session)
    cards = "".join(_card(offer, dates[offer.offer_id], heading) for offer in offers)
    return f'<ul class="qa-offers" role="list">{cards}</ul>'


def _dates(offer: Offer, sessions: Sequence[Session]) -> str:
    texts = [plain(text) for text in dates_of(offer, sessions)]
    if len(texts) <= DATES_SHOWN_AT_ONCE + 1:
        return "<br>".join(texts)
    shown, rest = texts[:DATES_SHOWN_AT_ONCE], texts[DATES_SHOWN_AT_ONCE:]
    return (
        "<br>".join(shown)
        + f"<details><summary>{len(rest)} weitere anzeigen</summary>{'<br>'.join(rest)}</details>"
    )


def registration(offer: Offer) -> str:
    """Links to register; an address that is not safe to follow is left out."""
    ways = []
    url = safe_url(offer.registration_url)
    if url is not None:
        ways.append(link(url, f"Zur Anmeldung ({host_of(url)})"))
    ways.append(mail_link(offer.registration_email))
    detail = safe_url(offer.detail_url)
    if detail is not None and detail != url:
        ways.append(link(detail, f"Zur Beschreibung ({host_of(detail)})"))
    links = [way for way in ways if way]
    return "<br>".join(links) if links else NO_REGISTRATION


def _card(offer: Offer, sessions: Sequence[Session], heading: str) -> str:
    status_class = "qa-bad" if offer.status in ("cancelled", "full", "closed") else ""
    module = MODULE_OF_OFFER.get(offer.module, MODULE_OF_OFFER["other"])
    status = STATUS_LABELS.get(offer.status, STATUS_LABELS["unknown"])
    note = LIFECYCLE_NOTES.get(offer.lifecycle)
    provider = plain(offer.provider_name, 160) or "Anbieter nicht sicher zugeordnet"
    number = f" · Nr. {plain(offer.course_number, 60)}" if offer.course_number else ""
    reach = (
        f'<p class="qa-small">Zählt für {counted(offer.council_count, "Gremium", "Gremien")}.</p>'
        if offer.council_count
        else ""
    )
    facts = (
        ("Termin", _dates(offer, sessions)),
        ("Ort", plain(place_of(offer), 240)),
        ("Plätze", plain(places_of(offer))),
        ("Kosten", plain(price_of(offer))),
        ("Anmeldung", registration(offer)),
    )
    return (
        '<li class="qa-offer">'
        f'<p class="qa-offer-tags"><span class="qa-badge">{module}</span> '
        f'<span class="qa-badge {status_class}">{status}</span></p>'
        f"<{heading}>{plain(offer.title, 200)}</{heading}>"
        f'<p class="qa-provider">{provider}{number}</p>'
        + (f'<p class="qa-warn">{note}</p>' if note else "")
        + '<dl class="qa-facts">'
        + "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in facts)
        + f"</dl>{reach}</li>"
    )
