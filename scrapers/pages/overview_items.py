"""Lines that are an offer each, written as pieces with dashes or commas between them."""

from __future__ import annotations

import re

from scrapers.fields.labels import Label
from scrapers.pages.blocks import Block
from scrapers.pages.lines import Line
from scrapers.pages.overview_facts import facts_of
from scrapers.pages.overview_series import module_word

_DASH = re.compile(r"\s+[–—|•-]\s+|\s+(?=\()|;\s+")
# "12.09.2026: VHS Ahlen"; a comma before a number stands inside a date or an address.
_COMMA = re.compile(r"(?<=\d{4}):\s+|,\s+(?=[^\W\d])|\s+(?=\()|;\s+")
_LONGEST_LINE = 300
_TELLING = frozenset({Label.REGISTRATION, Label.DATE, Label.PROVIDER, Label.MODULE})


def line_as_row(line: Line) -> Block | None:
    """A line as a row with its pieces as cells; None where it is no offer of its own: it tells
    less than three of module, provider, date and way to register."""
    if line.kind == "heading" or len(line.text) > _LONGEST_LINE:
        return None
    for separator in (_DASH, _COMMA):
        pieces = [piece.strip() for piece in separator.split(line.text) if piece.strip()]
        if len(pieces) >= 3 and len(_told(pieces, line)) >= 3:
            cells = tuple(_without_brackets(piece) for piece in pieces)
            return Block(line.text, "row", 0, line.links, cells, (), line.path)
    return None


def _told(pieces: list[str], line: Line) -> set[Label]:
    told: set[Label] = set()
    for piece in pieces:
        links = tuple(link for link in line.links if link[0] in piece)
        told |= {fact.label for fact in facts_of(Line(piece, "row", 0, links))}
        if module_word(piece):
            told.add(Label.MODULE)
    return told & _TELLING


def _without_brackets(piece: str) -> str:
    return piece[1:-1] if piece.startswith("(") and piece.endswith(")") else piece
