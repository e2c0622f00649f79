"""What a result list says about itself, in the wordings of many sites."""

from __future__ import annotations

from datetime import date

import pytest
from web_poet import HttpResponse

from scrapers.pages.base import PageContext, PageError
from scrapers.pages.kuferweb_lists import KuferWebListPage
from scrapers.pages.nothing_found import says_nothing
from scrapers.pages.paging import page_position, says_more, stated_count

OWN = "https://vhs.example/kurse?seite=2"


def list_page(body: str, url: str = OWN) -> KuferWebListPage:
    response = HttpResponse(url, body=body.encode(), encoding="utf-8")
    return KuferWebListPage(response, PageContext(today=date(2026, 1, 15)))


@pytest.mark.parametrize(
    ("line", "total"),
    [
        ("23 Treffer", 23),
        ("(23 Treffer)", 23),
        ("Anzahl Treffer: 23", 23),
        ("Treffer 1 bis 10 von 23", 23),
        ("1 - 25 von 73", 73),
        ("Kurse 26–50 von insgesamt 1.073 Kursen", 1073),
        ("12 Kurse gefunden", 12),
        ("Ein Kurs gefunden", 1),
        ("Es wurden 12 Veranstaltungen gefunden.", 12),
        ("Es wurden 12 Kurse zu „Integrationsrat“ gefunden", 12),
        ("Ihre Suche ergab 7 Treffer.", 7),
        ("Zum Suchbegriff „Rat“ wurden 3 passende Angebote gefunden", 3),
        ("Insgesamt 41 Kurse", 41),
        ("0 Treffer", 0),
        ("Zeige 25 von 60 Kursen", 60),
        ("Kurse 1 bis 25 (von 60)", 60),
        ("1–25 / 60", 60),
        ("25 / 60 Kurse", 60),
        ("60 Kurse", 60),
        ("60 Kursangebote", 60),
        ("Kurse (60)", 60),
        ("Es gibt 60 Angebote zu Ihrer Suche", 60),
        ("Trefferanzahl: 60", 60),
        ("Trefferzahl 60", 60),
        ("Seite 1 von 3 (60 Kurse)", 60),
        ("Es werden die ersten 25 Treffer angezeigt", None),
        ("Es gibt ein Angebot für Firmen", None),
        ("Ein Kurs", None),
        ("Treffer pro Seite: 25", None),
        ("25 Treffer pro Seite", None),
        ("Seite 1 von 3", None),
        ("Über 500 Kurse in unserem Programm", None),
        ("Montag bis Freitag 9 - 12 Uhr", None),
        ("Anklam (2)", None),
        ("4 von 6", None),
    ],
)
def test_total_is_read_only_where_it_is_one(line: str, total: int | None) -> None:
    assert stated_count([line]) == total


def test_surer_wording_goes_before_weaker() -> None:
    assert stated_count(["Neuigkeiten: 4 Treffer", "Kurse 1 - 10 von 23"]) == 23


def test_bare_number_of_courses_counts_in_a_counter_or_alone_on_a_line() -> None:
    assert stated_count(["Wir hatten schon 12 Kurse"]) is None
    assert stated_count(["12 Kurse"]) == 12
    assert stated_count([], marked=["12 Kurse"]) == 12
    assert stated_count(["Sprachen", "12 Kurse", "Gesundheit", "40 Kurse"]) is None


@pytest.mark.parametrize(
    ("line", "more"),
    [
        ("Es werden die ersten 25 Treffer angezeigt", True),
        ("Es wurden mehr als 100 Treffer gefunden", True),
        ("25 Treffer", False),
        ("Der erste Kurs beginnt bald", False),
    ],
)
def test_words_for_more_than_is_shown(line: str, more: bool) -> None:
    assert says_more([line]) is more


@pytest.mark.parametrize(
    ("line", "position"),
    [
        ("Seite 2 von 3", (2, 3)),
        ("Seite: 1/4", (1, 4)),
        ("Seite 5 von 3", None),
        ("Auf Seite 3 von uns", None),
    ],
)
def test_page_position(line: str, position: tuple[int, int] | None) -> None:
    assert page_position([line]) == position


