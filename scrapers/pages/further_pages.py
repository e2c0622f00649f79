"""The further pages of an overview or a directory that is printed on several pages.

Such a page has no rows by which a list is known. So only what is there to lead from page to page
counts: links whose address is this one with the number of a page, blocks whose class says that they
leaf, the words "Seite 1 von 3".
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from selectolax.lexbor import LexborHTMLParser

from scrapers.pages.markup import target
from scrapers.pages.page_tree import Element, PageTree, is_within, outermost
from scrapers.pages.paging import (
    is_next_word,
    leads_on,
    names_of,
    next_link,
    page_named,
    page_position,
    pagers_of,
)
from scrapers.pages.paging_links import (
    is_page_of,
    link_after,
    links_to_pages,
    shows_later_page,
)
from scrapers.pages.paging_off import is_off

_MOST_PAGERS: Final = 20


def further_page(
    tree: LexborHTMLParser, base_url: str, own_url: str, current: int
) -> tuple[str | None, bool]:
    """The address of the page after the one with this number, counted from 1, and whether there is
    such a page at all: the page may show one to which no address leads."""
    page = PageTree(tree, own_url, keeps=lambda _: True)
    pagers = frozenset(outermost(pagers_of(page))[:_MOST_PAGERS])
    position = page_position(page.root.lines)
    if position is not None and position[0] == position[1]:
        return None, False
    for link in (tree.head or tree).css("link[rel=next]"):
        told = target(base_url, link.attributes.get("href") or "")
        if told and is_page_of(told, own_url):
            return told, True
    addresses = ((node, target(base_url, node.attributes["href"] or "")) for node in page.links)
    links = [(node, url) for node, url in addresses if url]
    pages = links_to_pages(links, own_url)
    leafing = [link for link in links if is_within(link[0], pagers)]
    url = link_after(pages, current) or next_link(page, leafing, position, pagers)
    if url is not None and leads_on(url, own_url):
        return url, True
    shows = shows_later_page(pages, current) or _leafs_on(page, pagers, current)
    return None, shows or (position is not None and position[0] < position[1])


def _leafs_on(page: PageTree, pagers: frozenset[Element], current: int) -> bool:
    """Whether a pager has a control for the page after this one, or for the next."""
    controls: Sequence[Element] = page.find("a", "button") if pagers else ()
    return any(
        (page_named(name) == current + 1 or is_next_word(name))
        and is_within(node, pagers)
        and not is_off(node)
        for node in controls
        for name in names_of(node)
    )
