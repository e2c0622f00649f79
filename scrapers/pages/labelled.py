"""Pairs of label and value, in all the shapes in which catalogues print them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import takewhile
from operator import attrgetter
from typing import Final

from scrapers.fields.labels import Label, canonical_label, may_end_label
from scrapers.fields.text import clean
from scrapers.pages.date_words import DATE
from scrapers.pages.elements import Element, in_page_order
from scrapers.pages.markup import joined

Pair = tuple[str, str]

_LABEL_CLASS: Final = re.compile(r"(^|[-_])(label|bezeichnung|beschriftung|key|caption)s?$", re.I)
_NOT_A_LABEL_CLASS: Final = re.compile(r"^(label-|badge)|form-label", re.I)
_INLINE_NAMES: Final = "a abbr b bdi cite code em font i mark q s small span strong sub sup time u"
_INLINE: Final = frozenset(_INLINE_NAMES.split())
_EMPHASIS_NAMES: Final = "b em i small span strong u"
_EMPHASIS: Final = frozenset(_EMPHASIS_NAMES.split())
# Longer lines are running text, in which a colon makes no label.
_LONGEST_LINE: Final = 600
_LONGEST_LABEL: Final = 60
# With the spaces of the markup: what holds more is a block, whose text need not be put together.
_LONGEST_WORDS: Final = 500
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
_PART: Final = re.compile(r"[|•·](?<=\s.)\s")
_COLON: Final = re.compile(r":(?!\d)")
_WORD: Final = re.compile(r"[^\s,;|•]+")
_BETWEEN_WORDS: Final = " \xa0\t,;|•"
_HEADERS: Final = frozenset({Label.DATE, Label.TIME, Label.WEEKDAY, Label.PLACE, Label.ROOM})
_DATED: Final = frozenset({Label.START, Label.DATE})
_ENOUGH: Final = 20
_MAY_BE_LABEL: Final = frozenset(["strong", "b", "em", "span", "div", "label", "th", "td"])
_MAY_BE_ROW: Final = frozenset(["div", "li", "section"])
_HEADINGS: Final = frozenset(["h2", "h3", "h4", "h5", "h6", "summary"])
_HOLDS_SECTION: Final = frozenset(["p", "div", "address", "span", "ul"])
_HOLDS_LINES: Final = frozenset(
    ["p", "li", "div", "td", "dd", "address", "section", "article", "main", "body"]
)
_BEGINS_PAIR: Final = _MAY_BE_LABEL | _MAY_BE_ROW | _HEADINGS | _HOLDS_LINES | {"dt", "tr"}
_BLOCKS_NAMES: Final = "div p ul ol li table dl h1 h2 h3 h4 h5 h6"
_BLOCKS: Final = frozenset(_BLOCKS_NAMES.split())
_TAG: Final = attrgetter("tag")


def labelled_pairs(root: Element, without: Iterable[Element] = ()) -> tuple[Pair, ...]:
    """All pairs under `root` in page order, each once; whole tables of dates go in `without`.

    A pair in a definition list or under a label class counts with any label; in running text
    and loose rows only with a label that speaks of a course.
    """
    found: dict[Pair, None] = {}
    for node in _outside(without, root):
        pairs = node.known_pairs
        if pairs is None:
            pairs = _pairs_of(node)
        if pairs:
            found.update(dict.fromkeys(pairs))
    return _without_beginnings(tuple(found))


def _outside(blocks: Iterable[Element], root: Element) -> list[Element]:
    """`root` and all elements in it, in page order, without these blocks."""
    page, begin = root.page, root.place
    found: list[Element] = []
    for block in in_page_order(filter(root.holds, blocks)):
        found += page[begin : block.place]
        begin = max(begin, block.end)
    return found + page[begin : root.end]


def _without_beginnings(pairs: tuple[Pair, ...]) -> tuple[Pair, ...]:
    """A value that stands in several lines may also have been read up to the first one's end."""
    values: dict[str, list[str]] = {}
    for label, value in pairs:
        values.setdefault(label, []).append(value)
    if len(values) == len(pairs):
        return pairs
    return tuple(
        (label, value)
        for label, value in pairs
        if not any(
            other.startswith(value) and other[len(value)] in ", "
            for other in values[label]
            if len(other) > len(value)
        )
    )


def _pairs_of(node: Element) -> tuple[Pair, ...]:
    """The pairs that begin at this element; it keeps them, since several readers ask."""
    known = node.known_pairs
    if known is None:
        pairs = _pairs_at(node) if node.tag in _BEGINS_PAIR else []
        known = node.known_pairs = _whole(pairs) if pairs else ()
    return known


