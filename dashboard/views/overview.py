"""The page Überblick: how many councils have an offer, where, which, and what is not known."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import plotly.graph_objects as go
import streamlit as st

from dashboard import address
from dashboard.blocks import council_table as table
from dashboard.blocks import inputs, source_list, tiles
from dashboard.blocks import offer_list as cards
from dashboard.blocks import table as html_table
from dashboard.council_states import CouncilState, council_states, tally
from dashboard.data.councils import councils, coverage
from dashboard.data.geography import places, shapes
from dashboard.data.offers import Offer, Session, offers, sessions
from dashboard.data.published import PublishedFile
from dashboard.data.sources import Issue, Source, issues, sources
from dashboard.escaping import plain
from dashboard.figures.coverage_map import NO_MODE_BAR, coverage_map, map_sentence
from dashboard.figures.palette import Theme
from dashboard.guard import shielded
from dashboard.offer_words import offer_groups, offers_sentence
from dashboard.page import PageContext
from dashboard.texts import prose
from dashboard.wording import MODULE_CHOICES, MODULE_LABELS, ModuleChoice

# anchor -> heading of each part of the page, in the order in which they stand
SECTIONS = {
    "karte": "Wo gibt es Angebote?",
    "angebote": "Kommende Angebote",
    "ohne-termin": "Angebote ohne Termin",
    "ungeprueft": "Was nicht geprüft werden konnte",
    "gremien": "Alle Gremien",
    "quellen": "Quellen und Lizenzen",
}
KEPT_RESULTS = 16
SEARCH = address.words("suche")
ORDER = address.choice("sortierung", tuple(table.SORT_LABELS), default="municipality")


@lru_cache(maxsize=KEPT_RESULTS)
def _states(file: PublishedFile, past_day: date | None, choice: ModuleChoice) -> list[CouncilState]:
    return council_states(councils(file), coverage(file, past_day), choice)


@lru_cache(maxsize=KEPT_RESULTS)
def _drawn_map(
    file: PublishedFile, past_day: date | None, choice: ModuleChoice, theme: Theme
) -> go.Figure:
    return coverage_map(_states(file, past_day, choice), shapes(file), places(file), theme)


def show(context: PageContext) -> None:
    """Draws the page for one publication."""
    file = context.file
    read = offers(file), sessions(file), sources(file), issues(file), shapes(file)
    head = st.container()
    choice: ModuleChoice = inputs.buttons(
        "Modul", address.MODULE, {choice: MODULE_LABELS[choice] for choice in MODULE_CHOICES}
    )
    states = _states(file, context.past_day, choice)
    numbers = tally(states, context.publication)
    with head:
        st.html(tiles.head(context, numbers, choice))
    st.html(tiles.tiles(numbers))
    st.html(tiles.contents(SECTIONS))
    _map(context, states, choice)
    _offers(context, read[0], read[1], choice)
    _unchecked(read[2], read[3], read[0])
    _table(states)
    _footer()


def _heading(anchor: str) -> None:
    st.html(f'<h2 class="qa-heading" id="{anchor}">{SECTIONS[anchor]}</h2>')


def _map(context: PageContext, states: list[CouncilState], choice: ModuleChoice) -> None:
    _heading("karte")
    sentence = map_sentence(states)
    picture, words = st.columns([7, 4], gap="large", vertical_alignment="center")
    with picture, st.container(key="karte", height=600, border=False):
        st.plotly_chart(
            _drawn_map(context.file, context.past_day, choice, context.theme),
            theme=None,
            height="stretch",
            config=NO_MODE_BAR,
            key="karte_nrw",
            alt=f"Karte von Nordrhein-Westfalen. {sentence}",
        )
    with words:
        st.html(f'<p class="qa-lead">{plain(sentence, 2000)}</p>{tiles.legend()}')
        st.html(tiles.TO_THE_TABLE)
        schematic = any(shape.is_schematic for shape in shapes(context.file))
        st.caption(prose("map_schematic" if schematic else "map_official"))


@st.fragment
def _table(states: list[CouncilState]) -> None:
    with shielded():
        _searchable_table(states)


def _searchable_table(states: list[CouncilState]) -> None:
    _heading("gremien")
    search, order = st.columns([3, 2])
    with search:
        query = inputs.search("Gremium suchen", SEARCH, "Kommune, Kreis oder Ergebnis")
    with order:
        sort_choice = inputs.select("Sortieren nach", ORDER, table.SORT_LABELS)
    rows = table.chosen(states, query, sort_choice)
    st.html(f'<p class="qa-note" role="status">{table.found_sentence(len(rows), len(states))}</p>')
    if rows:
        st.html(html_table.table(rows, table.COLUMNS, table.CAPTION))


def _offers(
    context: PageContext,
    known: tuple[Offer, ...],
    dates: tuple[Session, ...],
    choice: ModuleChoice,
) -> None:
    _heading("angebote")
    groups = offer_groups(known, context.day, choice)
    if groups.dated:
        st.html(f'<p class="qa-note">{offers_sentence(groups.dated)}</p>')
        st.html(cards.offer_list(groups.dated, dates))
    else:
        st.markdown(prose("no_upcoming_offers"))
    _heading("ohne-termin")
    if groups.undated:
        st.markdown(prose("undated_offers"))
        st.html(cards.offer_list(groups.undated, dates))
    else:
        st.markdown(prose("no_undated_offers"))
    if groups.adjacent:
        with st.expander(f"Verwandte Angebote ({len(groups.adjacent)})"):
            st.markdown(prose("adjacent_offers"))
            st.html(cards.offer_list(groups.adjacent, dates))
    if groups.past:
        with st.expander(f"Vergangene und entfernte Angebote ({len(groups.past)})"):
            st.html(cards.offer_list(groups.past, dates))


def _unchecked(
    known: tuple[Source, ...], hints: tuple[Issue, ...], titled: tuple[Offer, ...]
) -> None:
    _heading("ungeprueft")
    failing = source_list.unchecked(known)
    st.html(f'<p class="qa-lead">{source_list.unchecked_sentence(len(failing), len(known))}</p>')
    if failing:
        st.html(source_list.source_list(failing))
    if hints:
        with st.expander(f"Weitere Hinweise ({len(hints)})"):
            titles = {offer.offer_id: offer.title for offer in titled}
            st.html(source_list.issue_list(hints, titles))


def _footer() -> None:
    _heading("quellen")
    with st.container(key="quellenangaben"):
        st.markdown(prose("sources_and_licences"))