@pytest.mark.parametrize(
    "line",
    [
        "Keine Kurse gefunden",
        "Es wurden keine Kurse gefunden.",
        "Es wurden keine passenden Veranstaltungen gefunden.",
        "Leider konnten wir zu Ihrer Suche nichts finden.",
        "Leider wurden zu Ihrem Suchbegriff keine Angebote gefunden",
        "Ihre Suche ergab keine Treffer",
        "Ihre Suche nach „Rat“ ergab leider kein Ergebnis.",
        "0 Treffer",
        "Ihre Suche ergab 0 Treffer.",
        "Es wurden 0 Kurse gefunden",
        "Zu Ihrer Suche wurde nichts gefunden",
        "Kein Kurs entspricht Ihrer Suche: keine Übereinstimmungen",
        "Ihre Suche war leider erfolglos.",
        "Es wurden keine Kurse gefunden. Bitte geben Sie einen anderen Suchbegriff ein.",
        "Keine Treffer. Bitte versuchen Sie einen anderen Suchbegriff.",
        "Anzahl der gefundenen Kurse: 0",
        "Trefferanzahl: 0",
        "Kurse (0)",
        "Ihre Suchanfrage führte zu keinem Ergebnis.",
        "Zu diesem Thema gibt es aktuell kein Kursangebot.",
        "Sie haben nach „Rat“ gesucht: keine Treffer",
    ],
)
def test_words_for_nothing_found(line: str) -> None:
    assert says_nothing([line])


@pytest.mark.parametrize(
    "line",
    [
        "10 Treffer",
        "Es wurden 20 Kurse gefunden",
        "In Ihrem Warenkorb sind keine Kurse",
        "Für diesen Kurs sind keine Plätze mehr verfügbar.",
        "Keine Anmeldung erforderlich",
        "Es gibt keine freien Plätze in diesem Kurs",
        "Keine Online-Anmeldung möglich",
        "In den Ferien finden keine Kurse statt.",
        "Sie haben noch keine Kurse auf der Merkliste",
        "Ihre Suche wird ausgeführt",
        "1.230 Treffer",
        "Keine weiteren Kurse",
        "Sie haben keine Kurse ausgewählt",
        "Wenn Sie keine Treffer erhalten, rufen Sie uns an.",
    ],
)
def test_other_denials_are_not_nothing_found(line: str) -> None:
    assert not says_nothing([line])


SEARCHES_THAT_DID_NOT_WORK = [
    "Die Suche ist derzeit wegen Wartungsarbeiten nicht möglich. Keine Kurse abrufbar.",
    "Ein Fehler ist aufgetreten. Es konnten keine Kurse geladen werden.",
    "Bitte geben Sie einen Suchbegriff ein. Es wurden keine Kurse gesucht.",
    "Unsere Kurssuche steht zurzeit nicht zur Verfügung. Es können keine Kurse angezeigt werden.",
    "Keine Verbindung zur Datenbank – keine Kurse",
    "Wegen Wartungsarbeiten können derzeit keine Kurse angezeigt werden",
    "Es werden keine Kurse angezeigt, bitte aktivieren Sie JavaScript",
    "Bitte mindestens 3 Zeichen eingeben, sonst werden keine Treffer gefunden",
    "Kein Suchbegriff angegeben – keine Ergebnisse",
    "Die Suche ist fehlgeschlagen, keine Ergebnisse",
    "Ihre Sitzung ist abgelaufen. Keine Kurse gefunden.",
    "Fehler: keine Kurse",
]


@pytest.mark.parametrize("line", SEARCHES_THAT_DID_NOT_WORK)
def test_search_that_did_not_work_has_found_nothing_out(line: str) -> None:
    page = list_page(f"<main><p>{line}</p></main>")
    assert not page.says_nothing_found()
    assert page.stated_count() is None
    with pytest.raises(PageError) as caught:
        page.entries()
    assert caught.value.failure_class == "no_results"


