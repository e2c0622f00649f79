"""The course page of KuferWEB, on TYPO3 as on WordPress, in one piece or in tabs."""

from __future__ import annotations

from typing import ClassVar

import attrs

from scrapers.pages.catalogue_course import CatalogueCoursePage, Mark, has_class, has_class_like
from scrapers.pages.elements import Element
from scrapers.pages.kuferweb_tabs import tab_pairs, text_tabs_of
from scrapers.pages.labelled import Pair


@attrs.define(slots=False)
class KuferWebCoursePage(CatalogueCoursePage):
    """One course on KuferWEB."""

    TEXT: ClassVar[tuple[Mark, ...]] = (
        has_class("kw-kurs-info-text"),
        has_class_like("kurs-info-text|kurs-?inhalt|kurs-?beschreibung"),
    )
    MIXED: ClassVar[tuple[Mark, ...]] = (text_tabs_of,)

    def _pairs(self, table: Element | None) -> tuple[Pair, ...]:
        pairs = super()._pairs(table)
        return pairs + tuple(pair for pair in tab_pairs(self.page) if pair not in pairs)
