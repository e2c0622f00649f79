"""Result lists of KuferWEB: rows of a table, rows of blocks, boxes, cards, panels."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Final

import attrs

from scrapers.pages.base import ListEntry
from scrapers.pages.catalogue_list import CatalogueListPage
from scrapers.pages.course_urls import leads_to_course
from scrapers.pages.elements import Element
from scrapers.pages.kuferweb_tabs import detail_links, number_from_last_segment
from scrapers.pages.markup import canonical_url, target

_ROW_TAGS: Final = frozenset(["tr", "div", "li", "article"])
_ROW_CLASSES: Final = frozenset(["kw-table-row", "h-box", "kw-ue", "kw_kurs_uebersicht"])


@attrs.define(slots=False)
class KuferWebListPage(CatalogueListPage):
    """One page of a KuferWEB list in any of its skins."""

    def marked_rows(self) -> list[Element]:
        marked = self.page.classed(lambda names: not _ROW_CLASSES.isdisjoint(names.split()))
        return [node for node in marked if node.tag in _ROW_TAGS]

    def leads_on(self, url: str) -> bool:
        return leads_to_course(url) or canonical_url(url) in self._marked_addresses

    def entries(self) -> Sequence[ListEntry]:
        """As everywhere; links marked as a course's end with its number."""
        return tuple(map(self._with_number, super().entries()))

    def _with_number(self, entry: ListEntry) -> ListEntry:
        if entry.number is not None or entry.url not in self._marked_addresses:
            return entry
        number = number_from_last_segment(entry.url)
        facts = (*entry.facts, ("Kursnummer", number)) if number else entry.facts
        return attrs.evolve(entry, number=number, facts=facts)

    @cached_property
    def _marked_addresses(self) -> frozenset[str]:
        return frozenset(
            target(self.base_url, link.attributes.get("href") or "")
            for link in detail_links(self.page)
        )
