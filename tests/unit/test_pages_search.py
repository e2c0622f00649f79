"""Recognising the make of a catalogue, and the address of its keyword search."""

from __future__ import annotations

import json
from urllib.parse import parse_qsl, urlsplit

import pytest
from web_poet import HttpResponse

from scrapers.pages.markup import canonical_url
from scrapers.pages.platforms import PLATFORMS, recognise_platform

HOME = "https://www.vhs.example/"


def home(body: str, url: str = HOME) -> HttpResponse:
    return HttpResponse(url, body=body.encode(), encoding="utf-8")


def query_of(url: str | None) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(url or "").query, keep_blank_values=True))


@pytest.mark.parametrize(
    ("body", "url", "name"),
    [
        ('<link href="/fileadmin/kuferweb/a.css">', HOME, "kuferweb"),
        ('<div class="kw-kursuebersicht"></div>', HOME, "kuferweb"),
        ('<span class="ampelicon buchbar"></span>', HOME, "kuferweb"),
        ("<p>Programm</p>", HOME + "programm/kw/bereich/suche/", "kuferweb"),
        ('<a href="?courseId=484-C-N1538">Kurs</a>', HOME, "itm_connect"),
        ('<a href="/kurse/titel-786-C-261-31045">Kurs</a>', HOME, "itm_connect"),
        ('<img src="/bilder/2024-C-12.jpg">', HOME, None),
        ('<i class="coursestate Course_Bookable_OK"></i>', HOME, "itm_connect"),
        ("", HOME + "kurs?tx_itemkgconnect_coursedetails[course]=786-C-261-1", "itm_connect"),
        ('<a href="/webbasys/index.php?kathaupt=11&amp;knr=1">Kurs</a>', HOME, "webbasys"),
        ("<h1>Kurse</h1>", HOME + "webbasys/index.php", "webbasys"),
        ('<a href="index.php?id=9&amp;kathaupt=11&amp;knr=1">Kurs</a>', HOME, "webbasys"),
        ('<img src="/bilder/kursampeln/gelb.gif">', HOME, "webbasys"),
        ('<div class="panel kw_kurs_uebersicht"></div>', HOME, "kuferweb"),
        ('<a class="kursdetaillink" href="/angebot/1">Kurs</a>', HOME, "kuferweb"),
        ('<a href="/fileadmin/kuferweb/webbasys/index.php?kathaupt=1">', HOME, "kuferweb"),
        ('<a href="/Veranstaltung/cmx5ffedde03a96a.html">Kurs</a>', HOME, "cmx"),
        ('<form><input type="hidden" name="cmxelementid" value="web1"></form>', HOME, "cmx"),
        ('<img src="/cmx/ordner/.cache/images/1.jpg">', HOME, "cmx"),
        ('<a href="/bilder/cmx.html">Bild</a>', HOME, None),
        ("<h1>Volkshochschule</h1>", HOME, None),
    ],
)
def test_make_is_recognised_by_its_marks(body: str, url: str, name: str | None) -> None:
    found = recognise_platform(home(body, url))
    assert (found.name if found else None) == name


def test_own_form_gives_the_search_with_its_hidden_fields() -> None:
    body = """
    <form action="/suche" method="get"><input name="q"></form>
    <form action="/newsletter"><input name="suche"></form>
    <form action="/versteckt/kurssuche/?alt=1" method="GET">
      <input type="hidden" name="suchesetzen" value="true"><input name="kfs_stichwort_schlagwort">
      <select name="ort"><option value="">alle</option><option value="2">Nord</option></select>
      <input type="checkbox" name="frei" value="1"><input type="submit" name="los" value="ok">
    </form>"""
    url = PLATFORMS["kuferweb"].search_url(home(body), "Räte & Ausschüsse")
    assert urlsplit(url or "").path == "/versteckt/kurssuche/"
    assert query_of(url) == {
        "suchesetzen": "true",
        "kfs_stichwort_schlagwort": "Räte & Ausschüsse",
        "ort": "",
    }
    assert "R%C3%A4te" in (url or "")


def test_kufer_without_form_goes_by_link_then_by_the_usual_path() -> None:
    link = '<a href="/kurse/suche?suchesetzen=true&amp;kfs_stichwort_schlagwort=Yoga">Yoga</a>'
    url = PLATFORMS["kuferweb"].search_url(home(link), "Rat")
    assert urlsplit(url or "").path == "/kurse/suche"
    assert query_of(url)["kfs_stichwort_schlagwort"] == "Rat"
    usual = PLATFORMS["kuferweb"].search_url(home("<p></p>", HOME + "start/seite"), "Rat")
    assert usual == HOME + "kurssuche/suche?suchesetzen=true&kfs_stichwort_schlagwort=Rat"


def test_search_never_leaves_the_site() -> None:
    body = '<form action="https://suche.other.example/"><input name="q"></form>'
    assert PLATFORMS["generic"].search_url(home(body), "Rat") is None
    assert PLATFORMS["generic"].search_url(home("<p>Kein Formular</p>"), "Rat") is None


def test_generic_form_is_known_by_its_field_or_label() -> None:
    body = (
        '<form action="/finden"><label for="f">Suchbegriff</label><input id="f" name="x1"></form>'
    )
    assert PLATFORMS["generic"].search_url(home(body), "Rat") == HOME + "finden?x1=Rat"


def test_item_fragment_takes_path_and_filters_from_the_page() -> None:
    address = (
        "/page_/VhsConnectSearch?action=ajaxSearch&amp;socketsId=143"
        "&amp;filters%5Bparams%5D=%7B%22sort%22%3A%5B%22startDate%22%5D%7D"
    )
    body = f'<form action="/kurse"><input name="suchwort"></form><div data-url="{address}"></div>'
    query = query_of(PLATFORMS["itm_connect"].search_url(home(body), "Räte"))
    assert query["socketsId"] == "143"
    assert (query["filters[page]"], query["filters[pageSize]"]) == ("1", "200")
    assert json.loads(query["filters[params]"]) == {"sort": ["startDate"], "suchwort": "Räte"}


def test_item_without_any_hint_uses_the_usual_path() -> None:
    url = PLATFORMS["itm_connect"].search_url(home("<p></p>"), "Rat")
    assert urlsplit(url or "").path == "/page_/VhsConnect/VhsConnectSearch"
    assert query_of(url)["action"] == "ajaxSearch"


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("HTTP://VHS.example:80", "http://vhs.example/"),
        ("https://vhs.example/kurs/1#inhalt", "https://vhs.example/kurs/1"),
        ("https://vhs.example/k?Contrast=1&id=2&Fsize=3", "https://vhs.example/k?id=2"),
        ("https://vhs.example/k?utm_source=x&gclid=y&cHash=ab", "https://vhs.example/k?cHash=ab"),
        ("https://vhs.example/k;jsessionid=A1?x=1", "https://vhs.example/k?x=1"),
        ("https://vhs.example/k?sid=0123456789abcdef0123456789", "https://vhs.example/k"),
        ("https://vhs.example/k?sid=7", "https://vhs.example/k?sid=7"),
        ("https://vhs.example/k?b=%C3%A4&a=+", "https://vhs.example/k?b=%C3%A4&a=+"),
        ("https://vhs.example:8443/k?leer=", "https://vhs.example:8443/k?leer="),
        (HOME + "?s=Integrationsausschuss", HOME + "?s=Integrationsausschuss"),
    ],
)
def test_canonical_url_drops_noise_and_keeps_the_rest_as_it_is(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical
    assert canonical_url(canonical) == canonical
