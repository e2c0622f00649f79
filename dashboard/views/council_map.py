"""The page Karte: where there are offers, where none was found, and what lies within reach."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import plotly.graph_objects as go
import streamlit as st

from dashboard import address
from dashboard.blocks import inputs
from dashboard.blocks.council_table import council_notes
from dashboard.blocks.downloads import downloads
from dashboard.blocks.empty import empty
from dashboard.blocks.figure import pictures
from dashboard.blocks.heading import heading, page_head
from dashboard.blocks.map_legend import legend
from dashboard.blocks.map_table import COLUMNS
from dashboard.blocks.offer_filters import FROM, UNTIL
from dashboard.blocks.region import Regions, regions
from dashboard.blocks.table import table
from dashboard.blocks.tiles import denominator_sentence
from dashboard.council_states import council_states, tally
from dashboard.data import map_offers as data
from dashboard.data.councils import Council, councils, coverage
from dashboard.data.geography import Place, places, shapes
from dashboard.data.map_offers import Asked, Elsewhere, Venue
from dashboard.data.published import PublishedFile
from dashboard.escaping import plain
from dashboard.figures.coverage_map import coverage_map, with_legend
from dashboard.figures.german import CONFIG
from dashboard.figures.palette import Theme
from dashboard.formats import date_text
from dashboard.map_sentences import map_sentence, venue_sentence
from dashboard.map_states import MapRow, map_rows
from dashboard.map_words import SHOWN, Shown
from dashboard.page import PageContext
from dashboard.search import folded
from dashboard.texts import prose
from dashboard.wording import MODULE_CHOICES, MODULE_LABELS

FARTHEST = 100
WITHIN = address.number("umkreis", 0, FARTHEST, default=0)
DISTANCES = {0: "nicht zeigen"} | {km: f"{km} km" for km in range(10, FARTHEST + 1, 10)}
KEPT_RESULTS = 16
HEIGHT = 640
CAPTION = "Gremien auf der Karte"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which map is asked for; an empty region is the whole state, 0 km reaches nothing."""

    file: PublishedFile
    past_day: date | None
    day: date
    asked: Asked
    within_km: int
    district: str
    kreis: str


@dataclass(frozen=True, slots=True)
class Shows:
    """What the map shows: rows by name, presumed councils last, and venues, all of the region."""

    rows: tuple[MapRow, ...]
    venues: tuple[Venue, ...]
    elsewhere: Elsewhere
    only: frozenset[str] | None


@lru_cache(maxsize=KEPT_RESULTS)
def _shows(wanted: Wanted) -> Shows:
    file, past_day, asked = wanted.file, wanted.past_day, wanted.asked
    states = council_states(councils(file), coverage(file, past_day), asked.module)
    rows = map_rows(
        states,
        data.nearest(file, asked, past_day),
        wanted.within_km,
        data.own_offers(file, asked, past_day, wanted.day) if asked.has_period else None,
    )
    only = _region(wanted)
    venues = data.venues(file, asked, past_day, wanted.day)
    if only is not None:
        rows = [row for row in rows if row.council_state.council.ags in only]
        venues = tuple(venue for venue in venues if venue.ags in only)
    rows.sort(key=lambda row: (row.presumed, folded(row.council_state.council.municipality)))
    return Shows(tuple(rows), venues, data.elsewhere(file, asked, past_day), only)


def _region(wanted: Wanted) -> frozenset[str] | None:
    """The keys of all municipalities and councils of the chosen region; None for the state."""
    if not wanted.district and not wanted.kreis:
        return None
    known: tuple[Place | Council, ...] = (*places(wanted.file), *councils(wanted.file))
    return frozenset(
        one.ags
        for one in known
        if wanted.district in ("", one.regierungsbezirk) and wanted.kreis in ("", one.kreis)
    )


@lru_cache(maxsize=KEPT_RESULTS)
def _drawn(wanted: Wanted, theme: Theme, opens: str = "") -> go.Figure:
    shows = _shows(wanted)
    return coverage_map(
        shows.rows,
        shapes(wanted.file),
        places(wanted.file),
        shows.venues,
        theme,
        shows.only,
        opens,
    )


