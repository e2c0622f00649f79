"""Which cells stand in which row: tables and definition lists as grids of nodes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from selectolax.lexbor import LexborNode

Path = tuple[int, ...]
_MAX_COLUMNS = 60


def grid(table: LexborNode, path: Path) -> list[tuple[Path, list[LexborNode]]]:
    """The rows of a table with spanned cells repeated where they reach (nested tables apart)."""
    rows: list[tuple[Path, list[LexborNode]]] = []
    reaching: dict[int, tuple[LexborNode, int]] = {}
    for row, row_path in _rows_of(table, path):
        if row.tag == "caption":
            rows.append((row_path, [row]))
            continue
        cells: list[LexborNode] = []
        own = [child for child in row.iter() if child.tag in {"td", "th"}]
        while (own or len(cells) in reaching) and len(cells) < _MAX_COLUMNS:
            column = len(cells)
            if column in reaching:
                cell, more = reaching.pop(column)
                cells.append(cell)
                if more > 1:
                    reaching[column] = (cell, more - 1)
                continue
            cell = own.pop(0)
            height = _span(cell, "rowspan")
            for _ in range(min(_span(cell, "colspan"), _MAX_COLUMNS - len(cells))):
                if height > 1:
                    reaching[len(cells)] = (cell, height - 1)
                cells.append(cell)
        rows.append((row_path, cells))
    return rows


def _rows_of(table: LexborNode, path: Path) -> Iterator[tuple[LexborNode, Path]]:
    for index, child in enumerate(table.iter()):
        if child.tag in {"thead", "tbody", "tfoot"}:
            for row_index, row in enumerate(child.iter()):
                if row.tag == "tr":
                    yield row, (*path, index, row_index)
        elif child.tag in {"tr", "caption"}:
            yield child, (*path, index)


def _span(cell: LexborNode, name: str) -> int:
    value = cell.attributes.get(name) or ""
    return max(1, min(int(value), 500)) if re.fullmatch(r"\d{1,4}", value) else 1


def names_columns(cells: Sequence[LexborNode]) -> bool:
    distinct = {cell.mem_id for cell in cells}
    return len(distinct) > 1 and all(cell.tag == "th" for cell in cells)


def terms(pairs: LexborNode, path: Path) -> Iterator[tuple[LexborNode, Path]]:
    for index, child in enumerate(pairs.iter()):
        if child.tag in {"dt", "dd"}:
            yield child, (*path, index)
        elif child.tag == "div":
            for inner_index, inner in enumerate(child.iter()):
                if inner.tag in {"dt", "dd"}:
                    yield inner, (*path, index, inner_index)
