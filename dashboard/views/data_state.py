"""The page Datenlage: how well the sources could be read, how complete the offers are, what the
register lacks, what people should look at. One source has a page of its own (`?quelle=`)."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard import address
from dashboard.address import Order
from dashboard.blocks import inputs, quality
from dashboard.blocks.downloads import downloads
from dashboard.blocks.empty import empty
from dashboard.blocks.heading import heading, page_head
from dashboard.blocks.source_table import (
    OUTCOMES,
    issue_list,
    issue_words,
    legend,
    source_columns,
    source_name,
)
from dashboard.blocks.table import Paging, table
from dashboard.columns import Column
from dashboard.data import sources as data
from dashboard.data.sources import Issue, Source
from dashboard.escaping import inner_link, plain
from dashboard.failure_words import LABELS, TABLE, FailureWords
from dashboard.formats import counted, date_text, number_text
from dashboard.page import PageContext
from dashboard.search import folded, matches
from dashboard.views import source_page

PARTS = {
    "quellen": "Quellen",
    "angaben": "Angaben je VHS",
    "register": "Lücken im Register",
    "hinweise": "Hinweise",
    "zahlen": "Zahlen",
}
NEVER, OLD = "nie", "alt"
STATE_OPTIONS = {
    **{state: word for state, (word, _) in OUTCOMES.items()},
    OLD: "zu lange her",
    NEVER: "noch nie besucht",
}
ISSUE_KINDS = {
    "source_failing": "gestörte Quelle",
    "source_unvisited": "nicht besuchte Quelle",
    "platform_changed": "anderes Kurssystem",
    "provider_unresolved": "Anbieter unklar",
    "duplicate_candidate": "vielleicht doppelt",
    "orphan_landing": "abgebrochener Besuch",
    "guard": "auffällige Daten",
}
STATE = address.choices("ergebnis", tuple(STATE_OPTIONS))
FAILURE = address.choice("fehler", tuple(LABELS))
SEARCH = address.words("suche")
ORDER = address.order(("dringlich", "name", "vollstaendig"), Order("dringlich"))
HINT = address.choices("hinweis", tuple(ISSUE_KINDS))

FAILURE_COLUMNS: tuple[Column[FailureWords], ...] = (
    Column("Störung", lambda row: row.label, width=24),
    Column("Was es bedeutet", lambda row: row.meaning),
    Column("Was tun?", lambda row: row.advice),
)
ISSUE_COLUMNS: tuple[Column[Issue], ...] = (
    Column("Art", lambda row: ISSUE_KINDS.get(row.kind, "Hinweis")),
    Column("Hinweis", issue_words),
    Column("Angebot", lambda row: row.offer_title),
    Column("Seit", lambda row: row.opened_at),
    Column("Betrifft", lambda row: row.subject),
)


def show(context: PageContext) -> None:
    """Draws the page, or the page of one source."""
    sources = data.sources(context.file, context.past_day)
    asked = address.SOURCE.read()
    if asked is not None:
        source_page.show(context, asked, next((s for s in sources if s.source_id == asked), None))
        return
    part = address.DATA_PART.read()
    if part == "quellen":
        _sources(context, sources)
    elif part == "hinweise":
        _issues(context, sources)
    else:
        shown = {"angaben": quality.offers, "register": quality.register, "zahlen": quality.sizes}
        draw = shown[part](context)
        _head(context)
        draw()


def _head(context: PageContext) -> None:
    page_head(context, "Datenlage", "Wie gut die Angaben dieses Atlas sind, und was zu tun ist.")
    inputs.buttons("Teil", address.DATA_PART, PARTS)
    if context.past_day is not None and address.DATA_PART.read() != "quellen":
        way = inner_link(address.here((address.STAND, None)), "Zum neuesten Stand")
        st.html(
            '<p class="qa-note">Dieser Teil wird nicht für vergangene Tage aufgehoben. Gezeigt '
            f"ist der Stand vom {date_text(context.publication.data_day)}. {way}</p>"
        )


def outcome_key(source: Source) -> str:
    """Under which filter a source stands."""
    if source.state is None:
        return NEVER
    return OLD if source.state == "complete" and not source.is_safe else source.state


def chosen_sources(
    sources: Sequence[Source], states: Sequence[str], failure: str | None, query: str
) -> list[Source]:
    """The sources that the filters leave."""
    return [
        source
        for source in sources
        if (not states or outcome_key(source) in states)
        and (failure is None or source.failure_class == failure)
        and matches(query, source.provider_name, source.url, source.source_id)
    ]


def sorted_sources(sources: Sequence[Source], order: Order) -> list[Source]:
    """In the asked order; by default those first that most councils wait for."""
    if order.key == "dringlich":
        urgent = sorted(
            sources,
            key=lambda row: (
                row.is_safe,
                not row.is_statewide,
                -row.council_count,
                folded(source_name(row)),
            ),
        )
        return urgent[::-1] if order.descending else urgent
    named = sorted(sources, key=lambda row: folded(source_name(row)), reverse=order.descending)
    if order.key == "name":
        return named
    return sorted(
        named,
        key=lambda row: row.last_complete_at.timestamp() if row.last_complete_at else 0.0,
        reverse=order.descending,
    )


def sources_sentence(sources: Sequence[Source]) -> str:
    """How many sources are safe, and what it means that the others are not."""
    total = counted(len(sources), "Quelle", "Quellen")
    unsafe = sum(not source.is_safe for source in sources)
    if not unsafe:
        return f"{total}: alle beim letzten Besuch vollständig gelesen."
    verb = "ist" if unsafe == 1 else "sind"
    return (
        f"{number_text(unsafe)} von {total} {verb} nicht vollständig oder nicht mehr frisch "
        "gelesen. Gremien, für die eine solche Quelle zuständig ist und für die kein Angebot "
        "bekannt ist, heißen „Nicht sicher“."
    )


def _sources(context: PageContext, sources: tuple[Source, ...]) -> None:
    states, failure, query = STATE.read(), FAILURE.read(), SEARCH.read()
    chosen = sorted_sources(chosen_sources(sources, states, failure, query), ORDER.read())
    paging = Paging(len(chosen), address.PAGE.read() or 1)
    page = chosen[paging.offset : paging.offset + paging.size]
    strips = data.strips(context.file, context.day, tuple(row.source_id for row in page))
    columns = source_columns(strips)

    _head(context)
    st.html(f'<p class="qa-lead">{plain(sources_sentence(sources))}</p>')
    inputs.several("Ergebnis des letzten Besuchs", STATE, STATE_OPTIONS)
    known = {source.failure_class for source in sources}
    with st.container(horizontal=True, key="filter", vertical_alignment="bottom"):
        inputs.search("Quelle oder Anbieter suchen", SEARCH, "zum Beispiel Rheine")
        inputs.select(
            "Störung",
            FAILURE,
            {None: "alle"} | {name: label for name, label in LABELS.items() if name in known},
        )
    if not page:
        st.html(_nothing(bool(sources)))
    else:
        st.html(f'<p class="qa-note" role="status">{_shown(len(chosen), len(sources))}</p>')
        st.html(
            legend()
            + table(page, columns, "Quellen und ihre letzten Besuche", ORDER)
            + paging.html("Quellen")
        )
        told = [STATE_OPTIONS[state] for state in states]
        filters = [f"Ergebnis: {', '.join(told)}"] if told else []
        filters += [f"Störung: {LABELS[failure]}"] if failure else []
        filters += [f"Suche: {query}"] if query else []
        downloads(context, "Quellen", columns, lambda: chosen, filters=filters)
    heading("Was die Störungen bedeuten", "stoerungen")
    st.html(table(TABLE, FAILURE_COLUMNS, "Störungen und was zu tun ist"))


def _shown(chosen: int, total: int) -> str:
    if chosen == total:
        return "Die Quellen, auf die am meisten Gremien warten, stehen oben."
    return f"{number_text(chosen)} von {counted(total, 'Quelle', 'Quellen')} passen zur Auswahl."


def _nothing(has_sources: bool) -> str:
    if not has_sources:
        return empty(
            "Es ist noch keine Quelle eingetragen.",
            "Quellen ergeben sich aus den Internetseiten der Volkshochschulen im Register.",
            address.here((address.DATA_PART, "register")),
            "Was im Register fehlt",
        )
    return empty(
        "Keine Quelle passt zur Auswahl.",
        "Bitte weniger Filter wählen oder anders suchen.",
        address.here((STATE, ()), (FAILURE, None), (SEARCH, "")),
        "Alle Quellen zeigen",
    )


def _issues(context: PageContext, sources: tuple[Source, ...]) -> None:
    issues = data.issues(context.file)
    kinds = HINT.read()
    chosen = [issue for issue in issues if not kinds or issue.kind in kinds]
    paging = Paging(len(chosen), address.PAGE.read() or 1)
    names = {source.source_id: source_name(source) for source in sources}

    _head(context)
    if not issues:
        st.html(
            empty(
                "Zurzeit wartet nichts auf eine Entscheidung.",
                "Hinweise entstehen nachts von selbst und gehen, sobald ihr Anlass behoben ist.",
            )
        )
        return
    number = counted(len(issues), "Hinweis ist", "Hinweise sind")
    st.html(
        f'<p class="qa-lead">{number} offen. Jeder geht von selbst, sobald sein Anlass behoben '
        "ist.</p>"
    )
    present = {issue.kind for issue in issues}
    inputs.several(
        "Art", HINT, {kind: label for kind, label in ISSUE_KINDS.items() if kind in present}
    )
    if not chosen:
        way = address.here((HINT, ()))
        st.html(empty("Kein Hinweis dieser Art.", "Es gibt andere.", way, "Alle Hinweise zeigen"))
        return
    shown = chosen[paging.offset : paging.offset + paging.size]
    st.html(issue_list(shown, names) + paging.html("Hinweise"))
    told = ", ".join(ISSUE_KINDS[kind] for kind in kinds)
    filters = [f"Art: {told}"] if told else []
    downloads(context, "Hinweise", ISSUE_COLUMNS, lambda: chosen, filters=filters)