@pytest.mark.parametrize(
    "line",
    [
        "Die Kurssuche ist zurzeit nicht erreichbar.",
        "Ein technischer Fehler ist aufgetreten.",
        "Bitte geben Sie einen Suchbegriff ein.",
        "Der Suchbegriff ist zu kurz.",
        "Die Kurse werden geladen …",
    ],
)
def test_one_line_of_trouble_takes_back_a_zero_elsewhere_on_the_page(line: str) -> None:
    zero = "<p>Es wurden keine Kurse gefunden.</p>"
    assert not list_page(f"<main><div>{line}</div>{zero}</main>").says_nothing_found()
    footer = list_page(f"<main>{zero}</main><footer><p>{line}</p></footer>")
    assert footer.says_nothing_found()


@pytest.mark.parametrize(
    "line",
    [
        "Unser Büro ist telefonisch nicht erreichbar.",
        "Fragen zur Kurssuche? Eine Anmeldung am Telefon ist nicht möglich.",
        "Zur Kurssuche: die Anmeldung online ist nicht möglich.",
        "Fehler auf der Seite melden",
    ],
)
def test_trouble_of_another_kind_does_not_touch_the_search(line: str) -> None:
    assert says_nothing([line, "Es wurden keine Kurse gefunden."])


def test_hint_of_the_search_form_is_no_trouble_unless_the_form_is_around_the_answer() -> None:
    hint, zero = "<p>Bitte geben Sie einen Suchbegriff ein.</p>", "<p>Keine Kurse gefunden.</p>"
    assert list_page(f"<main><form>{hint}</form>{zero}</main>").says_nothing_found()
    assert not list_page(f"<main><form>{hint}{zero}</form></main>").says_nothing_found()


def test_zero_of_one_kind_beside_hits_of_another_is_not_nothing() -> None:
    assert not says_nothing(["Kurse (0)", "Veranstaltungen (12)"])


ROW = '<div class="kw-table-row"><a href="/kurse/kurs/a/261-1001">Ein Kurs</a></div>'


def test_nothing_found_is_not_believed_beside_a_row_or_from_the_footer() -> None:
    assert not list_page(f"<main><p>Keine Kurse gefunden</p>{ROW}</main>").says_nothing_found()
    footer = "<main><p>Suche</p></main><footer><p>Keine Kurse gefunden?</p></footer>"
    assert not list_page(footer).says_nothing_found()
    assert list_page("<main><p>Keine Kurse gefunden</p></main>").says_nothing_found()


def test_cookie_class_on_the_body_does_not_hide_the_page() -> None:
    page = list_page(f'<body class="cookie-bar-open"><div>3 Treffer</div>{ROW}</body>')
    assert (len(page.entries()), page.stated_count()) == (1, 3)


def numbered(*pages: int, current: str = "") -> str:
    links = "".join(f'<a href="/kurse?browse=forward&amp;s={n}">{n}</a> ' for n in pages)
    return f'<div class="kw-paginationleiste">{current}{links}</div>'


@pytest.mark.parametrize(
    ("pager", "expected"),
    [
        ('<a rel="next" href="/kurse?s=3">x</a>', "3"),
        ('<ul class="pager"><li class="next"><a href="/kurse?s=3">»</a></li></ul>', "3"),
        ('<ul class="pager"><li><a href="/kurse?s=1">«</a></li></ul>', None),
        ('<a href="/kurse?s=3">zur nächsten Seite</a>', "3"),
        ('<a href="/kurse?s=3">weiterlesen</a>', None),
        ('<a href="/kurse?browse=forward&amp;s=3"><img src="x.gif"></a>', "3"),
        ('<a href="/kurse/browse/forward/s=3">vor</a>', "/kurse/browse/forward/s=3"),
        (numbered(1, 3, current='<span class="current">2</span>'), "3"),
        (numbered(1, current='<span class="current">2</span>'), None),
        (numbered(1, 3), "3"),
        (numbered(2, 3), "2"),
        ("<p>Seite 2 von 3</p>" + numbered(1, 2, 3), "3"),
        ("<p>Seite 3 von 3</p>" + numbered(1, 2, 3), None),
        ('<div class="pagination"><a href="?seite=2">weiter</a></div>', None),
        ('<div class="pagination"><a href="https://other.example/k">weiter</a></div>', None),
        ('<div class="pagination"><a href="/k?n=25">25</a> <a href="/k?n=50">50</a></div>', None),
        ('<ul class="pagination"><li class="disabled"><a href="/k?s=9">»</a></li></ul>', None),
    ],
)
def test_next_page(pager: str, expected: str | None) -> None:
    found = list_page(f"<main>{ROW}{pager}</main>").next_url()
    assert (found is None) if expected is None else (found or "").endswith(expected)


