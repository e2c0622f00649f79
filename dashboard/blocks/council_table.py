"""All councils as a table: chosen by filters and search, sorted as asked, none cut."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from dashboard import address
from dashboard.address import Order
from dashboard.columns import Column
from dashboard.council_search import Found, find
from dashboard.council_states import CouncilState
from dashboard.council_words import kreis_label, members_period
from dashboard.data.frame import Publication
from dashboard.escaping import inner_link, plain
from dashboard.formats import counted, date_text, day_of, decimal_text, number_text
from dashboard.search import folded
from dashboard.wording import MODULE_LABELS, STATE_WORDS, STATES, ModuleChoice, State

NEVER_CHECKED = "noch nie vollständig"
BY_NAME = Order("kommune")
CAPTION = "Gremien mit Ergebnis, Angeboten, nächstem Termin und letzter Prüfung"

# What a column sorts by; rows without such a value stand last, whichever way it is sorted.
_ORDERS: dict[str, Callable[[CouncilState], Any]] = {
    "kommune": lambda row: folded(row.council.municipality),
    "ergebnis": lambda row: STATES.index(row.state),
    "angebote": lambda row: row.offer_count,
    "termin": lambda row: row.next_start,
    "entfernung": lambda row: row.nearest_km,
    "pruefung": lambda row: row.checked_at,
}
ORDER = address.order(tuple(_ORDERS), BY_NAME)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for: empty values ask for nothing."""

    choice: ModuleChoice = "all"
    states: tuple[str, ...] = ()
    district: str = ""
    kreis: str = ""
    query: str = ""
    order: Order = BY_NAME

    def words(self) -> list[str]:
        """The filters in words, for the files to take along."""
        told = [f"Modul: {MODULE_LABELS[self.choice]}"]
        if self.states:
            labels = [STATE_WORDS[state].label for state in STATES if state in self.states]
            told.append(f"Ergebnis: {' oder '.join(labels)}")
        if self.district:
            told.append(f"Regierungsbezirk: {self.district}")
        if self.kreis:
            told.append(f"Kreis oder kreisfreie Stadt: {self.kreis}")
        if self.query:
            told.append(f"Suche: {self.query}")
        return told


def chosen(rows: Iterable[CouncilState], wanted: Wanted) -> Found[CouncilState]:
    """The rows that match filters and search, in the wanted order and then by name."""
    kept = [
        row
        for row in rows
        if (not wanted.states or row.state in wanted.states) and _in_region(row, wanted)
    ]
    found = find(wanted.query, kept, lambda row: row.council.municipality, _further_texts)
    return Found(tuple(in_order(found.rows, wanted.order)), found.is_guess)


def _in_region(row: CouncilState, wanted: Wanted) -> bool:
    return (not wanted.district or row.council.regierungsbezirk == wanted.district) and (
        not wanted.kreis or row.council.kreis == wanted.kreis
    )


def _further_texts(row: CouncilState) -> tuple[str | None, ...]:
    council = row.council
    return (
        kreis_label(council),
        f"Regierungsbezirk {council.regierungsbezirk or ''}",
        STATE_WORDS[row.state].label,
        "vermutet" if council.presumed else None,
        council.ags,
    )


def in_order(rows: Iterable[CouncilState], order: Order) -> list[CouncilState]:
    """Sorted as asked, by name where alike; German names as in a dictionary."""
    key = _ORDERS[order.key]
    by_name = sorted(rows, key=lambda row: folded(row.council.municipality))
    known = [row for row in by_name if key(row) is not None]
    known.sort(key=key, reverse=order.descending)
    return known + [row for row in by_name if key(row) is None]


def found_sentence(found: Found[CouncilState], rows: Iterable[CouncilState], wanted: Wanted) -> str:
    """How many councils are shown of how many in the region, the presumed ones told apart."""
    if found.is_guess:
        return f"„{wanted.query}“ steht so in keinem Eintrag. Ähnlich geschrieben:"
    evidenced = sum(not row.council.presumed for row in found.rows)
    presumed = len(found.rows) - evidenced
    total = sum(not row.council.presumed for row in rows if _in_region(row, wanted))
    where = f" im Regierungsbezirk {wanted.district}" if wanted.district else ""
    if wanted.kreis:
        where = f" in der Region {wanted.kreis}"
    apart = f", dazu {number_text(presumed)} nur vermutete" if presumed else ""
    if presumed == 1:
        apart += "s"
    if evidenced == total:
        return f"{counted(total, 'belegtes Gremium', 'belegte Gremien')}{where}{apart}."
    verb = "passt" if evidenced == 1 else "passen"
    return (
        f"{number_text(evidenced)} von {counted(total, 'belegten Gremium', 'belegten Gremien')}"
        f"{where} {verb} zur Auswahl{apart}."
    )


