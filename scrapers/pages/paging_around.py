"""The way to the next page of a list where it stands around the content: in the navigation, in the
header of the answer."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from selectolax.lexbor import LexborNode

from scrapers.fields.text import clean
from scrapers.pages.markup import attribute, classes, target, text_of
from scrapers.pages.paging import is_next_word, page_named
from scrapers.pages.paging_choices import AROUND
from scrapers.pages.paging_controls import ADDRESSES
from scrapers.pages.paging_dead import LEAFING
from scrapers.pages.paging_links import may_be_next
from scrapers.pages.paging_off import are_passive

_LONGEST_NAVIGATION: Final = 600
_LINK_HEADER: Final = re.compile(r"<([^<>]{1,2000})>([^<]*)")
_REL_NEXT: Final = re.compile(r"\brel\s*=\s*\"?[^\";]*\bnext\b", re.I)


def next_in_navigation(
    navigation: Iterable[LexborNode], base_url: str, own_url: str, current: int
) -> tuple[str, bool]:
    """The address of the page after `current` in what is only there to leaf, and whether it shows
    one at all. Menus are longer and have other words."""
    shows = False
    for block in navigation:
        if block.tag != "nav" and attribute(block, "role") != "navigation":
            continue
        words = block.text(deep=True, separator=" ")
        if len(words) > _LONGEST_NAVIGATION or not LEAFING.fullmatch(clean(words) or "1"):
            continue
        for node in block.css("a, button, [data-page], [onclick]"):
            names = [text_of(node), attribute(node, "aria-label"), attribute(node, "title")]
            is_number = any(page_named(name.strip(AROUND)) == current + 1 for name in names)
            if _is_switched_off(node) or not (is_number or any(map(is_next_word, names))):
                continue
            shows = True
            told = [attribute(node, name) for name in (*ADDRESSES, "href")]
            url = next((u for t in told if t and (u := target(base_url, t))), "")
            if url and may_be_next(url, own_url):
                return url, True
    return "", shows


def _is_switched_off(node: LexborNode) -> bool:
    around = [node, node.parent] if node.parent is not None else [node]
    return "disabled" in node.attributes or any(
        attribute(one, "aria-disabled") == "true" or are_passive(classes(one)) for one in around
    )


def next_by_header(link: str) -> str:
    """What the header `Link` of an answer calls the next page, "" where it names none."""
    if "next" not in link:
        return ""
    named = (address for address, about in _LINK_HEADER.findall(link) if _REL_NEXT.search(about))
    return next(named, "")
