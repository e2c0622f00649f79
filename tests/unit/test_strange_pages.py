"""Pages as strangers print them: markup that neither the sample web nor the golden pages have."""

from __future__ import annotations

from datetime import date, time

import pytest
from web_poet import HttpResponse

from scrapers.fields.relevance import judge_relevance
from scrapers.pages.base import PageContext, PageError
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


@pytest.mark.parametrize(
    "title",
    [
        "Sommerfest des Integrationsrates",
        "Filmabend mit dem Integrationsrat",
        "Öffentliche Sitzung des Integrationsrates",
    ],
)
def test_what_a_body_arranges_for_everybody_is_no_training(title: str) -> None:
    assert judge_relevance(title).category is None
    assert judge_relevance("Lesung", "Der Integrationsrat lädt Mitglieder ein.").category is None


@pytest.mark.parametrize(
    "title",
    [
        "Sitzungen des Integrationsrates leiten",
        "Gesprächsführung im Integrationsrat",
        "Führung und Verantwortung im Integrationsrat",
        "Meine erste Sitzung im Integrationsrat",
        "Geschäftsführung des Integrationsrates",
        "Vorbereitung auf die erste Sitzung des Integrationsrats",
        "Workshop: Öffentliche Sitzung des Integrationsrates",
    ],
)
def test_a_training_may_be_about_what_a_body_arranges(title: str) -> None:
    assert judge_relevance(title).category == "council"


# -------------------------------------------------------------------------------- hidden words

HIDING = ['style="display: none"', "hidden", 'class="d-none"', 'class="box hidden"']


@pytest.mark.parametrize("hiding", HIDING)
def test_what_nobody_sees_is_not_read(hiding: str) -> None:
    own = facts(("Beginn", "25.04.2026"), ("Gebühr", "20,00 €"), ("Status", "Plätze frei"))
    body = (
        f"<h1>{TITLE}</h1>{own}<p {hiding}>Der Kurs fällt aus.</p>"
        f"<div {hiding}><span title='ausgebucht' class='ampelicon'></span>"
        f"{facts(('Ort', 'Beispielort'), ('Preis', '99,00 €'))}</div>"
    )
    found = course(body)
    assert (found.status, found.venue_place, str(found.price_eur)) == ("open", None, "20.00")


@pytest.mark.parametrize(
    "panel",
    [
        '<h2><button aria-controls="p1">Termine</button></h2><div id="p1" hidden>{}</div>',
        '<a href="#p1">Termine</a><div id="p1" style="display:none">{}</div>',
        '<ul><li>Termine</li></ul><div class="tab-pane d-none">{}</div>',
        "<h3>Termine</h3><div style='display:none'>{}</div>",
        '<div class="hidden md:block">{}</div>',
        '<div class="d-none d-md-block">{}</div>',
    ],
)
def test_what_a_control_or_a_wide_screen_shows_is_read(panel: str) -> None:
    text = "<p>Für Mitglieder des Integrationsrates.</p>" * 8
    body = f"<h1>{TITLE}</h1>{text}{panel.format(facts(('Beginn', '25.04.2026')))}"
    assert course(body).start_date == date(2026, 4, 25)


def test_a_page_that_a_script_shows_is_read() -> None:
    body = f"<div style='display:none'><h1>{TITLE}</h1>{facts(('Beginn', '25.04.2026'))}</div>"
    assert course(body).start_date == date(2026, 4, 25)


# ------------------------------------------------------------------------------ shapes of facts


def test_few_in_a_class_name_is_not_full() -> None:
    light = '<i class="kw-ampel kw-ampel-fast-ausgebucht"></i>'
    assert course(f"<h1>{TITLE}</h1>{facts(('Beginn', '25.04.2026'))}{light}").status == "few"


@pytest.mark.parametrize(
    "table",
    [
        "<tr><td>Beginn</td><td>25.04.2026</td><td>Gebühr</td><td>20,00 €</td></tr>",
        "<tr><td><img src=i.png></td><td>Beginn</td><td>25.04.2026</td></tr>"
        "<tr><td><img src=i.png></td><td>Gebühr</td><td>20,00 €</td></tr>",
        "<tr><th>Kursnummer</th><th>Beginn</th><th>Gebühr</th></tr>"
        "<tr><td>261-1001</td><td>25.04.2026</td><td>20,00 €</td></tr>",
    ],
)
def test_tables_that_set_facts_side_by_side(table: str) -> None:
    found = course(f"<h1>{TITLE}</h1><table>{table}</table>")
    assert (found.start_date, str(found.price_eur)) == (date(2026, 4, 25), "20.00")


def test_another_run_in_a_table_of_its_own_lends_nothing() -> None:
    run = (
        "<h3>Weitere Termine</h3><table><tr><th>Kursnr.</th><th>Beginn</th><th>Ort</th></tr>"
        "<tr><td>261-1002</td><td>09.05.2026</td><td>Rathaus</td></tr></table>"
    )
    found = course(f"<h1>{TITLE}</h1>{facts(('Beginn', '25.04.2026'))}{run}")
    assert (found.start_date, found.venue_name) == (date(2026, 4, 25), None)


