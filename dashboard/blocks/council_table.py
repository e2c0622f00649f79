"""All councils as a real HTML table: chosen by search, sorted as asked, none cut."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import Any, Literal

from dashboard.columns import Column
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


def _name(row: CouncilState) -> str:
    council = row.council
    presumed = ' <span class="qa-badge">vermutet</span>' if council.presumed else ""
    kreis = (
        f'<span class="qa-small">{plain(kreis_text(council.kreis), 80)}</span>'
        if council.kreis and council.kreis != council.municipality
        else ""
    )
    return f"{plain(council.municipality, 80)}{presumed}{kreis}"


def state_cell(row: CouncilState) -> str:
    """Symbol and words of a council's state, as HTML."""
    words = STATE_WORDS[row.state]
    symbol = words.symbol_presumed if row.council.presumed else words.symbol
    return (
        f'<span class="qa-symbol qa-ink-{row.state}" aria-hidden="true">{symbol}</span> '
        f"{words.label}"
    )


def _offers(row: CouncilState) -> str:
    if not row.offer_count:
        return ""
    open_ones = f'<span class="qa-small">davon {number_text(row.open_offer_count)} offen</span>'
    return number_text(row.offer_count) + open_ones


def _checked(row: CouncilState) -> str:
    if row.checked_at is not None:
        return date_text(day_of(row.checked_at))
    return "" if row.state == "not_configured" else NEVER_CHECKED


COLUMNS: tuple[Column[CouncilState], ...] = (
    Column("Kommune", lambda row: row.council.municipality, cell=_name, width=18),
    Column("Schlüssel", lambda row: row.council.ags, on_page=False),
    Column("Kreis", lambda row: row.council.kreis, on_page=False),
    Column("Regierungsbezirk", lambda row: row.council.regierungsbezirk, on_page=False),
    Column("nur vermutet", lambda row: row.council.presumed, on_page=False),
    Column("Ergebnis", lambda row: STATE_WORDS[row.state].label, cell=state_cell, width=18),
    Column("Begründung", lambda row: row.reason, wide=True),
    Column("Angebote", lambda row: row.offer_count, cell=_offers, width=11.5),
    Column("davon offen", lambda row: row.open_offer_count, on_page=False),
    Column("Nächster Termin", lambda row: row.next_start, width=11.5),
    Column("Letzte Prüfung", lambda row: row.checked_at, cell=_checked, width=11.5),
)
CAPTION = "Gremien mit Ergebnis, Begründung, Zahl der Angebote, nächstem Termin und letzter Prüfung"
