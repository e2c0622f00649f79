"""A page as its catalogue readers see it: its visible elements, read once into plain objects.

The parser's nodes are wrapped anew at each question and know nothing of the words in them. So one
walk takes over what can hold facts and leaves out what never does (scripts, menus, footers, random
highlights); elements know their words, their place on the page and what stands inside them, and
all readers take their fields from these.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from enum import Enum, auto
from functools import lru_cache
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from scrapers.fields.text import clean
from scrapers.pages.base import PageError
from scrapers.pages.elements import Element, Elements, in_page_order
from scrapers.pages.markup import BLOCK, ICON_FONT, MAX_DEPTH, UNSEEN

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
        for above in reversed(in_page_order(touched)):
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
