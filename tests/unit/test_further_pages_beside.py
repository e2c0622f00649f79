"""What stands beside an overview or a directory that is whole does not make it longer."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from scrapers.pages.further_pages import further_page

URL = "https://www.land.example/reihe"


def further(html: str, current: int = 1) -> tuple[str | None, bool]:
    body = f"<body><main><h1>Reihe</h1><h2>Termine</h2><p>Basismodul</p>{html}</main></body>"
    return further_page(LexborHTMLParser(f"<html>{body}</html>"), URL, URL, current)


BESIDE = {
    "pages of news": '<h2>Aktuelles</h2><p class="pager">1 <a href="/news?seite=2">2</a></p>',
    "news in a column": '<aside><p class="pager"><a href="/news?seite=2">weiter</a></p></aside>',
    "next page of the site": '<p class="page-navigation"><a href="/foerderung">weiter</a></p>',
    "switched off": '<p class="pager"><b>1</b> <a class="is-disabled" href="#">weiter</a></p>',
    "as dead as the way back": '<p class="pager"><a href="#">«</a> 1 <a href="#">»</a></p>',
    "slides": '<div class="swiper-pagination"><b>1</b> <a href="#">2</a></div>',
    "month": '<p class="pager"><a href="#">«</a> März 2026 <a href="#">»</a></p>',
    "pages of a paper": "<p>Das Faltblatt (Seite 1 von 2) liegt aus.</p>",
}


@pytest.mark.parametrize("name", BESIDE)
def test_what_stands_beside_a_page_that_is_whole(name: str) -> None:
    assert further(BESIDE[name]) == (None, False)


MORE = {
    "own address": '<h2>Aktuelles</h2><p class="pager">1 <a href="/reihe?seite=2">2</a></p>',
    "another address": '<p class="pager">1 <a href="/reihe-2.html">2</a></p>',
    "for a script": '<p class="pager">1 <a href="#">2</a></p>',
    "in words": "<p>Seite 1 von 2</p>",
}


@pytest.mark.parametrize("name", MORE)
def test_a_page_that_goes_on(name: str) -> None:
    assert further(MORE[name])[1]
