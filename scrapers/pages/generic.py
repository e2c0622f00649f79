"""Catalogues of unknown make: a list is what repeats, a course page is what has labelled facts."""

from __future__ import annotations

from functools import cached_property

import attrs

from scrapers.pages.catalogue_course import CatalogueCoursePage
from scrapers.pages.catalogue_list import CatalogueListPage
from scrapers.pages.course_urls import leads_to_course, may_lead_to_course
from scrapers.pages.date_words import DATE
from scrapers.pages.page_tree import Element


@attrs.define(slots=False)
class GenericListPage(CatalogueListPage):
    """A result list of unknown make.

    Addresses of known shape decide where there are any. Else rows are blocks with a link to a
    page that may be a course's and with a date; what stands beside such rows belongs to the list
    as well, so that a course without a date is not lost.
    """

    def leads_on(self, url: str) -> bool:
        return leads_to_course(url) if self._has_known_shapes else may_lead_to_course(url)

    @cached_property
    def _has_known_shapes(self) -> bool:
        return any(leads_to_course(url) for _, url in self._addresses)

    def _marked_rows(self) -> list[Element]:
        if self._has_known_shapes:
            return []
        return [row for row in self._rows_by_links() if DATE.search(row.text)]

    def _trusts_links(self) -> bool:
        return self._has_known_shapes


@attrs.define(slots=False)
class GenericCoursePage(CatalogueCoursePage):
    """A course page of unknown make; read only where it labels its facts."""
