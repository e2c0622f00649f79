"""Pages of a list by their addresses, whatever the pager around the links looks like."""

from __future__ import annotations

from datetime import date

import pytest
from web_poet import HttpResponse

from scrapers.pages.base import NextPage, PageContext
from scrapers.pages.generic import GenericListPage

HOST = "https://vhs.example"
ROWS = "".join(
    f'<li><a href="/kurse/detail/{i}0{i}">Rundgang {i}</a> 0{i}.08.2026</li>' for i in (1, 2)
)
U = "/suche?wort=Rat&amp;seite={}"

SECOND = f"{HOST}/suche?wort=Rat&seite=2"
PAGERS = {
    "numbers": f'<div>Seite: <b>1</b> <a href="{U.format(2)}">2</a></div>',
    "all linked": f'<ul class="seiten"><li class="aktuell"><a href="{U.format(1)}">1</a></li>'
    f'<li><a href="{U.format(2)}">2</a></li><li><a href="{U.format(3)}">3</a></li></ul>',
    "brackets": f'<p>[1] <a href="{U.format(2)}">[2]</a></p>',
    "picture": f'<a href="{U.format(2)}"><img src="r.gif" alt="weiter"></a>',
    "older": f'<div><a href="{U.format(2)}">Ältere Beiträge</a></div>',
    "next so many": f'<a href="{U.format(2)}">nächste 8 Kurse</a>',
    "more": f'<a class="load-more" href="{U.format(2)}">Mehr laden</a>',
}


def listed(pager: str, path: str = "/suche?wort=Rat") -> GenericListPage:
    html = f"<body><ul>{ROWS}</ul>{pager}</body>"
    response = HttpResponse(f"{HOST}{path}", body=html.encode(), encoding="utf-8")
    return GenericListPage(response, PageContext(today=date(2026, 3, 14)))


@pytest.mark.parametrize("name", PAGERS)
def test_the_next_page_is_known_by_its_address(name: str) -> None:
    page = listed(PAGERS[name])
    assert page.next_page(1) == NextPage(SECOND)
    assert not page.says_more_exists()
    assert len(page.entries()) == 2


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("/suche?wort=Rat", "/suche/page/2?wort=Rat"),
        ("/suche?wort=Rat", "/suche?wort=Rat&tx_kurse[currentPage]=2&cHash=ab"),
        ("/suche?wort=Rat", "/suche?wort=Rat&start=25"),
        ("/page/1/?s=Rat", "/page/2/?s=Rat"),
    ],
)
def test_ways_to_say_which_page_is_meant(path: str, address: str) -> None:
    assert listed(f'<a href="{address}">2</a>', path).next_page(1) == NextPage(HOST + address)


@pytest.mark.parametrize(
    "link",
    [
        '<a href="/suche?wort=Yoga&seite=2">2</a>',
        '<a href="/news?seite=2">2</a>',
        '<a href="/suche?wort=Rat&sort=2">2</a>',
        '<a href="/suche?wort=Rat&seite=2">Merken</a>',
        '<a href="https://andere.example/suche?wort=Rat&seite=2">2</a>',
    ],
)
def test_links_that_are_no_next_page(link: str) -> None:
    page = listed(link)
    assert page.next_page(1) is None
    assert not page.shows_page_after(1)


def test_the_last_page_leads_nowhere() -> None:
    page = listed(PAGERS["all linked"], "/suche?wort=Rat&seite=3")
    assert page.next_page(3) is None
    assert not page.shows_page_after(3)


def test_a_choice_of_pages_shows_that_there_are_more() -> None:
    options = "".join(f"<option value={n}>Seite {n}</option>" for n in (1, 2, 3))
    page = listed(f"<form><select name=seite>{options}</select></form>")
    assert page.next_page(1) is None
    assert page.shows_page_after(1)
    assert not page.shows_page_after(3)
