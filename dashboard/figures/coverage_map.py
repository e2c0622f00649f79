"""The map of the councils as a plain Plotly figure: areas by state, points, rings at venues.

Longitude and latitude are drawn on ordinary axes, stretched by the cosine of the middle latitude;
nothing is asked of any server. Each state is told by colour, pattern and symbol. Few traces with
packed coordinates: the areas of one state are one path.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence

import numpy as np
import plotly.graph_objects as go

from dashboard.data.geography import Place, Ring, Shape
from dashboard.data.map_offers import Venue
from dashboard.escaping import plain
from dashboard.figures.palette import PALETTES, Palette, Theme
from dashboard.formats import counted, date_text, decimal_text
from dashboard.map_states import MapRow
from dashboard.map_words import MAP_WORDS, SHOWN, Shown

PATTERNS: dict[Shown, str] = {
    "offered": "",
    "reachable": "+",
    "other_time": "-",
    "none_found": "\\",
    "unknown": "/",
    "not_configured": ".",
}
LABELLED_CITIES = 9
# A city's name on the map of the whole state takes this much room, in degrees of longitude and
# latitude; the whole state is so many degrees wide.
LABEL_WIDTH, LABEL_HEIGHT, WHOLE_WIDTH = 0.85, 0.19, 3.6
# So much higher than its point, so that it stands above a ring.
LABEL_LIFT = 0.03
EDGE = 0.04
# How far from a municipality's point, in pixels, the pointer still finds it.
HOVER_PIXELS = 40
VENUES_NAME = "Hier finden Angebote statt"


def _packed(values: Iterable[float]) -> np.ndarray:
    """Single precision is exact to half a metre here, and halves what a browser is sent."""
    return np.fromiter(values, dtype=np.float32)


def _outline(rings: Iterable[Ring]) -> tuple[np.ndarray, np.ndarray]:
    """Rings as two coordinate lists in which NaN ends each ring."""
    longitudes: list[float] = []
    latitudes: list[float] = []
    for ring in rings:
        longitudes += [point[0] for point in ring]
        latitudes += [point[1] for point in ring]
        longitudes.append(math.nan)
        latitudes.append(math.nan)
    return _packed(longitudes), _packed(latitudes)


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
    )


def _shown_areas(shown: Shown, rings: Sequence[Ring], palette: Palette) -> go.Scatter:
    trace = _areas(MAP_WORDS[shown].label, rings, palette.fill[shown], palette.border)
    if PATTERNS[shown]:
        trace.fillpattern = {
            "shape": PATTERNS[shown],
            "bgcolor": palette.fill[shown],
            "fgcolor": palette.pattern[shown],
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


def _held_here(offers: int) -> str:
    return f"◯ {'Hier findet' if offers == 1 else 'Hier finden'} " + (
        f"{counted(offers, 'Angebot', 'Angebote')} statt"
    )


def hover_text(row: MapRow, held_here: int = 0) -> str:
    """What the box over a council's point says: name, state, reason, dates, what is near."""
    told, words = row.council_state, MAP_WORDS[row.shown]
    lines = [
        f"<b>{plain(told.council.municipality, 80)}</b>"
        + (" (vermutet, zählt nicht mit)" if row.presumed else ""),
        f"{words.symbol} {words.label}",
    ]
    if row.shown == "reachable":
        state = MAP_WORDS[told.state]
        lines.append(f"Das Gremium selbst: {state.label}")
    lines.append(_wrapped(told.reason))
    if row.next_start is not None:
        lines.append(f"Nächster Termin: {date_text(row.next_start)}")
    if row.nearest is not None and row.shown != "offered":
        lines.append(
            f"Nächstes Angebot anderswo: {decimal_text(row.nearest.km)} km, "
            f"{plain(row.nearest.venue, 60)}"
        )
    if held_here:
        lines.append(_held_here(held_here))
    return "<br>".join(lines)


def _points(
    name: str,
    rows: Sequence[MapRow],
    symbol: str,
    colour: str,
    held: dict[str, int],
    opens: str,
) -> go.Scatter:
    councils = [row.council_state.council for row in rows]
    return go.Scatter(
        x=_packed(council.longitude for council in councils),
        y=_packed(council.latitude for council in councils),
        name=name,
        mode="markers",
        marker={"symbol": symbol, "size": 8, "color": colour, "line": {"width": 1}},
        customdata=[council.ags for council in councils],
        meta={"open": opens} if opens else None,
        hovertext=[
            hover_text(row, held.get(council.ags, 0))
            for row, council in zip(rows, councils, strict=True)
        ],
        hoverinfo="text",
    )


def _silent_points(places: Sequence[Place], held: dict[str, int]) -> go.Scatter:
    """Points that are not drawn, so that the pointer finds the municipality in which it is, and no
    council is told of that lies elsewhere."""
    return go.Scatter(
        x=_packed(place.longitude for place in places),
        y=_packed(place.latitude for place in places),
        name="Kommunen ohne Gremium",
        mode="none",
        hovertext=[
            f"<b>{plain(place.name, 80)}</b><br>Kein Gremium bekannt"
            + (f"<br>{_held_here(held[place.ags])}" if place.ags in held else "")
            for place in places
        ],
        hoverinfo="text",
        showlegend=False,
    )


def _venue_rings(venues: Sequence[Venue], palette: Palette) -> go.Scatter:
    return go.Scatter(
        x=_packed(venue.longitude for venue in venues),
        y=_packed(venue.latitude for venue in venues),
        name=VENUES_NAME,
        mode="markers",
        marker={
            "symbol": "circle-open",
            "size": 18,
            "color": palette.label,
            "line": {"width": 2.2},
        },
        hoverinfo="skip",
    )


