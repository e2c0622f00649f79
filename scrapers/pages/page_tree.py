"""A page as its catalogue readers see it: its visible elements, read once into plain objects.

The parser's nodes are wrapped anew at each question and know nothing of the words in them. So one
walk takes over what can hold facts and leaves out what never does (scripts, menus, footers, random
highlights); elements know their words, their place on the page and what stands inside them, and
all readers take their fields from these.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from enum import Enum, auto
from functools import lru_cache
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from scrapers.fields.text import clean
from scrapers.pages.base import PageError
from scrapers.pages.markup import BLOCK, ICON_FONT, MAX_DEPTH, UNSEEN, joined

_OUTER: Final = frozenset({"html", "body", "main"})
_FURNITURE_TAGS: Final = frozenset({"nav", "footer", "aside"})
_MAY_BE_FURNITURE: Final = _FURNITURE_TAGS | {"header"}
_CONTENT: Final = "main, [role=main]"
_FURNITURE_ROLES: Final = frozenset({"navigation", "contentinfo", "banner", "complementary"})
_FURNITURE_NAME: Final = re.compile(r"breadcrumb|rootline|cookie|consent")
_BANNER: Final = re.compile(r"cookie|consent")
_HIGHLIGHT: Final = "kw-highlight"
_TEXT: Final = "-text"

Keeps = Callable[[LexborNode], bool]


def no_furniture(furniture: LexborNode) -> bool:
    """Keeps none of it."""
    return False


class Sort(Enum):
    """Content; navigation, headers, footers, side columns, banners; random courses at each load."""

    CONTENT = auto()
    FURNITURE = auto()
    HIGHLIGHT = auto()


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
    page: list[Element]
    content: list[str | Element]
    children: list[Element]
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
        page: list[Element],
    ) -> None:
        self.tag = tag
        self.attributes = attributes
        self.parent = parent
        self.page = page
        self.content = []
        self.children = []
        self.place = len(page)
        page.append(self)

    @property
    def inside(self) -> list[Element]:
        """All elements in it, in page order, itself left out."""
        return self.page[self.place + 1 : self.end]

    def find(self, *tags: str) -> list[Element]:
        """The elements of these kinds in it, in page order."""
        return [node for node in self.inside if node.tag in tags]

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
        return " ".join(self.lines)

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

    def read_words(self) -> None:
        """Puts together its words from those of its content."""
        self.take_words(
            "".join([item if isinstance(item, str) else item.words for item in self.content])
        )

    def take_words(self, words: str) -> None:
        """`words` are those of its content."""
        if self.attributes:
            names = self.attributes.get("class")
            if names and "aterial-" in names and ICON_FONT.search(names):
                words = ""  # icon fonts write a word where a picture is seen
        self.words = f"\n{words}\n" if self.tag in BLOCK else words
        self.known_pairs = self._lines = None


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
            self._around_content = _ancestors_of(tree.css(_CONTENT))
            if any(node.mem_id in self._around_content for node in self.left_out):
                self._read_all(root)

    def _read_all(self, root: LexborNode) -> None:
        self.elements: list[Element] = []
        self.furniture: list[Element] = []
        self.left_out: list[LexborNode] = []
        body = Element(root.tag or "", root.attributes, None, self.elements)
        self.root = self._read(root, body, 0)

    def find(self, *tags: str) -> list[Element]:
        return [node for node in self.elements if node.tag in tags]

    @property
    def links(self) -> list[Element]:
        return [node for node in self.elements if node.tag == "a" and "href" in node.attributes]

    def remove(self, blocks: Collection[Element]) -> None:
        """Takes elements out of the page, with all that is in them."""
        if not blocks:
            return
        for block in blocks:
            if (parent := block.parent) is not None:
                parent.content.remove(block)
                parent.children.remove(block)
        gone = {place for block in blocks for place in range(block.place, block.end)}
        self.elements[:] = [node for node in self.elements if node.place not in gone]
        self.furniture = [node for node in self.furniture if node.place not in gone]
        # From the last to the first: what stands in an element is done before the element.
        touched = {id(above) for block in blocks for above in block.ancestors}
        for place in range(len(self.elements) - 1, -1, -1):
            node = self.elements[place]
            node.place = place
            if id(node) in touched:
                node.read_words()
            if id(node) in touched or id(node.parent) in touched:
                node.known_pairs = None
            node.end = node.children[-1].end if node.children else place + 1

    def _read(self, node: LexborNode, element: Element, depth: int) -> Element:
        """Fills the element with what stands in the node."""
        if depth > MAX_DEPTH:
            raise PageError("too_large", f"{self.url}: elements nested over {MAX_DEPTH} deep")
        content, children = element.content, element.children
        words: list[str] = []
        following = node.child
        while (child := following) is not None:
            following = child.next
            tag = child.tag
            if tag == _TEXT:
                text = child.text_content or ""
                said = " " if text.isspace() else _words(text)
                content.append(said)
                words.append(said)
                continue
            if tag is None or tag in UNSEEN or not child.is_element_node:
                continue
            attributes = child.attributes
            sort = None
            if attributes or tag in _MAY_BE_FURNITURE:
                sort = self._sort(child, tag, attributes, depth)
                if sort is Sort.HIGHLIGHT:
                    continue
                if sort is Sort.FURNITURE and tag != "aside" and not self._keeps(child):
                    self.left_out.append(child)
                    continue
            inner = Element(tag, attributes, element, self.elements)
            if sort is Sort.FURNITURE:
                self.furniture.append(inner)
            self._read(child, inner, depth + 1)
            content.append(inner)
            children.append(inner)
            words.append(inner.words)
        element.end = len(self.elements)
        element.take_words("".join(words))
        return element

    def _sort(
        self, node: LexborNode, tag: str, attributes: dict[str, str | None], depth: int
    ) -> Sort:
        """What holds the page's content is no furniture, as a body whose class speaks of cookies,
        nor is a block with the title."""
        if tag in _FURNITURE_TAGS or (tag == "header" and depth == 0):
            sort = Sort.FURNITURE
        elif tag in _OUTER:
            return Sort.CONTENT
        elif attributes.get("role") in _FURNITURE_ROLES:
            sort = Sort.FURNITURE
        else:
            sort = _sort_of_names(attributes.get("class"), attributes.get("id"))
        if sort is Sort.FURNITURE and (
            node.mem_id in self._around_content
            or (tag == "div" and node.css_first("h1") is not None)
        ):
            return Sort.CONTENT
        return sort


def _words(text: str) -> str:
    """The text of one node in one line, a space at either end kept: there words would grow
    together."""
    words = clean(text)
    if words and text[0].isspace():
        words = f" {words}"
    return f"{words} " if text and text[-1].isspace() else words


def _lines(words: str) -> tuple[str, ...]:
    words = words.strip()
    if "\n" not in words:
        return (" ".join(words.split()),) if words else ()
    return tuple([line for part in words.split("\n") if (line := " ".join(part.split()))])


@lru_cache(maxsize=8192)
def _sort_of_names(names: str | None, identity: str | None) -> Sort:
    """Class names and ids repeat on all pages of a site."""
    if names and _HIGHLIGHT in names:
        return Sort.HIGHLIGHT
    if _FURNITURE_NAME.search(names or "") or _BANNER.search(identity or ""):
        return Sort.FURNITURE
    return Sort.CONTENT


def _ancestors_of(nodes: Iterable[LexborNode]) -> frozenset[int]:
    """The `mem_id` of the nodes and of all that they stand in."""
    found = set()
    for node in nodes:
        above: LexborNode | None = node
        while above is not None and above.mem_id not in found:
            found.add(above.mem_id)
            above = above.parent
    return frozenset(found)


def is_within(node: Element, blocks: Collection[Element]) -> bool:
    """Whether the node or one of its ancestors is among the blocks."""
    return node in blocks or any(above in blocks for above in node.ancestors)


def outermost(nodes: Iterable[Element]) -> list[Element]:
    """Each node once, without those that stand inside another one."""
    known = dict.fromkeys(nodes)
    return [node for node in known if not any(above in known for above in node.ancestors)]
