"""KuferWEB's older skin on Bootstrap 3: panels in the list, tabs on the course page.

Its links carry a class instead of an address of known shape, and the tab with the place has no
label but its own name.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser

from scrapers.fields.course_numbers import clean_course_number
from scrapers.fields.labels import Label, canonical_label
from scrapers.pages.labelled import Pair, labelled_pairs
from scrapers.pages.markup import attribute, joined, lines_of, text_of

DETAIL_LINK: Final = "a.kursdetaillink[href]"
TEXT_TAB: Final = "div#kurs.tab-pane, #kurs[role=tabpanel]"
_TAB_LABELS: Final = frozenset({Label.PLACE, Label.PRICE, Label.STATUS, Label.TARGET_GROUP})
_MOST_LINES: Final = 6


def number_from_last_segment(url: str) -> str | None:
    """The course number that a detail link of this skin ends with."""
    segments = [segment for segment in urlsplit(url).path.split("/") if segment]
    return clean_course_number(unquote(segments[-1])) if segments else None


def tab_pairs(tree: LexborHTMLParser) -> tuple[Pair, ...]:
    """(name of the tab, its words) for tabs whose name is a label and that hold nothing else.

    A tab that lists several places belongs to no single value and is left out.
    """
    found: list[Pair] = []
    for link in tree.css("li > a[href^='#']"):
        label, target = text_of(link), attribute(link, "href")[1:]
        if not target or canonical_label(label) not in _TAB_LABELS:
            continue
        panes = [pane for pane in tree.css("div[id], section[id]") if pane.id == target]
        if len(panes) != 1 or panes[0].css_first("table, dl, form, h1") is not None:
            continue
        items = panes[0].css("li")
        lines = lines_of(items[0] if items else panes[0])
        if len(items) < 2 and 0 < len(lines) <= _MOST_LINES and not labelled_pairs(panes[0]):
            found.append((label, joined(lines)))
    return tuple(found)
