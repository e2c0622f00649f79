"""Controls of a pager that lead nowhere: switched off, hidden, or that of the page itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from scrapers.pages.elements import Element
from scrapers.pages.hidden_blocks import is_hiding_class

_PASSIVE: Final = frozenset({"active", "aktiv", "current"})
_SWITCHED_OFF: Final = re.compile(r"(?:.*[-_])?(?:disabled|deaktiviert|inactive|inaktiv)", re.I)
_AROUND_ONE: Final = frozenset(["span", "div", "td", "p"])
_NO_DISPLAY: Final = re.compile(r"display\s*:\s*none")


def is_off(node: Element) -> bool:
    """Whether a control is disabled, hidden, or that of the page itself."""
    return any(
        "disabled" in part.attributes
        or "hidden" in part.attributes
        or _NO_DISPLAY.search(part.attribute("style"))
        or is_hiding_class(part.attributes.get("class") or "")
        for part in (node, *node.ancestors)
    ) or is_passive(node)


def is_passive(node: Element) -> bool:
    """Whether a control says itself, or what is around it alone, that it leads nowhere."""
    if node.attribute("aria-disabled") == "true" or node.attribute("aria-current") != "":
        return True
    if are_passive(node.classes):
        return True
    around = node.parent
    if around is None:
        return False
    if around.tag == "li":
        return are_passive(around.classes)
    is_its_own = around.tag in _AROUND_ONE and around.words.strip() == node.words.strip()
    return is_its_own and any(map(_is_switched_off, around.classes))


def are_passive(classes: Iterable[str]) -> bool:
    """Whether these classes are those of a control that leads nowhere or to the page itself."""
    return any(name.lower() in _PASSIVE or _is_switched_off(name) for name in classes)


@lru_cache(maxsize=8192)
def _is_switched_off(name: str) -> bool:
    return _SWITCHED_OFF.fullmatch(name) is not None
