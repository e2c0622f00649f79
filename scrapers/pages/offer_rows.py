"""Tables that list offers: each row with its own module or number, and its own date."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import attrs

from scrapers.fields.dates import read_schedule
from scrapers.fields.labels import Label, canonical_label
from scrapers.fields.relevance import modules_in
from scrapers.pages.blocks import Block
from scrapers.pages.lines import Line
from scrapers.records import Module


def with_first_row_as_header(blocks: Sequence[Block]) -> list[Block]:
    """Rows below a first row that only looks like cells but names columns get it as headers."""
    found: list[Block] = []
    headers: tuple[str, ...] = ()
    for block in blocks:
        if block.kind != "row":
            headers = ()
            found.append(block)
            continue
        names = [canonical_label(cell) for cell in block.cells]
        if not block.headers and len(names) >= 2 and all(names):
            headers = block.cells
            continue
        if headers and not block.headers and len(headers) == len(block.cells):
            block = attrs.evolve(block, headers=headers)
        found.append(block)
    return found


def offer_rows(blocks: Sequence[Block], today: date) -> list[Block]:
    """The rows that are an offer each: several named or at least three cells, among them a date
    and one module, or a number under a column of that name. A table in which each column is a
    module gives its columns as rows."""
    found: list[Block] = []
    turned: set[tuple[str, ...]] = set()
    for row, following in _with_following(with_first_row_as_header(blocks)):
        columns = [] if row.headers in turned else _columns(row, following)
        if columns and row.headers:
            turned.add(row.headers)
        found += [r for r in [row, *columns] if _is_offer(r, today)]
    return found


def lines_of_row(row: Block) -> list[Line]:
    """The cells as labelled lines, as far as their columns have a name that is known."""
    headers = row.headers or ("",) * len(row.cells)
    lines = []
    for header, cell in zip(headers, row.cells, strict=True):
        text = cell.replace("\n", ", ").strip()
        if not text:
            continue
        label = canonical_label(header) if header else None
        printed = f"{header.strip(' :')}: {text}" if label else text
        links = tuple(link for link in row.links if link[0] in cell)
        lines.append(Line(printed, "row", 0, links, row.path))
    return lines


def _with_following(blocks: Sequence[Block]) -> Iterator[tuple[Block, list[Block]]]:
    """Each row with the rows directly below it that have as many cells and the same headers."""
    for position, row in enumerate(blocks):
        if row.kind != "row":
            continue
        following: list[Block] = []
        for block in blocks[position + 1 :]:
            is_same = len(block.cells) == len(row.cells) and block.headers == row.headers
            if block.kind != "row" or not is_same:
                break
            following.append(block)
        yield row, following


def _columns(row: Block, following: Sequence[Block]) -> list[Block]:
    """The columns below a row (or a header) that names a different module in each."""
    is_named_above = len(_modules_of(row.headers)) > 1
    names = row.headers if is_named_above else row.cells
    below = [row, *following] if is_named_above else following
    if len(_modules_of(names)) < 2:
        return []
    return [
        Block(
            " | ".join([names[column], *(line.cells[column] for line in below)]),
            "row",
            headers=(names[0], *(line.cells[0] for line in below)),
            cells=(names[column], *(line.cells[column] for line in below)),
            path=row.path,
        )
        for column in range(1, len(names))
    ]


def _modules_of(cells: Sequence[str]) -> set[Module]:
    named = [modules_in(cell) for cell in cells[1:]]
    return {module for modules in named if len(modules) == 1 for module in modules}


def _is_offer(row: Block, today: date) -> bool:
    if not row.headers and len(row.cells) < 3:
        return False
    if not any(read_schedule(cell, today=today).value for cell in row.cells):
        return False
    labels = [canonical_label(header) for header in row.headers]
    has_number = any(
        label is Label.NUMBER and any(map(str.isdigit, cell))
        for label, cell in zip(labels, row.cells, strict=False)
    )
    return has_number or len(modules_in(row.text)) == 1
