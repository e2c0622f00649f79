"""What the map shows of a council: one of the four states, or what filters make of it."""

from __future__ import annotations

from typing import Literal

from dashboard.wording import STATE_WORDS, STATES, State, StateWords

Shown = State | Literal["reachable", "other_time"]
SHOWN: tuple[Shown, ...] = ("offered", "reachable", "other_time", *STATES[1:])

_OF_STATES: dict[Shown, StateWords] = {state: STATE_WORDS[state] for state in STATES}
MAP_WORDS: dict[Shown, StateWords] = _OF_STATES | {
    "reachable": StateWords(
        label="Angebot nur anderswo erreichbar",
        explanation="Ein Angebot in einer anderen Kommune liegt innerhalb der Entfernung.",
        symbol="★",
        symbol_presumed="☆",
        map_symbol="star",
    ),
    "other_time": StateWords(
        label="Angebot zu anderer Zeit oder ohne Termin",
        explanation="Es gibt ein Angebot, aber keines, das sicher in den Zeitraum fällt.",
        symbol="✚",
        symbol_presumed="✛",
        map_symbol="cross",
    ),
}