def _whole(pairs: list[Pair]) -> tuple[Pair, ...]:
    """Those with words on both sides, the label no longer than labels are."""
    stripped = [(label.strip().rstrip(": "), value.strip()) for label, value in pairs]
    return tuple([pair for pair in stripped if all(pair) and len(pair[0]) <= _LONGEST_LABEL])


def first_pair_node(nodes: Iterable[Element]) -> Element | None:
    """The first of `nodes` that is a labelled value of a course."""
    for node in nodes:
        if any(canonical_label(label) is not None for label, _ in _pairs_of(node)):
            return node
    return None


def value_with_role(pairs: Iterable[Pair], *kinds: Label) -> str:
    """The value of the first pair whose label is of one of the kinds, "" without one."""
    return next((value for label, value in pairs if canonical_label(label) in kinds), "")


def _pairs_at(node: Element) -> list[Pair]:
    """Asked of most elements of a page, so it looks whether there is something to read."""
    tag, words, children = node.tag, node.words, node.children
    if not words or words.isspace():
        return []
    if tag == "dt":
        return [_definition(node)]
    if tag == "tr":
        return _table_row(node)
    found: list[Pair] = []
    if tag in _MAY_BE_LABEL and _is_label(node):
        found += _labelled_sibling(node)
    elif tag in _MAY_BE_ROW and len(children) == 2:
        found += _row_of_two(node)
    elif tag in _HEADINGS:
        found += _section(node)
    if tag in _HOLDS_LINES and (
        (":" in words and _COLON.search(words))
        or (children and not _EMPHASIS.isdisjoint(map(_TAG, children)))
    ):
        found += _lines(node)
    return found


def _definition(term: Element) -> Pair:
    """A list of dates may stand in several `dd`. Elsewhere a second `dd` may have lost its term."""
    label, values = term.text, list[str]()
    sibling = term.following
    while sibling is not None and sibling.tag == "dd":
        values.extend(sibling.lines)
        several = canonical_label(label) is Label.DATE
        sibling = sibling.following if several else None
    return label, joined(values)


def _table_row(row: Element) -> list[Pair]:
    cells = [cell for cell in row.children if cell.tag in ("td", "th")]
    while cells and not cells[0].text:
        cells = cells[1:]  # a picture before the label
    if len(cells) > 2 and len(cells) % 2 == 0:
        return _side_by_side(cells)
    if len(cells) != 2 or cells[1].tag == "th":
        return []
    label = cells[0].text
    if canonical_label(cells[1].text) in _HEADERS:
        return []  # the head of two columns, not a value
    if cells[0].tag == "th" or label.endswith(":") or canonical_label(label):
        return [(label, cells[1].value)]
    return []


def _side_by_side(cells: list[Element]) -> list[Pair]:
    """Several pairs in one row: each label known, and none where a value should be."""
    labels, values = cells[::2], cells[1::2]
    if any(canonical_label(cell.text) is None for cell in labels):
        return []
    if any(canonical_label(cell.text) is not None for cell in values):
        return []
    return [(label.text, cell.value) for label, cell in zip(labels, values, strict=True)]


def pairs_under_headers(tables: Iterable[Element]) -> tuple[Pair, ...]:
    """The pairs of a table of one row under a row of labels; where there are several such tables
    or a row with a title they are lists, and none is read."""
    found = [rows for table in tables if (rows := _header_and_row(table)) is not None]
    if len(found) != 1:
        return ()
    header, row = found[0]
    return tuple((h.text, cell.value) for h, cell in zip(header, row, strict=True) if cell.value)


def _header_and_row(table: Element) -> tuple[Sequence[Element], Sequence[Element]] | None:
    rows = table.find("tr")
    if len(rows) != 2 or len(rows[0].children) != len(rows[1].children):
        return None
    labels = [canonical_label(cell.text) for cell in rows[0].children]
    if len(labels) < 3 or None in labels or Label.TITLE in labels:
        return None
    return rows[0].children, rows[1].children


def _is_label(node: Element) -> bool:
    names = node.attributes.get("class")
    return names is not None and _marks_label(names)


@lru_cache(maxsize=8192)
def _marks_label(names: str) -> bool:
    """Class names repeat on all pages of a site."""
    return any(map(_LABEL_CLASS.search, names.split())) and not any(
        map(_NOT_A_LABEL_CLASS.search, names.split())
    )


