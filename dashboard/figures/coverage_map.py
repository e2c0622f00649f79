"""The map of the councils as a plain Plotly figure: areas by state, points with their words.

Longitude and latitude are drawn on ordinary axes, stretched by the cosine of the middle latitude;
nothing is asked of any server. Each state is told by colour, pattern and symbol.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence

import plotly.graph_objects as go

from dashboard.council_states import CouncilState
from dashboard.data.geography import Place, Ring, Shape
from dashboard.escaping import plain
from dashboard.figures.palette import PALETTES, Palette, Theme
from dashboard.formats import counted, date_text, listed
from dashboard.wording import STATE_WORDS, STATES, State

PATTERNS: dict[State, str] = {
    "offered": "",
    "none_found": "\\",
    "unknown": "/",
    "not_configured": ".",
}
LABELLED_CITIES = 9
# A city's name on the map takes this much room, in degrees of longitude and latitude.
LABEL_WIDTH, LABEL_HEIGHT = 0.85, 0.19
EDGE = 0.04
NO_MODE_BAR = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False}


def _outline(rings: Iterable[Ring]) -> tuple[list[float | None], list[float | None]]:
    """Rings as two coordinate lists in which None ends each ring."""
    longitudes: list[float | None] = []
    latitudes: list[float | None] = []
    for ring in rings:
        longitudes += [point[0] for point in ring] + [None]
        latitudes += [point[1] for point in ring] + [None]
    return longitudes, latitudes


def _areas(name: str, rings: Sequence[Ring], fill: str, border: str) -> go.Scatter:
    longitudes, latitudes = _outline(rings)
    return go.Scatter(
        x=longitudes,
        y=latitudes,
        name=name,
        mode="lines",
        fill="toself",
        fillcolor=fill,
        line={"color": border, "width": 0.8},
        hoverinfo="skip",
        showlegend=False,
    )


def _state_areas(state: State, rings: Sequence[Ring], palette: Palette) -> go.Scatter:
    trace = _areas(STATE_WORDS[state].label, rings, palette.fill[state], palette.border)
    if PATTERNS[state]:
        trace.fillpattern = {
            "shape": PATTERNS[state],
            "bgcolor": palette.fill[state],
            "fgcolor": palette.pattern[state],
            "size": 7,
            "solidity": 0.25,
        }
    return trace


def _wrapped(text: str, width: int = 48, longest: int = 240) -> str:
    """Harmless text in short lines, as Plotly's hover boxes do not wrap by themselves."""
    text = " ".join(text.split())
    if len(text) > longest:
        text = text[: longest - 1].rstrip() + "…"
    lines: list[str] = []
    for word in text.split():
        word = word[:width]
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += " " + word
        else:
            lines.append(word)
    return "<br>".join(plain(line) for line in lines)


def hover_text(row: CouncilState) -> str:
    """Name, state and reason of a council for the box that appears over its point."""
    presumed = " (vermutet, zählt nicht mit)" if row.council.presumed else ""
    lines = [
        f"<b>{plain(row.council.municipality, 80)}</b>{presumed}",
        f"{STATE_WORDS[row.state].symbol} {STATE_WORDS[row.state].label}",
        _wrapped(row.reason),
    ]
    if row.next_start is not None:
        lines.append(f"Nächster Termin: {date_text(row.next_start)}")
    return "<br>".join(lines)


def _points(name: str, rows: Sequence[CouncilState], symbol: str, colour: str) -> go.Scatter:
    return go.Scatter(
        x=[row.council.longitude for row in rows],
        y=[row.council.latitude for row in rows],
        name=name,
        mode="markers",
        marker={"symbol": symbol, "size": 7, "color": colour, "line": {"width": 1}},
        hovertext=[hover_text(row) for row in rows],
        hoverinfo="text",
        showlegend=False,
    )


def _labelled(places: Iterable[Place]) -> list[Place]:
    """The largest cities that do not stand in each other's way."""
    chosen: list[Place] = []
    for place in sorted(places, key=lambda place: -(place.population or 0)):
        if place.population is None or len(chosen) == LABELLED_CITIES:
            break
        near = any(
            abs(place.longitude - other.longitude) < LABEL_WIDTH
            and abs(place.latitude - other.latitude) < LABEL_HEIGHT
            for other in chosen
        )
        if not near:
            chosen.append(place)
    return chosen


