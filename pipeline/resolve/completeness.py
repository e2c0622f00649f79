"""How complete the details of an offer are, after the public rule of the WISY portals.

Half of the 100 points is for what nobody can do without (start, place, price, a description that
says more than the title), the other half for what helps to decide. Each missing point has a
sentence for the provider.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Criterion:
    """`condition` is SQL over the columns of an offer and its `sessions`; `advice` is German."""

    name: str
    points: int
    condition: str
    advice: str


CRITERIA = (
    Criterion("start", 14, "start_date IS NOT NULL", "Nennen Sie den ersten Tag."),
    Criterion(
        "place",
        12,
        "venue_place IS NOT NULL OR venue_ags IS NOT NULL OR delivery_mode = 'online'",
        "Nennen Sie den Ort.",
    ),
    Criterion(
        "price",
        12,
        "price_eur IS NOT NULL OR is_free",
        "Nennen Sie den Preis, oder dass die Teilnahme kostenlos ist.",
    ),
    Criterion(
        "description",
        12,
        "length(description) > length(title)",
        "Beschreiben Sie das Angebot ausführlicher als im Titel.",
    ),
    Criterion("end", 8, "end_date IS NOT NULL", "Nennen Sie den letzten Tag."),
    Criterion("extent", 7, "session_count IS NOT NULL", "Nennen Sie die Zahl der Termine."),
    Criterion(
        "places",
        7,
        "coalesce(places_total, places_planned) IS NOT NULL",
        "Nennen Sie die Zahl der Plätze.",
    ),
    Criterion(
        "times",
        7,
        "len(list_filter(sessions, lambda s: s.starts IS NOT NULL)) > 0",
        "Nennen Sie die Uhrzeiten.",
    ),
    Criterion("street", 7, "venue_street IS NOT NULL", "Nennen Sie Straße und Hausnummer."),
    Criterion("number", 7, "course_number IS NOT NULL", "Nennen Sie die Kursnummer."),
    Criterion("topics", 7, "len(topics) > 0", "Nennen Sie die Themen oder Schlagworte."),
)


def score_sql() -> str:
    """SQL expression of the score, 0 to 100."""
    terms = (
        f"CASE WHEN {criterion.condition} THEN {criterion.points} ELSE 0 END"
        for criterion in CRITERIA
    )
    return " + ".join(terms)
