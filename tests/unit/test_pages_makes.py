"""What is special about KuferWEB's tabs, webbasys and cmx, and searches that are sent by POST."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser
from web_poet import HttpResponse

from scrapers.pages import webbasys
from scrapers.pages.base import PageContext, PageError
from scrapers.pages.facts import CourseFacts
from scrapers.pages.kuferweb_tabs import number_from_last_segment, tab_pairs
from scrapers.pages.page_tree import PageTree
from scrapers.pages.platforms import PLATFORMS
from scrapers.pages.running_labels import pairs_of_line, split_value, without_bank_details

HOME = "https://www.vhs.example/"
SCRIPT = HOME + "webbasys/index.php"
CONTEXT = PageContext(today=date(2026, 1, 15))


def page(body: str, url: str = HOME, encoding: str = "utf-8") -> HttpResponse:
    return HttpResponse(url, body=body.encode(encoding), encoding=encoding)


def facts_of(make: str, body: str, url: str) -> CourseFacts:
    html = f"<html><body><div id='content'>{body}</div></body></html>"
    facts = PLATFORMS[make].course_page(page(html, url), CONTEXT).facts()  # type: ignore[attr-defined]
    assert isinstance(facts, CourseFacts)
    return facts


# ------------------------------------------------------------------------------- search forms


def form(method: str, name: str = webbasys.KEYWORD, value: str = "", action: str = SCRIPT) -> str:
    return (
        f'<form action="{action}" method="{method}"><input type="hidden" name="kathaupt" '
        f'value="26"><input type="text" name="{name}" value="{value}"></form>'
    )


@pytest.mark.parametrize("make", ["kuferweb", "webbasys"])
@pytest.mark.parametrize("method", ["post", "get"])
def test_course_form_goes_before_a_search_over_the_whole_site(make: str, method: str) -> None:
    site_wide = '<form action="/suche"><input type="search" name="q"></form>'
    url = PLATFORMS[make].search_url(page(site_wide + form(method)), "Rat") or ""
    assert url == f"{SCRIPT}?kathaupt=26&kfs_stichwort_schlagwort=Rat"


def test_site_wide_search_does_not_answer_for_a_course_form_sent_by_post() -> None:
    site_wide = '<form action="/suche"><input type="search" name="q"></form>'
    posted = form("POST", "stichwort", action="/kurse")
    assert PLATFORMS["generic"].search_url(page(site_wide), "Rat") == HOME + "suche?q=Rat"
    assert PLATFORMS["generic"].search_url(page(site_wide + posted), "Rat") is None


@pytest.mark.parametrize("make", ["kuferweb", "webbasys", "generic"])
def test_words_are_sent_in_the_encoding_of_the_page(make: str) -> None:
    old = PLATFORMS[make].search_url(page(form("get"), encoding="windows-1252"), "Räte") or ""
    new = PLATFORMS[make].search_url(page(form("get")), "Räte") or ""
    assert old.endswith("=R%E4te")
    assert new.endswith("=R%C3%A4te")


def test_letters_that_an_encoding_lacks_go_as_browsers_send_them() -> None:
    url = webbasys.search_url(page(form("get"), encoding="windows-1252"), "Şirin")
    assert url.endswith("=%26%23350%3Birin")


def test_webbasys_without_form_searches_with_the_script_that_serves_the_page() -> None:
    here = webbasys.search_url(page("<p></p>", HOME + "kurse/index.php?kathaupt=1"), "Rat")
    assert here.startswith(HOME + "kurse/index.php?kathaupt=26&")
    usual = webbasys.search_url(page("<p></p>"), "Rat")
    assert usual == SCRIPT + "?kathaupt=26&suchesetzen=false&kfs_stichwort_schlagwort=Rat"


NOTHING = "<p>Es wurden keine Kurse gefunden.</p>"
ROWS = '<ul><li><a href="?kathaupt=11&amp;knr=261-1">Yoga am Abend</a></li></ul>'


@pytest.mark.parametrize("answer", [NOTHING, ROWS, "<p>Bitte suchen Sie.</p>"])
@pytest.mark.parametrize("make", ["kuferweb", "webbasys", "generic"])
def test_answer_to_another_search_is_an_error_not_nothing_found(make: str, answer: str) -> None:
    url = f"{SCRIPT}?kathaupt=26&{webbasys.KEYWORD}=Integrationsr%C3%A4te"
    found = PLATFORMS[make].list_page(page(form("post") + answer, url), CONTEXT)
    with pytest.raises(PageError) as caught:
        found.entries()
    assert caught.value.failure_class == "no_results"
    assert not found.says_nothing_found()
    assert found.stated_count() is None


@pytest.mark.parametrize(
    "shown",
    [
        form("post", value="Integrationsräte") + NOTHING,
        form("post") + "<p>Ihre Suche: INTEGRATIONSRÄTE</p>" + NOTHING,
        form("get") + NOTHING,
        NOTHING,
    ],
)
def test_answer_that_shows_its_word_is_believed(shown: str) -> None:
    url = f"{SCRIPT}?kathaupt=26&{webbasys.KEYWORD}=Integrationsr%C3%A4te"
    found = PLATFORMS["webbasys"].list_page(page(shown, url), CONTEXT)
    assert (list(found.entries()), found.says_nothing_found()) == ([], True)


def test_answer_in_an_old_encoding_is_compared_in_it() -> None:
    url = f"{SCRIPT}?kathaupt=26&{webbasys.KEYWORD}=Integrationsr%E4te"
    body = form("post", value="Integrationsräte") + NOTHING
    found = PLATFORMS["webbasys"].list_page(page(body, url, "windows-1252"), CONTEXT)
    assert list(found.entries()) == []


@pytest.mark.parametrize("make", ["webbasys", "kuferweb", "cmx", "generic"])
def test_search_for_a_garbled_word_is_no_answer(make: str) -> None:
    url = f"{SCRIPT}?kathaupt=26&{webbasys.KEYWORD}=Integrationsr%C3%A4te"
    garbled = "Integrationsräte".encode().decode("windows-1252")
    body = form("get", value=garbled) + NOTHING
    found = PLATFORMS[make].list_page(page(body, url, "windows-1252"), CONTEXT)
    with pytest.raises(PageError) as caught:
        found.entries()
    assert caught.value.failure_class == "decode"
    assert not found.says_nothing_found()


# ------------------------------------------------------------------------------- KuferWEB tabs


def tree(html: str) -> PageTree:
    return PageTree(LexborHTMLParser(html), HOME)


def tabs(pane: str, name: str = "Kursort") -> PageTree:
    return tree(
        f'<ul><li><a href="#x">{name}</a></li></ul><div id="x" class="tab-pane">{pane}</div>'
    )


@pytest.mark.parametrize(
    ("pane", "pairs"),
    [
        ("<ul><li>Forum<br>Markt 1<br>52477 Alsdorf</li></ul>", "Forum, Markt 1, 52477 Alsdorf"),
        ("<p>Forum</p><p>52477 Alsdorf</p>", "Forum, 52477 Alsdorf"),
        ("<ul><li>Forum</li><li>Rathaus</li></ul>", None),
        ("<p>Raum: 3</p><p>Haus: Forum</p>", None),
        ("<table><tr><td>Forum</td></tr></table>", None),
        ("", None),
    ],
)
def test_tab_named_like_a_label_holds_its_value(pane: str, pairs: str | None) -> None:
    assert tab_pairs(tabs(pane)) == ((("Kursort", pairs),) if pairs else ())


def test_tab_of_another_name_is_no_value() -> None:
    assert tab_pairs(tabs("<p>Forum</p>", "Kurs")) == ()
    assert tab_pairs(tree('<ul><li><a href="#weg">Kursort</a></li></ul>')) == ()


@pytest.mark.parametrize(
    ("url", "number"),
    [
        (HOME + "angebot/Titel/261-1104?x=1", "261-1104"),
        (HOME + "angebot/Mi302-070H/", "Mi302-070H"),
        (HOME + "angebot/uebersicht", None),
        (HOME, None),
    ],
)
def test_detail_link_ends_with_the_number(url: str, number: str | None) -> None:
    assert number_from_last_segment(url) == number


def test_unmarked_link_of_unknown_shape_is_no_course() -> None:
    body = '<div><p><a class="{}" href="/angebot/Titel/261-1104">Titel eines Kurses</a></p></div>'
    kufer = PLATFORMS["kuferweb"].list_page
    entries = kufer(page(body.format("kursdetaillink")), CONTEXT).entries()
    assert [entry.number for entry in entries] == ["261-1104"]
    with pytest.raises(PageError):
        kufer(page(body.format("link")), CONTEXT).entries()


# ------------------------------------------------------------------------------- webbasys


@pytest.mark.parametrize(
    ("query", "leads"),
    [
        ("?id=31&kathaupt=11&knr=G620002&kursname=Rat", True),
        ("?knr=G620002", True),
        ("?kathaupt=26&knr=G620002", False),
        ("?kathaupt=9&knr=G620002", False),
        ("?kathaupt=11", False),
    ],
)
def test_only_the_course_view_is_a_course(query: str, leads: bool) -> None:
    assert webbasys.leads_on(SCRIPT + query) is leads


def test_picture_never_tells_the_status() -> None:
    light = '<img src="/webbasys/kursampeln/trans.png" alt="Keine Internetanmeldung möglich">'
    body = (
        "<h1>Kurs: Integrationsrat von A bis Z</h1><table><tr><td>Beginn:</td>"
        "<td>28.05.2026</td></tr><tr><td>Status:</td><td>{}</td></tr></table>"
    )
    url = SCRIPT + "?kathaupt=11&knr=G620002"
    facts = facts_of("webbasys", body.format(light + " - ausgebucht"), url)
    assert (facts.title, facts.number) == ("Integrationsrat von A bis Z", "G620002")
    assert (facts.status_texts, dict(facts.labelled)["Status"]) == (
        ("- ausgebucht",),
        "- ausgebucht",
    )
    alone = facts_of("webbasys", body.format(light), url)
    assert (alone.status_texts, dict(alone.labelled).get("Status")) == ((), None)


def test_navigation_and_facts_are_no_running_text() -> None:
    body = (
        '<table><tr><td><a href="?kathaupt=1">Kurse, in denen man viel lernt.</a></td><td>'
        "<h1>Integrationsrat von A bis Z</h1><p>Wir lesen die Satzung gemeinsam.</p>"
        "<table><tr><td>Beginn:</td><td>Am 28.05.2026 geht es endlich los.</td></tr></table>"
        "</td></tr></table>"
    )
    facts = facts_of("webbasys", body, SCRIPT + "?kathaupt=11&knr=G620002")
    assert facts.paragraphs == ("Wir lesen die Satzung gemeinsam.",)


# ------------------------------------------------------------------------------- cmx


def test_cmx_search_takes_the_element_of_the_site() -> None:
    search = PLATFORMS["cmx"].search_url
    form_body = (
        '<form action="/Suche"><input type="hidden" name="cmxelementid" value="web4e15b88472a73">'
        '<input type="hidden" name="seite" value="Suche"><input name="Suchbegriffe">'
        '<input type="checkbox" name="Abend" value="1" checked></form>'
    )
    element = "cmxelementid=web4e15b88472a73"
    expected = f"{HOME}Suche?{element}&seite=Suche&Suchbegriffe=Rat&Abend=1"
    assert search(page(form_body), "Rat") == expected
    link = f'<a href="/Kurse?{element}&amp;seite=Politik">Politik</a>'
    assert (
        search(page(link), "Rat") == f"{HOME}Suche?{element}&seite=Suche&Suche=1&Suchbegriffe=Rat"
    )
    assert search(page("<p>Willkommen</p>"), "Rat") is None


def test_articles_of_cmx_are_no_courses() -> None:
    body = "".join(
        f'<p><a href="/{kind}/cmx65a1b2c3d4e5{n}.html">Titel {n} der Seite</a></p>'
        for n, kind in enumerate(("Veranstaltung", "Artikel", "Kategorie", "Veranstaltung"))
    )
    entries = PLATFORMS["cmx"].list_page(page(body), CONTEXT).entries()
    assert [urlsplit(entry.url).path[-6] for entry in entries] == ["0", "3"]


GLUED = (
    "Nummer: K-1-104Leitung: Erika MusterOrt: Haus, Raum 3Preis: 24,00 €Bankverbindung: IBAN DE0"
)
PAIRS = [("Nummer", "K-1-104"), ("Leitung", "Erika Muster"), ("Ort", "Haus, Raum 3")]


@pytest.mark.parametrize(
    ("line", "pairs"),
    [
        (GLUED, [*PAIRS, ("Preis", "24,00 €"), ("Bankverbindung", "IBAN DE0")]),
        ("Nummer K-1-104 Leitung Erika Muster Ort Haus, Raum 3", PAIRS),
        ("Nummer: K-1-104 Leitung: Erika Muster; Ort: Haus, Raum 3", None),
        ("Ort der Begegnung ist das Haus, der Preis bleibt klein.", []),
        ("Die Leitung nennt Ort und Preis.", []),
        ("Kursort: Haus", [("Kursort", "Haus")]),
        ("Standort: Haus", []),
        ("Preisliste: siehe Ort", []),
        ("", []),
    ],
)
def test_labels_that_run_on(line: str, pairs: list[tuple[str, str]] | None) -> None:
    found = [(label, value.rstrip(";")) for label, value in pairs_of_line(line)]
    assert found == (PAIRS if pairs is None else pairs)


def test_value_ends_where_the_next_label_begins() -> None:
    assert split_value("Haus, Raum 3Preis: 24,00 €") == ("Haus, Raum 3", [("Preis", "24,00 €")])
    assert split_value("Haus am Ort, Raum 3") == ("Haus am Ort, Raum 3", [])
    for value in ("24,00 €Bankverbindung X", "24,00 € IBAN DE0", "24,00 €IBAN DE0", "24,00 €"):
        assert without_bank_details(value) == "24,00 €"
    assert without_bank_details("entgeltfreiBankverbindung: X") == "entgeltfrei"


@given(st.text(max_size=200))
def test_running_labels_invent_nothing(text: str) -> None:
    for label, value in pairs_of_line(text):
        assert label in text
        assert all(word in text for word in value.split())


@pytest.mark.parametrize(
    "details",
    [
        f"<div class='VeranstaltungDetails'>{GLUED}</div>",
        f"<p>{GLUED}</p>",
        "<p><b>Nummer</b> K-1-104 <b>Leitung</b> Erika Muster <b>Ort</b> Haus, Raum 3 "
        "<b>Preis</b> 24,00 € Bankverbindung IBAN DE0</p>",
        "<div>Nummer: K-1-104</div><div>Leitung: Erika Muster</div><div>Ort: Haus, Raum 3</div>"
        "<div>Preis: 24,00 €</div><div>Bankverbindung: IBAN DE0</div>",
    ],
)
def test_cmx_facts_in_every_shape(details: str) -> None:
    body = f"<h1>Mitreden im Integrationsausschuss</h1><p>Ein Tag zum Üben.</p>{details}"
    facts = facts_of("cmx", body, HOME + "Veranstaltung/cmx65a1b2c3d4e50.html")
    assert list(facts.labelled) == [*PAIRS, ("Preis", "24,00 €")]
    assert facts.number == "K-1-104"
    assert facts.paragraphs == ("Ein Tag zum Üben.",)
