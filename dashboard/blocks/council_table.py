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
NOTHING = "–"
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
            kreis_text(row.council.kreis) if row.council.kreis else None,
            f"Regierungsbezirk {row.council.regierungsbezirk or ''}",
            STATE_WORDS[row.state].label,
            "vermutet" if row.council.presumed else "",
        )
    ]
    return sorted(found, key=lambda row: (_ORDERS[order](row), folded(row.council.municipality)))


def kreis_text(name: str) -> str:
    """The district with its kind: Kreis Unna, Rhein-Erft-Kreis, Städteregion Aachen."""
    says_its_kind = "kreis" in name.casefold() or name.startswith("Städteregion")
    return name if says_its_kind else f"Kreis {name}"


def found_sentence(shown: int, total: int) -> str:
    """How many rows the search left: 3 von 112 Gremien passen zur Suche."""
    if shown == total:
        return f"{counted(total, 'Gremium', 'Gremien')} in der Liste."
    if shown == 0:
        return (
            "Kein Gremium passt zu dieser Suche. "
            "Bitte die Schreibweise prüfen oder weniger eingeben."
        )
    verb = "passt" if shown == 1 else "passen"
    return f"{number_text(shown)} von {counted(total, 'Gremium', 'Gremien')} {verb} zur Suche."


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
        '<div class="qa-frame"><table class="qa-table" role="table">'
        '<caption class="qa-hidden">Gremien mit Ergebnis, Begründung, Zahl der Angebote, '
        "nächstem Termin und letzter Prüfung</caption>"
        f'<thead role="rowgroup"><tr role="row">{heading}</tr></thead>'
        f'<tbody role="rowgroup">{body}</tbody></table></div>'
    )


def _checked(row: CouncilState) -> str:
    if row.checked_at is not None:
        return date_text(day_of(row.checked_at))
    return NOTHING if row.state == "not_configured" else NEVER_CHECKED


def _if_empty(cell: str) -> str:
    """Marks a cell that narrow screens leave out."""
    return ' class="qa-empty"' if cell == NOTHING else ""


def _row(row: CouncilState) -> str:
    council = row.council
    presumed = ' <span class="qa-badge">vermutet</span>' if council.presumed else ""
    kreis = (
        f'<span class="qa-small">{plain(kreis_text(council.kreis), 80)}</span>'
        if council.kreis and council.kreis != council.municipality
        else ""
    )
    words = STATE_WORDS[row.state]
    symbol = words.symbol_presumed if council.presumed else words.symbol
    offers = number_text(row.offer_count) if row.offer_count else NOTHING
    if row.offer_count:
        offers += f'<span class="qa-small">davon {number_text(row.open_offer_count)} offen</span>'
    cells = (
        f'<span class="qa-symbol qa-ink-{row.state}" aria-hidden="true">{symbol}</span> '
        f"{words.label}",
        plain(row.reason),
        offers,
        date_text(row.next_start) if row.next_start else NOTHING,
        _checked(row),
    )
    return (
        f'<tr role="row"><th role="rowheader" scope="row">{plain(council.municipality, 80)}'
        f"{presumed}{kreis}</th>"
        + "".join(
            f'<td role="cell" data-label="{label}"{_if_empty(cell)}><span>{cell}</span></td>'
            for (label, _), cell in zip(COLUMNS[1:], cells, strict=True)
        )
        + "</tr>"
    )
