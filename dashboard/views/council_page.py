"""The page of one council: what there is for it, why, who serves it, and how we know."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import streamlit as st

from dashboard import address
from dashboard.blocks import council_facts, council_parts, inputs, summary
from dashboard.blocks.council_parts import ModuleResult
from dashboard.blocks.council_table import state_words
from dashboard.blocks.downloads import downloads
from dashboard.blocks.empty import empty
from dashboard.blocks.heading import heading, page_head
from dashboard.blocks.offer_table import calendar_entries
from dashboard.blocks.table import table
from dashboard.blocks.tiles import contents
from dashboard.council_states import NOT_EVALUATED, overall_state
from dashboard.data import council as data
from dashboard.data import offer_page
from dashboard.data.council_history import StateSpan, state_spans
from dashboard.data.councils import coverage
from dashboard.data.offer_line import ChangedOffer, latest_changes_of_council
from dashboard.data.published import PublishedFile
from dashboard.escaping import inner_link, plain
from dashboard.exports import CalendarEntry
from dashboard.formats import counted, date_text, number_text
from dashboard.page import PageContext
from dashboard.wording import MODULE_CHOICES, MODULE_LABELS, STATE_WORDS, ModuleChoice

SECTIONS = {
    "ergebnis": "Ergebnis je Modul",
    "angebote": "Angebote, die zählen",
    "naehe": "Angebote in der Nähe",
    "quellen": "Geprüfte Quellen",
    "zustaendig": "Zuständige Volkshochschulen",
    "vorbei": "Vergangene und abgesagte Angebote",
    "verlauf": "Verlauf",
    "gremium": "Über dieses Gremium",
}
NEAR_SHOWN = 10
SPANS_EACH = 5
CHANGES_SHOWN = 6


def show(context: PageContext, ags: str) -> None:
    """Draws the page of the council with this key, or says that there is none."""
    file, past_day, day = context.file, context.past_day, context.day
    council = data.evidence(file, ags)
    if council is None:
        _nobody(context, data.municipality_name(file, ags))
        return
    choice: ModuleChoice = address.MODULE.read()
    modules = sorted(
        (row for row in coverage(file, past_day) if row.ags == ags),
        key=lambda row: MODULE_CHOICES.index(row.module) if row.module in MODULE_CHOICES else 9,
    )
    results = [ModuleResult.of(row) for row in modules]
    offers = data.offers(file, ags, past_day)
    near, near_count = data.nearest_offers(file, ags, choice, past_day, NEAR_SHOWN)
    sources = data.sources(file, ags, past_day)
    providers = data.providers(file, ags)
    spans = state_spans(file, ags, day)
    changes = latest_changes_of_council(file, ags, day, CHANGES_SHOWN)

    back = inner_link(address.here((address.COUNCIL, None)), "Zur Liste der Gremien")
    page_head(context, council.municipality, f"{plain(council_facts.where(council))}<br>{back}")
    _lead(council, results, providers)
    st.html(contents(SECTIONS))
    about = f"Gremium: {council.municipality} ({council.ags})"

    heading(SECTIONS["ergebnis"], "ergebnis")
    columns = council_parts.module_columns(past_day is not None)
    if results:
        st.html(table(results, columns, SECTIONS["ergebnis"]))
    else:
        st.html(empty(NOT_EVALUATED, "Sie entsteht mit dem nächsten nächtlichen Durchgang."))
    if past_day is not None:
        st.html(
            '<p class="qa-note">Für vergangene Tage ist die Begründung nicht gespeichert; welche '
            "Quellen damals gelesen waren, steht unten.</p>"
        )
    _offers(context, offers, about)
    _near(context, ags, near, near_count, choice, about)
    _sources(context, sources, about)
    _providers(providers)
    _not_counted(context, offers, about)
    _history(context, spans, changes, about)
    heading(SECTIONS["gremium"], "gremium")
    st.html(council_facts.facts(council))


def _nobody(context: PageContext, municipality: str | None) -> None:
    page_head(context, "Gremium nicht gefunden")
    if municipality is None:
        why = "Diese Adresse nennt keine Kommune, die der Atlas kennt."
    else:
        why = f"In {municipality} ist kein Gremium belegt oder vermutet."
    back = address.here((address.COUNCIL, None))
    st.html(empty(why, "Alle bekannten Gremien stehen in der Liste.", back, "Zur Liste"))


def _lead(
    council: data.Evidence,
    results: list[ModuleResult],
    providers: tuple[data.ServingProvider, ...],
) -> None:
    state = overall_state(row.state for row in results)
    told = f"{state_words(state, council.presumed)}. {STATE_WORDS[state].explanation}"
    step = council_facts.next_step({row.module: row.state for row in results}, providers)
    presumed = (
        '<p class="qa-warn">Dieses Gremium ist nur vermutet und zählt in keiner Zahl mit: '
        "Es fehlt ein Beleg, dass es das Gremium gibt.</p>"
        if council.presumed
        else ""
    )
    st.html(
        f'{presumed}<p class="qa-lead"><strong>{told}</strong></p>'
        + (f'<p class="qa-lead">{plain(step)}</p>' if step and results else "")
    )


def _offers(context: PageContext, offers: tuple[data.CouncilOffer, ...], about: str) -> None:
    counting = [row for row in offers if row.covers]
    heading(SECTIONS["angebote"], "angebote")
    if not counting:
        st.html(
            empty(
                "Für dieses Gremium ist kein Angebot bekannt, das zählt.",
                "Es zählen Angebote, die weder abgesagt noch vorbei sind. Die nächsten anderswo "
                "stehen darunter.",
            )
        )
        return
    st.html(table(counting, council_parts.OFFER_COLUMNS, SECTIONS["angebote"]))
    file, past_day = context.file, context.past_day
    downloads(
        context,
        "Angebote",
        council_parts.OFFER_COLUMNS,
        lambda: counting,
        filters=[about],
        calendar=lambda: dates_of(file, past_day, [row.offer_id for row in counting]),
    )


def dates_of(
    file: PublishedFile, past_day: date | None, offer_ids: list[str]
) -> Iterator[CalendarEntry]:
    """The dates of these offers for a calendar; of past days only their first days are kept."""
    found = [offer_page.offer(file, offer_id, past_day) for offer_id in offer_ids]
    sessions = (
        [row for offer_id in offer_ids for row in offer_page.sessions(file, offer_id)]
        if past_day is None
        else []
    )
    return calendar_entries([offer for offer in found if offer is not None], sessions)


def _near(
    context: PageContext,
    ags: str,
    rows: tuple[data.NearOffer, ...],
    total: int,
    choice: ModuleChoice,
    about: str,
) -> None:
    heading(SECTIONS["naehe"], "naehe")
    inputs.buttons(
        "Modul", address.MODULE, {module: MODULE_LABELS[module] for module in MODULE_CHOICES}
    )
    if not rows:
        st.html(
            empty(
                "Zurzeit ist anderswo kein solches Angebot bekannt, das zählt.",
                "Vielleicht gibt es eines in einem anderen Modul.",
                address.here((address.MODULE, "all")),
                "Alle Module zeigen",
            )
        )
        return
    shown = f"Die nächsten {len(rows)} von {number_text(total)}. " if total > len(rows) else ""
    st.html(
        f'<p class="qa-note">{shown}Angebote anderer Volkshochschulen in anderen Kommunen, '
        "Entfernung als Luftlinie zwischen den Orten.</p>"
    )
    st.html(table(rows, council_parts.NEAR_COLUMNS, SECTIONS["naehe"]))
    file, past_day = context.file, context.past_day
    downloads(
        context,
        "Angebote in der Nähe",
        council_parts.NEAR_COLUMNS,
        lambda: data.near_offers(file, ags, choice, past_day),
        filters=[about, f"Modul: {MODULE_LABELS[choice]}"],
    )


def _sources(context: PageContext, rows: tuple[data.AssignedSource, ...], about: str) -> None:
    heading(SECTIONS["quellen"], "quellen")
    if not rows:
        st.html(
            empty(
                "Diesem Gremium ist keine Quelle zugeordnet.",
                "Dafür braucht es eine zuständige Volkshochschule mit Internetseite im Register.",
            )
        )
        return
    unsafe = sum(not council_parts.is_safe(row) for row in rows)
    told = (
        f"{counted(len(rows), 'Quelle', 'Quellen')}, alle vollständig gelesen."
        if not unsafe
        else f"{number_text(unsafe)} von {counted(len(rows), 'Quelle', 'Quellen')} "
        f"{'ist' if unsafe == 1 else 'sind'} nicht vollständig gelesen."
    )
    st.html(f'<p class="qa-lead">{told}</p>')
    st.html(table(rows, council_parts.SOURCE_COLUMNS, SECTIONS["quellen"]))
    downloads(context, "Quellen", council_parts.SOURCE_COLUMNS, lambda: rows, filters=[about])


def _providers(rows: tuple[data.ServingProvider, ...]) -> None:
    heading(SECTIONS["zustaendig"], "zustaendig")
    if not rows:
        st.html(
            empty(
                "Für diese Kommune ist keine Volkshochschule hinterlegt.",
                "Wer weiß, welche zuständig ist, teile es bitte denen mit, die das Register "
                "pflegen.",
            )
        )
        return
    st.html(table(rows, council_parts.PROVIDER_COLUMNS, SECTIONS["zustaendig"]))


def _not_counted(context: PageContext, offers: tuple[data.CouncilOffer, ...], about: str) -> None:
    rows = [row for row in reversed(offers) if not row.covers]
    heading(SECTIONS["vorbei"], "vorbei")
    if not rows:
        st.html('<p class="qa-note">Bisher keine.</p>')
        return
    st.html(table(rows, council_parts.NOT_COUNTED_COLUMNS, SECTIONS["vorbei"]))
    downloads(
        context,
        "Vergangene Angebote",
        council_parts.NOT_COUNTED_COLUMNS,
        lambda: rows,
        filters=[about],
    )


def _history(
    context: PageContext,
    spans: tuple[StateSpan, ...],
    changes: tuple[ChangedOffer, ...],
    about: str,
) -> None:
    heading(SECTIONS["verlauf"], "verlauf")
    if not spans:
        st.html(
            empty("Noch kein Verlauf.", "Er entsteht mit jedem nächtlichen Durchgang von selbst.")
        )
        return
    shown = council_parts.newest_spans(spans, SPANS_EACH)
    since = min(span.first_day for span in spans)
    cut = (
        f" Gezeigt sind je Modul die neuesten {SPANS_EACH} Abschnitte; die Dateien enthalten alle."
        if len(shown) < len(spans)
        else ""
    )
    st.html(
        f'<p class="qa-note">Beobachtet seit dem {date_text(since)}, berechnet mit den '
        f"Zuordnungen von heute.{cut}</p>"
    )
    st.html(table(shown, council_parts.SPAN_COLUMNS, "Ergebnis im Lauf der Zeit"))
    downloads(context, "Verlauf", council_parts.SPAN_COLUMNS, lambda: spans, filters=[about])
    if changes:
        st.html("<h3>Zuletzt an den Angeboten geändert</h3>" + summary.news_list(changes))