def test_facts_behind_a_bar_in_one_line() -> None:
    body = f"<h1>{TITLE}</h1><p>Erstellt: 01.02.2026 | Termin: 25.04.2026 | Preis: 20,00 €</p>"
    found = course(body)
    assert (found.start_date, str(found.price_eur)) == (date(2026, 4, 25), "20.00")


def test_places_and_how_many_of_them_are_free() -> None:
    body = f"<h1>{TITLE}</h1>{facts(('Beginn', '25.04.2026'), ('Plätze', '16, davon 3 frei'))}"
    assert (course(body).places_total, course(body).places_free) == (16, 3)


def test_the_end_of_a_single_day_ends_its_session() -> None:
    start, end = ("Start", "Sa. 09.05.2026, 10:00 Uhr"), ("Ende", "Sa. 09.05.2026, 17:00 Uhr")
    found = course(f"<h1>{TITLE}</h1>{facts(start, end)}")
    assert [(s.starts, s.ends) for s in found.sessions] == [(time(10), time(17))]
    later = ("Ende", "So. 10.05.2026, 17:00 Uhr")
    (session,) = course(f"<h1>{TITLE}</h1>{facts(start, later)}").sessions
    assert (session.starts, session.ends) == (time(10), None)


@pytest.mark.parametrize(
    ("below", "module"),
    [
        ("<br>Basismodul<p>Ein Wochenende.</p>", "basis"),
        ("<br><a href='/andere'>Aufbaumodul</a>", "other"),
        ("<br>Basismodul und Aufbaumodul<p>Ein Wochenende.</p>", "other"),
    ],
)
def test_loose_words_below_the_title_name_the_module(below: str, module: str) -> None:
    title = "Chancengerechtigkeit und Integration vor Ort"
    body = f"<td><font><b>Kurs: {title}</b></font>{below}</td>{facts(('Beginn', '09.05.2026'))}"
    url = f"{SITE}/webbasys/index.php?kathaupt=11&knr=6104-26"
    found = course(body, make="webbasys", url=url, listed=(("Titel", title),))
    assert (found.title, found.module) == (title, module)


# ----------------------------------------------------------------------- lists of unknown make

LIST = "https://vhs.example/kurse/suche?suchwort=Integrationsrat"
NAV = '<div><a href="/">Start</a> <a href="/service">Service</a> <a href="/team/x">Team</a></div>'
ROWS = {
    "row that is clicked": "<tr onclick=\"location.href='{u}'\"><td>{n}</td><td>{t}</td></tr>",
    "slug": '<div class=item><h3><a href="{u}">{t}</a></h3><p>{n} · 25.04.2026</p></div>',
    "details": '<tr><td>25.04.2026</td><td>{t}</td><td><a href="{u}">Details</a></td></tr>',
    "card": '<a class=card href="{u}"><strong>{t}</strong><span>25.04.2026</span></a>',
    "no date": '<p><a href="{u}">{n} {t}</a></p>',
    "term": '<dt><a href="{u}">{t}</a></dt><dd>am 25.04.2026 · {n}</dd>',
    "title above": '<h3>{t}</h3><ul><li>25.04.2026 <a href="{u}">{n}</a></li></ul>',
}


def unknown_list(body: str) -> GenericListPage:
    response = HttpResponse(LIST, body=f"<body>{NAV}{body}</body>".encode(), encoding="utf-8")
    return GenericListPage(response, PageContext(today=date(2026, 3, 14)))


@pytest.mark.parametrize("shape", ROWS)
@pytest.mark.parametrize("address", ["/angebot/{}", "/rechte-im-rat-{}", "/detail.php?nr=F-{}"])
def test_rows_are_known_by_what_they_show(shape: str, address: str) -> None:
    titles = ["Schulung für den Integrationsrat", "Rundgang durch das Rathaus"]
    rows = "".join(
        ROWS[shape].format(u=address.format(100 + i), n=f"F-{100 + i}", t=title)
        for i, title in enumerate(titles)
    )
    kind = {"<tr": "table", "<dt": "dl"}.get(rows[:3], "div")
    page = unknown_list(f"<p>2 Angebote</p><{kind}>{rows}</{kind}>")
    found = [entry.title.removeprefix(f"F-{100 + i} ") for i, entry in enumerate(page.entries())]
    assert found == titles
    assert page.unread_rows() == 0


NEWS = "".join(
    f'<div><a href="/meldung-{i}">Das neue Heft {i}</a> 0{i}.03.2026</div>' for i in (1, 2, 3)
)


@pytest.mark.parametrize("body", [NEWS, f"<p>5 Treffer</p>{NEWS}", f"<p>Integrationsrat</p>{NEWS}"])
def test_news_are_no_hits(body: str) -> None:
    with pytest.raises(PageError):
        unknown_list(body).entries()


def test_news_beside_nothing_found_are_no_hits() -> None:
    page = unknown_list(f"<p>Es wurden keine Kurse gefunden.</p>{NEWS}")
    assert page.entries() == ()
    assert page.says_nothing_found()


def test_numbers_in_neighbouring_elements_do_not_grow_together() -> None:
    when = "<span>25.04.2026</span><span>10:00 - 16:00 Uhr</span>"
    found = course(f"<h1>{TITLE}</h1><div><b>Termin:</b> {when}</div>")
    assert [(s.day, s.starts) for s in found.sessions] == [(date(2026, 4, 25), time(10))]
