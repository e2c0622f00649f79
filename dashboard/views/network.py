"""The page Ankündigungen und Netzwerk: what is announced, what others teach, who is there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

import streamlit as st

from dashboard import address
from dashboard.blocks import inputs
from dashboard.blocks.downloads import downloads
from dashboard.blocks.empty import empty
from dashboard.blocks.heading import page_head
from dashboard.blocks.network import (
    MODULE_COLUMNS,
    OTHER_COLUMNS,
    announcement_columns,
    announcement_list,
    event_entries,
    module_list,
    organisation_columns,
    other_entries,
)
from dashboard.blocks.table import Paging, table
from dashboard.data import network as data
from dashboard.data.network import AnnouncedEvent, WantedAnnouncements, WantedOffers
from dashboard.data.text_origins import text_origins
from dashboard.escaping import inner_link, one_line
from dashboard.formats import counted, date_text
from dashboard.page import PageContext
from dashboard.wording import RELEVANCE_LABELS

TITLE = "Ankündigungen und Netzwerk"
PARTS = {
    "ankuendigungen": "Ankündigungen",
    "andere": "Fortbildungen anderer",
    "reihe": "Die Module der Reihe",
    "organisationen": "Organisationen",
}
PART = address.choice("teil", tuple(PARTS), default="ankuendigungen")
SEARCH = address.words("suche")
RELEVANCE = address.choice("einordnung", tuple(RELEVANCE_LABELS), default="")
UPCOMING = address.flag("kommende")
PAST = address.flag("vergangene")
PLACE = address.words("ort", 120)
CARDS_A_PAGE = 10


def show(context: PageContext) -> None:
    """Draws the page."""
    parts: dict[str, Callable[[PageContext], Callable[[], None]]] = {
        "ankuendigungen": _announcements,
        "andere": _others,
        "reihe": _series,
        "organisationen": _organisations,
    }
    part = PART.read()
    draw = parts[part](context)
    page_head(context, TITLE, "Was angekündigt ist, was andere anbieten und wer dazugehört.")
    inputs.buttons("Teil", PART, PARTS)
    if context.past_day is not None and part in ("reihe", "organisationen"):
        way = inner_link(address.here((address.STAND, None)), "Zum neuesten Stand")
        st.html(
            '<p class="qa-note">Dieser Teil wird nicht für vergangene Tage aufgehoben. Gezeigt '
            f"ist der Stand vom {date_text(context.publication.data_day)}. {way}</p>"
        )
    draw()


def _filter_words(query: str, relevance: str = "", *further: str) -> list[str]:
    told = [f"Suche: {query}"] if query else []
    told += [f"Einordnung: {RELEVANCE_LABELS[relevance]}"] if relevance else []
    return told + [word for word in further if word]


def _count_line(number: int, singular: str, plural: str) -> None:
    st.html(f'<p class="qa-lead" role="status">{counted(number, singular, plural)}.</p>')


def _announcements(context: PageContext) -> Callable[[], None]:
    file = context.file
    wanted = WantedAnnouncements(SEARCH.read(), RELEVANCE.read(), UPCOMING.read(), context.day)
    paging = Paging(data.announcement_count(file, wanted), address.PAGE.read() or 1, CARDS_A_PAGE)
    rows = data.announcements(file, wanted, paging.size, paging.offset)
    offers = data.announced_offers(file, tuple(row.url for row in rows), context.day)
    named = data.events(file, wanted)
    origins = text_origins(file, tuple(row.announcement_id for row in rows))
    events: dict[str, list[AnnouncedEvent]] = defaultdict(list)
    for event in named:
        events[event.announcement_id].append(event)
    is_filtered = bool(wanted.query or wanted.relevance or wanted.upcoming)

    def draw() -> None:
        with st.container(horizontal=True, key="filter", vertical_alignment="bottom"):
            inputs.search("Ankündigung suchen", SEARCH)
            inputs.select("Einordnung", RELEVANCE, {"": "alle"} | RELEVANCE_LABELS)
            inputs.check("nur mit kommenden Terminen", UPCOMING)
        if not rows:
            st.html(
                empty(
                    "Keine Ankündigung passt zur Auswahl.",
                    "Bitte weniger Filter wählen oder anders suchen.",
                    address.here((SEARCH, ""), (RELEVANCE, ""), (UPCOMING, False)),
                    "Alle Ankündigungen zeigen",
                )
                if is_filtered
                else empty(
                    "Noch ist keine Ankündigung bekannt.",
                    "Gelesen werden die Internetseiten, die im Register als Ankündigung stehen.",
                    address.href("datenlage"),
                    "Welche Quellen gelesen werden",
                )
            )
            return
        _count_line(paging.total, "Ankündigung", "Ankündigungen")
        st.html(announcement_list(rows, events, offers, origins) + paging.html("Ankündigungen"))
        downloads(
            context,
            "Ankündigungen",
            announcement_columns(events),
            lambda: data.all_announcements(file, wanted),
            filters=_filter_words(
                wanted.query,
                wanted.relevance,
                "nur mit kommenden Terminen" if wanted.upcoming else "",
            ),
            calendar=lambda: event_entries(named),
        )

    return draw


def _others(context: PageContext) -> Callable[[], None]:
    file = context.file
    wanted = WantedOffers(SEARCH.read(), RELEVANCE.read(), PAST.read(), context.past_day)
    paging = Paging(data.other_count(file, wanted), address.PAGE.read() or 1)
    rows = data.other_offers(file, wanted, paging.size, paging.offset)
    kinds = {name: label for name, label in RELEVANCE_LABELS.items() if name != "series"}

    def draw() -> None:
        with st.container(horizontal=True, key="filter", vertical_alignment="bottom"):
            inputs.search("Fortbildung oder Anbieter suchen", SEARCH)
            inputs.select("Einordnung", RELEVANCE, {"": "alle"} | kinds)
            inputs.check("auch vergangene", PAST)
        st.html(
            '<p class="qa-note">Angebote von Anbietern, die keine Volkshochschule sind. '
            "„Verwandtes Thema“ zählt nirgends mit; die anderen zählen bei einem Gremium nur, wenn "
            "sie in dessen Kommune stattfinden oder der Anbieter für sie zuständig ist.</p>"
        )
        if not rows:
            st.html(
                empty(
                    "Keine Fortbildung anderer Anbieter passt.",
                    "Vergangene sind nur auf Wunsch dabei.",
                    address.here((SEARCH, ""), (RELEVANCE, ""), (PAST, True)),
                    "Alle zeigen, auch vergangene",
                )
            )
            return
        _count_line(paging.total, "Fortbildung", "Fortbildungen")
        caption = "Fortbildungen anderer Anbieter"
        st.html(table(rows, OTHER_COLUMNS, caption) + paging.html("Fortbildungen"))
        downloads(
            context,
            "Fortbildungen anderer",
            OTHER_COLUMNS,
            lambda: data.all_other_offers(file, wanted),
            filters=_filter_words(
                wanted.query, wanted.relevance, "auch vergangene" if wanted.past else ""
            ),
            calendar=lambda: other_entries(data.all_other_offers(file, wanted)),
        )

    return draw


def _series(context: PageContext) -> Callable[[], None]:
    rows = data.series_modules(context.file)

    def draw() -> None:
        if not rows:
            st.html(
                empty(
                    "Die Beschreibung der Reihe ist noch nicht gelesen.",
                    "Sie steht in der Übersicht des Landesverbands.",
                    address.href("datenlage"),
                    "Ob die Übersicht gelesen werden konnte",
                )
            )
            return
        st.html(module_list(rows))
        downloads(context, "Module der Reihe", MODULE_COLUMNS, lambda: rows)

    return draw


def _organisations(context: PageContext) -> Callable[[], None]:
    file = context.file
    places = data.places(file)
    query, asked = SEARCH.read(), PLACE.read()
    place = asked if asked in places else ""
    paging = Paging(data.organisation_count(file, query, place), address.PAGE.read() or 1)
    rows = data.organisations(file, query, place, paging.size, paging.offset)
    origins = text_origins(file, tuple(row.organisation_id for row in rows))

    def draw() -> None:
        with st.container(horizontal=True, key="filter", vertical_alignment="bottom"):
            inputs.search("Organisation suchen", SEARCH)
            inputs.select(
                "Ort",
                PLACE,
                {"": "alle Orte"} | {name: one_line(name, 80) for name in places},
                search=True,
            )
        if not rows:
            st.html(
                empty(
                    "Keine Organisation passt zur Auswahl.",
                    "Bitte anders suchen.",
                    address.here((SEARCH, ""), (PLACE, "")),
                    "Alle Organisationen zeigen",
                )
                if query or place
                else empty(
                    "Noch ist kein Verzeichnis gelesen.",
                    "Gelesen wird das Verzeichnis des Landes (chancen.nrw).",
                    address.href("datenlage"),
                    "Ob es gelesen werden konnte",
                )
            )
            return
        _count_line(paging.total, "Organisation", "Organisationen")
        caption = "Organisationen"
        columns = organisation_columns(origins)
        st.html(table(rows, columns, caption) + paging.html(caption))
        downloads(
            context,
            "Organisationen",
            columns,
            lambda: data.all_organisations(file, query, place),
            filters=_filter_words(query, "", f"Ort: {place}" if place else ""),
        )

    return draw
