"""What is seen, to take along: CSV, XLSX and ICS, filtered as on the page, none cut.

    downloads(
        context, "Angebote", COLUMNS, lambda: all_offers(file, ...),
        filters=["Modul: Basismodul", "Suche: köln"],
        calendar=lambda: entries(file, ...),
    )

`rows` and `calendar` are called only on a click, outside of the page's run: they must not use
Streamlit or `Parameter.read`; read the address before and hand the values in.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

import streamlit as st

from dashboard.columns import Column
from dashboard.escaping import plain
from dashboard.exports import CalendarEntry, csv_bytes, ics_bytes, standard_notes, xlsx_bytes
from dashboard.page import PageContext

Row = TypeVar("Row")

log = logging.getLogger(__name__)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SPELLED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def file_name(subject: str, context: PageContext, ending: str) -> str:
    """angebote_2026-03-14.csv"""
    name = re.sub(r"[^a-z0-9]+", "-", subject.lower().translate(_SPELLED)).strip("-")
    return f"{name or 'tabelle'}_{context.day.isoformat()}.{ending}"


def downloads(
    context: PageContext,
    subject: str,
    columns: Sequence[Column[Row]],
    rows: Callable[[], Sequence[Row]],
    *,
    filters: Iterable[str] = (),
    notes: Iterable[tuple[str, str]] = (),
    calendar: Callable[[], Iterable[CalendarEntry]] | None = None,
) -> None:
    """Buttons for each kind of file. `subject` is in our own words and the only one on its page;
    `notes` are further lines of the sheet "Hinweise"."""
    told, chosen = context.publication, list(filters)
    if chosen:
        # On paper the inputs are missing that say it on the screen.
        st.html(f'<p class="qa-note qa-paper">Auswahl: {plain("; ".join(chosen), 2000)}</p>')
    hints = [
        *standard_notes(subject, context.day, told.published_at, chosen, told.is_sample),
        *notes,
    ]
    kinds: list[tuple[str, str, str, Callable[[], bytes]]] = [
        ("Excel", "xlsx", XLSX, lambda: xlsx_bytes(rows(), columns, subject, hints)),
        ("CSV", "csv", "text/csv", lambda: csv_bytes(rows(), columns)),
    ]
    if calendar is not None:
        entries = calendar
        kinds.append(
            (
                "Kalender",
                "ics",
                "text/calendar",
                lambda: ics_bytes(entries(), subject, told.published_at),
            )
        )
    key = re.sub(r"\W", "_", subject.lower())
    with st.container(horizontal=True, key=f"mitnehmen_{key}", gap="small"):
        for label, ending, mime, build in kinds:
            st.download_button(
                f"{subject}: {label}",
                data=build,
                file_name=file_name(subject, context, ending),
                mime=mime,
                on_click="ignore",
                key=f"mitnehmen_{key}_{ending}",
            )
