"""The parts of the page of one offer as HTML: what is known of it and where to look further."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from dashboard import address
from dashboard.blocks.offer_table import badge, status_badge
from dashboard.columns import Column
from dashboard.council_words import OFFER_REASONS, SERVICE_REASONS
from dashboard.data.offer_page import CountedCouncil, Decision, Gap, LinkedOffer, OfferTexts
from dashboard.data.offers import Offer, Session
from dashboard.escaping import host_of, inner_link, link, mail_link, plain, safe_url
from dashboard.formats import counted, date_text, day_of, decimal_text, listed
from dashboard.offer_words import dates_of, place_of, places_of, price_of, standing
from dashboard.wording import (
    DELIVERY_MODES,
    FIELD_LABELS,
    MODULE_OF_OFFER,
    RELEVANCE_LABELS,
    SOURCE_KINDS,
)

DATES_SHOWN_AT_ONCE = 8
# Where nobody can register any more, an address is for questions, and a missing one is no gap.
WITHOUT_REGISTRATION = ("full", "closed", "cancelled", "finished")
# A fact of the page and the fields that it is told from, the first known one leads to its origin.
FIELDS = {
    "Termin": ("start_date", "end_date", "sessions"),
    "Ort": ("venue_name", "venue_place", "venue_street", "delivery_mode"),
    "Plätze": ("places_free", "places_taken", "places_total", "places_planned", "status"),
    "Kosten": ("price_eur", "is_free", "price_note"),
    "Anmeldung": ("registration_url", "registration_email"),
    "Kontakt": ("registration_url", "registration_email"),
    "Kursnummer": ("course_number",),
    "Zielgruppe": ("target_group",),
    "Themen": ("topics",),
    "Beschreibung": ("description",),
}
RULES = {
    "number": "gleiche Kursnummer",
    "link": "Verweis von einer Seite auf die andere",
    "similarity": "große Ähnlichkeit",
    "moved": "neue Nummer oder Adresse in derselben Quelle",
    "candidate": "nicht entschieden",
}


def head_lines(offer: Offer, day: date) -> str:
    """Labels, provider, and in plain words why not to count on the offer."""
    labels = badge(MODULE_OF_OFFER.get(offer.module, MODULE_OF_OFFER["other"]))
    labels += " " + badge(RELEVANCE_LABELS.get(offer.relevance, offer.relevance))
    if offer.status != "unknown":
        labels += " " + status_badge(offer.status)
    provider = plain(offer.provider_name, 160) or "Anbieter nicht sicher zugeordnet"
    warnings = "".join(f'<p class="qa-warn">{plain(text)}</p>' for text in standing(offer, day))
    subtitle = f'<p class="qa-lead">{plain(offer.subtitle)}</p>' if offer.subtitle else ""
    return (
        f'{subtitle}<p class="qa-offer-tags">{labels}</p>'
        f'<p class="qa-provider">{provider}</p>{warnings}'
    )


def facts(
    offer: Offer, texts: OfferTexts | None, sessions: Sequence[Session], known: Collection[str]
) -> str:
    """What is known as a list, each with the way to its origin, and what the source does not say.

    `known` are the fields of which the origin stands on the page. Without `texts` the day is a
    past one, of which no way to register is kept: nothing is said to be missing there.
    """
    register = "Kontakt" if offer.status in WITHOUT_REGISTRATION else "Anmeldung"
    rows = (
        ("Termin", _dates(offer, sessions)),
        ("Ort", plain(place_of(offer), 300)),
        ("Plätze", plain(places_of(offer))),
        ("Kosten", plain(price_of(offer))),
        (register, _registration(offer)),
        ("Kursnummer", plain(offer.course_number, 80)),
    )
    further = (
        ("Form", plain(DELIVERY_MODES.get(offer.delivery_mode))),
        ("Zielgruppe", plain(texts.target_group, 1000) if texts else ""),
        ("Themen", "<br>".join(plain(topic, 300) for topic in texts.topics) if texts else ""),
        ("Beschreibung", plain(texts.description, 4000) if texts else ""),
        ("Seite", _page(offer)),
    )
    never_missing = ("Kontakt",) if texts is not None else ("Kontakt", "Anmeldung")
    missing = [name for name, value in rows if not value and name not in never_missing]
    told = "".join(
        f"<div><dt>{name}</dt><dd>{value}{_way(name, known)}</dd></div>"
        for name, value in (*rows, *further)
        if value
    )
    return f'<dl class="qa-facts qa-offer-facts">{told}</dl>' + (
        f'<p class="qa-small">Nicht angegeben: {listed(missing)}.</p>' if missing else ""
    )


def _way(name: str, known: Collection[str]) -> str:
    field = next((field for field in FIELDS.get(name, ()) if field in known), None)
    if field is None:
        return ""
    about = f'<span class="qa-hidden"> kommt die Angabe „{name}“</span>'
    return f' <a class="qa-link qa-origin" href="#woher-{field}" target="_self">Woher?{about}</a>'


def _dates(offer: Offer, sessions: Sequence[Session]) -> str:
    dates = [plain(text) for text in dates_of(offer, sessions)]
    if len(dates) <= DATES_SHOWN_AT_ONCE + 1:
        return "<br>".join(dates)
    shown, rest = dates[:DATES_SHOWN_AT_ONCE], dates[DATES_SHOWN_AT_ONCE:]
    return (
        "<br>".join(shown)
        + f"<details><summary>{len(rest)} weitere anzeigen</summary>{'<br>'.join(rest)}</details>"
    )


def _link_with_site(url: str | None, label: str) -> str:
    target = safe_url(url)
    if target is None:
        return ""
    host = host_of(target)
    return f"{link(target, label)}" + (f" ({plain(host, 120)})" if host else "")


def _registration(offer: Offer) -> str:
    """The ways to register; an address that is not safe to follow is left out."""
    ways = [
        _link_with_site(offer.registration_url, "Zur Anmeldung"),
        mail_link(offer.registration_email),
    ]
    return "<br>".join(way for way in ways if way)


def _page(offer: Offer) -> str:
    if offer.detail_url == offer.registration_url:
        return ""
    return _link_with_site(offer.detail_url, "Zur Seite des Angebots")


def _council_cell(row: CountedCouncil) -> str:
    presumed = ' <span class="qa-small">vermutetes Gremium, wird nicht gezählt</span>'
    name = inner_link(address.council_href(row.ags), row.municipality)
    return name + (presumed if row.presumed else "")


def council_reason(row: CountedCouncil) -> str:
    """Why the offer belongs to the council."""
    why = SERVICE_REASONS.get(row.service_reason or "") if row.reason == "service_area" else None
    return " ".join(part for part in (OFFER_REASONS.get(row.reason, ""), why) if part)


COUNCIL_COLUMNS: tuple[Column[CountedCouncil], ...] = (
    Column("Gremium in", lambda row: row.municipality, cell=_council_cell, width=28),
    Column("Warum", council_reason),
    Column("zählt zurzeit", lambda row: row.covers, width=18),
    Column("Gemeindeschlüssel", lambda row: row.ags, on_page=False),
)


def councils_sentence(offer: Offer, councils: Sequence[CountedCouncil]) -> str:
    """For how many councils the offer counts, or why for none."""
    if offer.relevance == "adjacent":
        return (
            "Dieses Angebot behandelt ein verwandtes Thema und richtet sich nicht ausdrücklich "
            "an die Gremien; deshalb zählt es für keines."
        )
    counting = sum(row.covers and not row.presumed for row in councils)
    if counting:
        return f"Dieses Angebot zählt für {counted(counting, 'Gremium', 'Gremien')}."
    if not councils:
        return "Dieses Angebot ist keinem einzelnen Gremium zugeordnet und zählt für keines."
    why = {"cancelled": "abgesagt", "finished": "vorbei"}.get(offer.status) or {
        "past": "vorbei",
        "withdrawn": "vom Anbieter entfernt",
    }.get(offer.lifecycle)
    return "Dieses Angebot zählt zurzeit für kein belegtes Gremium" + (
        f": Es ist {why}." if why else "."
    )


def linked_sentence(linked: Sequence[LinkedOffer]) -> str:
    """Where else the same course stands; nothing where it stands nowhere else."""
    if not linked:
        return ""
    ways = listed(
        [inner_link(address.offer_href(row.offer_id), row.provider_name) for row in linked]
    )
    return (
        f'<p class="qa-note">Dieselbe Veranstaltung steht auch bei {ways}. '
        "Sie wird bei jedem Anbieter für sich gezählt.</p>"
    )


def decision_list(decisions: Iterable[Decision]) -> str:
    """Each decision in words, with the way to the other offer where one was left apart."""
    return "".join(("<ul>", *(f"<li>{_decision(row)}</li>" for row in decisions), "</ul>"))


def _decision(row: Decision) -> str:
    kind = SOURCE_KINDS.get(row.source_kind or "", "Quelle")
    when = date_text(day_of(row.decided_at))
    likeness = (
        f", Ähnlichkeit {decimal_text(row.score * 100, 0)} von 100" if row.score is not None else ""
    )
    about = f"{plain(RULES.get(row.rule, row.rule))}{likeness}, entschieden am {when}"
    if row.is_merged:
        return (
            f"<strong>Zusammengeführt</strong> mit einem Eintrag der Quelle {kind} "
            f"(<code>{plain(row.source_id, 120)}</code>): {plain(row.reason)}"
            f'<span class="qa-small">{about}</span>'
        )
    other = (
        inner_link(address.offer_href(row.other_offer_id), row.other_title or "Zum anderen Angebot")
        if row.other_offer_id
        else "einem anderen Angebot"
    )
    return (
        f"<strong>Vielleicht dasselbe</strong> wie {other}; beide bleiben stehen: "
        f'{plain(row.reason)}<span class="qa-small">{about}</span>'
    )


def gap_list(gaps: Sequence[Gap], score: int | None) -> str:
    """The score and the sentences for the provider."""
    points = f"{score} von 100 Punkten" if score is not None else "nicht bewertet"
    head = f'<p class="qa-lead">Vollständigkeit der Angaben: {points}.</p>'
    if not gaps:
        return head + "<p>Es fehlt nichts.</p>" if score is not None else head
    lines = "".join(
        f"<li>{plain(gap.sentence)} <span class='qa-soft'>"
        f"({plain(FIELD_LABELS.get(gap.field, gap.field))}, "
        f"{counted(gap.points, 'Punkt', 'Punkte')})</span></li>"
        for gap in gaps
    )
    return f"{head}<p>Das könnte der Anbieter ergänzen:</p><ul>{lines}</ul>"
