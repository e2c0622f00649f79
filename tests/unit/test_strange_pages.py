"""Pages as strangers print them: markup that neither the sample web nor the golden pages have."""

from __future__ import annotations

from datetime import date, time

import pytest
from web_poet import HttpResponse

from scrapers.fields.relevance import judge_relevance
from scrapers.pages.base import PageContext
from scrapers.pages.catalogue_course import CatalogueCoursePage
from scrapers.pages.generic import GenericListPage
from scrapers.pages.platforms import PLATFORMS
from scrapers.records import Course

SITE = "https://vhs.example"
URL = f"{SITE}/kurssuche/kurs/Rat/261-1001"
TITLE = "Schulung für den Integrationsrat"
Listed = tuple[tuple[str, str], ...]


def course(
    body: str, *, make: str = "kuferweb", url: str = URL, listed: Listed = (), head: str = ""
) -> Course:
    html = f"<html><head>{head}</head><body>{body}</body></html>"
    response = HttpResponse(url, body=html.encode(), encoding="utf-8")
    context = PageContext(today=date(2026, 3, 14), list_facts=listed)
    page = PLATFORMS[make].course_page(response, context)
    assert isinstance(page, CatalogueCoursePage)
    (found,) = page.records()
    return found


def facts(*pairs: tuple[str, str]) -> str:
    return f"<dl>{''.join(f'<dt>{label}</dt><dd>{value}</dd>' for label, value in pairs)}</dl>"


# ------------------------------------------------------------------------------------- titles

NO_HEADING = [
    f"<font size=4><b>Kurs: {TITLE}</b></font>",
    f"<h1>Volkshochschule Altdorf</h1><h2>P12 {TITLE}</h2>",
    f"<h3>{TITLE} &ndash; Basismodul</h3>",
]


@pytest.mark.parametrize("heading", NO_HEADING)
@pytest.mark.parametrize("listed", [TITLE, f"{TITLE[:22]}…"])
def test_title_of_the_result_list_finds_the_one_of_the_page(heading: str, listed: str) -> None:
    body = f"{heading}{facts(('Beginn', 'Mo. 20.04.2026, 19:30 Uhr'))}<h3>Öffnungszeiten</h3>"
    found = course(body, listed=(("Titel", listed),), head="<title>Kurse – VHS</title>")
    assert TITLE in found.title
    assert found.start_date == date(2026, 4, 20)


def test_heading_right_below_the_title_names_the_module() -> None:
    body = (
        "<h1>Chancengerechtigkeit und Integration vor Ort</h1>"
        "<h2 class=x>Basismodul: Lebenswelt und Handlungsfeld Kommune</h2>"
        + facts(("Beginn", "14.11.2026"))
        + "<h2>Aufbaumodul</h2><p>Ein Aufbaumodul folgt.</p>"
    )
    assert course(body).module == "basis"


def test_number_of_the_list_is_taken_out_of_the_title() -> None:
    body = f"<h1>{TITLE} (G26-1401)</h1>{facts(('Beginn', '13.06.2026'))}"
    found = course(body, url=f"{SITE}/kategorie/1/x", listed=(("Kursnummer", "G26-1401"),))
    assert (found.title, found.course_number) == (TITLE, "G26-1401")


def test_number_in_groups_counts_under_its_label_unless_the_address_has_one() -> None:
    body = f"<h1>{TITLE}</h1>{facts(('Kursnummer', 'A-205 211'), ('Beginn', '13.06.2026'))}"
    assert course(body, url=f"{SITE}/angebot").course_number == "A-205 211"
    assert course(body, url=f"{SITE}/kurs/A-205211").course_number == "A-205211"


# ------------------------------------------------------------------------------------- status


@pytest.mark.parametrize(
    ("icon", "status"),
    [
        ('<img src="/img/1.png" alt="Anmeldung möglich" title="Anmeldung möglich">', "open"),
        ('<span class=s><i class="icon" title="Warteliste"></i></span>', "waitlist"),
        ('<i class="fa fa-circle" aria-label="ausgebucht"></i>', "full"),
        ('<i class="fa" title="Drucken"></i>', "unknown"),
        ('<i title="Plätze frei"></i> <i title="ausgebucht"></i>', "unknown"),
    ],
)
def test_an_icon_without_words_tells_the_state(icon: str, status: str) -> None:
    body = f"<h1>{TITLE}</h1>{facts(('Beginn', '14.11.2026'), ('Status', icon))}"
    assert course(body).status == status


