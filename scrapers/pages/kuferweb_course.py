"""The course page of KuferWEB, on TYPO3 as on WordPress."""

from __future__ import annotations

from typing import ClassVar

import attrs

from scrapers.pages.catalogue_course import CatalogueCoursePage


@attrs.define(slots=False)
class KuferWebCoursePage(CatalogueCoursePage):
    """One course on KuferWEB."""

    TEXT: ClassVar[tuple[str, ...]] = (
        "div.kw-kurs-info-text",
        "[class*=kurs-info-text], [class*=kursinhalt], [class*=kurs-inhalt], "
        "[class*=kursbeschreibung], [class*=kurs-beschreibung]",
    )
