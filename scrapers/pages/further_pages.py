"""The further pages of an overview or a directory that is printed on several pages.

Such a page has no rows by which a list is known. So only what is there to lead from page to page
counts: links whose address is this one with the number of a page, blocks whose class says that they
leaf, the words "Seite 1 von 3".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter
from typing import Final
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from scrapers.pages.elements import Element, is_within, outermost
from scrapers.pages.markup import target
from scrapers.pages.page_tree import PageTree
from scrapers.pages.paging import (
    is_next_word,
    leads_on,
    names_of,
    next_link,
    page_named,
    page_position,
    pagers_of,
)
from scrapers.pages.paging_dead import leads_nowhere
from scrapers.pages.paging_links import (
    asks_the_same,
    is_page_of,
    link_after,
    links_to_pages,
    shows_later_page,
)
from scrapers.pages.paging_off import is_off
from scrapers.pages.paging_other_things import is_heading_of_others, leads_through_other

_MOST_PAGERS: Final = 20
_LONGEST_POSITION: Final = 80
_OF_PAPER: Final = re.compile(r"pdf|flyer|faltblatt|heft|broschüre|dokument|datei", re.I)
_PLACE: Final = attrgetter("place")
_HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")


def further_page(
    tree: LexborHTMLParser, base_url: str, own_url: str, current: int
) -> tuple[str | None, bool]:
    """The address of the page after the one with this number, counted from 1, and whether there is
    such a page at all: the page may show one to which no address leads."""
    page = PageTree(tree, own_url, keeps=lambda _: True)
    pagers = frozenset(outermost(pagers_of(page))[:_MOST_PAGERS])
    position = page_position(filter(_may_say_position, page.root.lines))
    if position is not None and position[0] == position[1]:
        return None, False
    for link in (tree.head or tree).css("link[rel=next]"):
        told = target(base_url, link.attributes.get("href") or "")
        if told and is_page_of(told, own_url):
            return told, True
    addresses = ((node, target(base_url, node.attributes["href"] or "")) for node in page.links)
    links = [(node, url) for node, url in addresses if url]
    pages = links_to_pages(links, own_url)
    leafing = [
        (node, url)
        for node, url in links
        if is_within(node, pagers) and _may_be_of_page(page, node, url)
    ]
    url = link_after(pages, current) or next_link(page, leafing, position, pagers)
    if url is not None and leads_on(url, own_url):
        return url, True
    shows = shows_later_page(pages, current) or _leafs_on(page, pagers, base_url, current)
    return None, shows or (position is not None and position[0] < position[1])


def _may_say_position(line: str) -> bool:
    """Whether "Seite 1 von 2" in a line may be said of the page: it is said of papers as well."""
    return len(line) <= _LONGEST_POSITION and _OF_PAPER.search(line) is None


def _may_be_of_page(page: PageTree, node: Element, url: str) -> bool:
    """Whether a link of a pager can lead to more of the page: to its own address, or else to one
    with a number. News beside it have a heading, and what is no content a place of its own."""
    if asks_the_same(url, page.url):
        return True
    parts = urlsplit(url)
    if not any(map(str.isdigit, parts.path + parts.query)) or is_within(node, page.furniture):
        return False
    headings = page.find(*_HEADINGS)
    above = bisect_left(headings, node.place, key=_PLACE)
    heading = headings[above - 1] if above else None
    return heading is None or not is_heading_of_others(heading)


def _leafs_on(page: PageTree, pagers: frozenset[Element], base_url: str, current: int) -> bool:
    """Whether a pager has a control for the page after this one, or for the next."""
    controls: Sequence[Element] = page.find("a", "button") if pagers else ()
    return any(
        is_within(node, pagers)
        and any(page_named(name) == current + 1 or is_next_word(name) for name in names_of(node))
        and not is_off(node)
        and not leads_nowhere(node, page.url, base_url, current)
        and not leads_through_other(node, names_of(node))
        and _leads_no_elsewhere(page, node, base_url)
        for node in controls
    )


def _leads_no_elsewhere(page: PageTree, node: Element, base_url: str) -> bool:
    href = node.attributes.get("href") or ""
    url = target(base_url, href) if href and not href.startswith("#") else ""
    return not url or _may_be_of_page(page, node, url)
