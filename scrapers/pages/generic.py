"""Catalogues of unknown make: a list is what repeats, a course page is what has labelled facts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Final
from urllib.parse import parse_qsl, urlsplit

import attrs

from scrapers.fields.course_numbers import clean_course_number
from scrapers.fields.text import fold
from scrapers.pages.catalogue_course import CatalogueCoursePage
from scrapers.pages.catalogue_list import CatalogueListPage
from scrapers.pages.course_urls import leads_to_course, may_be_page, may_lead_to_course
from scrapers.pages.date_words import DATE
from scrapers.pages.elements import Element
from scrapers.pages.nothing_found import denies_hits
from scrapers.pages.paging import counter_texts, stated_count
from scrapers.pages.search_form import is_own_site

_FEWEST_ALIKE: Final = 2
_SHORTEST_WORD: Final = 4


@attrs.define(slots=False)
class GenericListPage(CatalogueListPage):
    """A result list of unknown make.

    Addresses of known shape decide where there are any. Else rows are blocks with a link to a
    page that may be a course's, and with a date; or with a course number, where the page states
    that it has as many hits as there are such rows. Where no address speaks of a course, blocks
    that repeat may be rows whatever their addresses. What stands beside rows belongs to the list as
    well, so that a course without a date is not lost.
    """

    def leads_on(self, url: str) -> bool:
        return self._shape(url)

    @cached_property
    def _shape(self) -> Callable[[str], bool]:
        """Which addresses are taken for a course's."""
        if self._has_known_shapes:
            return leads_to_course
        if not self._rows_of(may_lead_to_course) and self._rows_of(self._is_any_page):
            return self._is_any_page
        return may_lead_to_course

    @cached_property
    def _has_known_shapes(self) -> bool:
        return any(leads_to_course(url) for _, url in self._addresses)

    def _is_any_page(self, url: str) -> bool:
        return may_be_page(url) and is_own_site(url, self.url)

    def _marked_rows(self) -> list[Element]:
        return [] if self._has_known_shapes else self._rows_of(self._shape)

    def _rows_of(self, leads_on: Callable[[str], bool]) -> list[Element]:
        """The blocks with such addresses that show that they are courses."""
        blocks = self._rows_by_links(leads_on)
        dated = [block for block in blocks if DATE.search(_words_of(block))]
        if leads_on is may_lead_to_course and dated:
            return dated
        lines = self.page.root.lines_without(blocks)
        if leads_on == self._is_any_page and any(map(denies_hits, lines)):
            return []
        count = stated_count(lines, counter_texts(self.page, blocks))
        numbered = [block for block in blocks if block in dated or _shows_number(block)]
        for rows in (*_alike(dated), *_alike(numbered)):
            if len(rows) == count or (rows[0] in dated and self._may_be_hits(rows, leads_on)):
                return rows
        return []

    def _may_be_hits(self, rows: Sequence[Element], leads_on: Callable[[str], bool]) -> bool:
        """Whether blocks with dates can be the hits of the search. News have dates as well: where
        any address may be a course's, one of them must show a word of the page's address."""
        if leads_on is may_lead_to_course:
            return True
        asked = [fold(value) for _, value in parse_qsl(urlsplit(self.url).query)]
        words = fold(" ".join(map(_words_of, rows)))
        return len(rows) >= _FEWEST_ALIKE and any(
            len(word) >= _SHORTEST_WORD and word in words for word in asked
        )

    def _beside(self, rows: Sequence[Element], others: Sequence[Element]) -> list[Element]:
        """Where any address may be a course's, only what is printed as the rows are."""
        beside = super()._beside(rows, others)
        if self._shape is may_lead_to_course:
            return beside
        kinds = {(row.parent, row.tag) for row in rows}
        return [other for other in beside if (other.parent, other.tag) in kinds]

    def _trusts_links(self) -> bool:
        return self._has_known_shapes


def _words_of(block: Element) -> str:
    """Its words; those of a term with its definition."""
    after = block.following if block.tag == "dt" else None
    return f"{block.text} {after.text}" if after is not None and after.tag == "dd" else block.text


def _shows_number(block: Element) -> bool:
    words = _words_of(block).split()
    return any(len(word) > 2 and not word.isalpha() and clean_course_number(word) for word in words)


def _alike(blocks: Sequence[Element]) -> list[list[Element]]:
    """The blocks in groups of one kind under one parent, the largest first. A block that is all
    of its parent counts as that."""
    groups: dict[tuple[Element | None, str], list[Element]] = {}
    for block in blocks:
        whole = block
        while whole.parent is not None and len(whole.parent.children) == 1:
            whole = whole.parent
        groups.setdefault((whole.parent, whole.tag), []).append(block)
    return sorted(groups.values(), key=len, reverse=True)


@attrs.define(slots=False)
class GenericCoursePage(CatalogueCoursePage):
    """A course page of unknown make; read only where it labels its facts."""
