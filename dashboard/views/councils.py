"""The page Gremien: all councils as a table, or with ?gremium= the page of one of them."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import streamlit as st

from dashboard import address
from dashboard.address import Order
from dashboard.blocks import inputs
from dashboard.blocks.council_table import (
    CAPTION,
    ORDER,
    Wanted,
    chosen,
    columns,
    council_notes,
    found_sentence,
)
from dashboard.blocks.downloads import downloads
from dashboard.blocks.empty import empty
from dashboard.blocks.heading import page_head
from dashboard.blocks.region import Regions, regions
from dashboard.blocks.table import table
from dashboard.blocks.tiles import denominator_sentence
from dashboard.council_search import find
from dashboard.council_states import CouncilState, council_states, tally
from dashboard.data import council as one
from dashboard.data.councils import councils, coverage
from dashboard.data.published import PublishedFile
from dashboard.escaping import inner_link, plain
from dashboard.formats import listed
from dashboard.page import PageContext
from dashboard.views import council_page
from dashboard.wording import (
    MODULE_CHOICES,
    MODULE_LABELS,
    STATE_WORDS,
    STATES,
    WITHOUT_OFFER,
    ModuleChoice,
)

SEARCH = address.words("suche")
KEPT_RESULTS = 16
NAMED_AT_MOST = 5


@lru_cache(maxsize=KEPT_RESULTS)
def _states(
    file: PublishedFile, past_day: date | None, choice: ModuleChoice
) -> tuple[CouncilState, ...]:
    return tuple(council_states(councils(file), coverage(file, past_day), choice))


def show(context: PageContext) -> None:
    """Draws the table, or the page of the council that the address names."""
    ags = address.COUNCIL.read()
    if ags is not None:
        council_page.show(context, ags)
        return
    file = context.file
    known = councils(file)
    region = regions(known)
    wanted = Wanted(
        choice=address.MODULE.read(),
        states=address.STATES.read(),
        district=region.district,
        kreis=region.kreis,
        query=SEARCH.read(),
        order=ORDER.read(),
    )
    rows = _states(file, context.past_day, wanted.choice)
    found = chosen(rows, wanted)
    elsewhere = () if found.rows else _municipalities(file, wanted.query)

    numbers = tally(rows, context.publication)
    page_head(context, "Gremien", denominator_sentence(context.publication, numbers))
    _filters(region)
    st.html(f'<p class="qa-lead" role="status">{plain(found_sentence(found, rows, wanted))}</p>')
    if not found.rows:
        st.html(_nothing(elsewhere))
        return
    shown = columns(wanted.choice, context.past_day is not None)
    st.html(table(found.rows, shown, CAPTION, ORDER))
    downloads(
        context,
        "Gremien",
        shown,
        lambda: found.rows,
        filters=wanted.words(),
        notes=council_notes(context.publication),
    )


def _filters(region: Regions) -> None:
    inputs.buttons(
        "Modul", address.MODULE, {module: MODULE_LABELS[module] for module in MODULE_CHOICES}
    )
    search, district, kreis = st.columns([2, 1, 1])
    with search:
        inputs.search("Gremium suchen", SEARCH, "Kommune, Kreis oder Schlüssel")
    with district:
        region.district_input()
    with kreis:
        region.kreis_input()
    inputs.several(
        "Ergebnis", address.STATES, {state: STATE_WORDS[state].label for state in STATES}
    )
    st.html(_presets())


def _presets() -> str:
    """The questions that are asked most, each as one link; region and search stay."""
    ways = (
        ("ohne Basismodul", "basis", WITHOUT_OFFER),
        ("ohne Aufbaumodul", "aufbau", WITHOUT_OFFER),
        ("nicht sicher", "all", ("unknown",)),
        ("ohne bekannte Quelle", "all", ("not_configured",)),
        ("alle", "all", ()),
    )
    links = " · ".join(
        inner_link(address.here((address.MODULE, module), (address.STATES, states)), label)
        for label, module, states in ways
    )
    return f'<p class="qa-note">Häufig gefragt: {links}</p>'


def _municipalities(file: PublishedFile, query: str) -> tuple[str, ...]:
    """Municipalities of this name, where no council was found; they have none that is known."""
    if not query:
        return ()
    found = find(query, one.municipality_names(file), str)
    return found.rows[:NAMED_AT_MOST]


def _nothing(municipalities: tuple[str, ...]) -> str:
    why = "Kein Gremium passt zu dieser Auswahl."
    if municipalities:
        why += (
            f" {'Kommune' if len(municipalities) == 1 else 'Kommunen'} dieses Namens: "
            f"{listed(list(municipalities))}; unter den Gremien, die zur Auswahl passen, "
            f"{'ist sie' if len(municipalities) == 1 else 'sind sie'} nicht."
        )
    no_filters = address.here(
        (address.MODULE, "all"),
        (address.STATES, ()),
        (address.DISTRICT, ""),
        (address.KREIS, ""),
        (SEARCH, ""),
        (ORDER, Order("kommune")),
    )
    return empty(
        why, "Bitte weniger Filter wählen oder anders schreiben.", no_filters, "Alle Gremien zeigen"
    )
