"""A page as its catalogue readers see it: its visible elements, read once into plain objects.

The parser's nodes are wrapped anew at each question and know nothing of the words in them. So one
walk takes over what can hold facts and leaves out what never does (scripts, menus, footers, random
highlights); elements know their words, their place on the page and what stands inside them, and
all readers take their fields from these.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import (
    Callable,
    Collection,
    Hashable,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
)
from enum import Enum, auto
from functools import cached_property, lru_cache
from itertools import chain
from operator import attrgetter
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from scrapers.fields.text import clean
from scrapers.pages.base import PageError
from scrapers.pages.markup import BLOCK, ICON_FONT, MAX_DEPTH, UNSEEN, joined

_OUTER: Final = frozenset({"html", "body", "main"})
_FURNITURE_TAGS: Final = frozenset({"nav", "footer", "aside"})
_MAY_BE_FURNITURE: Final = _FURNITURE_TAGS | {"header"}
_MAIN_BY_ROLE: Final = "[role=main]"
_FURNITURE_ROLES: Final = frozenset({"navigation", "contentinfo", "banner", "complementary"})
_FURNITURE_NAME: Final = re.compile(r"breadcrumb|rootline|cookie|consent")
_BANNER: Final = re.compile(r"cookie|consent")
_HIGHLIGHT_NAME: Final = "kw-highlight"
_TEXT: Final = "-text"
_SHORT: Final = 40
# What the parser calls nodes that are neither text nor element; processing marks have no name.
# Nor is there anything to read in elements that never hold any and only serve others.
_SERVING: Final = frozenset(["source", "track", "wbr", "col", "colgroup", "param"])
_PASSED_OVER: Final = UNSEEN | _SERVING | {"-comment", "-doctype", "-document"}

Keeps = Callable[[LexborNode], bool]


def no_furniture(furniture: LexborNode) -> bool:
    """Keeps none of it."""
    return False


class Sort(Enum):
    """What is no plain content: navigation, headers, footers, side columns, banners; random courses
    at each load; icons of a font, which write a word where a picture is seen."""

    FURNITURE = auto()
    HIGHLIGHT = auto()
    ICON = auto()


# Python 3.11 looks members up slowly.
_FURNITURE, _HIGHLIGHT, _ICON = Sort


class Elements(list["Element"]):
    """All elements of a page in page order. Most questions are about few of them, and the same is
    asked of each row of a list: so those are known by their tag, by the names of their attributes,
    and by their class, which many share, and what was asked for is kept."""

    def __init__(self) -> None:
        self._asked: dict[Hashable, list[Element]] = {}

    def tagged(self, tags: tuple[str, ...], begin: int, end: int) -> list[Element]:
        """Those of these kinds that stand from `begin` to before `end`, in page order."""
        found = self._asked.get(("tag", tags))
        if found is None:
            known = self._by_tag
            found = _merged([known[tag] for tag in tags if tag in known])
            self._asked["tag", tags] = found
        return _between(found, begin, end)

    def having(self, names: tuple[str, ...], begin: int, end: int) -> list[Element]:
        """Those with one of these attributes, be it empty."""
        found = self._asked.get(("attribute", names))
        if found is None:
            known = self._by_attribute
            found = _merged([known[name] for name in names if name in known])
            self._asked["attribute", names] = found
        return _between(found, begin, end)

    def classed(self, fits: Callable[[str], bool], begin: int, end: int) -> list[Element]:
        """Those whose class attribute fits; asked once for each wording of it."""
        found = self._asked.get(fits)
        if found is None:
            known = self._by_class
            found = _merged([known[names] for names in known if fits(names)])
            self._asked[fits] = found
        return _between(found, begin, end)

    def replace(self, elements: Iterable[Element]) -> None:
        """From now on the page has these elements."""
        self[:] = elements
        vars(self).clear()
        self._asked = {}

    @cached_property
    def _by_tag(self) -> Mapping[str, list[Element]]:
        known: dict[str, list[Element]] = defaultdict(list)
        for node in self:
            known[node.tag].append(node)
        return known

    @cached_property
    def _by_attribute(self) -> Mapping[str, list[Element]]:
        known: dict[str, list[Element]] = defaultdict(list)
        for node in self:
            for name in node.attributes:
                known[name].append(node)
        return known

    @cached_property
    def _by_class(self) -> Mapping[str, list[Element]]:
        known: dict[str, list[Element]] = defaultdict(list)
        for node in self._by_attribute.get("class", ()):
            if names := node.attributes["class"]:
                known[names].append(node)
        return known


_PLACE: Final = attrgetter("place")


def _merged(groups: list[list[Element]]) -> list[Element]:
    """Groups that are in page order each as one that is."""
    if len(groups) == 1:
        return groups[0]
    return in_page_order(*groups) if groups else []


def _between(group: list[Element], begin: int, end: int) -> list[Element]:
    """What stands there of a group that is in page order."""
    if not group or begin >= end:
        return []
    first = bisect_left(group, begin, key=_PLACE)
    return group[first : bisect_left(group, end, first, key=_PLACE)]


class Element:
    """One element. `content` are its texts and elements in order, `children` the elements alone;
    `place` and `end` are the positions in `page`, all elements of it, where it stands and
    where its inside ends. `words` is its text with "\\n" between blocks."""

    __slots__ = (
        "_lines",
        "attributes",
        "children",
        "content",
        "end",
        "known_pairs",
        "page",
        "parent",
        "place",
        "tag",
        "words",
    )

    tag: str
    attributes: dict[str, str | None]
    parent: Element | None
    page: Elements
    content: Sequence[str | Element]
    children: Sequence[Element]
    place: int
    end: int
    words: str
    known_pairs: tuple[tuple[str, str], ...] | None
    _lines: tuple[str, ...] | None

    def __init__(
        self,
        tag: str,
        attributes: dict[str, str | None],
        parent: Element | None,
        page: Elements,
    ) -> None:
        self.tag = tag
        self.attributes = attributes
        self.parent = parent
        self.page = page
        self.content = self.children = ()
        self.known_pairs = self._lines = None
        self.place = len(page)
        self.end = self.place + 1
        page.append(self)

    @property
    def inside(self) -> list[Element]:
        """All elements in it, in page order, itself left out."""
        return self.page[self.place + 1 : self.end]

    def find(self, *tags: str) -> list[Element]:
        """The elements of these kinds in it, in page order."""
        return self.page.tagged(tags, self.place + 1, self.end)

    def having(self, *names: str) -> list[Element]:
        """The elements in it that have one of these attributes, be it empty, in page order."""
        return self.page.having(names, self.place + 1, self.end)

    def classed(self, fits: Callable[[str], bool]) -> list[Element]:
        """The elements in it whose class attribute fits, in page order."""
        return self.page.classed(fits, self.place + 1, self.end)

    def holds(self, other: Element) -> bool:
        """Whether `other` is this element or stands in it."""
        return self.place <= other.place < self.end

    @property
    def ancestors(self) -> Iterator[Element]:
        """From the parent up to the body."""
        above = self.parent
        while above is not None:
            yield above
            above = above.parent

    @property
    def following(self) -> Element | None:
        """The next sibling."""
        if self.parent is None:
            return None
        siblings = self.parent.children
        position = siblings.index(self) + 1
        return siblings[position] if position < len(siblings) else None

    @property
    def lines(self) -> tuple[str, ...]:
        """The visible text, one line per block or `<br>`, empty lines left out."""
        if self._lines is None:
            self._lines = _lines(self.words)
        return self._lines

    @property
    def text(self) -> str:
        """The visible text in one line."""
        lines = self.lines if self._lines is None else self._lines
        return lines[0] if len(lines) == 1 else " ".join(lines)

    @property
    def value(self) -> str:
        """The text of a value that may stand in several lines (an address, a date and a time)."""
        return joined(self.lines)

    @property
    def classes(self) -> list[str]:
        return (self.attributes.get("class") or "").split()

    def attribute(self, name: str) -> str:
        value = self.attributes.get(name)
        return clean(value) if value else ""

    def lines_without(self, left_out: Collection[Element]) -> tuple[str, ...]:
        """Its lines as if these elements were not there."""
        gone = {node.place for node in left_out if self.holds(node)}
        if not gone:
            return self.lines
        around = {above.place for node in left_out for above in node.ancestors}
        return () if self.place in gone else _lines(self._words_without(gone, around))

    def _words_without(self, gone: Collection[int], around: Collection[int]) -> str:
        words = "".join(
            [
                item
                if isinstance(item, str)
                else ""
                if item.place in gone
                else item._words_without(gone, around)
                if item.place in around
                else item.words
                for item in self.content
            ]
        )
        return f"\n{words}\n" if self.tag in BLOCK else words

    def lose(self, gone: Collection[int]) -> None:
        """Takes what stands at these places out of its content."""
        self.content = [
            item for item in self.content if isinstance(item, str) or item.place not in gone
        ]
        self.children = [child for child in self.children if child.place not in gone]

    def move_to(self, place: int) -> None:
        """Where it stands after all that stands in it has found its place."""
        self.place = place
        self.end = self.children[-1].end if self.children else place + 1

    def read_words_again(self) -> None:
        """Puts together its words from those of its content, which has changed."""
        words = "".join([item if isinstance(item, str) else item.words for item in self.content])
        self.words = f"\n{words}\n" if self.tag in BLOCK else words
        self.known_pairs = self._lines = None
        for child in self.children:
            child.known_pairs = None


class PageTree:
    """The elements of a page in page order, the body first.

    `furniture` are those of them that are navigation, side columns, banners and the like; all but
    side columns are `left_out` of the page unless `keeps` wants them. PageError for a page without
    elements, and for elements nested deeper than on any page for people.
    """

    def __init__(self, tree: LexborHTMLParser, url: str, keeps: Keeps = no_furniture) -> None:
        root = tree.body or tree.root
        if root is None:
            raise PageError("markup_changed", f"{url}: the page is empty")
        self.url = url
        self._keeps = keeps
        self._around_content: frozenset[int] = frozenset()
        self._read_all(root)
        if self.left_out and not self.find("main"):
            # An unclosed menu swallows what follows, the content as well.
            self._around_content = _ancestors_of([*tree.tags("main"), *tree.css(_MAIN_BY_ROLE)])
            if any(node.mem_id in self._around_content for node in self.left_out):
                self._read_all(root)

    def _read_all(self, root: LexborNode) -> None:
        self.elements = Elements()
        self.furniture: list[Element] = []
        self.left_out: list[LexborNode] = []
        self.root = Element(root.tag or "", root.attributes, None, self.elements)
        self.root.words = f"\n{self._read(root.child, self.root, 0)}\n"
        self.root.end = len(self.elements)

    def find(self, *tags: str) -> list[Element]:
        return self.elements.tagged(tags, 0, len(self.elements))

    def having(self, *names: str) -> list[Element]:
        return self.elements.having(names, 0, len(self.elements))

    def classed(self, fits: Callable[[str], bool]) -> list[Element]:
        return self.elements.classed(fits, 0, len(self.elements))

    @property
    def links(self) -> list[Element]:
        return [node for node in self.find("a") if "href" in node.attributes]

    def remove(self, blocks: Collection[Element]) -> None:
        """Takes elements out of the page, with all that is in them."""
        if not blocks:
            return
        first = min(block.place for block in blocks)
        gone = {place for block in blocks for place in range(block.place, block.end)}
        around = {id(above): above for block in blocks for above in block.ancestors}
        touched = [above for above in around.values() if above.place not in gone]
        for above in touched:
            above.lose(gone)
        self.elements.replace([node for node in self.elements if node.place not in gone])
        self.furniture = [node for node in self.furniture if node.place not in gone]
        # From the last to the first: what stands in an element is done before the element.
        for place in range(len(self.elements) - 1, first - 1, -1):
            self.elements[place].move_to(place)
        for above in sorted(touched, key=_PLACE, reverse=True):
            above.move_to(above.place)
            above.read_words_again()

    def _read(self, first: LexborNode | None, element: Element, depth: int) -> str:
        """Fills the element with its first node and what follows; the words of all of them. It runs
        for each element of each page, so most of them, which hold nothing or one text, end here."""
        if depth > MAX_DEPTH:
            raise PageError("too_large", f"{self.url}: elements nested over {MAX_DEPTH} deep")
        elements = self.elements
        content: list[str | Element] = []
        children: list[Element] = []
        words: list[str] = []
        following = first
        while (child := following) is not None:
            following = child.next
            tag = child.tag
            if tag == _TEXT:
                said = _words(child.text_content or "")
                content.append(said)
                words.append(said)
                continue
            if tag is None or tag in _PASSED_OVER:
                continue
            attributes = child.attributes
            sort = None
            if tag in _MAY_BE_FURNITURE or (attributes and _may_be_special(attributes)):
                sort = self._sort(child, tag, attributes, depth)
                if sort is _HIGHLIGHT:
                    continue
                if sort is _FURNITURE and tag != "aside" and not self._keeps(child):
                    self.left_out.append(child)
                    continue
            inner = Element(tag, attributes, element, elements)
            if sort is _FURNITURE:
                self.furniture.append(inner)
            only = child.first_child
            if only is None:
                said = ""
            elif only.tag == _TEXT and only.next is None:
                said = _words(only.text_content or "")
                inner.content = [said]
            else:
                said = self._read(only, inner, depth + 1)
                inner.end = len(elements)
            if sort is _ICON:
                said = ""
            inner.words = said = f"\n{said}\n" if tag in BLOCK else said
            if tag == "span" and said and words and _grows_on(content[-1], words[-1], said):
                content.append(" ")
                words.append(" ")
            content.append(inner)
            children.append(inner)
            words.append(said)
        element.content, element.children = content, children
        return "".join(words)

    def _sort(
        self, node: LexborNode, tag: str, attributes: dict[str, str | None], depth: int
    ) -> Sort | None:
        """None for content. What holds the page's content is no furniture, as a body whose class
        speaks of cookies, nor is a block with the title."""
        if tag in _FURNITURE_TAGS or (tag == "header" and depth == 0):
            sort: Sort | None = _FURNITURE
        elif tag in _OUTER:
            return None
        elif attributes.get("role") in _FURNITURE_ROLES:
            sort = _FURNITURE
        else:
            sort = _sort_of_class(attributes.get("class") or "")
            if sort is not _HIGHLIGHT and _BANNER.search(attributes.get("id") or ""):
                sort = _FURNITURE
        if sort is _FURNITURE and (
            node.mem_id in self._around_content
            or (tag == "div" and node.css_first("h1") is not None)
        ):
            return None
        return sort


def _grows_on(before: str | Element, words: str, following: str) -> bool:
    """Whether a number and what stands in the next element would grow together: style sheets set
    apart what the markup does not ("25.04.2026" beside "10:00")."""
    if isinstance(before, str) or not words:
        return False
    last, first = words[-1], following[0]
    return last.isalnum() and first.isalnum() and (last.isdigit() or first.isdigit())


def _words(text: str) -> str:
    """The text of one node in one line, a space at either end kept: there words would grow
    together. Most texts are such lines already, or the line breaks of the source."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text
    if text.isspace():
        return " "
    return _short_words(text) if len(text) <= _SHORT else _cleaned(text)


