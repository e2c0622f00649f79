"""Tables that list offers: each row with its own module or number, and its own date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

import attrs

from scrapers.fields.dates import read_schedule
from scrapers.fields.labels import Label, canonical_label
from scrapers.fields.relevance import modules_in
from scrapers.pages.blocks import Block
from scrapers.pages.date_words import DATE
from scrapers.pages.lines import Line
from scrapers.pages.module_columns import with_modules_as_rows
from scrapers.pages.run_columns import with_runs_as_rows

_TAUGHT: Final = re.compile(
    r"(?:seminar|kurs|workshop|schulung|fortbildung|qualifizierung|weiterbildung|lehrgang|training)"
    r"(?:s?(?:titel|name|thema|bezeichnung)|en|e|s)?",
    re.I,
)
_NAME: Final = re.compile(r"[^\W\d_]{4}")


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
    and one module, a number under a column of that name, or a name under "Seminar" or the like."""
    blocks = with_runs_as_rows(with_modules_as_rows(with_first_row_as_header(blocks)))
    return [block for block in blocks if block.kind == "row" and _is_offer(block, today)]


def title_of_row(row: Block) -> str:
    """What stands under a column that is called after something taught, "" where nothing does. Of
    "Thema" and "Titel" it is open whether they name offers or the dates of one."""
    for header, cell in zip(row.headers, row.cells, strict=False):
        if _TAUGHT.fullmatch(header.strip(" :")) and _NAME.search(cell) and not DATE.search(cell):
            return cell.partition("\n")[0]
    return ""


def lines_of_row(row: Block) -> list[Line]:
    """The cells as labelled lines, as far as their columns have a name that is known."""
    headers = row.headers or ("",) * len(row.cells)
    lines = []
    for header, cell in zip(headers, row.cells, strict=True):
        text = cell.replace("\n", ", ").strip()
        if not text:
            continue
        label = canonical_label(header) if header else None
        is_named = label is not None or _TAUGHT.fullmatch(header.strip(" :"))
        printed = f"{header.strip(' :')}: {text}" if is_named else text
        links = tuple(link for link in row.links if link[0] in cell)
        lines.append(Line(printed, "row", 0, links, row.path))
    return lines


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
    return has_number or len(modules_in(row.text)) == 1 or bool(title_of_row(row))
