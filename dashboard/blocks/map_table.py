"""The councils of the map as a table: the same states, dates and distances."""

from __future__ import annotations

from dashboard import address
from dashboard.columns import Column
from dashboard.council_words import kreis_label
from dashboard.escaping import inner_link, plain
from dashboard.formats import date_text, decimal_text, number_text
from dashboard.map_states import MapRow
from dashboard.map_words import MAP_WORDS
from dashboard.wording import STATE_WORDS

LONGEST_NAME = 80


def _name(row: MapRow) -> str:
    council = row.council_state.council
    presumed = ' <span class="qa-badge">vermutet</span>' if row.presumed else ""
    kreis = f'<span class="qa-small">{plain(kreis_label(council), LONGEST_NAME)}</span>'
    return inner_link(address.council_href(council.ags), _short(council.municipality)) + (
        presumed + kreis
    )


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"


def _result(row: MapRow) -> str:
    words = MAP_WORDS[row.shown]
    symbol = words.symbol_presumed if row.presumed else words.symbol
    cell = (
        f'<span class="qa-symbol qa-ink-{row.shown}" aria-hidden="true">{symbol}</span> '
        f"{words.label}"
    )
    if row.shown == "reachable":
        cell += (
            f'<span class="qa-small">selbst: {STATE_WORDS[row.council_state.state].label}</span>'
        )
    if row.offers:
        told = number_text(row.offers) + (" Angebot" if row.offers == 1 else " Angebote")
        if row.next_start is not None:
            told += f", nächstes am {date_text(row.next_start)}"
        cell += f'<span class="qa-small">{told}</span>'
    return cell


def _nearest(row: MapRow) -> str:
    if row.nearest is None:
        return ""
    return (
        f"{decimal_text(row.nearest.km)} km"
        f'<span class="qa-small">{plain(row.nearest.venue, LONGEST_NAME)}</span>'
    )


COLUMNS: tuple[Column[MapRow], ...] = (
    Column("Kommune", lambda row: row.council_state.council.municipality, _name, width=36),
    Column("Schlüssel", lambda row: row.council_state.council.ags, on_page=False),
    Column("Kreis", lambda row: kreis_label(row.council_state.council), on_page=False),
    Column(
        "Regierungsbezirk",
        lambda row: row.council_state.council.regierungsbezirk,
        on_page=False,
    ),
    Column("nur vermutet", lambda row: row.presumed, on_page=False),
    Column("Ergebnis auf der Karte", lambda row: MAP_WORDS[row.shown].label, _result, width=38),
    Column(
        "Ergebnis des Gremiums",
        lambda row: STATE_WORDS[row.council_state.state].label,
        on_page=False,
    ),
    Column("Angebote", lambda row: row.offers, on_page=False),
    Column("Nächster Termin", lambda row: row.next_start, on_page=False),
    Column(
        "Nächstes anderswo",
        lambda row: row.nearest.km if row.nearest is not None else None,
        _nearest,
        width=26,
    ),
    Column(
        "Nächste Kommune mit Angebot",
        lambda row: row.nearest.venue if row.nearest is not None else None,
        on_page=False,
    ),
)
