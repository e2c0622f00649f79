"""Course pages whose label for dates names the year: "Termine 2026", then "Sa 18.04., 10-16 Uhr".

Readers of course pages know the label without the year, and look for the year beside the day. So it
is moved there before they read; see `stated_years`, which does the same on single pages.
"""

from __future__ import annotations

import re
from typing import Final

from scrapers.pages.elements import Element
from scrapers.pages.page_tree import PageTree
from scrapers.pages.stated_years import StatedYear, line_with_year, stated_year

_SIGNS: Final = ("ermine 20", "ermin 20")
_LABEL: Final = re.compile(r"(?P<label>(?:\w+-?)?[Tt]ermine?) 20\d\d(?P<rest>:.*|)$", re.DOTALL)
_HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")


def move_years_to_days(page: PageTree) -> dict[str, str]:
    """Writes the year of such a label beside the days below it, and takes it out of the label. The
    days as they stand there now, each with what the page prints; {} for most pages."""
    if not any(map(page.root.words.__contains__, _SIGNS)):
        return {}
    printed = page.root.words
    written: dict[str, str] = {}
    changed: set[int] = set()
    stated: StatedYear | None = None
    end = 0
    for node in page.elements:
        if node.place >= end or (node.tag in _HEADINGS and node.words.strip()):
            stated = None
        content: list[str | Element] = []
        for said in node.content:
            if not isinstance(said, str) or not (words := said.strip()):
                content.append(said)
                continue
            label = _LABEL.match(words)
            year = stated_year(words.partition(":")[0]) if label else None
            if label and year:
                stated, end = year, _end_of_scope(node)
                dated = f"{label['label']}{line_with_year(label['rest'], year, written)}"
            else:
                dated = line_with_year(words, stated, written)
            content.append(said.replace(words, dated))
        if content != list(node.content):
            node.content = content
            changed.add(node.place)
    _read_again(page, changed)
    return {new: old for new, old in written.items() if new not in printed}


def _end_of_scope(label: Element) -> int:
    """Where the days of a label end: with its table, with its list of labels, with what stands
    around a heading or a line."""
    for above in label.ancestors:
        if label.tag == "th" and above.tag == "table":
            return above.end
        if label.tag == "dt" and label.following is not None:
            return label.following.end
    around = label.parent
    while around is not None and around.children[-1] is label and around.parent is not None:
        label, around = around, around.parent
    return around.end if around is not None else label.end


def _read_again(page: PageTree, changed: set[int]) -> None:
    around = {above.place for place in changed for above in page.elements[place].ancestors}
    for node in reversed(page.elements):
        if node.place in changed or node.place in around:
            node.read_words_again()
