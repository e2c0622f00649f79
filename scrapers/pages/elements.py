"""The elements of a page as plain objects: they know their words, their place on the page and what
stands inside them. `page_tree.py` reads them from the parser's nodes."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from operator import attrgetter
from typing import Final

from scrapers.fields.text import clean
from scrapers.pages.markup import BLOCK, joined


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