def show(context: PageContext) -> None:
    """Draws the page."""
    file = context.file
    region = regions(councils(file))
    within = WITHIN.read()
    wanted = Wanted(
        file,
        context.past_day,
        context.day,
        Asked(address.MODULE.read(), FROM.read(), UNTIL.read()),
        within if within in DISTANCES and within is not None else 0,
        region.district,
        region.kreis,
    )
    shows = _shows(wanted)
    # A click leads to a council with what concerns all views, as any link does.
    figure = _drawn(wanted, context.theme, address.council_href(""))
    is_schematic = any(shape.is_schematic for shape in shapes(file))
    numbers = tally(
        council_states(councils(file), coverage(file, context.past_day), wanted.asked.module),
        context.publication,
    )
    sentence = " ".join(
        (
            map_sentence(shows.rows, wanted.within_km, _period_words(wanted.asked), region.words()),
            venue_sentence(shows.venues, shows.elsewhere, region.words()),
        )
    )

    page_head(context, "Karte", denominator_sentence(context.publication, numbers))
    _filters(region)
    st.html(f'<p class="qa-lead" role="status">{plain(sentence, 2000)}</p>')
    if not shows.rows:
        st.html(_nothing())
        return
    with st.container(key="karte_und_tabelle"):
        map_side, table_side = st.columns([3, 2], gap="medium")
    with map_side:
        _map(figure, sentence)
        shown = _possible(wanted)
        st.html(legend(shown, any(row.presumed for row in shows.rows)))
        st.caption(prose("map_schematic" if is_schematic else "map_official"))
    with table_side:
        st.html(
            f'<div class="qa-beside" role="region" tabindex="0" aria-label="{CAPTION}">'
            f"{table(shows.rows, COLUMNS, CAPTION)}</div>"
        )
    heading("Zum Mitnehmen", "mitnehmen")
    downloads(
        context,
        "Karte als Tabelle",
        COLUMNS,
        lambda: shows.rows,
        filters=_words(wanted, region),
        notes=council_notes(context.publication),
    )
    note = prose("map_schematic" if is_schematic else "map_official").replace("*", "")
    told = "; ".join(_words(wanted, region))
    pictures(
        context, "Karte", lambda theme: with_legend(_drawn(wanted, theme), f"{told}. {note}"), 900
    )


def _map(figure: go.Figure, sentence: str) -> None:
    # The style sheet makes this box lower on phones, and the figure follows.
    with st.container(key="karte", height=HEIGHT, border=False):
        st.plotly_chart(
            figure,
            theme=None,
            height="stretch",
            config=CONFIG,
            key="grafik_karte",
            alt=f"Karte der Gremien. {sentence}",
        )
    st.html(
        '<p class="qa-note">Ein Klick auf die Karte oder auf einen Namen in der Tabelle öffnet '
        "das Gremium.</p>"
    )


def _filters(region: Regions) -> None:
    inputs.buttons(
        "Modul", address.MODULE, {module: MODULE_LABELS[module] for module in MODULE_CHOICES}
    )
    district, kreis, first, last = st.columns([3, 4, 2, 2])
    with district:
        region.district_input()
    with kreis:
        region.kreis_input()
    with first:
        inputs.typed_day("Zeitraum von", FROM)
    with last:
        inputs.typed_day("Zeitraum bis", UNTIL)
    inputs.warn_of_backward_period(FROM.read(), UNTIL.read())
    inputs.steps("Angebote anderswo erreichbar bis (Luftlinie)", WITHIN, DISTANCES)


def _possible(wanted: Wanted) -> tuple[Shown, ...]:
    """The marks that these filters can bring about."""
    left_out: set[Shown] = set()
    if not wanted.within_km:
        left_out.add("reachable")
    if not wanted.asked.has_period:
        left_out.add("other_time")
    return tuple(one for one in SHOWN if one not in left_out)


def _period_words(asked: Asked) -> str:
    first, last = asked.from_day, asked.until_day
    if first is not None and last is not None:
        return f"vom {date_text(first)} bis zum {date_text(last)}"
    if first is not None:
        return f"ab dem {date_text(first)}"
    return f"bis zum {date_text(last)}" if last is not None else ""


def _words(wanted: Wanted, region: Regions) -> list[str]:
    """The filters in words, for the files to take along."""
    told = [f"Modul: {MODULE_LABELS[wanted.asked.module]}"]
    if region.words():
        told.append(f"Region: {region.words()}")
    if wanted.asked.has_period:
        told.append(f"Zeitraum: {_period_words(wanted.asked)}")
    if wanted.within_km:
        told.append(f"Erreichbar bis {wanted.within_km} km (Luftlinie)")
    return told


def _nothing() -> str:
    whole = address.here((address.DISTRICT, ""), (address.KREIS, ""))
    return empty(
        "Zu dieser Auswahl ist kein Gremium eingetragen.",
        "Bitte eine andere Region wählen.",
        whole,
        "Das ganze Land zeigen",
    )
