"""The way to further pages of a list, or a sign of them, where neither a link nor a form tells it:
numbers and buttons for a script, what else the markup says of pages to come.

A list that is cut and looks whole would be reported as "no offer". So whatever shows that there is
more counts, even where no address leads there; what belongs to something else than the list
(slides, calendars, filters, another part of the page) does not.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cached_property, lru_cache
from typing import Final

from scrapers.pages.elements import Element, in_page_order, is_within
from scrapers.pages.list_rows import clicked_address
from scrapers.pages.markup import target
from scrapers.pages.page_tree import PageTree
from scrapers.pages.paging import (
    HIT,
    is_next_word,
    names_of,
    page_named,
)
from scrapers.pages.paging_choices import AROUND, LIKE_ADDRESS
from scrapers.pages.paging_dead import LEAFING, LONGEST_ROW_OF_NUMBERS, leads_nowhere
from scrapers.pages.paging_links import asks_the_same, is_page_of, may_be_next
from scrapers.pages.paging_off import is_off, is_passive
from scrapers.pages.paging_other_things import (
    is_under_other_heading,
    leads_through_other,
    names_of_kind,
)

_LONGEST_NAME: Final = 60
_MOST_CONTROLS: Final = 200
ADDRESSES: Final = ("data-href", "data-url", "data-next-url", "data-next-page-url", "data-next")
_NUMBER_OF_NEXT: Final = ("data-next-page", "data-next")
_PAGES_IN_ALL: Final = (
    *("data-total-pages", "data-totalpages", "data-page-count", "data-pagecount", "data-num-pages"),
    *("data-max-pages", "data-maxpages", "data-max-page", "data-last-page"),
)
_HITS_IN_ALL: Final = (
    *("data-total-items", "data-total-results", "data-total-hits", "data-total-count"),
    *("data-totalcount", "data-total"),
)
_BUTTON_TYPES: Final = ("button", "submit")
_SPOKEN: Final = ("title", "aria-label", "value")
# What a control is called that brings more of a list, wherever it stands.
_MORE_HITS: Final = re.compile(
    rf"(?:noch\s+)?(?:\d+\s+)?(?:weitere|mehr)\s+(?:\d+\s+)?{HIT}(?:\s+(?:nach)?(?:laden|anzeigen"
    rf"|zeigen|ansehen))?\W*|(?:mehr|weitere)\s+(?:nach)?laden\W*|load\s+more(?:\s+\w+)?"
    rf"|(?:zeige?n?|lade)\s+(?:sie\s+)?(?:mehr|weitere)\s+{HIT}(?:\s+an)?",
    re.I,
)
# With these words it is no link to other courses, whatever its address.
_LOADS_HITS: Final = re.compile(
    rf"(?:(?:noch\s+)?(?:weitere|mehr)\s+(?:\d+\s+)?{HIT}\s+(?:laden|anzeigen|zeigen)|"
    r"(?:mehr|weitere)\s+(?:nach)?laden)\W*",
    re.I,
)
# The same names and these may lead on where they stand below a list.
_MORE: Final = re.compile(
    r"(?:noch\s+)?\d+\s+(?:weitere|mehr)(?:\s+(?:laden|anzeigen|zeigen))?"
    r"|(?:mehr|weitere|alle)\s+(?:anzeigen|zeigen|einblenden)(?:\s*\(\d+\))?|zeige?\s+(?:mehr|weitere|alle)"
    rf"|alle\s+\d+(?:\s+{HIT})?(?:\s+(?:anzeigen|zeigen|ansehen))?"
    r"|show\s+(?:more|all)(?:\s+\w+)?|ältere\s+.*",
    re.I,
)
# What the list is of: no other part of a page brings more of that, whatever its heading.
_NAMES_HITS: Final = re.compile(r"kurs|treffer|ergebnis|veranstaltung|angebot|seminar", re.I)
_DAYS_OF_A_MONTH: Final = frozenset(range(1, 29))
_WEEKS: Final = 3
_SHORT_POSITION: Final = re.compile(r"\(?(?:seite\s*)?(\d{1,4})\s*(?:von|/)\s*(\d{1,4})\)?", re.I)
_LOADS: Final = re.compile(r"infinite-?scroll|load-?more|nachladen|ias-trigger", re.I)
_HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
_TYPED: Final = frozenset(["", "text", "search", "email", "tel"])


def controls_of(page: PageTree) -> list[Element]:
    """What can be clicked and is called by a number or a word that may lead on."""
    fields = [f for f in page.find("input") if f.attributes.get("type") in _BUTTON_TYPES]
    named = page.having("onclick", "data-page", "role", *ADDRESSES)
    buttons = [n for n in named if n.attributes.get("role", "button") == "button"]
    clickable = in_page_order(page.find("a", "button"), fields, buttons)
    found = [node for node in clickable if _is_called_on(node)]
    # A list is led through above or below it.
    return (
        found
        if len(found) <= 2 * _MOST_CONTROLS
        else found[:_MOST_CONTROLS] + found[-_MOST_CONTROLS:]
    )


class ListControls:
    """What the `controls` of a page do for the list of these `rows`; what is `without` the list
    does nothing. `current` is the number of this page, counted from 1."""

    def __init__(
        self,
        page: PageTree,
        controls: Sequence[Element],
        rows: Sequence[Element],
        without: Collection[Element],
        base_url: str,
        current: int,
    ) -> None:
        self._page = page
        self._controls = controls
        self._rows = rows
        self._without = without
        self._base_url = base_url
        self._current = current
        self._begin = rows[0].place
        self._end = rows[-1].end

    def next_address(self) -> str | None:
        """The address of the next page where a control tells it."""
        for node in self._signs():
            if (url := self._way(node)) and may_be_next(url, self._page.url):
                return url
        for node in self._page.having(*ADDRESSES[2:]):
            url = self._told(node, ADDRESSES[2:])
            if url and is_page_of(url, self._page.url) and not is_off(node):
                return url
        return None

    def offers_more(self) -> bool:
        """Whether one of the controls ("Weitere Kurse laden") brings hits that are not on the page
        and tells no address of its own. A hidden or disabled one has nothing more to bring."""
        return any(
            any(map(_LOADS_HITS.fullmatch, _names(node)))
            and not any(map(node.attributes.get, ADDRESSES))
            and not is_within(node, self._without)
            and not is_off(node)
            and (any(map(_NAMES_HITS.search, _names(node))) or not self._is_of_other(node))
            for node in self._controls
        )

    def shows_more(self) -> bool:
        """Whether anything shows that the list goes on after this page."""
        return (
            next(self._signs(), None) is not None
            or self._loads_more()
            or self._counts_more()
            or any(map(self._is_before_last, self._page.classed(_may_leaf)))
        )

    def _signs(self) -> Iterator[Element]:
        """The controls that lead to the next page or bring more hits: its number first."""
        yield from filter(self._is_next_number, self._controls)
        yield from filter(self._brings_more, self._controls)

    def _is_next_number(self, node: Element) -> bool:
        """Whether a control shows the number of the next page, among others of a row of them."""
        after = str(self._current + 1)
        if not any(name.strip(AROUND) == after for name in _names(node)):
            return False
        row = node.parent
        while row is not None and len(row.words) <= len(node.words) + 2:
            row = row.parent
        if row is None or len(row.words) > LONGEST_ROW_OF_NUMBERS:
            return False
        if not LEAFING.fullmatch(row.text) or self._is_calendar(row):
            return False
        numbers = {int(digits) for digits in re.findall(r"\b\d{1,4}\b", row.text)}
        beside = (1, self._current, self._current + 2)
        return not numbers.isdisjoint(beside) and self._is_of_list(node)

    def _is_calendar(self, row: Element) -> bool:
        numbers = {int(digits) for digits in re.findall(r"\b\d{1,2}\b", row.text)}
        table = next((above for above in (row, *row.ancestors) if above.tag == "table"), None)
        weeks = len(table.find("tr")) if table is not None and not table.holds(self._rows[0]) else 0
        return numbers >= _DAYS_OF_A_MONTH or weeks >= _WEEKS

    def _brings_more(self, node: Element) -> bool:
        names = _names(node)
        if any(map(_MORE_HITS.fullmatch, names)):
            return self._is_of_list(node)
        if not any(is_next_word(name) or _MORE.fullmatch(name) for name in names):
            return False
        if node.place < self._end and not _may_leaf(names_of_kind(node)):
            return False
        return self._is_of_list(node) and self._is_near(node) and not self._asks(node)

    def _is_of_list(self, node: Element) -> bool:
        """Whether a control can lead through the list: it is switched on, for a script or with an
        address of its own, and stands in nothing that moves something else."""
        return not (
            is_within(node, self._without)
            or is_off(node)
            or node.attributes.get("role") == "tab"
            or self._leads_elsewhere(node)
            or leads_nowhere(node, self._page.url, self._base_url, self._current)
            or self._way(node) in self._own_addresses
            or self._is_of_other(node)
        )

    def _is_of_other(self, node: Element) -> bool:
        names = _names(node)
        if leads_through_other(node, names, self._rows):
            return True
        return not any(map(_NAMES_HITS.search, names)) and is_under_other_heading(node, self._rows)

    @cached_property
    def _own_addresses(self) -> frozenset[str]:
        """Where the number of this page leads."""
        return frozenset(
            url
            for node in self._controls
            if is_passive(node) and any(page_named(n) == self._current for n in names_of(node))
            if (url := self._way(node))
        )

    def _leads_elsewhere(self, node: Element) -> bool:
        """By a link to a place on this page or to what is no page of this list."""
        href = node.attributes.get("href") or ""
        if node.tag != "a" or not href:
            return False
        if href.startswith("#"):
            return href[1:] in self._places
        url = target(self._base_url, href)
        if not url:
            return href.startswith(("mailto:", "tel:"))
        is_number = any(name.strip(AROUND).isdigit() for name in _names(node))
        return not (is_number or asks_the_same(url, self._page.url))

    @cached_property
    def _places(self) -> frozenset[str | None]:
        """What links on the page itself can lead to."""
        named = self._page.having("id", "name")
        return frozenset(node.attributes.get(key) for node in named for key in ("id", "name"))

    def _is_near(self, node: Element) -> bool:
        """Whether it does not stand in a part of the page that has a heading of its own."""
        part = node
        for above in node.ancestors:
            if above.holds(self._rows[-1]):
                break
            part = above
        return not (part.tag in _HEADINGS or part.find(*_HEADINGS))

    def _asks(self, node: Element) -> bool:
        """Whether it sends a form that asks for words."""
        form = next((above for above in node.ancestors if above.tag == "form"), None)
        if form is None or form.holds(self._rows[0]):
            return False
        fields = (field.attributes.get("type") or "" for field in form.find("input"))
        return bool(form.find("textarea")) or not _TYPED.isdisjoint(fields)

    def _way(self, node: Element) -> str:
        """The address that a control tells, be it by its own small script; "" where it has none."""
        if url := self._told(node, ADDRESSES):
            return url
        href = (node.attributes.get("href") or "") if node.tag == "a" else ""
        return target(self._base_url, clicked_address(node) or href)

    def _told(self, node: Element, names: Sequence[str]) -> str:
        told = (node.attribute(name) for name in names)
        words = next((one for one in told if LIKE_ADDRESS.match(one)), "")
        return target(self._base_url, words) if words else ""

    def _loads_more(self) -> bool:
        """Whether something waits below the list to be filled with more of it."""
        page = self._page
        for node in page.having(*_NUMBER_OF_NEXT):
            number = next(filter(None, map(node.attribute, _NUMBER_OF_NEXT)), "")
            if number.isdigit() and int(number) > self._current and not is_off(node):
                return True
        marked = in_page_order(
            page.classed(_is_loading),
            (node for node in page.having("id") if _is_loading(node.attributes["id"] or "")),
        )
        return any(
            node.tag != "body"
            and (node.place >= self._end or node.holds(self._rows[0]))
            and not is_off(node)
            and not is_within(node, self._without)
            and not self._is_of_other(node)
            for node in marked
        )

    def _counts_more(self) -> bool:
        """Whether the element around the list, or what leads through it, counts more pages or, on
        the first one, more hits than are there."""
        for node in self._page.having(*_PAGES_IN_ALL, *_HITS_IN_ALL):
            kind = names_of_kind(node)
            if not (node.holds(self._rows[0]) or _may_leaf(kind) or _LOADS.search(kind)):
                continue
            if is_under_other_heading(node, self._rows):
                continue
            pages = _largest(node, _PAGES_IN_ALL)
            hits = _largest(node, _HITS_IN_ALL) if self._current == 1 else 0
            if pages > self._current or hits > len(self._rows):
                return True
        return False

    def _is_before_last(self, node: Element) -> bool:
        """Whether a pager says "1 / 3"."""
        if len(node.words) > LONGEST_ROW_OF_NUMBERS or is_under_other_heading(node, self._rows):
            return False
        found = map(_SHORT_POSITION.fullmatch, node.lines)
        told = next((match for match in found if match is not None), None)
        return told is not None and int(told[1]) < int(told[2])


def _names(node: Element) -> list[str]:
    names = names_of(node)
    return [*names, value] if (value := node.attributes.get("value")) else names


def _is_called_on(node: Element) -> bool:
    """Asked of each link of each last page of a list: most have words that lead nowhere on."""
    if (words := node.words.strip()) and _may_go_on(words):
        return True
    if words and not any(map(node.attributes.get, _SPOKEN)):
        return False
    return any(map(_may_go_on, _names(node)))


@lru_cache(maxsize=8192)
def _may_go_on(name: str) -> bool:
    """Names repeat on all pages of a site."""
    if len(name) > _LONGEST_NAME:
        return False
    if name.strip(AROUND).isdigit() or is_next_word(name):
        return True
    return any(p.fullmatch(name) for p in (_MORE_HITS, _MORE))


@lru_cache(maxsize=8192)
def _may_leaf(names: str) -> bool:
    return re.search(r"pag(?:er|inat|ing)|seitenzahl|blaetter|browse", names, re.I) is not None


@lru_cache(maxsize=8192)
def _is_loading(names: str) -> bool:
    return _LOADS.search(names) is not None


def _largest(node: Element, names: Sequence[str]) -> int:
    values = (node.attribute(name) for name in names)
    return max((int(value) for value in values if value.isdigit() and len(value) < 7), default=0)
