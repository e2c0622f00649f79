"""The page of one source: its last visit, what to do, all visits, what was read."""

from __future__ import annotations

import streamlit as st

from dashboard import address
from dashboard.blocks.downloads import downloads
from dashboard.blocks.empty import empty
from dashboard.blocks.heading import heading, page_head
from dashboard.blocks.source_table import (
    OUTCOMES,
    advice,
    concerns,
    hits,
    issue_words,
    outcome,
    sentence,
    source_name,
    strip_sentence,
    technical,
)
from dashboard.blocks.table import Paging, table
from dashboard.columns import Column
from dashboard.data import sources as data
from dashboard.data.sources import Share, Source, Visit
from dashboard.escaping import host_of, inner_link, link, plain
from dashboard.failure_words import failure_words
from dashboard.formats import date_text, day_of, moment_text, number_text
from dashboard.page import PageContext
from dashboard.wording import FIELD_LABELS, SOURCE_KINDS

# Steps of a visit as readers may know them.
STEPS = {
    "robots": "Erlaubnis des Betreibers",
    "home": "Startseite",
    "search": "Suche",
    "walk": "Weitere Seiten des Programms",
    "course": "Kursseiten",
    "export": "Kurslisten zum Herunterladen",
    "calendar": "Kalendereinträge",
    "overview": "Übersicht",
    "page": "Seiten",
    "sitemap": "Verzeichnis aller Seiten",
}


def _visit_reason(visit: Visit) -> str | None:
    if visit.state == "complete":
        return None
    return failure_words(visit.state, visit.failure_class).meaning


VISIT_COLUMNS: tuple[Column[Visit], ...] = (
    Column("Besuch", lambda row: row.finished_at, width=17),
    Column("Stand", lambda row: row.day, on_page=False),
    Column(
        "Ergebnis",
        lambda row: OUTCOMES[row.state][0],
        cell=lambda row: outcome(row.state),
        width=16,
    ),
    Column("Grund", _visit_reason),
    Column("Abrufe", lambda row: row.requests, width=9),
    Column("Seiten", lambda row: row.pages, width=9),
    Column("Einträge", lambda row: row.records, width=10),
    Column("Treffer gelesen", lambda row: row.parsed_count, cell=hits, width=12),
    Column("Treffer laut Seite", lambda row: row.stated_count, on_page=False),
    Column("Einzelheiten für die Technik", lambda row: row.detail, on_page=False),
)
STEP_COLUMNS: tuple[Column[Share], ...] = (
    Column("Schritt", lambda row: STEPS.get(row.name, row.name)),
    Column("Abrufe", lambda row: int(row.number), width=30),
)
FIELD_COLUMNS: tuple[Column[Share], ...] = (
    Column("Angabe", lambda row: FIELD_LABELS.get(row.name, row.name)),
    Column(
        "gefunden in Prozent der Kurse",
        lambda row: round(100 * row.number),
        cell=lambda row: f"{round(100 * row.number)} %",
        width=30,
    ),
)


def show(context: PageContext, source_id: str, source: Source | None) -> None:
    """Draws the page; for None it says that there is no such source."""
    file, day = context.file, context.day
    back = address.href("datenlage")
    if source is None:
        page_head(context, "Datenlage")
        st.html(
            empty(
                "Diese Quelle gibt es nicht oder nicht mehr.",
                "Vielleicht wurde sie umbenannt oder aus dem Register genommen.",
                back,
                "Alle Quellen zeigen",
            )
        )
        return
    paging = Paging(data.visit_count(file, source_id, day), address.PAGE.read() or 1)
    visits = data.visits(file, source_id, day, paging.size, paging.offset)
    last = data.strips(file, day, (source_id,)).get(source_id, [])
    steps, fields = data.steps(file, source_id), data.field_shares(file, source_id)
    issues = [
        issue
        for issue in data.issues(file)
        if issue.subject == source_id and issue.kind != "source_failing"
    ]

    page_head(context, source_name(source), f"Quelle. {inner_link(back, 'Alle Quellen')}")
    st.html(_facts(source, strip_sentence(last)))
    if context.past_day is None:
        for issue in issues:
            st.html(f'<p class="qa-nothing">{plain(issue_words(issue))}</p>')
    heading("Alle Besuche", "besuche")
    if visits:
        st.html(table(visits, VISIT_COLUMNS, "Alle Besuche") + paging.html("Besuche"))
        downloads(
            context,
            "Besuche",
            VISIT_COLUMNS,
            lambda: data.all_visits(file, source_id, day),
            filters=[f"Quelle: {source_name(source)}"],
        )
    else:
        st.html(
            empty(
                "Diese Quelle wurde noch nie besucht.",
                "Das geschieht beim nächsten nächtlichen Durchgang.",
            )
        )
    if context.past_day is None and visits:
        _last_visit(context, steps, fields)


def _facts(source: Source, told: str) -> str:
    site = link(source.url, host_of(source.url or "") or "Internetseite") or ""
    facts = (
        ("Art", SOURCE_KINDS.get(source.kind, "")),
        ("Adresse", site),
        ("Betrifft", concerns(source)),
        ("Ergebnis", outcome(source.state)),
        ("Grund", plain(sentence(source))),
        ("Was tun?", plain(advice(source))),
        ("Besuche", told),
        ("Zuletzt", moment_text(source.last_crawl_at) if source.last_crawl_at else ""),
        (
            "Vollständig",
            f"zuletzt am {date_text(day_of(source.last_complete_at))}"
            if source.last_complete_at
            else "noch nie",
        ),
        ("Gestört", _since(source)),
        ("Treffer", f"{hits(source)} gelesen" if hits(source) else ""),
        ("Einträge", number_text(source.records) if source.records is not None else ""),
    )
    rows = "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in facts if value)
    details = " ".join(part for part in (source.failure_class, source.detail) if part)
    words = f"<p><code>{plain(source.source_id, 120)} {plain(source.platform, 60)}</code></p>"
    if details and not source.is_safe:
        words += f"<p><code>{plain(details)}</code></p>"
    return f'<dl class="qa-facts">{rows}</dl>{technical(words)}'


def _since(source: Source) -> str:
    if source.failing_since is None:
        return ""
    return f"seit dem {date_text(day_of(source.failing_since))}"


def _last_visit(context: PageContext, steps: tuple[Share, ...], fields: tuple[Share, ...]) -> None:
    if steps:
        heading("Abrufe beim letzten Besuch", "abrufe")
        st.html(table(steps, STEP_COLUMNS, "Abrufe beim letzten Besuch"))
    if fields:
        heading("Was in den Kursen stand", "angaben")
        st.html(
            '<p class="qa-note">Wie oft die Kurse dieser Quelle eine Angabe enthielten. Fällt ein '
            "Anteil plötzlich, hat sich vielleicht die Seite geändert.</p>"
            + table(fields, FIELD_COLUMNS, "Anteil der Kurse mit jeder Angabe")
        )
        downloads(context, "Anteile der Angaben", FIELD_COLUMNS, lambda: fields)
