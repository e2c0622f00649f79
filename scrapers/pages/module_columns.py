"""Tables with a column for each module: turned so that each row tells of one module.

Such a table is read either down its columns (the first cell of each row names what the others
hold: date, place …) or along its rows (each row is a provider, each module's cell its date there).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import attrs

from scrapers.fields.labels import canonical_label
from scrapers.fields.nothing import says_none
from scrapers.fields.relevance import modules_in
from scrapers.pages.blocks import Block, Link
from scrapers.pages.overview_facts import is_provider_name
from scrapers.records import Module

_MARK = re.compile(r"(?:x|✓|✔|✗|•|ja|\W*)", re.IGNORECASE)
_MODULE, _VHS = "Modul", "Volkshochschule"


def with_modules_as_rows(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, with each table that has columns for at least two modules turned."""
    found: list[Block] = []
    position = 0
    while position < len(blocks):
        table = _table(blocks, position)
        if table is None:
            found.append(blocks[position])
            position += 1
            continue
        names, rows = table
        found += _turned(names, rows)
        position += len(rows) + (names is not blocks[position].headers)
    return found


def _table(
    blocks: Sequence[Block], position: int
) -> tuple[tuple[str, ...], Sequence[Block]] | None:
    """The names of the columns and the rows below them, where the table beginning here has columns
    for modules. The names are its headers, or the cells of its first row."""
    first = blocks[position]
    if first.kind != "row":
        return None
    names = first.headers or first.cells
    has_modules = len({module for module in _modules(names) if module}) > 1
    has_providers = sum(map(is_provider_name, names[1:])) > 1
    if not (has_modules or has_providers):
        return None
    rows = []
    for block in blocks[position + (not first.headers) :]:
        is_same = len(block.cells) == len(names) and block.headers == first.headers
        if block.kind != "row" or not is_same:
            break
        rows.append(block)
    heads = {modules_in(row.cells[0]) for row in rows}
    if not has_modules and len(heads) < 2:
        return None
    return (names, rows) if rows else None


def _modules(names: Sequence[str]) -> list[Module | None]:
    """The one module that each column is named after; the first column never is one."""
    named = [modules_in(name) if position else frozenset() for position, name in enumerate(names)]
    return [next(iter(modules)) if len(modules) == 1 else None for modules in named]


def _turned(names: tuple[str, ...], rows: Sequence[Block]) -> list[Block]:
    columns = [column for column, module in enumerate(_modules(names)) if module]
    if not columns:
        return [block for row in rows for block in _by_provider(names, row)]
    labels = [row.cells[0] for row in rows]
    if 2 * sum(canonical_label(label) is not None for label in labels) >= len(rows):
        return [_down(names[column], column, labels, rows) for column in columns]
    return [block for row in rows for block in _along(names, columns, row)]


def _by_provider(names: tuple[str, ...], row: Block) -> list[Block]:
    """A row for each provider in whose column the module of this one has something."""
    return [
        _with_module(
            row.cells[0], attrs.evolve(cell, cells=(name, *cell.cells), headers=(_VHS, ""))
        )
        for column, name in enumerate(names)
        if column and is_provider_name(name) and not says_none(row.cells[column] or "-")
        for cell in [_picked(row, [column], [""])]
    ]


def _down(name: str, column: int, labels: Sequence[str], rows: Sequence[Block]) -> Block:
    cells = (name, *(row.cells[column] for row in rows))
    links = tuple(link for row in rows for link in links_by_cell(row, 1)[column])
    return Block("\n".join(cells), "row", 0, links, cells, (_MODULE, *labels), rows[0].path)


def _along(names: tuple[str, ...], columns: Sequence[int], row: Block) -> list[Block]:
    """A row for each module that this one says something about. Marks in several columns beside
    one date leave open which module it is: then one row names them all."""
    told = [column for column in columns if row.cells[column] and not says_none(row.cells[column])]
    rest = [column for column in range(len(names)) if column not in columns]
    heads = [names[column] for column in rest]
    if len(told) > 1 and all(_MARK.fullmatch(row.cells[column]) for column in told):
        several = " und ".join(names[column] for column in told)
        return [_with_module(several, _picked(row, rest, heads))]
    return [
        _with_module(names[column], _picked(row, [*rest, column], [*heads, ""])) for column in told
    ]


def _with_module(module: str, row: Block) -> Block:
    return attrs.evolve(
        row,
        text=f"{module}\n{row.text}",
        cells=(module, *row.cells),
        headers=(_MODULE, *row.headers),
    )


def _picked(row: Block, columns: Sequence[int], headers: Sequence[str]) -> Block:
    cells = tuple(row.cells[column] for column in columns)
    by_cell = links_by_cell(row)
    links = tuple(link for column in columns for link in by_cell[column])
    return Block("\n".join(cells), "row", 0, links, cells, tuple(headers), row.path)


def links_by_cell(row: Block, first: int = 0) -> list[list[Link]]:
    """The row's links by the cells in which their words stand, from the cell `first` on; of links
    with the same words each cell takes as many as it has of these words. Links without words
    belong to none."""
    pending = [link for link in row.links if link[0]]
    found: list[list[Link]] = [[] for _ in row.cells[:first]]
    for cell in row.cells[first:]:
        taken: list[Link] = []
        for link in list(pending):
            if cell.count(link[0]) > sum(known[0] == link[0] for known in taken):
                taken.append(link)
                pending.remove(link)
        found.append(taken)
    return found
