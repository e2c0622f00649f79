"""The page Überblick: how many councils have an offer, what comes next, what is new, what to do."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import plotly.graph_objects as go
import streamlit as st

from dashboard import address
from dashboard.blocks import inputs, offer_lines, summary, tiles
from dashboard.blocks.downloads import downloads
from dashboard.blocks.empty import empty
from dashboard.blocks.figure import figure
from dashboard.blocks.heading import heading
from dashboard.blocks.table import table
from dashboard.columns import Column
from dashboard.council_states import CouncilState, council_states, tally
from dashboard.data import overview as data
from dashboard.data.councils import councils, coverage
from dashboard.data.offer_line import ChangedOffer, OfferLine, change_counts, latest_changes
from dashboard.data.published import PublishedFile
from dashboard.escaping import inner_link, plain
from dashboard.figures.development import (
    DevelopmentDay,
    development,
    development_figure,
    development_sentence,
)
from dashboard.figures.palette import Theme
from dashboard.formats import counted, date_text, last_working_day
from dashboard.page import PageContext
from dashboard.texts import prose
from dashboard.wording import FIRST_READ_MEANS, MODULE_CHOICES, MODULE_LABELS, ModuleChoice

# anchor -> heading of each part of the page, in the order in which they stand
SECTIONS = {
    "termine": "Die nächsten Termine",
    "neues": "Was ist neu?",
    "aufgaben": "Was braucht Aufmerksamkeit?",
    "bezirke": "Nach Regierungsbezirk",
    "plaetze": "Plätze und Mitglieder",
    "entwicklung": "Entwicklung",
}
NEXT_SHOWN = 8
CHANGES_SHOWN = 6
KEPT_RESULTS = 16

NEXT_COLUMNS: tuple[Column[OfferLine], ...] = (offer_lines.TITLE, *offer_lines.FACTS)

DEVELOPMENT_COLUMNS: tuple[Column[DevelopmentDay], ...] = (
    Column("Tag", lambda row: row.day),
    Column("Gremien mit Basismodul", lambda row: row.basis),
    Column("Gremien mit Aufbaumodul", lambda row: row.aufbau),
)


@lru_cache(maxsize=KEPT_RESULTS)
def _states(file: PublishedFile, past_day: date | None, choice: ModuleChoice) -> list[CouncilState]:
    return council_states(councils(file), coverage(file, past_day), choice)


@lru_cache(maxsize=KEPT_RESULTS)
def _development(file: PublishedFile, until: date) -> tuple[DevelopmentDay, ...]:
    return development(data.history(file, until))


@lru_cache(maxsize=KEPT_RESULTS)
def _drawn(file: PublishedFile, until: date, theme: Theme) -> go.Figure:
    return development_figure(_development(file, until), theme)


def show(context: PageContext) -> None:
    """Draws the page."""
    choice: ModuleChoice = address.MODULE.read()
    file, past_day, day = context.file, context.past_day, context.day
    states = _states(file, past_day, choice)
    apart = [_states(file, past_day, module) for module in ("basis", "aufbau")]
    upcoming, upcoming_count = data.next_offers(file, past_day, choice, day, NEXT_SHOWN)
    since = last_working_day(day)
    counts = change_counts(file, since, day, choice)
    changed = latest_changes(file, since, day, choice, CHANGES_SHOWN)
    attention = data.attention(file) if past_day is None else None
    seats, members = data.seats(file, past_day, choice), data.members(file)
    days = _development(file, day)

    numbers = tally(states, context.publication)
    st.html(tiles.head(context, numbers, choice) + summary.modules_sentence(*apart))
    inputs.buttons(
        "Modul", address.MODULE, {module: MODULE_LABELS[module] for module in MODULE_CHOICES}
    )
    st.html(tiles.tiles(numbers) + tiles.contents(SECTIONS))

    _next(context, upcoming, upcoming_count, choice)
    _news(counts, changed, since, day)
    _tasks(attention, numbers.counts["unknown"])
    heading(SECTIONS["bezirke"], "bezirke")
    st.html(table(summary.districts(states), summary.DISTRICT_COLUMNS, SECTIONS["bezirke"]))
    heading(SECTIONS["plaetze"], "plaetze")
    st.html(f'<p class="qa-lead">{summary.seats_sentences(seats, members)}</p>')
    heading(SECTIONS["entwicklung"], "entwicklung")
    if len(days) > 1:
        figure(
            context,
            "Gremien mit Angebot",
            lambda theme: _drawn(file, day, theme),
            development_sentence(days),
            DEVELOPMENT_COLUMNS,
            tuple(reversed(days)),
        )
    else:
        st.html(
            empty(
                "Noch keine Entwicklung: Dafür braucht es mindestens zwei Tage.",
                "Nach dem nächsten nächtlichen Durchgang steht hier für jeden Tag, wie viele "
                "Gremien ein Angebot hatten.",
            )
        )


def _next(
    context: PageContext,
    rows: tuple[OfferLine, ...],
    total: int,
    choice: ModuleChoice,
) -> None:
    heading(SECTIONS["termine"], "termine")
    if not rows:
        st.markdown(prose("no_upcoming_offers"))
        return
    shown = (
        f"Die nächsten {len(rows)} von {counted(total, 'Angebot', 'Angeboten')} mit Termin."
        if total > len(rows)
        else f"{counted(total, 'Angebot', 'Angebote')} mit Termin."
    )
    way = inner_link(address.href("angebote"), "Alle Angebote")
    st.html(
        f'<p class="qa-note">{shown} {way}</p>' + table(rows, NEXT_COLUMNS, "Die nächsten Termine")
    )
    file, past_day, day = context.file, context.past_day, context.day
    downloads(
        context,
        "Nächste Termine",
        NEXT_COLUMNS,
        lambda: data.all_next_offers(file, past_day, choice, day),
        filters=[f"Modul: {MODULE_LABELS[choice]}", f"Beginn ab {date_text(day)}"],
    )


def _news(counts: dict[str, int], rows: tuple[ChangedOffer, ...], since: date, day: date) -> None:
    heading(SECTIONS["neues"], "neues")
    sentence = plain(summary.news_sentence(counts, f"dem {date_text(since)}"))
    way = inner_link(address.changes_href("arbeitstag"), "Zum Tagebuch der Änderungen")
    st.html(
        f'<p class="qa-lead">{sentence}</p>'
        + (f'<p class="qa-note">{FIRST_READ_MEANS}</p>' if counts.get("first_read") else "")
        + (summary.news_list(rows) if rows else "")
        + f'<p class="qa-note">{way}</p>'
    )


def _tasks(attention: data.Attention | None, unknown: int) -> None:
    heading(SECTIONS["aufgaben"], "aufgaben")
    if attention is None:
        st.html(
            empty(
                "Für vergangene Tage gibt es keine Aufgaben.",
                "Was zu tun ist, steht beim neuesten Stand.",
                address.here((address.STAND, None)),
                "Zu den Aufgaben von heute",
            )
        )
        return
    found = summary.tasks(attention, unknown)
    if found:
        st.html(summary.task_list(found))
    else:
        st.html('<p class="qa-lead">Zurzeit nichts: Alle Quellen sind vollständig gelesen.</p>')
