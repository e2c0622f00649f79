"""Which parts of a page nobody reads as its content: navigation, banners, scripts, hidden text.

The rules rest on HTML and ARIA first. A few words in `id` and `class` serve only to recognise what
site software puts beside every content (cookie banners, breadcrumbs); no rule needs a class to
find content.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from selectolax.lexbor import LexborHTMLParser, LexborNode

_SILENT = (
    "script style template noscript svg math iframe object embed canvas audio video select "
    "datalist textarea head"
)
_SILENT_TAGS = frozenset(_SILENT.split())
_NOISE_ROLES = re.compile(
    r"navigation|banner|contentinfo|search|dialog|alertdialog|menu", re.IGNORECASE
)
_BANNER_NAME = re.compile(
    r"cookie|consent|gdpr|dsgvo|cmplz|usercentrics|borlabs|onetrust|breadcrumb|brotkrumen"
    r"|skip-?(?:link|nav)",
    re.IGNORECASE,
)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_COOKIE_WORDS = re.compile(r"\bCookies?\b")
_COOKIE_ACTS = re.compile(
    r"verwende|nutz|setz|akzeptier|zustimm|einwillig|einverstanden|Einstellungen", re.IGNORECASE
)
_OPENERS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6", "button", "summary", "dt"])
_CONTENT_SELECTOR = "main, article, h1, [role=main]"


class Noise:
    """Decides for one document. Built once per page, because ARIA references cross the tree."""

    def __init__(self, tree: LexborHTMLParser) -> None:
        self._opened_on_demand = _controlled_ids(tree)

    def covers(self, node: LexborNode) -> bool:
        """True when nothing inside `node` belongs to the content of the page."""
        tag = node.tag or ""
        if tag in _SILENT_TAGS:
            return True
        if tag in {"nav", "footer"}:
            return tag == "nav" or not _inside_content(node)
        if tag in {"header", "aside"}:
            return not _inside_content(node)
        if tag == "dialog":
            return "open" not in node.attributes
        attributes = node.attributes
        if not attributes:
            return False
        if tag in {"html", "body", "main"}:
            return False
        if _NOISE_ROLES.fullmatch((attributes.get("role") or "").strip()):
            return True
        return self._is_hidden(node) or _is_banner(node)

    def _is_hidden(self, node: LexborNode) -> bool:
        attributes = node.attributes
        hidden = (
            ("hidden" in attributes and attributes["hidden"] != "until-found")
            or (attributes.get("aria-hidden") or "").lower() == "true"
            or bool(_HIDDEN_STYLE.search(attributes.get("style") or ""))
        )
        if not hidden:
            return False
        # A closed accordion panel or tab is hidden only until the reader opens it.
        if attributes.get("id") in self._opened_on_demand:
            return False
        if (attributes.get("role") or "").lower() == "tabpanel":
            return False
        return not _follows_opener(node)


def is_cookie_sentence(text: str) -> bool:
    """A consent text that stands on the page like any other paragraph."""
    return bool(_COOKIE_WORDS.search(text) and _COOKIE_ACTS.search(text))


def _controlled_ids(tree: LexborHTMLParser) -> frozenset[str]:
    names: set[str] = set()
    for node in tree.css("[aria-controls], [data-target], [data-bs-target], a[href^='#']"):
        attributes = node.attributes
        for name in ("aria-controls", "data-target", "data-bs-target", "href"):
            for reference in (attributes.get(name) or "").split():
                names.add(reference.lstrip("#"))
    names.discard("")
    return frozenset(names)


def _ancestors(node: LexborNode) -> Iterable[LexborNode]:
    parent = node.parent
    while parent is not None:
        yield parent
        parent = parent.parent


def _inside_content(node: LexborNode) -> bool:
    return any(
        parent.tag in {"main", "article"} or (parent.attributes or {}).get("role") == "main"
        for parent in _ancestors(node)
    )


def _is_banner(node: LexborNode) -> bool:
    attributes = node.attributes
    name = " ".join(attributes.get(key) or "" for key in ("id", "class", "aria-label"))
    # A wrapper around the whole page may carry such a word too ("no-cookies").
    return bool(_BANNER_NAME.search(name)) and node.css_first(_CONTENT_SELECTOR) is None


def _follows_opener(node: LexborNode) -> bool:
    before = node.prev
    while before is not None and not before.is_element_node:
        before = before.prev
    if before is None:
        return False
    if before.tag in _OPENERS:
        return True
    only_child = [child for child in before.iter() if child.is_element_node]
    return len(only_child) == 1 and only_child[0].tag in _OPENERS
