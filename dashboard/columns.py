"""Columns of a table, described once: the page shows them and every download writes them.

COLUMNS = (
    Column("Kommune", lambda row: row.municipality, sort="kommune"),
    Column("Angebote", lambda row: row.offer_count, sort="angebote"),
    Column("Zustand", lambda row: STATE_WORDS[row.state].label, cell=state_html),
    Column("Schlüssel", lambda row: row.ags, on_page=False),
)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Generic, TypeVar

Row = TypeVar("Row", contravariant=True)
Value = str | int | float | Decimal | bool | date | datetime | None


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column over rows of a kind.

    `value` gives what a download writes: dates and numbers as such, never as text. `cell` gives
    the cell on the page as HTML, which it has escaped itself (`escaping.plain`, `escaping.link`);
    without it the value is shown. `sort` is the key in `?sortierung=` that orders by this column.
    `wide` is for sentences: on phones they stand below without a label. `width` is a share of the
    page's width in percent; the rest is divided among the others.
    """

    header: str
    value: Callable[[Row], Value]
    cell: Callable[[Row], str] | None = None
    sort: str | None = None
    width: float | None = None
    wide: bool = False
    on_page: bool = True
    in_files: bool = True


def on_page(columns: Sequence[Column[Row]]) -> list[Column[Row]]:
    """The columns that the page shows."""
    return [column for column in columns if column.on_page]


def in_files(columns: Sequence[Column[Row]]) -> list[Column[Row]]:
    """The columns that downloads write."""
    return [column for column in columns if column.in_files]
