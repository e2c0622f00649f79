"""The page Methode: what the words mean, where the numbers come from, what is missing."""

from __future__ import annotations

import streamlit as st

from dashboard.blocks.downloads import downloads
from dashboard.blocks.empty import empty
from dashboard.blocks.heading import heading, page_head
from dashboard.blocks.table import table
from dashboard.blocks.tiles import contents
from dashboard.columns import Column
from dashboard.data import method as data
from dashboard.escaping import host_of, link, plain
from dashboard.formats import counted, number_text
from dashboard.page import PageContext
from dashboard.texts import prose
from dashboard.wording import EVIDENCE_LABELS, STATE_WORDS, STATES, State

# anchor -> heading of each part of the page, in the order in which they stand
SECTIONS = {
    "begriffe": "Begriffe",
    "ergebnisse": "Die vier Ergebnisse",
    "gesamtzahl": "Wie viele Gremien gibt es?",
    "belege": "Wie gut sind die Gremien belegt?",
    "luecken": "Bekannte Lücken",
    "quellen": "Quellen und Lizenzen",
}


def _source(row: data.CouncilTotal) -> str:
    return link(row.source_url, host_of(row.source_url) or "Fundstelle", row.meaning) or ""


def _total(row: data.CouncilTotal) -> str:
    badge = ' <span class="qa-badge">damit wird gerechnet</span>' if row.is_denominator else ""
    return f"{number_text(row.total)}{badge}"


TOTAL_COLUMNS: tuple[Column[data.CouncilTotal], ...] = (
    Column("Gesamtzahl", lambda row: row.total, cell=_total, width=22),
    Column("Stichtag", lambda row: row.as_of, width=12),
    Column("Was gezählt wurde", lambda row: row.meaning),
    Column("davon Räte", lambda row: row.integrationsraete, width=12),
    Column("davon Ausschüsse", lambda row: row.integrationsausschuesse, width=12),
    Column("Fundstelle", lambda row: row.source_url, cell=_source),
    Column("maßgeblich", lambda row: row.is_denominator, on_page=False),
)

STATE_COLUMNS: tuple[Column[State], ...] = (
    Column(
        "Ergebnis",
        lambda state: STATE_WORDS[state].label,
        cell=lambda state: (
            f'<span class="qa-symbol qa-ink-{state}" aria-hidden="true">'
            f"{STATE_WORDS[state].symbol}</span> {STATE_WORDS[state].label}"
        ),
        width=30,
    ),
    Column("Was es bedeutet", lambda state: STATE_WORDS[state].explanation),
)

EVIDENCE_COLUMNS: tuple[Column[data.Evidence], ...] = (
    Column("Beleg", lambda row: EVIDENCE_LABELS.get(row.level, row.level)),
    Column("Gremien", lambda row: row.councils, width=18),
    Column("zählt mit", lambda row: "nein, nur vermutet" if row.presumed else "ja", width=25),
)


def show(context: PageContext) -> None:
    """Draws the page."""
    file = context.file
    totals, evidence, register = (
        data.council_totals(file),
        data.evidence(file),
        data.register(file),
    )
    page_head(context, "Methode")
    st.html(contents(SECTIONS))
    heading(SECTIONS["begriffe"], "begriffe")
    st.markdown(prose("method_terms"))
    heading(SECTIONS["ergebnisse"], "ergebnisse")
    st.markdown(prose("method_states"))
    st.html(table(STATES, STATE_COLUMNS, "Die vier Ergebnisse"))
    st.markdown(prose("method_states_after"))
    _totals(context, totals)
    heading(SECTIONS["belege"], "belege")
    st.html(table(evidence, EVIDENCE_COLUMNS, "Gremien nach der Güte des Belegs"))
    heading(SECTIONS["luecken"], "luecken")
    st.html(f'<p class="qa-lead">{plain(register_sentence(register))}</p>')
    st.markdown(prose("method_gaps"))
    heading(SECTIONS["quellen"], "quellen")
    with st.container(key="quellenangaben"):
        st.markdown(prose("sources_and_licences"))


def _totals(context: PageContext, totals: tuple[data.CouncilTotal, ...]) -> None:
    heading(SECTIONS["gesamtzahl"], "gesamtzahl")
    st.markdown(prose("method_denominator"))
    if not totals:
        st.html(
            empty(
                "Es ist keine Gesamtzahl eingetragen.",
                "Sie gehört mit Fundstelle und Stichtag in das Register.",
            )
        )
        return
    st.html(table(totals, TOTAL_COLUMNS, "Veröffentlichte Gesamtzahlen der Gremien"))
    downloads(context, "Gesamtzahlen der Gremien", TOTAL_COLUMNS, lambda: totals)


def register_sentence(register: data.Register) -> str:
    """What the register lacks, in numbers."""
    return (
        f"Belegt sind {counted(register.councils, 'Gremium', 'Gremien')}; für "
        f"{number_text(register.without_source)} ist keine eigene Quelle bekannt, für "
        f"{number_text(register.without_members)} nicht, wie viele Mitglieder sie haben. Von "
        f"{counted(register.providers, 'Anbieter', 'Anbietern')} "
        f"{'hat' if register.providers_without_website == 1 else 'haben'} "
        f"{number_text(register.providers_without_website)} keine bekannte Internetseite. Gelesen "
        f"{'wird' if register.sources == 1 else 'werden'} "
        f"{counted(register.sources, 'Quelle', 'Quellen')}."
    )
