"""How complete the details of an offer are, after the public rule of the WISY portals.

Half of the 100 points is for what nobody can do without (start, place, price, a description that
says more than the title), the other half for what helps to decide. Each missing point has a
sentence for the provider.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Criterion:
    """`field` is the column of `mart.offers` (or `sessions`) that is looked at, `condition` SQL
    over the columns of an offer and its `sessions`, `advice` a German sentence."""

    field: str
    points: int
    condition: str
    advice: str


CRITERIA = (
    Criterion("start_date", 14, "start_date IS NOT NULL", "Nennen Sie den ersten Tag."),
    Criterion(
        "venue_place",
        12,
        "venue_place IS NOT NULL OR venue_ags IS NOT NULL OR delivery_mode = 'online'",
        "Nennen Sie den Ort.",
    ),
    Criterion(
        "price_eur",
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
    Criterion("end_date", 8, "end_date IS NOT NULL", "Nennen Sie den letzten Tag."),
    Criterion("session_count", 7, "session_count IS NOT NULL", "Nennen Sie die Zahl der Termine."),
    Criterion(
        "places_total",
        7,
        "coalesce(places_total, places_planned) IS NOT NULL",
        "Nennen Sie die Zahl der Plätze.",
    ),
    Criterion(
        "sessions",
        7,
        "len(list_filter(sessions, lambda s: s.starts IS NOT NULL)) > 0",
        "Nennen Sie die Uhrzeiten.",
    ),
    Criterion(
        "venue_street",
        7,
        "venue_street IS NOT NULL OR delivery_mode = 'online'",
        "Nennen Sie Straße und Hausnummer.",
    ),
    Criterion("course_number", 7, "course_number IS NOT NULL", "Nennen Sie die Kursnummer."),
    Criterion("topics", 7, "len(topics) > 0", "Nennen Sie die Themen oder Schlagworte."),
)


def score_sql() -> str:
    """SQL expression of the score, 0 to 100."""
    terms = (
        f"CASE WHEN {criterion.condition} THEN {criterion.points} ELSE 0 END"
        for criterion in CRITERIA
    )
    return " + ".join(terms)


def gaps_sql(versions: str) -> str:
    """SELECT (offer_id, field, points, sentence) of every criterion that an offer does not meet.

    `versions` is the name of a table or view with the columns of `core.offer_versions`. For each
    offer the points of its gaps and its score make 100.
    """
    flags = ",\n        ".join(
        f"({criterion.condition}) IS NOT TRUE AS lacks_{criterion.field}" for criterion in CRITERIA
    )
    gaps = "\nUNION ALL\n".join(
        f"SELECT offer_id, '{criterion.field}' AS field, {criterion.points} AS points, "
        f"'{criterion.advice}' AS sentence FROM looked_at WHERE lacks_{criterion.field}"
        for criterion in CRITERIA
    )
    return f"""
WITH looked_at AS MATERIALIZED (
    SELECT offer_id,
        {flags}
    FROM {versions}
    WHERE offer_id IN (SELECT offer_id FROM mart.offers)
)
{gaps}"""


def advice_sql() -> str:
    """SELECT (offer_id, gap_count, advice) of every offer with gaps in `mart.offer_gaps`.

    `advice` has a line for each gap, the heaviest first. The gaps travel as bits of one number,
    because sorting and joining the sentences of a hundred thousand offers takes thirty times as
    long.
    """
    bits = " ".join(f"WHEN '{each.field}' THEN {1 << bit}" for bit, each in enumerate(CRITERIA))
    lines = ",\n    ".join(
        f"CASE WHEN lacks & {1 << bit} > 0 THEN '- {each.advice}' END"
        for bit, each in sorted(enumerate(CRITERIA), key=lambda item: -item[1].points)
    )
    return f"""
SELECT offer_id, gap_count, concat_ws(chr(10),
    {lines}) AS advice
FROM (
    SELECT offer_id, count(*) AS gap_count, sum(CASE field {bits} END)::INTEGER AS lacks
    FROM mart.offer_gaps
    GROUP BY offer_id
)"""
