"""Parts of a course page that nobody sees: templates for scripts, messages for another state.

What is only closed (a panel, a tab, an accordion) is part of the page: a control opens it. Lists
are not looked at this way, since their further rows may be shown only by a button.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from scrapers.pages.elements import Element
from scrapers.pages.page_tree import PageTree

_STYLE: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_NAME: Final = re.compile(r"(?:^|\s)(?:d-none|hidden|hide)(?=\s|$)")
# Classes that show it after all, on some screens.
_SHOWS: Final = re.compile(
    r"(?:^|\s)(?:(?:d|visible|show)-(?:sm|md|lg|xl|xxl|xs|print)\b|(?:sm|md|lg|xl|2xl|print):|show)"
)
_PANEL: Final = re.compile(r"tab-pane|tabcontent|tab-content|collaps|accordion|panel|akkordeon")
_OPENERS: Final = frozenset(["h1", "h2", "h3", "h4", "h5", "h6", "button", "summary", "dt"])
_CONTROLS: Final = ("href", "aria-controls", "data-target", "data-bs-target")
_LARGEST_SHARE: Final = 0.5


def hidden_blocks(page: PageTree) -> list[Element]:
    """The elements that are hidden and that no control on the page opens.

    Never one with the page's title, or with most of its words: that is shown by a script.
    """
    hidden = [node for node in page.having("style", "hidden") if _is_hidden(node)]
    hidden += page.classed(is_hiding_class)
    if not hidden:
        return []
    opened = _opened_on_demand(page)
    largest = len(page.root.words) * _LARGEST_SHARE
    return [
        node
        for node in hidden
        if node.attributes.get("id") not in opened
        and node.attributes.get("role") != "tabpanel"
        and not _PANEL.search(node.attributes.get("class") or "")
        and not _follows_opener(node)
        and not node.find("h1", "main")
        and len(node.words) <= largest
    ]


def _is_hidden(node: Element) -> bool:
    if "hidden" in node.attributes:
        return node.attributes["hidden"] != "until-found"
    return _STYLE.search(node.attributes.get("style") or "") is not None


@lru_cache(maxsize=8192)
def is_hiding_class(names: str) -> bool:
    """Whether a class attribute hides an element on all screens; the same on all pages of a
    site."""
    return _NAME.search(names) is not None and _SHOWS.search(names) is None


def _opened_on_demand(page: PageTree) -> frozenset[str]:
    """The ids that controls of the page name."""
    return frozenset(
        reference.partition("#")[2] if "#" in reference else reference
        for node in page.having(*_CONTROLS)
        for name in _CONTROLS
        if (name != "href" or (node.attributes.get(name) or "").startswith("#"))
        for reference in (node.attributes.get(name) or "").split()
    )


def _follows_opener(node: Element) -> bool:
    siblings = node.parent.children if node.parent is not None else []
    place = siblings.index(node) if node in siblings else 0
    if place == 0:
        return False
    before = siblings[place - 1]
    return before.tag in _OPENERS or (
        len(before.children) == 1 and before.children[0].tag in _OPENERS
    )
