"""Result lists of KuferWEB: rows of a table, rows of blocks, boxes, cards, panels."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import ClassVar

import attrs

from scrapers.pages.base import ListEntry
from scrapers.pages.catalogue_list import CatalogueListPage
from scrapers.pages.kuferweb_tabs import DETAIL_LINK, number_from_last_segment
from scrapers.pages.markup import attribute, canonical_url


@attrs.define(slots=False)
class KuferWebListPage(CatalogueListPage):
    """One page of a KuferWEB list in any of its skins."""

    ROWS: ClassVar[str] = (
        "tr.kw-table-row, div.kw-table-row, li.kw-table-row, div.h-box, div.kw-ue, article.kw-ue, "
        "div.kw_kurs_uebersicht"
    )

    def leads_on(self, url: str) -> bool:
        return super().leads_on(url) or canonical_url(url) in self._marked_addresses

    def entries(self) -> Sequence[ListEntry]:
        """As everywhere; links marked as a course's end with its number."""
        return tuple(
            attrs.evolve(entry, number=number_from_last_segment(entry.url))
            if entry.number is None and entry.url in self._marked_addresses
            else entry
            for entry in super().entries()
        )

    @cached_property
    def _marked_addresses(self) -> frozenset[str]:
        return frozenset(
            canonical_url(self.absolute(attribute(link, "href")))
            for link in self.tree.css(DETAIL_LINK)
        )
