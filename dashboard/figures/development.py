"""How many councils had an offer, day by day: two lines that differ in colour, dashes and name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import plotly.graph_objects as go

from dashboard.data.overview import HistoryDay
from dashboard.figures.palette import PALETTES, Theme
from dashboard.formats import counted, date_text
from dashboard.wording import MODULE_LABELS


@dataclass(frozen=True, slots=True)
class DevelopmentDay:
    """Councils with an offer on one day, for each of the two modules."""

    day: date
    basis: int
    aufbau: int


def development(history: Sequence[HistoryDay]) -> tuple[DevelopmentDay, ...]:
    """One row a day, the oldest first."""
    days: dict[date, dict[str, int]] = {}
    for row in history:
        counts = days.setdefault(row.day, {"basis": 0, "aufbau": 0})
        if row.state == "offered":
            counts[row.module] += row.council_count
    return tuple(
        DevelopmentDay(day, counts["basis"], counts["aufbau"])
        for day, counts in sorted(days.items())
    )


def development_figure(rows: Sequence[DevelopmentDay], theme: Theme = "light") -> go.Figure:
    """Two stepped lines over the days, from 0 upwards, each named at its end."""
    palette = PALETTES[theme]
    lines = (
        ("basis", [row.basis for row in rows], palette.strong["offered"], "solid"),
        ("aufbau", [row.aufbau for row in rows], palette.strong["unknown"], "dash"),
    )
    figure = go.Figure()
    for module, values, colour, dash in lines:
        figure.add_trace(
            go.Scatter(
                x=[row.day for row in rows],
                y=values,
                name=MODULE_LABELS[module],
                mode="lines+markers" if len(rows) < 3 else "lines",
                line={"color": colour, "width": 2.5, "dash": dash, "shape": "hv"},
                hovertemplate="%{x|%d.%m.%Y}: %{y} " + f"({MODULE_LABELS[module]})<extra></extra>",
            )
        )
    highest = max((max(row.basis, row.aufbau) for row in rows), default=0)
    grid = {"gridcolor": palette.no_council, "linecolor": palette.no_council, "fixedrange": True}
    figure.update_layout(
        xaxis=grid | {"tickformat": "%d.%m.%Y", "nticks": 4, "tickangle": 0},
        yaxis=grid | {"range": [0, max(5, highest * 1.15)], "tickformat": "d", "title": "Gremien"},
        margin={"l": 50, "r": 20, "t": 10, "b": 40},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        dragmode=False,
        hovermode="closest",
        hoverlabel={"bgcolor": palette.hover_background, "font": {"color": palette.label}},
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
        font={"family": "Source Sans, sans-serif", "size": 14, "color": palette.label},
        separators=",.",
    )
    return figure


def development_sentence(rows: Sequence[DevelopmentDay]) -> str:
    """The same in words: first and last day, and how much changed in between."""
    if not rows:
        return "Eine Entwicklung lässt sich noch nicht zeigen: Es liegt noch kein Tag vor."
    last = rows[-1]
    now = (
        f"Am {date_text(last.day)} {'hat' if last.basis == 1 else 'haben'} "
        f"{counted(last.basis, 'Gremium', 'Gremien')} ein Angebot "
        f"im Basismodul und {counted(last.aufbau, 'Gremium', 'Gremien')} eines im Aufbaumodul."
    )
    if len(rows) == 1:
        return f"{now} Es ist der erste Tag der Beobachtung."
    first = rows[0]
    return f"{now} Am {date_text(first.day)} waren es {first.basis} und {first.aufbau}."
