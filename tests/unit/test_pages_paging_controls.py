"""Ways to further pages that no link and no form tells, and signs of pages to which none leads."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest
from web_poet import HttpResponse

from scrapers.pages.base import NextPage, PageContext
from scrapers.pages.generic import GenericListPage

HOST = "https://vhs.example"
ROWS = "".join(
    f'<li><a href="/kurse/detail/{i}0{i}">Rundgang {i}</a> 0{i}.08.2026</li>' for i in (1, 2)
)
SECOND = "/suche?wort=Rat&amp;seite=2"


def listed(
    below: str,
    above: str = "",
    headers: Mapping[str, str] | None = None,
    path: str = "/suche?wort=Rat",
) -> GenericListPage:
    html = f"<html><body><main>{above}<ul>{ROWS}</ul>{below}</main></body></html>"
    response = HttpResponse(
        f"{HOST}{path}", body=html.encode(), headers=dict(headers or {}), encoding="utf-8"
    )
    return GenericListPage(response, PageContext(today=date(2026, 3, 14)))


def choice(values: str, around: str = "{}") -> str:
    options = "".join(f'<option value="{values.format(n)}">Seite {n}</option>' for n in (1, 2, 3))
    return around.format(f"<select name=seite>{options}</select>")


FORM = '<form action="/suche" {}><input type=hidden name=wort value=Rat>{}</form>'
WAYS = {
    "button with its address": f'<button data-url="{SECOND}">Mehr laden</button>',
    "block with its address": f'<div class="load-more" data-href="{SECOND}">Mehr laden</div>',
    "below the list": f'<div class="infinite-scroll" data-next-url="{SECOND}"></div>',
    "small script": f"<p><b>1</b> <b onclick=\"location.href='{SECOND}'\">2</b></p>",
    "choice of addresses": choice("/suche?wort=Rat&amp;seite={}"),
    "choice in a form": choice("{}", FORM.replace("{}", "", 1)),
    "number in a plain menu": f'<nav><b>1</b> <a href="{SECOND}">2</a></nav>',
}


@pytest.mark.parametrize("name", WAYS)
def test_the_next_page_is_asked_for_where_anything_tells_its_address(name: str) -> None:
    page = listed(WAYS[name])
    assert page.next_page(1) == NextPage(f"{HOST}/suche?wort=Rat&seite=2")
    assert not page.says_more_exists()


def test_pages_whose_addresses_have_no_number_of_a_page() -> None:
    unmarked = listed('<ul><li>1</li><li><a href="/liste-rat-2.html">2</a></li></ul>')
    assert unmarked.next_page(1) == NextPage(f"{HOST}/liste-rat-2.html")
    whole = listed('<a href="/suche?wort=Rat&amp;alle=1">Alle 60 Kurse anzeigen</a>')
    assert whole.next_page(1) == NextPage(f"{HOST}/suche?wort=Rat&alle=1")


def test_a_choice_of_pages_is_sent_as_its_form_is() -> None:
    page = listed(choice("{}", FORM.replace("{}", "method=post", 1)))
    assert page.next_page(2) == NextPage(f"{HOST}/suche", "wort=Rat&seite=3")
    assert page.next_page(3) is None
    assert not page.shows_page_after(3)


def test_a_header_or_a_misplaced_link_names_the_next_page() -> None:
    told = f'<{HOST}/wp-json/>; rel="https://api.w.org/", </suche?wort=Rat&seite=2>; rel="next"'
    assert listed("", headers={"Link": told}).next_url() == f"{HOST}/suche?wort=Rat&seite=2"
    assert listed("", headers={"Link": f'<{HOST}/a>; rel="prev"'}).next_url() is None
    body = listed(f'<link rel="next" href="{SECOND}">')
    assert body.next_url() == f"{HOST}/suche?wort=Rat&seite=2"


SIGNS = {
    "numbers for a script": '<p><b>1</b> <a href="javascript:seite(2)">2</a></p>',
    "numbers on a later page": '<p><a href="#">1</a> <b>2</b> <a href="#">3</a></p>',
    "numbers that are buttons": "<div><button data-page=1>1</button><button>2</button></div>",
    "numbers in a menu": "<nav><ul><li><button>1</button><li><button>2</button></ul></nav>",
    "items with a page": "<ol><li data-page=1>1</li><li data-page=2>2</li></ol>",
    "word": '<p><a href="#" onclick="laden(2)">weiter »</a></p>',
    "name of an arrow": '<button aria-label="Nächste Seite"><svg></svg></button>',
    "more": "<button type=button>Mehr anzeigen</button>",
    "all with their number": "<button>Alle anzeigen (60)</button>",
    "so many more": "<button>58 weitere Kurse anzeigen</button>",
    "more hits": '<a href="#">Weitere Treffer</a>',
    "in English": '<span role="button">Load more</span>',
    "form without a number": "<form method=post><input type=hidden name=z value=a>"
    "<button>weiter</button></form>",
    "short position": '<div class="pager">1 / 3</div>',
    "choice without a form": "<select class=seitenwahl><option>1<option>2</select>",
    "choice that says pages": "<select><option>1 / 2<option>2 / 2</select>",
    "choice that forgets the word": choice("{}", "<form action=/suche>{}</form>"),
    "loaded while scrolling": '<div id="infinite-scroll-trigger"></div>',
    "number of the next page": '<div data-next-page="2"></div>',
    "count of pages": '<div class="pagination" data-total-pages="4"></div>',
}


@pytest.mark.parametrize("name", SIGNS)
def test_a_list_that_goes_on_where_no_address_leads_is_not_whole(name: str) -> None:
    current = 2 if name == "numbers on a later page" else 1
    page = listed(SIGNS[name])
    assert page.next_page(current) is None
    assert page.shows_page_after(current) or page.says_more_exists()
    assert len(page.entries()) == 2


def test_more_hits_than_rows_are_counted_around_the_list() -> None:
    whole = f"<div data-total-items=2><ul>{ROWS}</ul></div>"
    cut = f"<div data-total-items=60><ul>{ROWS}</ul></div>"
    assert not listed("", above=whole).shows_page_after(1)
    for html, is_cut in ((whole, False), (cut, True)):
        body = f"<html><body>{html}</body></html>".encode()
        response = HttpResponse(f"{HOST}/suche?wort=Rat", body=body, encoding="utf-8")
        page = GenericListPage(response, PageContext(today=date(2026, 3, 14)))
        assert page.shows_page_after(1) is is_cut


def test_words_that_ask_for_a_narrower_search_say_that_there_is_more() -> None:
    hint = "<p>Weitere Kurse finden Sie, wenn Sie die Suche eingrenzen.</p>"
    assert listed(hint).says_more_exists()
    assert not listed("<p>Sie können die Suche eingrenzen.</p>").says_more_exists()


def test_a_list_that_is_as_long_as_it_may_be_can_be_cut() -> None:
    hint = "<p>Es werden maximal {} Kurse angezeigt.</p>"
    assert listed(hint.format(2)).says_more_exists()
    assert not listed(hint.format(50)).says_more_exists()


WEEK = "<tr>{}</tr>"
CALENDAR = "<table>{}</table>".format(
    "".join(
        WEEK.format("".join(f'<td><a href="#">{day}</a></td>' for day in range(first, first + 7)))
        for first in (1, 8, 15, 22)
    )
)
OTHER_THINGS = {
    "nothing": "",
    "slides": '<div class="slick-dots"><button>1</button><button>2</button></div>',
    "tabs": '<div><button role="tab">1</button><button role="tab">2</button></div>',
    "arrow of slides": '<div class="teaser-slider swiper"><button>›</button></div>',
    "calendar": CALENDAR,
    "calendar in one block": "<div>{}</div>".format(
        "".join(f'<a href="#">{day}</a> ' for day in range(1, 32))
    ),
    "places on the page": '<p><a href="#a">1</a> <a href="#b">2</a></p><h2 id="a">A</h2>'
    '<h2 id="b">B</h2>',
    "letters": '<p><a href="#">A</a> <a href="#">B</a></p>',
    "hits per page": '<p><a href="#">10</a> <a href="#">25</a> <a href="#">50</a></p>',
    "choice of hits per page": "<select name=anzahl_pro_seite><option>1<option>2</select>",
    "choice of parts": "<select name=teil><option>1.<option>2.<option>3.</select>",
    "choice of persons": "<select name=personen><option>1<option>2<option>3</select>",
    "another part": "<section><h2>Neues</h2><p>Text</p><button>Mehr anzeigen</button></section>",
    "link to other courses": '<a href="/programm">Weitere Kurse</a>',
    "all courses": '<a href="/programm">Alle Kurse anzeigen</a>',
    "way on to something else": '<a href="#">Weiter zur Anmeldung</a>',
    "form that asks": "<form><input type=text name=mail><button>weiter</button></form>",
    "disabled": "<button disabled>weiter</button>",
    "hidden": '<div style="display:none"><button>Mehr laden</button></div>',
    "last number": '<p><a href="#">1</a></p>',
    "pages all read": '<div class="pagination" data-total-pages="1">1 / 1</div>',
    "footer": "<footer><button>Mehr laden</button></footer>",
    "month by addresses": '<table><caption><a href="/kalender?m=2">«</a> März 2026 '
    '<a href="/kalender?m=4">»</a></caption><tr><td>1</td></tr></table>',
    "month of the same address": '<p><a href="/suche?wort=Rat&amp;monat=2">«</a> März 2026 '
    '<a href="/suche?wort=Rat&amp;monat=4">»</a></p>',
    "month by script": '<p><a href="#">zurück</a> <b>März</b> <a href="#">weiter</a></p>',
    "next picture": '<div><img src=a><button aria-label="Nächstes Bild">›</button></div>',
    "next article": '<p><a rel="next" href="/news/2">Nächster Beitrag</a></p>',
    "pictures by number": '<p><b data-slide-to="0" role=button>1</b>'
    '<b data-slide-to="1" role=button>2</b></p>',
    "dots": '<ol class="dots"><li><a href="#a">1</a></li><li><a href="#b">2</a></li></ol>',
    "news": "<section><h2>Aktuelles</h2><p>Text</p><button>Mehr laden</button></section>",
    "news that load": '<div><h2>Neues</h2><div class="load-more"></div></div>',
    "news by pages": '<div><h2>Aktuelles</h2><ul class="pagination"><li class="active">1</li>'
    '<li><a href="/news?page=2">2</a></li></ul></div>',
    "news with an arrow": '<div><h3>Neues</h3><a href="/news">weiter »</a></div>',
    "what others show": '<div class="sbi"><a href="#">Mehr laden</a></div>',
    "courses of a teacher": '<a href="/suche?wort=Rat&amp;von=7">Weitere Kurse dieser '
    "Kursleitung</a>",
    "choice of terms": "<select name=semester><option>1/2026<option>2/2026</select>",
    "off by its class": '<p class="pager">1 <a class="next is-disabled" href="#">weiter</a></p>',
    "off by its box": '<p class="pager">1 <span class="disabled"><a href="#">»</a></span></p>',
    "hidden by class": '<button class="d-none">Weitere Kurse laden</button>',
    "as dead as the way back": '<ul class="pagination"><li><a href="#">«</a></li>'
    '<li class="active"><a href="#">1</a></li><li><a href="#">»</a></li></ul>',
    "to the page itself": '<p class="pager">1 <a href="/suche?wort=Rat">weiter</a></p>',
    "to where its own number leads": '<ul class="pagination"><li class="active">'
    '<a href="/suche?wort=Rat&amp;seite=1">1</a></li>'
    '<li><a href="/suche?wort=Rat&amp;seite=1">»</a></li></ul>',
}


@pytest.mark.parametrize("name", OTHER_THINGS)
def test_what_belongs_to_something_else_does_not_make_a_list_longer(name: str) -> None:
    page = listed(OTHER_THINGS[name])
    assert page.next_page(1) is None
    assert not page.shows_page_after(1)
    assert not page.says_more_exists()


NO_OTHER_THINGS = {
    "month of the list": '<p><a href="#">«</a> August 2026 <a href="#">»</a></p>',
    "heading of the list": "<div><h2>Kurse</h2><button>Mehr laden</button></div>",
    "heading of the pager": '<div><h4>Seiten</h4><p class="pager">1 <a href="#">2</a></p></div>',
    "courses below another heading": "<div><h2>Neu</h2><button>Weitere Kurse laden</button></div>",
    "pages below another heading": "<div><h3>Fragen?</h3><p>Bitte</p>"
    '<p class="pager">1 <a href="#">2</a></p></div>',
    "button that is dressed": '<div class="filter-more"><button>Weitere Kurse laden</button></div>',
    "pager that is dressed": '<div class="pager-steps"><b>1</b> <a href="#">2</a></div>',
    "shown on some screens": '<button class="d-none d-md-block">Weitere Kurse laden</button>',
    "way back marked as off": '<ul class="pagination"><li class="disabled"><a href="#">«</a></li>'
    '<li class="active"><a href="#">1</a></li><li><a href="#">»</a></li></ul>',
    "way back without a number": '<p class="pager"><a href="#">«</a> <a href="#">»</a></p>',
    "with a script of its own": '<p class="pager"><a href="#" onclick="a()">«</a> <b>1</b> '
    '<a href="#" onclick="a()">»</a></p>',
    "courses to load": "<button>Weitere Kurse zum Thema laden</button>",
}


@pytest.mark.parametrize("name", NO_OTHER_THINGS)
def test_what_may_belong_to_the_list_is_a_doubt(name: str) -> None:
    page = listed(NO_OTHER_THINGS[name])
    assert page.shows_page_after(1) or page.says_more_exists()


def test_a_last_page_whose_way_on_has_no_address_while_the_others_have() -> None:
    below = '<p class="pager"><a href="/suche?wort=Rat&amp;seite=1">1</a> <b>2</b> {}</p>'
    page = listed(below.format('<a href="#">weiter</a>'), path="/suche?wort=Rat&seite=2")
    assert page.next_page(2) is None and not page.shows_page_after(2)
    page = listed(below.format('<a href="#">3</a>'), path="/suche?wort=Rat&seite=2")
    assert page.shows_page_after(2)


def test_filters_above_the_list_do_not_make_it_longer() -> None:
    page = listed("", above="<p>Orte</p><button>Mehr anzeigen</button><button>weiter</button>")
    assert not page.shows_page_after(1)


def test_an_arrow_in_a_row_leads_to_its_course_and_not_to_the_next_page() -> None:
    rows = ROWS.replace("</li>", ' <a href="/kurse/detail/101" title="weiter">»</a></li>')
    html = f"<html><body><main><ul>{rows}</ul>{{}}</main></body></html>"
    for below, following in (("", None), (f'<a href="{SECOND}">»</a>', "seite=2")):
        body = html.format(below).encode()
        response = HttpResponse(f"{HOST}/suche?wort=Rat", body=body, encoding="utf-8")
        page = GenericListPage(response, PageContext(today=date(2026, 3, 14)))
        found = page.next_page(1)
        assert (found is None) if following is None else (found and following in found.url)
        assert not page.shows_page_after(1) or following


def test_thousands_of_controls_end() -> None:
    links = "".join(f'<p><a href="#n{n}">2</a> 1</p><i id="n{n}"></i>' for n in range(20_000))
    page = listed(links)
    assert len(page.entries()) == 2
    assert page.next_page(1) is None
    assert not page.shows_page_after(1)
