"""Items of a list that are an offer each, written as pieces with dashes or commas between them."""

from __future__ import annotations

import re

import attrs

from scrapers.fields.contacts import read_emails
from scrapers.fields.labels import Label
from scrapers.pages.blocks import Block
from scrapers.pages.lines import Line
from scrapers.pages.overview_facts import facts_of
from scrapers.pages.overview_series import module_word

_DASH = re.compile(r"\s+[–—|•-]\s+|\s+(?=\()|;\s+")
# "12.09.2026: VHS Ahlen"; a comma before a number stands inside a date or an address.
_COMMA = re.compile(r"(?<=\d{4}):\s+|,\s+(?=[^\W\d])|\s+(?=\()|;\s+")
_LONGEST_ITEM = 300
_TELLING = frozenset({Label.REGISTRATION, Label.DATE, Label.PROVIDER, Label.MODULE, Label.TITLE})


def item_as_row(block: Block) -> Block | None:
    """A list item as a row with its pieces as cells; None where it is not an offer of its own: it
    leads somewhere, by a link or an e-mail address, and at least two more facts stand in it."""
    if block.kind != "item" or "\n" in block.text or len(block.text) > _LONGEST_ITEM:
        return None
    if not (block.links or read_emails(block.text)):
        return None
    for separator in (_DASH, _COMMA):
        pieces = [piece.strip() for piece in separator.split(block.text) if piece.strip()]
        told = _told(pieces, block)
        if Label.REGISTRATION in told and len(told) >= 3:
            cells = tuple(_without_brackets(piece) for piece in pieces)
            return attrs.evolve(block, kind="row", cells=cells)
    return None


def _told(pieces: list[str], block: Block) -> set[Label]:
    told: set[Label] = set()
    for piece in pieces:
        links = tuple(link for link in block.links if link[0] in piece)
        told |= {fact.label for fact in facts_of(Line(piece, "row", 0, links, block.path))}
        if module_word(piece):
            told.add(Label.MODULE)
    return told & _TELLING


def _without_brackets(piece: str) -> str:
    return piece[1:-1] if piece.startswith("(") and piece.endswith(")") else piece
