"""A figure as a picture to take along: PNG or SVG, drawn by the Chromium of this computer.

Nothing is asked of another host: Plotly's program comes with the Python package, the script for
formulas is left out.
"""

from __future__ import annotations

import logging
import shutil
from functools import cache
from threading import Lock
from typing import Literal

import kaleido  # type: ignore[import-untyped]
import plotly.graph_objects as go

log = logging.getLogger(__name__)

PictureKind = Literal["png", "svg"]
WIDTH, HEIGHT, SCALE = 1200, 750, 2
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SECONDS = 60
_one_at_a_time = Lock()


@cache
def drawing_program() -> str | None:
    """The program that draws; None where this computer has none."""
    return next((found for name in CHROMIUM_NAMES if (found := shutil.which(name))), None)


def picture(figure: go.Figure, title: str, kind: PictureKind, height: int = HEIGHT) -> bytes:
    """The figure with its title on white ground. Raises RuntimeError where it cannot be drawn."""
    program = drawing_program()
    if program is None:
        raise RuntimeError("no Chromium on this computer draws pictures")
    shown = go.Figure(figure)
    shown.update_layout(
        title={"text": title, "x": 0.02},
        paper_bgcolor="#ffffff",
        plot_bgcolor="#ffffff",
        margin={"t": 70, "l": 40, "r": 40, "b": max(40, figure.layout.margin.b or 0)},
    )
    options = {"format": kind, "width": WIDTH, "height": height, "scale": SCALE}
    with _one_at_a_time:
        drawn: bytes = kaleido.calc_fig_sync(
            shown,
            opts=options,
            kopts={"path": program, "mathjax": False, "timeout": SECONDS},
        )
    return drawn
