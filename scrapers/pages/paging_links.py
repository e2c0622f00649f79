"""The pages of a list known by their addresses: the same search with another number of a page.

Not every site marks its pager, but all of them have to say in the address which page is meant.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from scrapers.pages.elements import Element
from scrapers.pages.markup import query_of, target
from scrapers.pages.paging import is_next_word, leads_on, names_of, page_named
from scrapers.pages.paging_off import is_passive

PAGE_FIELD: Final = re.compile(
    r"(?:.*[\[_.-])?(?:seiten?(?:nr|nummer|zahl)?|blatt|page(?:no|nr|num|number|index)?|pg|p|"
    r"offset|start(?:index|at|pos|record)?|from|skip|pos(?:ition)?|cur(?:rent)?(?:page)?)\]?",
    re.I,
)
NUMBER: Final = re.compile(r"\d{1,5}")
_IN_PATH: Final = re.compile(r"/(?:page|seite|blatt|p)[/-]?(\d{1,4})/?$", re.I)
_IGNORED: Final = re.compile(r"chash|no_cache", re.I)
_FURTHER: Final = re.compile(
    r"(?:ältere|weitere|nächste)\b.*|mehr (?:laden|anzeigen|zeigen)|load more|older posts", re.I
)
_BRACKETS: Final = " []()|-–·.:<>«»‹›→"
_DIGIT: Final = re.compile(r"[0-9]")
# Links with these letters in their address, or with an address that names no path from the root.
_SAME_OR_RELATIVE: Final = 'a[href*="{}"], a[href]:not([href^="/"]):not([href^="http"])'
_PLAIN: Final = re.compile(r"[\w.~-]+")
LAST_NUMBER: Final = 100_000
"""A number that no page of a list has."""

Link = tuple[Element, str]


def leads_to_pages(tree: LexborHTMLParser, base_url: str, own_url: str) -> bool:
    """Whether any address on a page is that of another page of the list at `own_url`.

    Most links of a page lead elsewhere, which is told at once: an address of the list has a number
    and, where it names a path, the last part of the list's own.
    """
    here = _Address(own_url)
    last_part = here.place[1].rpartition("/")[2]
    may_lead = _SAME_OR_RELATIVE.format(last_part) if _PLAIN.fullmatch(last_part) else "a[href]"
    return any(
        _DIGIT.search(href) and (url := target(base_url, href)) and _is_page(url, here)
        for link in tree.css(may_lead)
        if (href := link.attributes.get("href"))
    )


def is_page_of(url: str, own_url: str) -> bool:
    """Whether an address is that of another page of the list at `own_url`."""
    return _is_page(url, _Address(own_url))


def asks_the_same(url: str, own_url: str) -> bool:
    """Whether an address asks what the list at `own_url` asks, and anything else or more of it."""
    there, here = _Address(url), _Address(own_url)
    return there.place == here.place and there.asked >= here.asked


def may_be_next(url: str, own_url: str) -> bool:
    """Whether an address that is said to be the next page's can be: it leads to another one of the
    same site and, where the list has the same place there, does not forget what was asked."""
    there, here = _Address(url), _Address(own_url)
    return leads_on(url, own_url) and (there.place != here.place or there.asked >= here.asked)


def links_to_pages(links: Sequence[Link], own_url: str) -> list[Link]:
    """Those that lead to another page of the list at `own_url`, by their addresses."""
    here = _Address(own_url)
    return [(node, url) for node, url in links if _is_page(url, here)]


def link_after(pages: Sequence[Link], current: int) -> str | None:
    """The address of the page after the one with this number, by the number that its link shows,
    else by a word for what follows."""
    own = {url for node, url in pages if is_passive(node) and current in _numbers(node)}
    pages = [link for link in pages if link[1] not in own] if own else pages
    for node, url in pages:
        if current + 1 in _numbers(node):
            return url
    for node, url in pages:
        if any(is_next_word(name) or _FURTHER.fullmatch(name) for name in names_of(node)):
            return url
    return None


def shows_later_page(pages: Sequence[Link], current: int) -> bool:
    """Whether links show that there are pages after this one."""
    return any(number > current for node, _ in pages for number in _numbers(node))


class _Address:
    """An address taken apart: where the list is, what is asked of it, which page is meant."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        query = query_of(url)
        in_path = _IN_PATH.search(parts.path)
        paged = {(k, v) for k, v in query if PAGE_FIELD.fullmatch(k) and NUMBER.fullmatch(v)}
        self.place = (parts.netloc, _IN_PATH.sub("", parts.path).rstrip("/"))
        self.pages = paged | ({("", in_path[1])} if in_path else set())
        self.asked = {(k, v) for k, v in query if (k, v) not in paged and not _IGNORED.search(k)}


def _is_page(url: str, here: _Address) -> bool:
    there = _Address(url)
    is_other = bool(there.pages) and there.pages != here.pages
    return there.place == here.place and is_other and there.asked >= here.asked


def _numbers(node: Element) -> set[int]:
    found = {page_named(name.strip(_BRACKETS)) for name in names_of(node)}
    return {number for number in found if number is not None}
