"""Parts of the page Datenlage: completeness by provider, gaps of the register, sizes of tables.

Each reads what it needs and gives back a function that draws it.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard import address
from dashboard.address import Order
from dashboard.blocks import inputs
from dashboard.blocks.downloads import downloads, file_name
from dashboard.blocks.empty import empty
from dashboard.blocks.heading import heading
from dashboard.blocks.table import Paging, table
from dashboard.columns import Column
from dashboard.data import quality as data
from dashboard.data.quality import Gap, ProviderQuality, TableSize
from dashboard.escaping import inner_link, link, one_line, plain
from dashboard.formats import counted, date_text, number_text
from dashboard.page import PageContext
from dashboard.search import folded, matches

PROVIDER = address.identifier("anbieter")
SEARCH = address.words("suche")
GAP = address.choices("luecke", data.GAP_KINDS)
ORDER = address.order(("punkte", "name", "angebote", "fehlt"), Order("punkte"))
GAP_LABELS = {
    "gremium": "Gremium ohne zuständige VHS",
    "gebiet": "VHS ohne Einzugsgebiet",
    "adresse": "VHS ohne bekannte Internetseite",
    "vermutet": "Gremium nur vermutet",
}
GAP_ADVICE = {
    "gremium": "Klären, welche Volkshochschule für diese Kommune zuständig ist.",
    "gebiet": "Klären, welche Kommunen diese Volkshochschule versorgt.",
    "adresse": "Adresse der Kursseite eintragen lassen; erst dann kann dort nachgesehen werden.",
    "vermutet": "Klären, ob es das Gremium gibt, und einen Beleg eintragen lassen.",
}
TABLE_LABELS = {
    "announcement_events": "Termine in Ankündigungen",
    "announcements": "Ankündigungen",
    "council_coverage": "Ergebnisse je Gremium und Modul",
    "council_offers": "Zuordnungen von Angeboten zu Gremien",
    "council_sources": "Zuordnungen von Quellen zu Gremien",
    "council_totals": "Veröffentlichte Gesamtzahlen",
    "councils": "Gremien",
    "coverage_history": "Entwicklung",
    "merge_decisions": "Zusammengeführte Einträge",
    "municipalities": "Kommunen",
    "municipality_shapes": "Umrisse der Kommunen",
    "offer_changes": "Änderungen an Angeboten",
    "offer_gaps": "Fehlende Angaben",
    "offer_sessions": "Einzelne Termine",
    "offer_versions": "Fassungen von Angeboten",
    "offers": "Angebote",
    "organisations": "Organisationen",
    "provenance": "Herkunft der Angaben",
    "provider_quality": "Anbieter mit Bewertung",
    "providers": "Anbieter",
    "publication": "Veröffentlichung",
    "series_modules": "Module der Reihe",
    "service_areas": "Einzugsgebiete",
    "text_provenance": "Herkunft der Angaben in Ankündigungen und Verzeichnissen",
    "source_checks": "Besuche bei Quellen",
    "source_health": "Quellen",
}
Draw = Callable[[], None]


def _table_name(row: TableSize) -> str:
    return TABLE_LABELS.get(row.table_name, row.table_name)


def _name_cell(row: ProviderQuality) -> str:
    return inner_link(address.here((PROVIDER, row.provider_id)), row.name, "Text an den Anbieter")


def _score_cell(row: ProviderQuality) -> str:
    return (
        f'<span class="qa-score" style="--share:{row.score}%" aria-hidden="true"></span> '
        f"{row.score} von 100"
    )


QUALITY_COLUMNS: tuple[Column[ProviderQuality], ...] = (
    Column("Anbieter", lambda row: row.name, cell=_name_cell, sort="name"),
    Column("Punkte", lambda row: row.score, cell=_score_cell, sort="punkte", width=24),
    Column("Angebote", lambda row: row.offer_count, sort="angebote", width=16),
    Column("Fehlende Angaben", lambda row: row.gap_count, sort="fehlt", width=18),
    Column("Internetseite", lambda row: row.website, on_page=False),
    Column("Text an den Anbieter", lambda row: row.message, on_page=False),
)
GAP_COLUMNS: tuple[Column[Gap], ...] = (
    Column("Name", lambda row: row.name, width=30),
    Column("Kreis oder Sitz", lambda row: row.place, width=18),
    Column("Was fehlt", lambda row: GAP_LABELS[row.kind], width=20),
    Column("Was tun?", lambda row: GAP_ADVICE[row.kind]),
    Column(
        "Beleg",
        lambda row: row.source_url,
        cell=lambda row: link(row.source_url, "Fundstelle", row.name) or "",
        width=14,
    ),
)
SIZE_COLUMNS: tuple[Column[TableSize], ...] = (
    Column("Was", _table_name),
    Column("Zeilen", lambda row: row.row_count, width=18),
    Column("davor", lambda row: row.previous_row_count, width=18),
    Column("Unterschied", lambda row: difference(row), width=18),
    Column("Tabelle", lambda row: row.table_name, on_page=False),
)


def difference(row: TableSize) -> int | None:
    """How many rows there are more than in the publication before."""
    return None if row.previous_row_count is None else row.row_count - row.previous_row_count


def sorted_quality(rows: tuple[ProviderQuality, ...], order: Order) -> list[ProviderQuality]:
    """In the asked order, equal ones by name."""
    keys: dict[str, Callable[[ProviderQuality], int]] = {
        "punkte": lambda row: row.score,
        "angebote": lambda row: row.offer_count,
        "fehlt": lambda row: row.gap_count,
    }
    named = sorted(rows, key=lambda row: folded(row.name), reverse=order.descending)
    if order.key == "name":
        return named
    return sorted(named, key=keys[order.key], reverse=order.descending)


def offers(context: PageContext) -> Draw:
    """How complete the offers of each provider are, and what to write to one of them."""
    rows = data.provider_quality(context.file)
    asked = PROVIDER.read()
    one = next((row for row in rows if row.provider_id == asked), None)
    query = SEARCH.read()
    chosen = sorted_quality(tuple(row for row in rows if matches(query, row.name)), ORDER.read())
    paging = Paging(len(chosen), address.PAGE.read() or 1)

    def draw() -> None:
        if not rows:
            st.html(
                empty(
                    "Zurzeit ist kein aktuelles Angebot bekannt.",
                    "Sobald Angebote gefunden sind, steht hier, welche Angaben ihnen fehlen.",
                )
            )
            return
        if one is not None:
            _message(context, one)
        mean = round(sum(row.score * row.offer_count for row in rows) / _offers(rows))
        st.html(
            f'<p class="qa-lead">{counted(len(rows), "Anbieter hat", "Anbieter haben")} '
            f"{counted(_offers(rows), 'aktuelles Angebot', 'aktuelle Angebote')}; im Mittel sind "
            f"die Angaben zu {mean} von 100 Punkten vollständig. Gezählt wird, was Mitglieder "
            "brauchen, um sich zu entscheiden und anzumelden: Termin, Uhrzeit, Ort, Plätze, "
            "Preis, Anmeldung.</p>"
        )
        inputs.search("Anbieter suchen", SEARCH)
        page = chosen[paging.offset : paging.offset + paging.size]
        if not page:
            way = address.here((SEARCH, ""))
            st.html(empty("Kein Anbieter passt.", "Bitte anders suchen.", way, "Alle zeigen"))
            return
        caption = "Vollständigkeit der Angaben je Anbieter"
        st.html(table(page, QUALITY_COLUMNS, caption, ORDER) + paging.html("Anbieter"))
        filters = [f"Suche: {query}"] if query else []
        downloads(context, "Vollständigkeit", QUALITY_COLUMNS, lambda: chosen, filters=filters)

    return draw


def _offers(rows: tuple[ProviderQuality, ...]) -> int:
    return sum(row.offer_count for row in rows)


def message_text(message: str) -> str:
    """The message line by line without invisible signs."""
    return "\n".join(one_line(line, 1000) for line in message.splitlines())


def _message(context: PageContext, row: ProviderQuality) -> None:
    heading(f"Text an: {one_line(row.name, 120)}", "text")
    text = message_text(row.message)
    close = inner_link(address.here((PROVIDER, None)), "Schließen")
    site = link(row.website, "Internetseite des Anbieters") or ""
    st.html(
        '<p class="qa-note">Zum Kopieren in eine E-Mail, oder als Datei. Änderungen in diesem '
        f"Feld werden nicht gespeichert. {site} {close}</p>"
    )
    st.text_area("Text an den Anbieter", text, height=320, key=f"nachricht_{row.provider_id}")
    st.download_button(
        "Text als Datei",
        data=text.encode("utf-8-sig"),
        file_name=file_name(f"text an {row.provider_id}", context, "txt"),
        mime="text/plain",
        on_click="ignore",
        key="nachricht_datei",
    )


def register(context: PageContext) -> Draw:
    """What the register does not know."""
    gaps = data.register_gaps(context.file)
    evidenced = data.evidenced_councils(context.file)
    kinds, query = GAP.read(), SEARCH.read()
    chosen = [
        gap
        for gap in gaps
        if (not kinds or gap.kind in kinds) and matches(query, gap.name, gap.place)
    ]
    paging = Paging(len(chosen), address.PAGE.read() or 1)

    def draw() -> None:
        st.html(f'<p class="qa-lead">{plain(unnamed_sentence(context, evidenced))}</p>')
        counts = {kind: sum(gap.kind == kind for gap in gaps) for kind in GAP_LABELS}
        inputs.several(
            "Was fehlt",
            GAP,
            {kind: f"{label}: {number_text(counts[kind])}" for kind, label in GAP_LABELS.items()},
        )
        inputs.search("Kommune oder Anbieter suchen", SEARCH)
        page = chosen[paging.offset : paging.offset + paging.size]
        if not page:
            way = address.here((GAP, ()), (SEARCH, ""))
            st.html(
                empty("Dazu fehlt nichts im Register.", "Andere Filter zeigen mehr.", way, "Alle")
            )
            return
        st.html(table(page, GAP_COLUMNS, "Lücken im Register") + paging.html("Lücken"))
        filters = [f"Was fehlt: {', '.join(GAP_LABELS[kind] for kind in kinds)}"] if kinds else []
        filters += [f"Suche: {query}"] if query else []
        downloads(context, "Lücken im Register", GAP_COLUMNS, lambda: chosen, filters=filters)

    return draw


def unnamed_sentence(context: PageContext, evidenced: int) -> str:
    """How many of the stated councils nobody has named yet, with the day of that number."""
    told = context.publication
    if told.stated_council_total is None:
        return (
            f"Belegt sind {counted(evidenced, 'Gremium', 'Gremien')}. Wie viele es insgesamt "
            "gibt, ist nicht bekannt."
        )
    as_of = told.stated_council_total_as_of
    day = f" (Stichtag {date_text(as_of)})" if as_of is not None else ""
    unnamed = max(0, told.stated_council_total - evidenced)
    rest = (
        f"{counted(unnamed, 'Gremium ist', 'Gremien sind')} noch nicht benannt: Es fehlt ein "
        "Beleg, in welcher Kommune."
        if unnamed
        else "Alle sind benannt."
    )
    return (
        f"Von {counted(told.stated_council_total, 'Gremium', 'Gremien')}{day} sind "
        f"{number_text(evidenced)} belegt. {rest}"
    )


def sizes(context: PageContext) -> Draw:
    """How many rows each table has, beside the publication before."""
    rows = sorted(data.table_sizes(context.file), key=lambda row: folded(_table_name(row)))

    def draw() -> None:
        if not rows:
            st.html(
                empty(
                    "Noch keine Zahlen.",
                    "Sie entstehen mit der nächsten Veröffentlichung.",
                )
            )
            return
        st.html(
            '<p class="qa-lead">Wie viele Zeilen jede Tabelle hat, verglichen mit der '
            "Veröffentlichung davor. Ein großer Verlust hält eine Veröffentlichung auf.</p>"
            + table(rows, SIZE_COLUMNS, "Zeilen je Tabelle")
        )
        downloads(context, "Zeilen je Tabelle", SIZE_COLUMNS, lambda: rows)

    return draw
