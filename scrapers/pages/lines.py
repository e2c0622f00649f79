"""Blocks line by line: the smallest units with a meaning of their own on pages in free text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import attrs

from scrapers.pages.blocks import Block, BlockKind, Link
from scrapers.pages.tables import Path


@attrs.frozen
class Line:
    """One printed line. `bullet` is True where the text itself carries a mark of enumeration."""

    text: str
    kind: BlockKind = "paragraph"
    level: int = 0
    links: tuple[Link, ...] = ()
    path: Path = ()
    bullet: bool = False


def page_lines(blocks: Iterable[Block]) -> tuple[Line, ...]:
    """The blocks line by line. Marks of plain-text formatting (`#`, `**`, bullets) are read as
    what they mean; a row becomes "label: value" when it has two cells, else one line per cell."""
    lines: list[Line] = []
    for block in blocks:
        pending = list(block.links)
        for text in _printed_lines(block):
            line = _unmarked(text, block, _links_of_line(text, block, pending))
            if line.text and not (line.kind == "heading" and _COUNTER.fullmatch(line.text)):
                lines.append(line)
    return tuple(lines)


_HASHES = re.compile(r"^(#{1,6})\s+")
_STARS = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*|__(?=\S)(.+?)(?<=\S)__")
_BULLET = re.compile(r"^(?:[•·▪‣◦*–-]|\d{1,2}[.)])\s+(?=\S)")

# "12. Mai 2026", "7. 2.", "1. Tag": a number that belongs to the words after it.
_ORDINAL = re.compile(
    r"\d{1,2}\.\s+(?:[A-ZÄÖÜ][a-zä]+\.?\s+(?:19|20)\d\d|\d{1,2}\."
    r"|(?:Tag|Termin|Modul|Block|Teil|Baustein)\b)"
)

_SENTENCES = re.compile(r"^.{120,}|[.!?] .{30,}|\w{3,}\.$")
# A cell that names its neighbour: short, in one line, and not merely the number of the row.
_COUNTER = re.compile(r"(?:abschnitt|teil|bereich|element|panel|block)\s*\d{1,3}\.?", re.IGNORECASE)
_LABEL = re.compile(r"(?!\W*\d+\W*$)[^\n]{1,60}")


def _printed_lines(block: Block) -> Iterator[str]:
    if block.kind == "row" and len(block.cells) == 2 and not block.headers:
        label, value = block.cells
        if _LABEL.fullmatch(label):
            joint = " " if label.endswith((":", ".", "?", "!")) else ": "
            yield from f"{label}{joint}{value}".split("\n")
            return
    if block.kind == "row":
        for cell in block.cells:
            yield from cell.split("\n")
        return
    yield from block.text.split("\n")


def _unmarked(text: str, block: Block, links: tuple[Link, ...]) -> Line:
    kind, level = block.kind, block.level
    has_bullet = False
    if hashes := _HASHES.match(text):
        kind, level, text = "heading", len(hashes[1]), text[hashes.end() :]
    elif (bullet := _BULLET.match(text)) and not _ORDINAL.match(text):
        has_bullet = True
        kind, text = ("heading" if kind == "heading" else "item"), text[bullet.end() :]
    text = _STARS.sub(lambda mark: mark[1] or mark[2], text).strip()
    if kind == "heading" and _is_running_text(text, level):
        kind, level = "paragraph", 0
    return Line(text, kind, level, links, block.path, has_bullet)


def _is_running_text(text: str, level: int) -> bool:
    """Running text that markup calls a heading, such as an accordion's first line. A real title
    may consist of sentences too, so the higher the level, the more is needed."""
    if level == 1:
        return len(text) > 300
    if level <= 3:
        return len(text) > 160 or (text.endswith(".") and bool(re.search(r"[.!?] .{30,}", text)))
    return bool(_SENTENCES.search(text))


def _links_of_line(text: str, block: Block, pending: list[Link]) -> tuple[Link, ...]:
    """The links whose words stand in the line; of several with the same words ("Anmeldung") each
    line takes as many as it has of these words, so that none gets a neighbour's address. What a
    line takes leaves `pending`."""
    if "\n" not in block.text:
        return block.links
    found: list[Link] = []
    for link in list(pending):
        taken = sum(known[0] == link[0] for known in found)
        if not link[0]:
            found.append(link)
        elif text.count(link[0]) > taken:
            found.append(link)
            pending.remove(link)
    return tuple(found)
