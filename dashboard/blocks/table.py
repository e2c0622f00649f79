"""A real HTML table: caption, row headers, sort links and pages in the address, cards on phones.

    total = count_offers(file, ...)
    paging = Paging(total, address.PAGE.read() or 1, 25)
    rows = offers(file, ..., limit=paging.size, offset=paging.offset)
    st.html(table(rows, COLUMNS, "Angebote mit Termin und Ort", ORDER) + paging.html("Angebote"))

The first column names its row. Values are escaped here, HTML of `Column.cell` by its author.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from dashboard import address
from dashboard.address import Order, Parameter
from dashboard.columns import Column, Value, on_page
from dashboard.escaping import plain
from dashboard.formats import number_text, value_text

Row = TypeVar("Row")
NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Paging:
    """Which part of a list is shown: `number` counts from 1, `size` rows a page."""

    total: int
    asked: int = 1
    size: int = 25

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.size))

    @property
    def number(self) -> int:
        """The asked page, or the last one where there are fewer."""
        return max(1, min(self.asked, self.pages))

    @property
    def offset(self) -> int:
        return (self.number - 1) * self.size

    def html(self, things: str) -> str:
        """Which entries are shown, and links to the other pages; nothing for a single page."""
        if self.pages == 1:
            return ""
        last = min(self.total, self.offset + self.size)
        text = (
            f"{things} {number_text(self.offset + 1)} bis {number_text(last)} von "
            f"{number_text(self.total)}, Seite {number_text(self.number)} von "
            f"{number_text(self.pages)}"
        )
        steps = (
            ("erste", "Erste Seite", 1, self.number > 2),
            ("vorige", "Vorige Seite", self.number - 1, self.number > 1),
            ("naechste", "Nächste Seite", self.number + 1, self.number < self.pages),
            ("letzte", "Letzte Seite", self.pages, self.number < self.pages - 1),
        )
        links = "".join(
            f'<li><a class="qa-link" id="seite-{key}" data-stay target="_self" '
            f'href="{plain(address.here((address.PAGE, number)), 2000)}">{label}</a></li>'
            for key, label, number, is_there in steps
            if is_there
        )
        return (
            f'<nav class="qa-paging" aria-label="Seiten der Liste"><p role="status">{text}</p>'
            f'<ul role="list">{links}</ul></nav>'
        )


def table(
    rows: Sequence[Row],
    columns: Sequence[Column[Row]],
    caption: str,
    sorting: Parameter[Order] | None = None,
    *,
    show_caption: bool = False,
) -> str:
    """The table of these rows; with `sorting`, headers of columns that can be sorted are links."""
    shown = on_page(columns)
    current = sorting.read() if sorting is not None else None
    heading = "".join(_header(column, sorting, current) for column in shown)
    body = "".join(_row(row, shown) for row in rows)
    hidden = "" if show_caption else ' class="qa-hidden"'
    return (
        f'<div class="qa-frame"><table class="qa-table" role="table"><caption{hidden}>'
        f'{plain(caption)}</caption><thead role="rowgroup"><tr role="row">{heading}</tr></thead>'
        f'<tbody role="rowgroup">{body}</tbody></table></div>'
    )


def _header(column: Column[Any], sorting: Parameter[Order] | None, current: Order | None) -> str:
    width = f' style="width:{column.width:g}%"' if column.width is not None else ""
    opening = f'<th role="columnheader" scope="col"{width}'
    if sorting is None or current is None or column.sort is None:
        return f"{opening}>{plain(column.header)}</th>"
    is_current = column.sort == current.key
    way = ""
    if is_current:
        way = f' aria-sort="{"descending" if current.descending else "ascending"}"'
    wanted = Order(column.sort, is_current and not current.descending)
    target = plain(address.here((sorting, wanted)), 2000)
    return (
        f'{opening}{way}><a class="qa-sort" id="sortieren-{plain(column.sort)}" data-stay '
        f'target="_self" href="{target}">{plain(column.header)}</a></th>'
    )


def _kind(value: Value) -> str:
    """The class of a cell: numbers and dates are not broken over lines."""
    if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        return "qa-number-cell"
    return "qa-date-cell" if isinstance(value, date) else ""


def _cell(row: Any, column: Column[Any]) -> tuple[str, str]:
    """The content and the classes of one cell."""
    value = column.value(row)
    content = column.cell(row) if column.cell is not None else plain(value_text(value))
    classes = [_kind(value)] if _kind(value) else []
    if column.wide:
        classes.append("qa-wide")
    if not content:
        content, classes = NOTHING, [*classes, "qa-empty"]
    return content, f' class="{" ".join(classes)}"' if classes else ""


def _row(row: Any, columns: Sequence[Column[Any]]) -> str:
    first, _ = _cell(row, columns[0])
    cells = []
    for column in columns[1:]:
        content, classes = _cell(row, column)
        cells.append(
            f'<td role="cell" data-label="{plain(column.header)}"{classes}>'
            f"<span>{content}</span></td>"
        )
    return f'<tr role="row"><th role="rowheader" scope="row">{first}</th>{"".join(cells)}</tr>'