def test_a_sentence_says_that_the_course_is_full() -> None:
    body = f"<h1>{TITLE}</h1>{facts(('Beginn', '14.11.2026'))}<p>Der Kurs ist ausgebucht.</p>"
    assert course(body).status == "full"


# -------------------------------------------------------------------------------------- dates


def test_a_table_of_dates_may_number_its_rows() -> None:
    rows = "".join(
        f"<tr><td>{number}</td><td>Fr.</td><td>{day}</td><td>18:00 - 20:15 Uhr</td></tr>"
        for number, day in ((1, "11.12.2026"), (2, "08.01.2027"))
    )
    head = "<tr><th>Nr.</th><th>Wochentag</th><th>Datum</th><th>von - bis</th></tr>"
    found = course(f"<h1>{TITLE}</h1><table>{head}{rows}</table>")
    assert [session.day for session in found.sessions] == [date(2026, 12, 11), date(2027, 1, 8)]
    assert {(s.starts, s.ends) for s in found.sessions} == {(time(18), time(20, 15))}


def test_a_value_over_two_lines_is_read_once_and_whole() -> None:
    line = '<div><span class="label">Termin</span><span>{}</span></div>'
    body = f"<h1>{TITLE}</h1>{line.format('Sa. 09.05.2026<br>10:00 - 16:00 Uhr')}"
    assert [(s.starts, s.ends) for s in course(body).sessions] == [(time(10), time(16))]


def test_labels_may_ask() -> None:
    body = (
        f"<h1>{TITLE}</h1><p><strong>Wann?</strong> Samstag, 7. November 2026, 9:30 bis 16:00 Uhr"
        "<br><strong>Wo?</strong> Kolpinghaus, Auf der Mauer 6, 57462 Olpe</p>"
    )
    found = course(body, make="generic")
    assert (found.start_date, found.end_date) == (date(2026, 11, 7), date(2026, 11, 7))
    assert (found.venue_name, found.venue_street) == ("Kolpinghaus", "Auf der Mauer 6")


def test_labels_after_running_text_on_cmx() -> None:
    text = (
        "Für Mitglieder des Integrationsrates. Nummer: A-205211 Leitung: Eva Muster "
        "Ort: Studienhaus Preis: 24,00 EUR Zeiten: Sa 20.06.2026, 10.00 - 15.00 Uhr"
    )
    body = f'<div id="content"><div class="Text Detail"><h1>{TITLE}</h1><p>{text}</p></div></div>'
    found = course(body, make="cmx", url=f"{SITE}/Veranstaltung/cmx65aa11bb22cc3.html")
    assert (found.course_number, found.start_date) == ("A-205211", date(2026, 6, 20))
    assert "Muster" not in found.model_dump_json()


# -------------------------------------------------------------------------------------- lists


def list_page(main: str, beside: str) -> GenericListPage:
    html = f"<html><body><main>{main}</main><div>{beside}</div></body></html>"
    response = HttpResponse(f"{SITE}/?s=Rat", body=html.encode(), encoding="utf-8")
    return GenericListPage(response, PageContext(today=date(2026, 3, 14)))


def row(name: str) -> str:
    return f'<article><a href="/kurse/{name}/">{name}</a> 12. März 2026</article>'


def test_rows_beside_the_main_part_are_of_another_list() -> None:
    hits = list_page(row("Rathaus") + row("Ratespiel"), row("Yoga"))
    assert [entry.title for entry in hits.entries()] == ["Rathaus", "Ratespiel"]
    none = list_page("<h2>Nichts gefunden</h2>", row("Yoga"))
    assert none.entries() == ()
    assert none.says_nothing_found()


def test_rows_beside_the_main_part_count_where_they_name_the_subject_or_it_holds_none() -> None:
    assert len(list_page(row("Rathaus"), row("Integrationsrat")).entries()) == 2
    assert len(list_page("<h2>Ihre Treffer</h2>", row("Rathaus")).entries()) == 1


# ---------------------------------------------------------------------------------- relevance


@pytest.mark.parametrize(
    "text",
    [
        "Ermäßigung auch für Mitglieder von Integrationsrat und Seniorenbeirat.",
        "Mitglieder des Integrationsrates erhalten 50 % Rabatt.",
    ],
)
def test_who_pays_less_is_not_whom_an_offer_addresses(text: str) -> None:
    assert judge_relevance("Betriebsrat: Grundlagen", text).category is None
