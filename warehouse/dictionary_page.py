"""`docs/data-dictionary.md`, generated from the dictionary, the macros and the cookbook.

`python -m warehouse.dictionary_page` writes it anew; a test holds that the kept file is up to date.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from warehouse.cookbook import KeptQuery, load_cookbook
from warehouse.dictionary import Column, Dictionary, Table, load_dictionary
from warehouse.macros import MACROS, Macro
from warehouse.settings import WAREHOUSE_DIR

PAGE = WAREHOUSE_DIR.parent / "docs" / "data-dictionary.md"

_HEAD = """\
# Datenverzeichnis

Alle Tabellen der veröffentlichten DuckDB-Datei, Spalte für Spalte. Diese Seite wird aus
`warehouse/dictionary.yaml`, `warehouse/macros.py` und `warehouse/queries` erzeugt
(`python -m warehouse.dictionary_page`); Änderungen gehören dorthin. Wie man fragt, steht im
[Leitfaden für Auswertungen](analysts.md).

Eine leere Angabe (NULL) heißt immer: nicht bekannt. Zeitpunkte (`TIMESTAMPTZ`) stehen in UTC,
Termine (`TIMESTAMP`) in Ortszeit. **Fett** gesetzte Spalten bilden den Schlüssel einer Zeile.

Jede Tabelle steht auch als Parquet und als CSV neben der Datei. Als CSV fehlt eine Tabelle in einer
Nacht, in der sie mehr als 1.048.575 Zeilen hat: Mehr nimmt kein Tabellenprogramm auf."""


def dictionary_page(
    dictionary: Dictionary, macros: Sequence[Macro], cookbook: Sequence[KeptQuery]
) -> str:
    """The whole page in Markdown."""
    return "\n".join([*_lines(dictionary, macros, cookbook), ""])


def _lines(
    dictionary: Dictionary, macros: Sequence[Macro], cookbook: Sequence[KeptQuery]
) -> Iterator[str]:
    yield _HEAD
    yield from ("", "## Tabellen", "", "| Tabelle | Inhalt |", "|---|---|")
    for table in dictionary.tables:
        yield f"| [{table.full_name}](#{_anchor(table)}) | {_cell(table.description)} |"
    for table in dictionary.tables:
        yield from _table(table)
    yield from ("", "## Makros", "", "| Aufruf | Ergebnis |", "|---|---|")
    for macro in macros:
        call = f"FROM {macro.signature}" if macro.is_table else macro.signature
        yield f"| `{call}` | {_cell(macro.description)} |"
    yield from ("", "## Gespeicherte Fragen", "", "`atlas sql --file NAME` stellt sie.", "")
    yield from ("| Name | Frage |", "|---|---|")
    for query in cookbook:
        address = f"../warehouse/queries/{query.name}.sql"
        yield f"| [{query.name}]({address}) | {_cell(query.question)} |"


def _table(table: Table) -> Iterator[str]:
    yield from ("", f"### {table.full_name}", "", table.description, "")
    yield from ("| Spalte | Typ | Bedeutung |", "|---|---|---|")
    for column in table.columns:
        name = f"**{column.name}**" if column.name in table.key else column.name
        yield f"| {name} | {column.type} | {_cell(_meaning(column))} |"


def _meaning(column: Column) -> str:
    notes = [column.description.rstrip(".") + "."]
    if column.allowed:
        notes.append(f"Werte: {', '.join(column.allowed)}.")
    if column.references:
        notes.append(f"Verweist auf {column.references}.")
    if column.not_null:
        notes.append("Nie leer.")
    return " ".join(notes)


def _anchor(table: Table) -> str:
    """The address that Markdown viewers give a heading: lower case, without dots."""
    return table.full_name.lower().replace(".", "")


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def current_page() -> str:
    """The page as it must stand in docs."""
    return dictionary_page(load_dictionary(), MACROS, load_cookbook())


def write_page(path: Path = PAGE) -> None:
    """Writes the page."""
    path.write_text(current_page(), encoding="utf-8")


if __name__ == "__main__":
    write_page()
