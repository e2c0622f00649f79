"""Result lists of KuferWEB: rows of a table, rows of blocks, boxes, cards."""

from __future__ import annotations

from typing import ClassVar

import attrs

from scrapers.pages.catalogue_list import CatalogueListPage


@attrs.define(slots=False)
class KuferWebListPage(CatalogueListPage):
    """One page of a KuferWEB list in any of its skins."""

    ROWS: ClassVar[str] = (
        "tr.kw-table-row, div.kw-table-row, li.kw-table-row, div.h-box, div.kw-ue, article.kw-ue"
    )
