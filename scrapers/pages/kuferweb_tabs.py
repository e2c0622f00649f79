"""KuferWEB's older skin on Bootstrap 3: panels in the list, tabs on the course page.

Its links carry a class instead of an address of known shape, and the tab with the place has no
label but its own name.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import unquote, urlsplit

from scrapers.fields.course_numbers import clean_course_number
from scrapers.fields.labels import Label, canonical_label
from scrapers.pages.elements import Element
from scrapers.pages.labelled import Pair, labelled_pairs
from scrapers.pages.page_tree import PageTree

_DETAIL_LINK: Final = "kursdetaillink"
_TEXT_TAB: Final = "kurs"
_TAB_LABELS: Final = frozenset({Label.PLACE, Label.PRICE, Label.STATUS, Label.TARGET_GROUP})
_MOST_LINES: Final = 6


def detail_links(page: PageTree) -> list[Element]:
    """The links that this skin marks as a course's."""
    marked = page.classed(lambda names: _DETAIL_LINK in names.split())
    return [node for node in marked if node.tag == "a" and "href" in node.attributes]


def number_from_last_segment(url: str) -> str | None:
    """The course number that a detail link of this skin ends with."""
    segments = [segment for segment in urlsplit(url).path.split("/") if segment]
    return clean_course_number(unquote(segments[-1])) if segments else None


def text_tabs_of(page: PageTree) -> list[Element]:
    """The tab with the running text."""
    return [
        node
        for node in page.having("id")
        if node.attributes["id"] == _TEXT_TAB
        and (node.attributes.get("role") == "tabpanel" or "tab-pane" in node.classes)
    ]


def tab_pairs(page: PageTree) -> tuple[Pair, ...]:
    """(name of the tab, its words) for tabs whose name is a label and that hold nothing else.

    A tab that lists several places belongs to no single value and is left out.
    """
    found: list[Pair] = []
    for link in page.links:
        hash_sign, _, target = (link.attributes.get("href") or "").strip().partition("#")
        in_item = link.parent is not None and link.parent.tag == "li"
        if hash_sign or not target or not in_item:
            continue
        if canonical_label(link.text) not in _TAB_LABELS:
            continue
        panes = [
            pane for pane in page.find("div", "section") if pane.attributes.get("id") == target
        ]
        if len(panes) != 1 or panes[0].find("table", "dl", "form", "h1"):
            continue
        items = panes[0].find("li")
        pane = items[0] if items else panes[0]
        if len(items) < 2 and 0 < len(pane.lines) <= _MOST_LINES and not labelled_pairs(panes[0]):
            found.append((link.text, pane.value))
    return tuple(found)
