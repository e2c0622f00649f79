"""Menus that no markup calls one: lists of nothing but links."""

from __future__ import annotations

from typing import Final

from scrapers.pages.elements import Element, outermost

_FEWEST_LINKS: Final = 3
_LEVELS_OF_MENU: Final = 3


def menus_in(block: Element) -> list[Element]:
    """Lists in it that are nothing but links, whatever they are called: no running text."""
    parents = dict.fromkeys(link.parent for link in block.find("a") if link.parent is not None)
    lists = dict.fromkeys(
        above
        for parent in parents
        for above in (parent, parent.parent)
        if above is not None and above is not block and len(above.children) >= _FEWEST_LINKS
    )
    return outermost(node for node in lists if _is_menu(node))


def is_in_menu(link: Element) -> bool:
    """Whether a link is one of a list of links."""
    return any(
        len(above.children) >= _FEWEST_LINKS and _is_menu(above)
        for above, _ in zip(link.ancestors, range(_LEVELS_OF_MENU), strict=False)
    )


def _is_menu(node: Element) -> bool:
    """Whether all that stands in a list are the words of its links, each item one of them."""
    items = node.children
    return (
        all(item.tag in ("a", "li") for item in items)
        and all(
            item.tag == "a"
            or [part.words.strip() for part in item.find("a")] == [item.words.strip()]
            for item in items
        )
        and not any(isinstance(said, str) and said.strip(" |·•-") for said in node.content)
    )
