"""All councils as a real HTML table: chosen by search, sorted as asked, none cut."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import Any, Literal

from dashboard.council_states import CouncilState
from dashboard.escaping import plain
from dashboard.formats import counted, date_text, day_of, number_text
from dashboard.search import folded, matches
from dashboard.wording import STATE_WORDS, STATES

SortChoice = Literal["municipality", "state", "offers", "next", "checked"]
SORT_LABELS: dict[SortChoice, str] = {
    "municipality": "Kommune (A–Z)",
    "state": "Ergebnis",
    "offers": "Zahl der Angebote",
    "next": "Nächster Termin",
    "checked": "Letzte Prüfung",
}
# (column heading, sort choice that orders by it)
COLUMNS: tuple[tuple[str, SortChoice | None], ...] = (
    ("Kommune", "municipality"),
    ("Ergebnis", "state"),
    ("Begründung", None),
    ("Angebote", "offers"),
    ("Nächster Termin", "next"),
    ("Letzte Prüfung", "checked"),
)
NEVER_CHECKED = "noch nie vollständig"

_ORDERS: dict[SortChoice, Callable[[CouncilState], Any]] = {
    "municipality": lambda row: (),
    "state": lambda row: STATES.index(row.state),
    "offers": lambda row: -row.offer_count,
    "next": lambda row: row.next_start or date.max,
    "checked": lambda row: row.checked_at or datetime.min.replace(tzinfo=UTC),
}


def chosen(rows: Sequence[CouncilState], query: str, order: SortChoice) -> list[CouncilState]:
    """The rows that match the search, in the wanted order and then by name."""
    found = [
        row
        for row in rows
        if matches(
            query,
            row.council.municipality,
            row.council.kreis,
            row.council.regierungsbezirk,
            STATE_WORDS[row.state].label,
            "vermutet" if row.council.presumed else "",
        )
    ]
    return sorted(found, key=lambda row: (_ORDERS[order](row), folded(row.council.municipality)))


def found_sentence(shown: int, total: int) -> str:
    """How many rows the search left: 3 von 112 Gremien."""
    if shown == total:
        return f"{counted(total, 'Gremium', 'Gremien')} in der Liste."
    if shown == 0:
        return (
            "Kein Gremium passt zu dieser Suche. "
            "Bitte die Schreibweise prüfen oder weniger eingeben."
        )
    return f"{number_text(shown)} von {counted(total, 'Gremium', 'Gremien')}."


def council_table(rows: Sequence[CouncilState], order: SortChoice) -> str:
    """The table; on narrow screens every row becomes a card, labelled by `data-label`."""
    heading = "".join(
        '<th role="columnheader" scope="col"'
        + (
            f' aria-sort="{"descending" if order == "offers" else "ascending"}"'
            if key == order
            else ""
        )
        + f">{label}</th>"
        for label, key in COLUMNS
    )
    body = "".join(_row(row) for row in rows)
    return (
        '<div class="qa-scroll" role="region" tabindex="0" aria-label="Liste der Gremien">'
        '<table class="qa-table" role="table">'
        '<caption class="qa-hidden">Gremien mit Ergebnis, Begründung, Zahl der Angebote, '
        "nächstem Termin und letzter Prüfung</caption>"
        f'<thead role="rowgroup"><tr role="row">{heading}</tr></thead>'
        f'<tbody role="rowgroup">{body}</tbody></table></div>'
    )


def _row(row: CouncilState) -> str:
    council = row.council
    presumed = ' <span class="qa-badge">vermutet</span>' if council.presumed else ""
    kreis = (
        f'<span class="qa-small">{plain(council.kreis, 80)}</span>'
        if council.kreis and council.kreis != council.municipality
        else ""
    )
    words = STATE_WORDS[row.state]
    symbol = words.symbol_presumed if council.presumed else words.symbol
    offers = number_text(row.offer_count) if row.offer_count else "–"
    if row.offer_count:
        offers += f'<span class="qa-small">davon {number_text(row.open_offer_count)} offen</span>'
    cells = (
        f'<span class="qa-symbol qa-ink-{row.state}" aria-hidden="true">{symbol}</span> '
        f"{words.label}",
        plain(row.reason),
        offers,
        date_text(row.next_start) if row.next_start else "–",
        date_text(day_of(row.checked_at)) if row.checked_at else NEVER_CHECKED,
    )
    return (
        f'<tr role="row"><th role="rowheader" scope="row">{plain(council.municipality, 80)}'
        f"{presumed}{kreis}</th>"
        + "".join(
            f'<td role="cell" data-label="{label}"><span>{cell}</span></td>'
            for (label, _), cell in zip(COLUMNS[1:], cells, strict=True)
        )
        + "</tr>"
    )