def _labelled_sibling(node: Element) -> list[Pair]:
    sibling = node.following
    if sibling is not None and not _is_label(sibling):
        return [(node.text, sibling.value)]
    if node.parent is not None and len(node.parent.children) == 1:
        whole, label = node.parent.text, node.text
        if whole.startswith(label):
            return [(label, whole[len(label) :])]
    return []


def _row_of_two(node: Element) -> list[Pair]:
    """`<div><div>Beginn</div><div>…</div></div>`, the label without any class of its own."""
    first, second = node.children
    if first.words.isspace() or len(first.words) > _LONGEST_WORDS or first.tag in _HEADINGS:
        return []
    label = first.text
    if canonical_label(label) is None or _is_label(first) or _has_own_words(node):
        return []
    return [(label, second.value)]


def _section(heading: Element) -> list[Pair]:
    """A heading that is nothing but a label, and the one block that follows it."""
    label = heading.text
    if canonical_label(label) not in _SECTION_LABELS:
        return []
    block = heading.following
    if block is None:
        return []
    lines = block.lines if block.tag in _HOLDS_SECTION else ()
    if not 0 < len(lines) <= 6 or any(map(_is_sentence, lines)) or block.find("dl", "table", "h2"):
        return []
    value = joined(lines)
    is_dated = canonical_label(label) not in _DATED or DATE.search(value)
    return [(label, value)] if is_dated else []


def _is_sentence(line: str) -> bool:
    return line[-1] in ".!?" and len(line.split()) > 4


def _lines(node: Element) -> list[Pair]:
    """`Label: value` in the words that stand directly in this block, not in blocks within."""
    if not any(map(_is_inline_words, node.content)):
        return []  # a block around blocks, as most that hold a colon are
    pieces = _inline_pieces(node)
    if any(is_label for is_label, _ in pieces):
        return list(_marked_labels(pieces))
    words = "".join([text for _, text in pieces])
    if ":" not in words:
        return []
    return [pair for line in words.split("\n") for pair in _pairs_in_parts(line)]


def _is_inline_words(item: str | Element) -> bool:
    return not item.isspace() if isinstance(item, str) else item.tag in _INLINE


def _pairs_in_parts(line: str) -> list[Pair]:
    """The pairs of a line; where it begins with something else, those of its parts after a bar."""
    if ":" not in line:
        return []
    if pairs := pairs_in_line(line):
        return pairs
    return [pair for part in _PART.split(line)[1:] for pair in pairs_in_line(part)]


def pairs_in_line(line: str) -> list[Pair]:
    """`Label: value` in one line of text; a line can carry several, the first at its start."""
    if not any(_may_end_label(line[: colon.start()]) for colon in _COLON.finditer(line)):
        return []
    if len(line := clean(line)) > _LONGEST_LINE:
        return []
    starts: list[tuple[int, int, str]] = []
    for colon in _COLON.finditer(line):
        for word in list(_WORD.finditer(line, 0, colon.start()))[-4:]:
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


def _may_end_label(words: str) -> bool:
    """False where no label ends with these words; most colons of running text follow none."""
    last = words.rstrip(_BETWEEN_WORDS).rsplit(None, 1)[-1:]
    return bool(last) and may_end_label(last[0])


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
            yield clean(label), first
        elif len(lines) > 1:
            block = list(takewhile(bool, lines[1:]))
            if len(block) <= 6:
                yield clean(label), joined(block)


def _inline_pieces(node: Element) -> list[tuple[bool, str]]:
    """The words directly in a block as (is a set-off label, text); breaks and blocks are "\\n"."""
    pieces: list[tuple[bool, str]] = []
    line = ""
    has_label = False
    for item in node.content:
        is_label = False
        if isinstance(item, str):
            text = item
        elif item.tag in _INLINE and not any(part.tag in _BLOCKS for part in item.inside):
            text = _with_outer_spaces(item)
            set_off = item.tag in _EMPHASIS and canonical_label(text) is not None
            is_label = set_off and (has_label or not line or line[-1] in ",;|•")
        else:
            text = "\n" if item.tag == "br" else "\n\n"
        pieces.append((is_label, text))
        has_label = has_label or is_label
        # What stands before the next piece in its line; only its last words matter.
        line = (line[-_ENOUGH:] + text).rsplit("\n", 1)[-1].rstrip()
    return pieces


def _with_outer_spaces(inline: Element) -> str:
    """Inline text with the spaces at its ends kept, so that words do not grow together."""
    words = inline.words
    inner = "\n".join(inline.lines)
    return f"{' ' * words[:1].isspace()}{inner}{' ' * words[-1:].isspace()}"


def _has_own_words(node: Element) -> bool:
    return any(isinstance(item, str) and item.strip() for item in node.content)
