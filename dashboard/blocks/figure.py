"""A figure with all that it needs to be read without seeing it, and to be taken along.

    figure(
        context, "Entwicklung", lambda theme: coverage_over_time(rows, theme),
        sentence=development_sentence(rows), columns=COLUMNS, rows=rows,
    )

The sentence is made from the data and is the figure's text alternative; the table holds the same
numbers. Table and buttons are made when they are unfolded, pictures on a click, in light colours.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

import plotly.graph_objects as go
import streamlit as st

from dashboard.blocks.downloads import downloads, file_name
from dashboard.blocks.table import table
from dashboard.columns import Column
from dashboard.escaping import plain
from dashboard.figures.german import CONFIG
from dashboard.figures.palette import Theme
from dashboard.figures.pictures import HEIGHT, PictureKind, drawing_program, picture
from dashboard.page import PageContext

Row = TypeVar("Row")
MIME: dict[PictureKind, str] = {"png": "image/png", "svg": "image/svg+xml"}
NO_PROGRAM = (
    "Bilder zum Mitnehmen kann dieser Computer nicht zeichnen: Ihm fehlt der Browser Chromium. "
    "Die Tabelle lässt sich trotzdem herunterladen."
)


def figure(
    context: PageContext,
    subject: str,
    draw: Callable[[Theme], go.Figure],
    sentence: str,
    columns: Sequence[Column[Row]],
    rows: Sequence[Row],
    *,
    height: int = 360,
    filters: Sequence[str] = (),
) -> None:
    """Draws the figure, its sentence, its table and its downloads."""
    key = re.sub(r"\W", "_", subject.lower())
    st.html(f'<p class="qa-lead">{plain(sentence, 2000)}</p>')
    with st.container(key=f"bild_{key}"):
        st.plotly_chart(
            draw(context.theme),
            theme=None,
            height=height,
            config=CONFIG,
            key=f"grafik_{key}",
            alt=f"{subject}. {sentence}",
        )
    folded = st.expander(
        f"{subject}: als Tabelle und zum Mitnehmen", key=f"zahlen_{key}", on_change="rerun"
    )
    if folded.open:
        with folded:
            st.html(table(rows, columns, subject))
            downloads(context, subject, columns, lambda: rows, filters=filters)
            pictures(context, subject, draw)


def pictures(
    context: PageContext, subject: str, draw: Callable[[Theme], go.Figure], height: int = HEIGHT
) -> None:
    """Buttons that draw the figure as PNG and SVG, or why that is not possible here."""
    if drawing_program() is None:
        st.html(f'<p class="qa-note">{NO_PROGRAM}</p>')
        return
    title = f"{subject}, Stand {context.day:%d.%m.%Y}"
    if context.publication.is_sample:
        title += " (Beispieldaten)"
    key = re.sub(r"\W", "_", subject.lower())
    kinds: tuple[PictureKind, ...] = ("png", "svg")
    with st.container(horizontal=True, key=f"bilder_{key}", gap="small"):
        for kind in kinds:
            st.download_button(
                f"{subject}: {kind.upper()}",
                data=partial(_drawn, draw, title, kind, height),
                file_name=file_name(subject, context, kind),
                mime=MIME[kind],
                on_click="ignore",
                key=f"bild_{key}_{kind}",
            )


def _drawn(draw: Callable[[Theme], go.Figure], title: str, kind: PictureKind, height: int) -> bytes:
    return picture(draw("light"), title, kind, height)