def coverage_map(
    states: Sequence[CouncilState],
    shapes: Sequence[Shape],
    places: Sequence[Place],
    theme: Theme = "light",
) -> go.Figure:
    """Areas of the municipalities, those with an evidenced council by state, and all councils.

    The order of traces is fixed: areas without a council, areas of each state, points of each
    state, points of presumed councils of each state, names of cities; a state without a council
    has no trace.
    """
    palette = PALETTES[theme]
    state_of = {row.council.ags: row.state for row in states if not row.council.presumed}
    figure = go.Figure()

    without = [ring for shape in shapes if shape.ags not in state_of for ring in shape.rings]
    if without:
        figure.add_trace(_areas("Ohne Gremium", without, palette.no_council, palette.border))
    for state in STATES:
        rings = [
            ring for shape in shapes if state_of.get(shape.ags) == state for ring in shape.rings
        ]
        if rings:
            figure.add_trace(_state_areas(state, rings, palette))
    for presumed in (False, True):
        for state in STATES:
            rows = [
                row for row in states if row.state == state and row.council.presumed == presumed
            ]
            words = STATE_WORDS[state]
            if rows:
                figure.add_trace(
                    _points(
                        f"{words.label}, vermutet" if presumed else words.label,
                        rows,
                        words.map_symbol + ("-open" if presumed else ""),
                        palette.strong[state],
                    )
                )
    cities = _labelled(places)
    figure.add_trace(
        go.Scatter(
            x=[place.longitude for place in cities],
            y=[place.latitude for place in cities],
            name="Orte",
            mode="text",
            text=[plain(place.name, 40) for place in cities],
            textposition="top center",
            textfont={"size": 13, "color": palette.label},
            hoverinfo="skip",
            showlegend=False,
        )
    )
    return _laid_out(figure, shapes, palette)


def _laid_out(figure: go.Figure, shapes: Sequence[Shape], palette: Palette) -> go.Figure:
    points = [point for shape in shapes for ring in shape.rings for point in ring]
    longitudes = [point[0] for point in points] or [5.9, 9.5]
    latitudes = [point[1] for point in points] or [50.3, 52.5]
    middle = (min(latitudes) + max(latitudes)) / 2
    hidden = {"visible": False, "fixedrange": True, "constrain": "domain"}
    figure.update_layout(
        xaxis=hidden | {"range": [min(longitudes) - EDGE, max(longitudes) + EDGE]},
        yaxis=hidden
        | {
            "range": [min(latitudes) - EDGE, max(latitudes) + EDGE],
            "scaleanchor": "x",
            "scaleratio": 1 / math.cos(math.radians(middle)),
        },
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        dragmode=False,
        hovermode="closest",
        hoverdistance=30,
        hoverlabel={
            "bgcolor": palette.hover_background,
            "font": {"size": 14, "color": palette.label},
            "align": "left",
        },
        showlegend=False,
        font={"family": "Source Sans, sans-serif"},
        separators=",.",
    )
    return figure


def map_sentence(states: Sequence[CouncilState]) -> str:
    """What the map shows, in words: the states, and in which districts there are offers."""
    evidenced = [row for row in states if not row.council.presumed]
    if not evidenced:
        return "Es ist noch kein Gremium eingetragen."
    counts = Counter(row.state for row in evidenced)
    sentences = [_offered_sentence(evidenced, counts["offered"])]
    if counts["none_found"]:
        councils = counted(counts["none_found"], "Gremium", "Gremien")
        sentences.append(f"Bei {councils} wurde alles geprüft und kein Angebot gefunden.")
    if counts["unknown"]:
        councils = counted(counts["unknown"], "Gremium", "Gremien")
        sentences.append(f"Bei {councils} ist das Ergebnis nicht sicher.")
    if counts["not_configured"]:
        councils = counted(counts["not_configured"], "Gremium", "Gremien")
        sentences.append(f"Für {councils} ist noch keine Quelle bekannt.")
    return " ".join(sentences)


def _offered_sentence(evidenced: Sequence[CouncilState], offered: int) -> str:
    if not offered:
        return "Für kein Gremium ist zurzeit ein Angebot bekannt."
    verb = "hat" if offered == 1 else "haben"
    sentence = f"{counted(offered, 'Gremium', 'Gremien')} {verb} ein Angebot"
    districts = Counter(
        row.council.regierungsbezirk
        for row in evidenced
        if row.state == "offered" and row.council.regierungsbezirk
    )
    if not districts:
        return f"{sentence}."
    most_first = sorted(districts.items(), key=lambda pair: (-pair[1], pair[0]))
    where = listed([f"{name} ({count})" for name, count in most_first])
    districts_word = "im Regierungsbezirk" if len(districts) == 1 else "in den Regierungsbezirken"
    return f"{sentence}, und zwar {districts_word} {where}."