def _name(row: CouncilState) -> str:
    council = row.council
    presumed = ' <span class="qa-badge">vermutet</span>' if council.presumed else ""
    kreis = f'<span class="qa-small">{plain(kreis_label(council), 80)}</span>'
    way = inner_link(address.here((address.COUNCIL, council.ags)), _short(council.municipality))
    return f"{way}{presumed}{kreis}"


def _short(name: str) -> str:
    return name if len(name) <= 80 else f"{name[:79]}…"


def state_words(state: State, presumed: bool = False) -> str:
    """Symbol and words of a state, as HTML."""
    words = STATE_WORDS[state]
    symbol = words.symbol_presumed if presumed else words.symbol
    return (
        f'<span class="qa-symbol qa-ink-{state}" aria-hidden="true">{symbol}</span> {words.label}'
    )


def _state_cell(row: CouncilState) -> str:
    return state_words(row.state, row.council.presumed)


def _both_modules(row: CouncilState) -> str:
    """The overall state; below it the two modules where they say anything else."""
    cell = _state_cell(row)
    apart = [(module, row.state_of(module)) for module in ("basis", "aufbau")]
    if all(state == row.state for _, state in apart):
        return cell
    return cell + "".join(
        f'<span class="qa-small">{MODULE_LABELS[module]}: {state_words(state)}</span>'
        for module, state in apart
    )


def _module_column(module: str) -> Column[CouncilState]:
    return Column(
        f"Ergebnis {MODULE_LABELS[module]}",
        lambda row: STATE_WORDS[row.state_of(module)].label,
        on_page=False,
    )


def _offers(row: CouncilState) -> str:
    if not row.offer_count:
        return ""
    open_ones = f'<span class="qa-small">davon {number_text(row.open_offer_count)} offen</span>'
    return number_text(row.offer_count) + open_ones


def _distance(row: CouncilState) -> str:
    return "" if row.nearest_km is None else f"{decimal_text(row.nearest_km)} km"


def _checked(row: CouncilState) -> str:
    if row.checked_at is not None:
        return date_text(day_of(row.checked_at))
    return "" if row.state == "not_configured" else NEVER_CHECKED


def columns(choice: ModuleChoice, is_past: bool) -> tuple[Column[CouncilState], ...]:
    """The columns for a module or all of them; of past days less is kept."""
    apart = choice == "all"
    shown: list[Column[CouncilState]] = [
        Column("Kommune", lambda row: row.council.municipality, _name, sort="kommune", width=16),
        Column("Schlüssel", lambda row: row.council.ags, on_page=False),
        Column("Kreis", lambda row: kreis_label(row.council), on_page=False),
        Column("Regierungsbezirk", lambda row: row.council.regierungsbezirk, on_page=False),
        Column("Gremium", lambda row: row.council.body_name, on_page=False),
        Column("nur vermutet", lambda row: row.council.presumed, on_page=False),
        Column(
            "Ergebnis",
            lambda row: STATE_WORDS[row.state].label,
            _both_modules if apart else _state_cell,
            sort="ergebnis",
            width=22 if apart else 16,
        ),
        *(_module_column(module) for module in ("basis", "aufbau", "other")),
    ]
    if not is_past:
        shown.append(Column("Begründung", lambda row: row.reason, wide=True))
    shown += [
        Column("Angebote", lambda row: row.offer_count, _offers, sort="angebote", width=11),
        Column("davon offen", lambda row: row.open_offer_count, on_page=False),
        Column("Nächster Termin", lambda row: row.next_start, sort="termin", width=10),
    ]
    if not is_past:
        shown += [
            Column(
                "Nächstes anderswo", lambda row: row.nearest_km, _distance, "entfernung", width=10
            ),
            Column("Letzte Prüfung", lambda row: row.checked_at, _checked, "pruefung", width=11),
        ]
    return (
        *shown,
        Column("Mitglieder", lambda row: row.council.members_total, on_page=False),
        Column(
            "Mitglieder laut", lambda row: members_period(row.council.members_as_of), on_page=False
        ),
    )


def council_notes(publication: Publication) -> list[tuple[str, str]]:
    """What a file of councils says besides: what the results mean, and how many councils there are
    with the day of that number."""
    meanings = " ".join(
        f"{STATE_WORDS[state].label}: {STATE_WORDS[state].explanation}" for state in STATES
    )
    notes = [("Ergebnisse", meanings)]
    if publication.stated_council_total is not None:
        as_of = publication.stated_council_total_as_of
        day = f" (Stichtag {date_text(as_of)})" if as_of is not None else ""
        author = "laut Landesverband der Volkshochschulen von NRW"
        notes.append(("Zahl der Gremien", f"{publication.stated_council_total} {author}{day}"))
    return notes
