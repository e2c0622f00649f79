"""Macros that a published file brings along: for analysts, and the rules that its tables share.

They stand in the schema `main` of the working database and of each published file, so that
`FROM coverage_on('2026-03-14')` works wherever the file is opened.
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from warehouse.store import model_sql


@dataclass(frozen=True)
class Macro:
    """`signature` is how it is called, `description` German; `is_table`: used behind FROM."""

    signature: str
    description: str
    is_table: bool = False

    @property
    def name(self) -> str:
        return self.signature.partition("(")[0]


MACROS = (
    Macro(
        "lifecycle_on(presence, status, last_day, day)",
        "Stand eines Angebots an einem Tag: past, wenn es dann vorbei war, sonst presence.",
    ),
    Macro(
        "is_covering(lifecycle, status)",
        "Ob ein Angebot zählt: weder abgesagt noch vorbei noch zurückgezogen.",
    ),
    Macro(
        "has_no_place(places_free, places_taken, places_total)",
        "Ob die Seite sagt, dass kein Platz frei ist.",
    ),
    Macro(
        "distance_km(latitude_a, longitude_a, latitude_b, longitude_b)",
        "Luftlinie zwischen zwei Punkten in Kilometern (Großkreis).",
    ),
    Macro(
        "offers_on(day)",
        "Die Angebote, wie sie am Ende eines Tages bekannt waren; lifecycle gilt für diesen Tag.",
        is_table=True,
    ),
    Macro(
        "coverage_on(day)",
        "Je Gremium und Modul der Zustand an einem Tag, mit dem Register von heute. Vor dem "
        "ersten Besuch ist er unknown, wo eine Quelle zugeordnet ist, sonst not_configured.",
        is_table=True,
    ),
    Macro(
        "offers_near(ags, km)",
        "Aktuelle, nicht abgesagte Angebote für Gremien im Umkreis einer Kommune (Luftlinie bis "
        "zur Kommune des Veranstaltungsortes), das nächste zuerst.",
        is_table=True,
    ),
)
"""What a macro uses comes before it."""


def create_macros(connection: duckdb.DuckDBPyConnection, catalog: str | None = None) -> None:
    """Creates all macros with their comments in the connection's database, or in the attached
    `catalog`, whose mart tables must be there already."""
    row = connection.execute("SELECT current_database()").fetchone()
    assert row is not None
    if catalog is not None:
        connection.execute(f'USE "{catalog}"')
    try:
        for macro in MACROS:
            connection.execute(model_sql("mart/macros", macro.name))
            kind = "MACRO TABLE" if macro.is_table else "MACRO"
            text = macro.description.replace("'", "''")
            connection.execute(f"COMMENT ON {kind} {macro.name} IS '{text}'")
    finally:
        if catalog is not None:
            connection.execute(f'USE "{row[0]}"')
