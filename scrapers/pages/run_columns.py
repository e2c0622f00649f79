"""Tables with a column for each run of an offer: each run becomes a row of its own.

"Durchgang 1" and "Gruppe B" are offers of which one takes one; "Termin 1" and "Termin 2" are the
dates of a single offer and stay together.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import attrs

from scrapers.pages.blocks import Block
from scrapers.pages.date_words import DATE
from scrapers.pages.module_columns import links_by_cell

_RUN = re.compile(
    r"(?:durchgang|durchlauf|gruppe|kurs|kursgruppe|lauf|runde|staffel)\s*(?:nr\.?\s*)?(?:\d|[a-d])"
    r"|(?:\d\.|erster|zweiter|dritter|erste|zweite|dritte)\s+(?:durchgang|durchlauf|gruppe|kurs"
    r"|lauf|runde|staffel)",
    re.IGNORECASE,
)
_WHEN = "Termin"


def with_runs_as_rows(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, with each row that dates several runs parted into one row for each."""
    return [part for block in blocks for part in _parted(block)]


def _parted(row: Block) -> list[Block]:
    runs = [
        column
        for column, header in enumerate(row.headers)
        if _RUN.fullmatch(header.strip(" :")) and column < len(row.cells)
    ]
    dated = [column for column in runs if DATE.search(row.cells[column])]
    if row.kind != "row" or len(runs) < 2 or not dated:
        return [row]
    return [_of_run(row, column, frozenset(runs) - {column}) for column in dated]


def _of_run(row: Block, run: int, others: frozenset[int]) -> Block:
    kept = [column for column in range(len(row.cells)) if column not in others]
    cells = tuple(row.cells[column] for column in kept)
    headers = tuple(_WHEN if column == run else row.headers[column] for column in kept)
    by_cell = links_by_cell(row)
    links = tuple(link for column in kept for link in by_cell[column])
    return attrs.evolve(row, text="\n".join(cells), cells=cells, headers=headers, links=links)
