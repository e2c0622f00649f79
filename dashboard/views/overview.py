"""The page Überblick: how many councils have an offer, where, which, and what is not known."""

from __future__ import annotations

from functools import lru_cache

import plotly.graph_objects as go
import streamlit as st

from dashboard.blocks import council_table as table
from dashboard.blocks import offer_list as cards
from dashboard.blocks import source_list, tiles
from dashboard.council_states import CouncilState, council_states, tally
from dashboard.data import Overview
from dashboard.figures.coverage_map import NO_MODE_BAR, coverage_map, map_sentence
from dashboard.figures.palette import Theme
from dashboard.guard import shielded
from dashboard.offer_words import offer_groups, offers_sentence
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


@lru_cache(maxsize=KEPT_RESULTS)
def _states(overview: Overview, choice: ModuleChoice) -> list[CouncilState]:
    return council_states(overview.councils, overview.coverage, choice)


@lru_cache(maxsize=KEPT_RESULTS)
def _drawn_map(overview: Overview, choice: ModuleChoice, theme: Theme) -> go.Figure:
    return coverage_map(_states(overview, choice), overview.shapes, overview.places, theme)


def show(overview: Overview) -> None:
    """Draws the page for one publication."""
    head = st.container()
    choice = _module_choice()
    states = _states(overview, choice)
    numbers = tally(states, overview.publication)
    with head:
        st.html(tiles.head(overview.publication, numbers, choice))
    st.html(tiles.tiles(numbers))
    st.html(tiles.contents(SECTIONS))
    _map(overview, states, choice)
    _offers(overview, choice)
    _unchecked(overview)
    _table(states)
    _footer()


def _module_choice() -> ModuleChoice:
    label_to_choice: dict[str, ModuleChoice] = {
        MODULE_LABELS[choice]: choice for choice in MODULE_CHOICES
    }
    label = st.segmented_control(
        "Modul",
        list(label_to_choice),
        default=MODULE_LABELS["all"],
        required=True,
        key="modul",
        bind="query-params",
    )
    return label_to_choice.get(label or "", "all")


def _heading(anchor: str) -> None:
    st.html(f'<h2 class="qa-heading" id="{anchor}">{SECTIONS[anchor]}</h2>')


def _theme() -> Theme:
    return "dark" if st.context.theme.type == "dark" else "light"


def _map(overview: Overview, states: list[CouncilState], choice: ModuleChoice) -> None:
    _heading("karte")
    sentence = map_sentence(states)
    picture, words = st.columns([7, 4], gap="large", vertical_alignment="center")
    with picture, st.container(key="karte", height=600, border=False):
        st.plotly_chart(
            _drawn_map(overview, choice, _theme()),
            theme=None,
            height="stretch",
            config=NO_MODE_BAR,
            key="karte_nrw",
            alt=f"Karte von Nordrhein-Westfalen. {sentence}",
        )
    with words:
        st.html(f'<p class="qa-lead">{sentence}</p>{tiles.legend()}')
        st.html(tiles.TO_THE_TABLE)
        schematic = any(shape.is_schematic for shape in overview.shapes)
        st.caption(prose("map_schematic" if schematic else "map_official"))


@st.fragment
def _table(states: list[CouncilState]) -> None:
    with shielded():
        _searchable_table(states)


def _searchable_table(states: list[CouncilState]) -> None:
    _heading("gremien")
    search, order = st.columns([3, 2])
    query = search.text_input(
        "Gremium suchen",
        placeholder="Kommune, Kreis oder Ergebnis",
        key="suche",
        type="search",
        live=True,
        max_chars=80,
        bind="query-params",
    )
    labels = {label: choice for choice, label in table.SORT_LABELS.items()}
    label = order.selectbox(
        "Sortieren nach",
        list(labels),
        key="sortierung",
        filter_mode=None,
        placeholder="Bitte wählen",
        bind="query-params",
    )
    sort_choice = labels.get(label or "", "municipality")
    rows = table.chosen(states, query or "", sort_choice)
    st.html(f'<p class="qa-note" role="status">{table.found_sentence(len(rows), len(states))}</p>')
    if rows:
        st.html(table.council_table(rows, sort_choice))


def _offers(overview: Overview, choice: ModuleChoice) -> None:
    _heading("angebote")
    groups = offer_groups(overview.offers, overview.publication.data_day, choice)
    if groups.dated:
        st.html(f'<p class="qa-note">{offers_sentence(groups.dated)}</p>')
        st.html(cards.offer_list(groups.dated, overview.sessions))
    else:
        st.markdown(prose("no_upcoming_offers"))
    _heading("ohne-termin")
    if groups.undated:
        st.markdown(prose("undated_offers"))
        st.html(cards.offer_list(groups.undated, overview.sessions))
    else:
        st.markdown(prose("no_undated_offers"))
    if groups.adjacent:
        with st.expander(f"Verwandte Angebote ({len(groups.adjacent)})"):
            st.markdown(prose("adjacent_offers"))
            st.html(cards.offer_list(groups.adjacent, overview.sessions))
    if groups.past:
        with st.expander(f"Vergangene und entfernte Angebote ({len(groups.past)})"):
            st.html(cards.offer_list(groups.past, overview.sessions))


def _unchecked(overview: Overview) -> None:
    _heading("ungeprueft")
    failing = source_list.unchecked(overview.sources)
    st.html(
        f'<p class="qa-lead">'
        f"{source_list.unchecked_sentence(len(failing), len(overview.sources))}</p>"
    )
    if failing:
        st.html(source_list.source_list(failing))
    if overview.issues:
        with st.expander(f"Weitere Hinweise ({len(overview.issues)})"):
            titles = {offer.offer_id: offer.title for offer in overview.offers}
            st.html(source_list.issue_list(overview.issues, titles))


def _footer() -> None:
    _heading("quellen")
    with st.container(key="quellenangaben"):
        st.markdown(prose("sources_and_licences"))
