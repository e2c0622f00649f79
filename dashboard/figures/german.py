"""Plotly in German: its words, its dates and its numbers, for every figure the same."""

from __future__ import annotations

from typing import Any

from dashboard.formats import MONTHS

_DAYS = ("Sonntag", "Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag")

GERMAN: dict[str, Any] = {
    "dictionary": {
        "Autoscale": "Alles zeigen",
        "Box Select": "Rechteck auswählen",
        "Download plot": "Bild herunterladen",
        "Download plot as a PNG": "Bild als PNG herunterladen",
        "Download plot as a png": "Bild als PNG herunterladen",
        "Double-click on legend to isolate one trace": "Doppelklick zeigt nur diese Reihe",
        "Double-click to zoom back out": "Doppelklick zeigt wieder alles",
        "Lasso Select": "Frei auswählen",
        "Pan": "Verschieben",
        "Reset axes": "Achsen zurücksetzen",
        "Reset view": "Ansicht zurücksetzen",
        "Snapshot succeeded": "Das Bild ist gespeichert.",
        "Sorry, there was a problem downloading your snapshot!": "Das Bild ließ sich nicht "
        "speichern.",
        "Taking snapshot - this may take a few seconds": "Das Bild wird gemacht, das dauert "
        "einige Sekunden.",
        "Zoom": "Ausschnitt wählen",
        "Zoom in": "Vergrößern",
        "Zoom out": "Verkleinern",
        "new text": "neuer Text",
    },
    "format": {
        "days": list(_DAYS),
        "shortDays": [day[:2] for day in _DAYS],
        "months": list(MONTHS),
        "shortMonths": [month[:3] for month in MONTHS],
        "periods": ["", ""],
        "dateTime": "%A, %d. %B %Y, %H:%M",
        "date": "%d.%m.%Y",
        "time": "%H:%M",
        "decimal": ",",
        "thousands": ".",
        "grouping": [3],
        "year": "%Y",
        "month": "%b %Y",
        "dayMonth": "%d. %b",
        "dayMonthYear": "%d.%m.%Y",
    },
}

# Without a tool bar: everything it offers stands beside the figure, for keyboards too.
CONFIG: dict[str, Any] = {
    "displayModeBar": False,
    "displaylogo": False,
    "scrollZoom": False,
    "doubleClick": False,
    "locale": "de",
    "locales": {"de": GERMAN},
}
