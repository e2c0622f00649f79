"""The page of one offer: what is known, where each value comes from, what became of it."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from dashboard import address
from dashboard.blocks import offer_history, offer_page, tiles
from dashboard.blocks.downloads import downloads
from dashboard.blocks.empty import empty
from dashboard.blocks.heading import heading, page_head
from dashboard.blocks.offer_table import COLUMNS, calendar_entries
from dashboard.blocks.table import table
from dashboard.data import offer_page as data
from dashboard.data.offers import Offer, Session
from dashboard.escaping import inner_link, plain
from dashboard.formats import counted, date_text
from dashboard.page import PageContext

# anchor -> heading of each part of the page, in the order in which they stand
SECTIONS = {
    "gremien": "Für welche Gremien es zählt",
    "verlauf": "Verlauf",
    "vollstaendigkeit": "Was noch fehlt",
    "eintraege": "Einträge derselben Fortbildung",
    "herkunft": "Woher die Angaben stammen",
}


@dataclass(frozen=True, slots=True)
class _Today:
    """What only the newest day knows of an offer."""

    texts: data.OfferTexts | None
    sessions: tuple[Session, ...]
    origins: list[data.Origin]
    councils: tuple[data.CountedCouncil, ...]
    linked: tuple[data.LinkedOffer, ...]
    decisions: tuple[data.Decision, ...]
    gaps: tuple[data.Gap, ...]


def show_offer(context: PageContext, offer_id: str) -> None:
    """Draws the page, or says why there is none."""
    file, past_day = context.file, context.past_day
    offer = data.offer(file, offer_id, past_day)
    if offer is None:
        _unknown(context, data.former_title(file, offer_id))
        return
    today = None if past_day is not None else _today(context, offer_id)
    changes = data.changes(file, offer_id, context.day)
    versions = data.versions(file, offer_id, context.day)

    st.html(f'<p class="qa-note">{_way_back()}</p>')
    page_head(context, offer.title)
    known = {row.field for row in today.origins} if today else set()
    st.html(
        offer_page.head_lines(offer, context.day)
        + offer_page.facts(
            offer, today.texts if today else None, today.sessions if today else (), known
        )
        + offer_page.linked_sentence(today.linked if today else ())
    )
    downloads(
        context,
        "Angebot",
        COLUMNS,
        lambda: (offer,),
        calendar=lambda: calendar_entries((offer,), today.sessions if today else ()),
    )
    if today is None:
        _only_today()
        _history(context, changes, versions)
        return
    parts = {key: text for key, text in SECTIONS.items() if key != "eintraege" or today.decisions}
    st.html(tiles.contents(parts))
    _councils(offer, today.councils)
    _history(context, changes, versions)
    _gaps(today)
    if today.decisions:
        heading(SECTIONS["eintraege"], "eintraege")
        st.html(offer_page.decision_list(today.decisions))
    _origins(context, today.origins)


def _today(context: PageContext, offer_id: str) -> _Today:
    file = context.file
    return _Today(
        data.texts(file, offer_id),
        data.sessions(file, offer_id),
        offer_history.sorted_origins(data.origins(file, offer_id)),
        data.councils(file, offer_id),
        data.linked_offers(file, offer_id),
        data.decisions(file, offer_id),
        data.gaps(file, offer_id),
    )


def _way_back() -> str:
    page = address.PAGE.read()
    return inner_link(
        address.here((address.OFFER, None), (address.PAGE, page)), "Zurück zur Liste der Angebote"
    )


def _unknown(context: PageContext, former: str | None) -> None:
    page_head(context, "Angebot nicht gefunden")
    if former is None:
        why = "Ein Angebot mit dieser Adresse gibt es nicht."
        what = "Vielleicht ist der Link unvollständig. Bitte in der Liste suchen."
        st.html(empty(why, what, address.href("angebote"), "Zur Liste der Angebote"))
    elif context.past_day is not None:
        why = f"„{former}“ stand am {date_text(context.past_day)} nicht in der Liste."
        what = "Es wurde später gefunden oder war da schon mit einem anderen zusammengeführt."
        newest = address.here((address.STAND, None))
        st.html(empty(why, what, newest, "Zum neuesten Stand dieses Angebots"))
    else:
        why = f"„{former}“ steht nicht mehr für sich in der Liste."
        what = "Es ist inzwischen mit einem anderen Eintrag derselben Fortbildung zusammengeführt."
        st.html(empty(why, what, address.href("angebote"), "Zur Liste der Angebote"))


def _only_today() -> None:
    newest = inner_link(address.here((address.STAND, None)), "Zum neuesten Stand dieses Angebots")
    st.html(
        '<p class="qa-note">Von vergangenen Tagen werden einzelne Termine, Anmeldung, Texte und '
        f"die Herkunft der Angaben nicht aufbewahrt. {newest}</p>"
    )


def _origins(context: PageContext, origins: list[data.Origin]) -> None:
    heading(SECTIONS["herkunft"], "herkunft")
    st.html(f'<p class="qa-lead">{plain(offer_history.read_sentence(origins))}</p>')
    if not origins:
        return
    columns = offer_history.origin_columns(origins)
    st.html(table(origins, columns, SECTIONS["herkunft"]))
    downloads(context, "Herkunft der Angaben", columns, lambda: origins)


def _gaps(today: _Today) -> None:
    heading(SECTIONS["vollstaendigkeit"], "vollstaendigkeit")
    score = today.texts.completeness_score if today.texts else None
    st.html(offer_page.gap_list(today.gaps, score))


def _councils(offer: Offer, councils: tuple[data.CountedCouncil, ...]) -> None:
    heading(SECTIONS["gremien"], "gremien")
    st.html(f'<p class="qa-lead">{plain(offer_page.councils_sentence(offer, councils))}</p>')
    if councils:
        st.html(table(councils, offer_page.COUNCIL_COLUMNS, SECTIONS["gremien"]))


def _history(
    context: PageContext, changes: tuple[data.DiaryLine, ...], versions: tuple[data.Version, ...]
) -> None:
    heading(SECTIONS["verlauf"], "verlauf")
    if not changes:
        st.html(
            empty(
                f"Bis zum {date_text(context.day)} ist keine Änderung verzeichnet.",
                "Das Angebot steht so da, wie es zuerst gelesen wurde.",
            )
        )
    else:
        st.html(offer_history.diary(changes))
        downloads(context, "Verlauf", offer_history.CHANGE_COLUMNS, lambda: changes)
    if len(versions) > 1:
        states = counted(len(versions), "Stand", "Stände")
        st.html(
            f'<h3 class="qa-above">{states} dieses Angebots</h3>'
            + table(versions, offer_history.VERSION_COLUMNS, "Stände dieses Angebots")
        )