def _labelled(places: Iterable[Place], scale: float) -> list[Place]:
    """The largest cities that do not stand in each other's way."""
    chosen: list[Place] = []
    for place in sorted(places, key=lambda place: -(place.population or 0)):
        if place.population is None or len(chosen) == LABELLED_CITIES:
            break
        near = any(
            abs(place.longitude - other.longitude) < LABEL_WIDTH * scale
            and abs(place.latitude - other.latitude) < LABEL_HEIGHT * scale
            for other in chosen
        )
        if not near:
            chosen.append(place)
    return chosen


def coverage_map(
    rows: Sequence[MapRow],
    shapes: Sequence[Shape],
    places: Sequence[Place],
    venues: Sequence[Venue] = (),
    theme: Theme = "light",
    only: Collection[str] | None = None,
    opens: str = "",
) -> go.Figure:
    """Areas of the municipalities, those with an evidenced council by state, and all councils.

    `only` are the keys of the municipalities of a region, to which the map is then cut. The order
    of traces is fixed: areas without a council, areas of each state, silent points, rings at
    venues, points of each state, points of presumed councils of each state, names of cities; what
    is empty has no trace. `customdata` of a council's point is its key, which appended to `opens`
    is the address that a click opens.
    """
    palette = PALETTES[theme]
    if only is not None:
        rows = [row for row in rows if row.council_state.council.ags in only]
        shapes = [shape for shape in shapes if shape.ags in only]
        places = [place for place in places if place.ags in only]
        venues = [venue for venue in venues if venue.ags in only]
    shown_of = {row.council_state.council.ags: row.shown for row in rows if not row.presumed}
    held = {venue.ags: venue.offers for venue in venues}
    figure = go.Figure()

    without = [ring for shape in shapes if shape.ags not in shown_of for ring in shape.rings]
    if without:
        figure.add_trace(
            _areas("Kommune ohne belegtes Gremium", without, palette.no_council, palette.border)
        )
    for shown in SHOWN:
        rings = [
            ring for shape in shapes if shown_of.get(shape.ags) == shown for ring in shape.rings
        ]
        if rings:
            figure.add_trace(_shown_areas(shown, rings, palette))
    with_council = {row.council_state.council.ags for row in rows}
    silent = [place for place in places if place.ags not in with_council]
    if silent:
        figure.add_trace(_silent_points(silent, held))
    if venues:
        figure.add_trace(_venue_rings(venues, palette))
    for presumed in (False, True):
        for shown in SHOWN:
            these = [row for row in rows if row.shown == shown and row.presumed == presumed]
            words = MAP_WORDS[shown]
            if these:
                figure.add_trace(
                    _points(
                        f"{words.label}, vermutet" if presumed else words.label,
                        these,
                        words.map_symbol + ("-open" if presumed else ""),
                        palette.strong[shown],
                        held,
                        opens,
                    )
                )
    west, east, south, north = _bounds(shapes)
    scale = (east - west) / WHOLE_WIDTH
    cities = _labelled(places, scale)
    figure.add_trace(
        go.Scatter(
            x=_packed(place.longitude for place in cities),
            y=_packed(place.latitude + LABEL_LIFT * scale for place in cities),
            name="Orte",
            mode="text",
            text=[plain(place.name, 40) for place in cities],
            textposition="top center",
            textfont={"size": 13, "color": palette.label},
            hoverinfo="skip",
            showlegend=False,
        )
    )
    return _laid_out(figure, (west, east, south, north), palette)


def _bounds(shapes: Sequence[Shape]) -> tuple[float, float, float, float]:
    """West, east, south and north of all shapes; of the whole state where there are none."""
    points = [point for shape in shapes for ring in shape.rings for point in ring]
    longitudes = [point[0] for point in points] or [5.9, 9.5]
    latitudes = [point[1] for point in points] or [50.3, 52.5]
    return min(longitudes), max(longitudes), min(latitudes), max(latitudes)


def _laid_out(
    figure: go.Figure, bounds: tuple[float, float, float, float], palette: Palette
) -> go.Figure:
    west, east, south, north = bounds
    hidden = {"visible": False, "fixedrange": True, "constrain": "domain"}
    # On the map of a region a municipality is larger than on that of the whole state.
    reach = HOVER_PIXELS * max(1.0, min(10.0, WHOLE_WIDTH / max(east - west, 0.01)))
    figure.update_layout(
        xaxis=hidden | {"range": [west - EDGE, east + EDGE]},
        yaxis=hidden
        | {
            "range": [south - EDGE, north + EDGE],
            "scaleanchor": "x",
            "scaleratio": 1 / math.cos(math.radians((south + north) / 2)),
        },
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        dragmode=False,
        hovermode="closest",
        hoverdistance=round(reach),
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


def with_legend(figure: go.Figure, note: str) -> go.Figure:
    """The map as a picture that stands alone: it says what the colours mean and what it shows."""
    alone = go.Figure(figure)
    named: set[str] = set()
    for trace in alone.data:
        # The areas name their points' state already.
        trace.showlegend = trace.showlegend is not False and trace.name not in named
        named.add(trace.name)
    told = _wrapped(note, 130, 400)
    alone.update_layout(
        showlegend=True,
        margin={"b": 24 + 16 * (told.count("<br>") + 1)},
        legend={"x": 1.02, "y": 1, "font": {"size": 14}},
        annotations=[
            {
                "text": told,
                "xref": "paper",
                "yref": "paper",
                "x": 0,
                "y": 0,
                "yshift": -8,
                "yanchor": "top",
                "showarrow": False,
                "align": "left",
                "font": {"size": 12},
            }
        ],
    )
    return alone
