"""Pairs of label and value, in all the shapes in which catalogues print them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import takewhile
from typing import Final

from selectolax.lexbor import LexborNode

from scrapers.fields.labels import Label, canonical_label
from scrapers.fields.text import clean
from scrapers.pages.date_words import DATE
from scrapers.pages.markup import (
    classes,
    elements,
    following,
    is_within,
    joined,
    lines_of,
    text_of,
    value_of,
)

Pair = tuple[str, str]

_LABEL_CLASS: Final = re.compile(r"(^|[-_])(label|bezeichnung|beschriftung|key|caption)s?$", re.I)
_NOT_A_LABEL_CLASS: Final = re.compile(r"^(label-|badge)|form-label", re.I)
_INLINE_NAMES: Final = "a abbr b bdi cite code em font i mark q s small span strong sub sup time u"
_INLINE: Final = frozenset(_INLINE_NAMES.split())
_EMPHASIS_NAMES: Final = "b em i small span strong u"
_EMPHASIS: Final = frozenset(_EMPHASIS_NAMES.split())
# Longer lines are running text, in which a colon makes no label.
_LONGEST_LINE: Final = 600
_SECTION_LABELS: Final = frozenset(
    {
        Label.NUMBER,
        Label.START,
        Label.DATE,
        Label.TIME,
        Label.DURATION,
        Label.PLACE,
        Label.PRICE,
        Label.STATUS,
        Label.OCCUPANCY,
        Label.FREE_PLACES,
        Label.TARGET_GROUP,
    }
)
_HEADERS: Final = frozenset({Label.DATE, Label.TIME, Label.WEEKDAY, Label.PLACE, Label.ROOM})
_DATED: Final = frozenset({Label.START, Label.DATE})
_ENOUGH: Final = 20
_BLOCKS_NAMES: Final = "div p ul ol li table dl h1 h2 h3 h4 h5 h6"
_BLOCKS: Final = frozenset(_BLOCKS_NAMES.split())


def labelled_pairs(root: LexborNode, without: Iterable[LexborNode] = ()) -> tuple[Pair, ...]:
    """All pairs under `root` in page order, each once; whole tables of dates go in `without`.

    A pair in a definition list or under a label class counts with any label; in running text
    and loose rows only with a label that speaks of a course.
    """
    excluded = {node.mem_id for node in without}
    found: list[Pair] = []
    for node in _elements_in_order(root, excluded):
        for label, value in _pairs_at(node):
            label, value = clean(label).rstrip(": "), clean(value)
            if label and value and len(label) <= 60 and (label, value) not in found:
                found.append((label, value))
    return tuple(found)


def _elements_in_order(root: LexborNode, excluded: Collection[int]) -> Iterator[LexborNode]:
    """`root` and all elements in it, without those that are excluded and what is in them."""
    if not excluded:
        yield from root.traverse()
        return
    stack = [] if is_within(root, excluded) else [root]
    while stack:
        node = stack.pop()
        yield node
        stack += [child for child in node.iter() if child.mem_id not in excluded][::-1]


def first_pair_node(nodes: Iterable[LexborNode]) -> LexborNode | None:
    """The first of `nodes` that is a labelled value of a course."""
    for node in nodes:
        if node.is_element_node and any(
            canonical_label(label) is not None and value for label, value in _pairs_at(node)
        ):
            return node
    return None


def value_with_role(pairs: Iterable[Pair], *kinds: Label) -> str:
    """The value of the first pair whose label is of one of the kinds, "" without one."""
    return next((value for label, value in pairs if canonical_label(label) in kinds), "")


def _pairs_at(node: LexborNode) -> Iterator[Pair]:
    tag = node.tag
    if tag == "dt":
        yield from _definition(node)
    elif tag == "tr":
        yield from _table_row(node)
    elif tag in ("strong", "b", "em", "span", "div", "label", "th", "td") and _is_label(node):
        yield from _labelled_sibling(node)
    elif tag in ("div", "li", "section"):
        yield from _row_of_two(node)
    elif tag in ("h2", "h3", "h4", "h5", "h6", "summary"):
        yield from _section(node)
    if tag in ("p", "li", "div", "td", "dd", "address", "section", "article", "main", "body"):
        yield from _lines(node)


def _definition(term: LexborNode) -> Iterator[Pair]:
    """A list of dates may stand in several `dd`. Elsewhere a second `dd` may have lost its term."""
    label, values = text_of(term), list[str]()
    sibling = following(term)
    while sibling is not None and sibling.tag == "dd":
        values.extend(lines_of(sibling))
        several = canonical_label(label) is Label.DATE
        sibling = following(sibling) if several else None
    yield label, joined(values)


def _table_row(row: LexborNode) -> Iterator[Pair]:
    cells = [cell for cell in elements(row) if cell.tag in ("td", "th")]
    if len(cells) != 2 or cells[1].tag == "th":
        return
    label = text_of(cells[0])
    if canonical_label(text_of(cells[1])) in _HEADERS:
        return  # the head of two columns, not a value
    if cells[0].tag == "th" or label.endswith(":") or canonical_label(label):
        yield label, value_of(cells[1])


def _is_label(node: LexborNode) -> bool:
    names = classes(node)
    return any(_LABEL_CLASS.search(name) for name in names) and not any(
        _NOT_A_LABEL_CLASS.search(name) for name in names
    )


def _labelled_sibling(node: LexborNode) -> Iterator[Pair]:
    sibling = following(node)
    if sibling is not None and not _is_label(sibling):
        yield text_of(node), value_of(sibling)
    elif node.parent is not None and len(elements(node.parent)) == 1:
        whole, label = text_of(node.parent), text_of(node)
        if whole.startswith(label):
            yield label, whole[len(label) :]


def _row_of_two(node: LexborNode) -> Iterator[Pair]:
    """`<div><div>Beginn</div><div>…</div></div>`, the label without any class of its own."""
    children = elements(node)
    if len(children) < 2 or _is_label(children[0]):
        return
    label = text_of(children[0])
    if canonical_label(label) is None or _own_words(node):
        return
    if len(children) == 2 and children[0].tag not in ("h2", "h3", "h4", "h5", "h6", "summary"):
        yield label, value_of(children[1])


def _section(heading: LexborNode) -> Iterator[Pair]:
    """A heading that is nothing but a label, and the one block that follows it."""
    label = text_of(heading)
    block = following(heading)
    if block is None or canonical_label(label) not in _SECTION_LABELS:
        return
    if block.tag in ("p", "div", "address", "span", "ul") and not block.css_first("dl, table, h2"):
        lines = lines_of(block)
        if 0 < len(lines) <= 6 and not any(_is_sentence(line) for line in lines):
            value = joined(lines)
            if canonical_label(label) not in _DATED or DATE.search(value):
                yield label, value


def _is_sentence(line: str) -> bool:
    return line[-1] in ".!?" and len(line.split()) > 4


def _lines(node: LexborNode) -> Iterator[Pair]:
    """`Label: value` in the words that stand directly in this block, not in blocks within."""
    pieces = _inline_pieces(node)
    if any(is_label for is_label, _ in pieces):
        yield from _marked_labels(pieces)
    else:
        for line in "".join(text for _, text in pieces).split("\n"):
            yield from pairs_in_line(line)


def pairs_in_line(line: str) -> list[Pair]:
    """`Label: value` in one line of text; a line can carry several, the first at its start."""
    line = clean(line)
    if len(line) > _LONGEST_LINE:
        return []
    starts: list[tuple[int, int, str]] = []
    for colon in re.finditer(r":(?!\d)", line):
        words = list(re.finditer(r"[^\s,;|•]+", line[: colon.start()]))[-4:]
        for word in words:
            label = line[word.start() : colon.start()]
            if canonical_label(label) is not None:
                starts.append((word.start(), colon.end(), label))
                break
    if not starts or starts[0][0] != 0:
        return []
    ends = [start for start, _, _ in starts[1:]] + [len(line)]
    return [
        (label, value)
        for (_, begin, label), end in zip(starts, ends, strict=True)
        if (value := line[begin:end].strip(" ,;|•"))
    ]


def _marked_labels(pieces: list[tuple[bool, str]]) -> Iterator[Pair]:
    """Labels set off by bold type or a span, each with the words up to the next label.

    A value ends with its line, unless the label stands alone in its line.
    """
    for position, (is_label, label) in enumerate(pieces):
        if not is_label:
            continue
        rest = ""
        for follows_label, text in pieces[position + 1 :]:
            if follows_label:
                break
            rest += text
        lines = [clean(line) for line in rest.split("\n")]
        first = lines[0].lstrip(": ")
        if first:
            yield label, first
        elif len(lines) > 1:
            block = list(takewhile(bool, lines[1:]))
            if len(block) <= 6:
                yield label, joined(block)


def _inline_pieces(node: LexborNode) -> list[tuple[bool, str]]:
    """The words directly in a block as (is a set-off label, text); breaks and blocks are "\\n"."""
    pieces: list[tuple[bool, str]] = []
    line = ""
    has_label = False
    for child in node.iter(include_text=True):
        is_label = False
        if child.is_text_node:
            text = re.sub(r"\s+", " ", child.text_content or "")
        elif child.tag in _INLINE and not _holds_block(child):
            text = _with_outer_spaces(child)
            set_off = child.tag in _EMPHASIS and canonical_label(text) is not None
            is_label = set_off and (has_label or not line or line[-1] in ",;|•")
        elif child.is_element_node:
            text = "\n" if child.tag == "br" else "\n\n"
        else:
            continue
        pieces.append((is_label, text))
        has_label = has_label or is_label
        # What stands before the next piece in its line; only its last words matter.
        line = (line[-_ENOUGH:] + text).rsplit("\n", 1)[-1].rstrip()
    return pieces


def _holds_block(inline: LexborNode) -> bool:
    return any(node.tag in _BLOCKS for node in inline.traverse())


def _with_outer_spaces(node: LexborNode) -> str:
    """Inline text with the spaces at its ends kept, so that words do not grow together."""
    raw = node.text(deep=True)
    inner = "\n".join(lines_of(node))
    return (" " if raw[:1].isspace() else "") + inner + (" " if raw[-1:].isspace() else "")


def _own_words(node: LexborNode) -> bool:
    return any(
        child.is_text_node and clean(child.text_content or "")
        for child in node.iter(include_text=True)
    )
