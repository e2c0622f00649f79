"""The course page of KuferWEB, on TYPO3 as on WordPress, in one piece or in tabs."""

from __future__ import annotations

from typing import ClassVar

import attrs
from selectolax.lexbor import LexborNode

from scrapers.pages.catalogue_course import CatalogueCoursePage
from scrapers.pages.kuferweb_tabs import TEXT_TAB, tab_pairs
from scrapers.pages.labelled import Pair


@attrs.define(slots=False)
class KuferWebCoursePage(CatalogueCoursePage):
    """One course on KuferWEB."""

    TEXT: ClassVar[tuple[str, ...]] = (
        "div.kw-kurs-info-text",
        "[class*=kurs-info-text], [class*=kursinhalt], [class*=kurs-inhalt], "
        "[class*=kursbeschreibung], [class*=kurs-beschreibung]",
    )
    MIXED: ClassVar[str] = TEXT_TAB

    def _pairs(self, table: LexborNode | None) -> tuple[Pair, ...]:
        pairs = super()._pairs(table)
        return pairs + tuple(pair for pair in tab_pairs(self.tree) if pair not in pairs)
