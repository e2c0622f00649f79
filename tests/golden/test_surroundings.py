"""Golden pages say the same in the middle of a page as it is on the web, and in other words."""

from __future__ import annotations

from typing import Any

import pytest

from scrapers.pages.base import PageError
from scrapers.pages.catalogue_list import CatalogueListPage
from tests.golden.cases import GoldenPage, golden_pages
from tests.golden.surroundings import surrounded
from tests.golden.variants import varied

PAGES = golden_pages()
# Where no platform marks the running text, all loose text of a page is taken for it.
_RUNNING_TEXT = {"description", "origins"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_surroundings_change_nothing(page: GoldenPage) -> None:
    assert _said(page, surrounded(page.html, 4).encode()) == _said(page, page.body)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_variant_is_as_readable(page: GoldenPage) -> None:
    """What the benchmark measures are pages that are read, not pages that are refused."""
    assert _shape(_said(page, varied(page.html, 3).encode())) == _shape(_said(page, page.body))


def _said(page: GoldenPage, body: bytes) -> Any:
    try:
        if page.reader == "list":
            listed = page.list_page(body)
            assert isinstance(listed, CatalogueListPage)
            return (
                listed.entries(),
                listed.unread_rows(),
                listed.stated_count(),
                listed.next_url(),
                listed.says_nothing_found(),
            )
        return [
            record.model_dump(exclude=_RUNNING_TEXT) for record in page.course_page(body).records()
        ]
    except PageError as error:
        return error.failure_class


def _shape(said: Any) -> Any:
    """Which values are there."""
    if isinstance(said, tuple):
        entries, *rest = said
        return len(entries), [bool(entry.facts) for entry in entries], rest[:2]
    if isinstance(said, list):
        return [{name for name, value in record.items() if value} for record in said]
    return said