def _cleaned(text: str) -> str:
    words = clean(text)
    if words and text[0].isspace():
        words = f" {words}"
    return f"{words} " if text and text[-1].isspace() else words


# Labels and menus repeat on all pages of a site.
_short_words = lru_cache(maxsize=8192)(_cleaned)


def _lines(words: str) -> tuple[str, ...]:
    """Only where two texts meet can several spaces stand: each by itself is clean."""
    words = words.strip()
    if not words:
        return ()
    while "  " in words:
        words = words.replace("  ", " ")
    if "\n" not in words:
        return (words,)
    return tuple(filter(None, map(str.strip, words.split("\n"))))


def _may_be_special(attributes: dict[str, str | None]) -> bool:
    """Whether an element with these attributes may be something else than content."""
    names, identity = attributes.get("class"), attributes.get("id")
    return (
        (names is not None and _sort_of_class(names) is not None)
        or (identity is not None and _BANNER.search(identity) is not None)
        or ("role" in attributes and attributes["role"] in _FURNITURE_ROLES)
    )


@lru_cache(maxsize=8192)
def _sort_of_class(names: str) -> Sort | None:
    """Class names repeat on all pages of a site."""
    if _HIGHLIGHT_NAME in names:
        return _HIGHLIGHT
    if _FURNITURE_NAME.search(names):
        return _FURNITURE
    return _ICON if ICON_FONT.search(names) else None


def _ancestors_of(nodes: Iterable[LexborNode]) -> frozenset[int]:
    """The `mem_id` of the nodes and of all that they stand in."""
    found = set()
    for node in nodes:
        above: LexborNode | None = node
        while above is not None and above.mem_id not in found:
            found.add(above.mem_id)
            above = above.parent
    return frozenset(found)


def in_page_order(*groups: Iterable[Element]) -> list[Element]:
    """The elements of all groups, each once."""
    return sorted(dict.fromkeys(chain(*groups)), key=_PLACE)


def is_within(node: Element, blocks: Iterable[Element]) -> bool:
    """Whether the node is one of the blocks or stands in one of them."""
    return any(block.holds(node) for block in blocks)


def outermost(nodes: Iterable[Element]) -> list[Element]:
    """Each node once, without those that stand inside another one."""
    known = dict.fromkeys(nodes)
    inner = set()
    reached = 0
    for node in in_page_order(known):
        if node.place < reached:
            inner.add(node)
        else:
            reached = node.end
    return [node for node in known if node not in inner]