def test_next_page_of_a_list_whose_first_page_has_the_address_of_the_search() -> None:
    body = f"<main>{ROW}{numbered(1, 2, 3)}</main>"
    first = list_page(body, "https://vhs.example/kurssuche/suche?kfs_stichwort_schlagwort=Rat")
    assert (first.next_url() or "").endswith("s=2")


MORE = '<button class="x">Weitere Kurse laden</button>'


@pytest.mark.parametrize(
    ("beside", "more"),
    [
        (MORE, True),
        ('<a href="/kurse?ab=25">Mehr Treffer anzeigen</a>', True),
        ('<input type="button" value="Weitere Ergebnisse anzeigen">', True),
        ("<p>Es werden die ersten 25 Treffer angezeigt.</p>", True),
        ("<p>Die Suche ist derzeit nicht möglich. Unsere Empfehlungen:</p>", True),
        ('<button disabled class="x">Weitere Kurse laden</button>', False),
        (f'<div style="display: none">{MORE}</div>', False),
        (f"<footer>{MORE}</footer>", False),
        (f'{MORE}<a rel="next" href="/kurse?s=3">»</a>', False),
        (f"{MORE}<p>Seite 2 von 2</p>", False),
        ('<a href="/sprachen">Weitere Kurse für Sprachen</a>', False),
        ("<p>Die Kurse können nach Datum sortiert angezeigt werden.</p>", False),
        ("", False),
    ],
)
def test_list_that_is_not_all_says_so(beside: str, more: bool) -> None:
    assert list_page(f"<main>{ROW}{beside}</main>").says_more_exists() is more


def test_empty_page_without_a_word_is_an_error() -> None:
    with pytest.raises(PageError) as caught:
        list_page("<main><p>Die Kurse werden geladen</p></main>").entries()
    assert caught.value.failure_class == "markup_changed"


def test_row_that_lost_its_link_is_counted_as_unread() -> None:
    page = list_page(f'<main>{ROW}<div class="kw-table-row"><a name="x">Verloren</a></div></main>')
    assert [entry.title for entry in page.entries()] == ["Ein Kurs"]
    assert page.unread_rows() == 1


@pytest.mark.parametrize(
    "row",
    [
        "<div data-href='/kurse/kurs/B/261-1001'><div>{title}</div><div>07.02.2026</div></div>",
        "<table><tr><td><a href='/kurse/kurs/B/261-1001'>261-1001</a></td><td>{title}</td>"
        "<td>Sa. 07.02.2026</td><td>Haus am Markt</td></tr></table>",
        "<div><a href='/kurse/kurs/B/261-1001'>261-1001</a><p>Sa. 07.02.2026, 10:00 Uhr</p>"
        "<p>wenig freie Plätze</p><p>{title}</p></div>",
        "<ul><li><a href='/kurse/kurs/B/261-1001'>261-1001</a>: {title}</li></ul>",
    ],
)
def test_title_is_read_beside_a_link_that_is_only_a_number_or_the_row(row: str) -> None:
    page = list_page(f"<p>1 Treffer</p>{row.format(title='Basismodul für Räte')}")
    assert [(e.title, e.number) for e in page.entries()] == [("Basismodul für Räte", "261-1001")]


def test_rows_with_and_without_the_known_class_are_one_list() -> None:
    other = '<div class="neu"><a href="/kurse/kurs/b/261-1002">Noch ein Kurs</a></div>'
    page = list_page(f"<main><div>{ROW}{other}{ROW}</div></main>")
    titles = [entry.title for entry in page.entries()]
    assert titles == ["Ein Kurs", "Noch ein Kurs", "Ein Kurs"]


def test_hostile_nesting_is_refused_quickly() -> None:
    with pytest.raises(PageError) as caught:
        list_page("<div>" * 3000 + ROW).entries()
    assert caught.value.failure_class == "too_large"
