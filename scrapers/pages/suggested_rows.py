"""Courses that a page suggests beside the hits of a search: "Das könnte Sie auch interessieren".

They are no hits: counted among them, no stated total would ever agree, and no search could find
nothing. They are left out where the page says how many hits there are, and only where nothing in
them is about the subject, so that no offer is lost.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from scrapers.fields.relevance import judge_relevance
from scrapers.fields.text import fold
from scrapers.pages.elements import Element, is_within
from scrapers.pages.nothing_found import denies_hits
from scrapers.pages.page_tree import PageTree
from scrapers.pages.paging import counter_texts, stated_count

_HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
# Folded.
_SUGGESTS: Final = re.compile(
    r"\binteressieren\b|\bbeliebt|\bempfehl|\bempfohlen|\btipps?\b|\bhighlights?\b|\bvorschl"
    r"|\baehnliche|\bandere (?:kurse|angebote|veranstaltungen)|auch gefallen|zuletzt angesehen"
    r"|\btop-?kurse|\bneueste|\bneu im programm|\bdemnaechst|\baus unserem programm"
)


def without_suggestions(page: PageTree, rows: Sequence[Element]) -> Sequence[Element]:
    """The rows without those below a heading of suggestions, where the page says what was found."""
    headings = page.find(*_HEADINGS)
    suggesting = {one.place for one in headings if _SUGGESTS.search(fold(one.text))}
    if not suggesting:
        return rows
    lines = page.root.lines_without(rows)
    if not any(map(denies_hits, lines)) and stated_count(lines, counter_texts(page, rows)) is None:
        return rows
    above = [one for one in headings if not is_within(one, rows)]
    return [row for row in rows if not _is_suggested(row, above, suggesting)]


def _is_suggested(row: Element, headings: Sequence[Element], suggesting: set[int]) -> bool:
    before = [one for one in headings if one.place < row.place]
    if not before or before[-1].place not in suggesting:
        return False
    part = before[-1].parent
    return part is not None and part.holds(row) and judge_relevance(row.text).category is None
