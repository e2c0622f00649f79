"""Modules of the series on pages in free text: none gets lost, and what is not read is said."""

from __future__ import annotations

from datetime import date, time

import pytest

from scrapers.pages.base import PageError
from scrapers.records import Announcement, Course
from tests.unit.single_page import page, read

ABOUT = """<h1>Integrationsrat der Stadt</h1><p>Die Schulung für die Mitglieder des
Integrationsrates hat in diesem Jahr zwei Teile, in denen es um Rechte und Pflichten geht.</p>"""
MAY, JUNE = "Samstag, 23.05.2026, 10–16 Uhr", "Samstag, 13.06.2026, 10–16 Uhr"
BOTH = [("basis", date(2026, 5, 23)), ("aufbau", date(2026, 6, 13))]


def courses(body: str) -> list[Course]:
    return [record for record in read("page", ABOUT + body) if isinstance(record, Course)]


@pytest.mark.parametrize(
    "rest", ["", " Die Teilnahme ist kostenfrei.", " Es ist bereits ausgebucht."]
)
def test_a_dated_module_is_a_course_without_a_word_on_registration(rest: str) -> None:
    body = f"<p>Das Basismodul findet am {MAY} im Rathaus statt.{rest}</p>"
    (course,) = courses(body)
    (session,) = course.sessions
    assert (course.module, session.day) == BOTH[0]
    assert (session.starts, session.ends) == (time(10), time(16))
    assert page("page", ABOUT + body).doubts() == ()


@pytest.mark.parametrize(
    "body",
    [
        f"<ul><li>Basismodul: {MAY}</li><li>Aufbaumodul: {JUNE}</li></ul>"
        "<p>Anmeldung unter 05251 88-0.</p>",
        f"<p>Basismodul: {MAY}<br>Aufbaumodul: {JUNE}</p>",
        "<h3>Basismodul</h3><p>Sa, 23.05.2026</p><h3>Aufbaumodul</h3><p>Sa, 13.06.2026</p>"
        "<h3>Anmeldung</h3><p>Anmeldung unter 05251 88-0.</p>",
        "<h2>Basismodul</h2><dl><dt>Datum</dt><dd>Samstag, 23.05.2026</dd><dt>Uhrzeit</dt>"
        "<dd>10–16 Uhr</dd><dt>Ort</dt><dd>Rathaus</dd></dl><h2>Aufbaumodul</h2><dl><dt>Datum</dt>"
        "<dd>Samstag, 13.06.2026</dd><dt>Uhrzeit</dt><dd>10–16 Uhr</dd><dt>Ort</dt><dd>Rathaus</dd>"
        "</dl>",
        f"<h2>Basismodul: Kommune</h2><p>{MAY}</p><p>Kosten: 20 Euro</p>"
        f"<h2>Aufbaumodul: Ziele</h2><p>{JUNE}</p><p>Kosten: keine</p>",
        f"<h3>Basismodul am {MAY}</h3><h3>Aufbaumodul am {JUNE}</h3>",
        f"<p>Das Basismodul findet am {MAY} statt. Das Aufbaumodul findet am {JUNE} statt.</p>",
    ],
)
def test_two_modules_are_two_courses_however_they_are_set(body: str) -> None:
    assert [(c.module, c.start_date) for c in courses(body)] == BOTH
    assert page("page", ABOUT + body).doubts() == ()


@pytest.mark.parametrize("after", ["", "<p>Anmeldung: kurse@vhs-musterburg.de</p>"])
@pytest.mark.parametrize("head", ["th", "td"])
@pytest.mark.parametrize("columns", [2, 4])
def test_rows_of_a_table_are_courses(columns: int, head: str, after: str) -> None:
    rows = [
        (head, ["Modul", "Termin", "Ort", "Kursnummer"]),
        ("td", ["Basismodul", MAY, "Rathaus, Markt 1, 33098 Paderborn", "61-100"]),
        ("td", ["Aufbaumodul", JUNE, "Bürgerhaus", "61-101"]),
    ]
    cells = [
        "<tr>" + "".join(f"<{tag}>{cell}</{tag}>" for cell in row[:columns]) + "</tr>"
        for tag, row in rows
    ]
    found = courses(f"<table>{''.join(cells)}</table>{after}")
    assert [(c.module, c.start_date) for c in found] == BOTH
    if columns == 4:
        assert [c.course_number for c in found] == ["61-100", "61-101"]
        assert [c.venue_place for c in found] == ["Paderborn", None]
    expected = "kurse@vhs-musterburg.de" if after else None
    assert {c.registration_email for c in found} == {expected}


def test_what_follows_a_list_speaks_for_all_of_it() -> None:
    found = courses(
        f"<p>Termin 1: {MAY} (Kursnummer 61-100)</p><p>Termin 2: {JUNE} (Kursnummer 61-101)</p>"
        "<p>Ort: Rathaus, Markt 1, 33098 Paderborn</p><p>kurse@vhs-musterburg.de</p>"
    )
    assert [(c.course_number, c.start_date) for c in found] == [
        ("61-100", date(2026, 5, 23)),
        ("61-101", date(2026, 6, 13)),
    ]
    assert {c.venue_street for c in found} == {"Markt 1"}
    assert {c.registration_email for c in found} == {"kurse@vhs-musterburg.de"}


def test_a_place_of_one_offer_is_not_given_to_the_other() -> None:
    first, second = courses(
        f"<ul><li>Basismodul: {MAY}<br>Ort: Rathaus, Markt 1, 33098 Paderborn</li>"
        f"<li>Aufbaumodul: {JUNE}</li></ul><p>Büro: 12</p><p>Ort: Amt, Ring 2, 33098 Paderborn</p>"
    )
    assert (first.venue_street, second.venue_street) == ("Markt 1", None)


def test_days_of_one_module_stay_one_course() -> None:
    (course,) = courses(
        "<p>Das Basismodul beginnt am Samstag, 23.05.2026.</p>"
        "<p>Der zweite Tag des Basismoduls ist Samstag, der 30.05.2026.</p>"
    )
    assert course.module == "basis"


def test_modules_that_cannot_be_told_apart_make_the_reading_doubtful() -> None:
    doubtful = page(
        "page",
        f"{ABOUT}<p>Die Volkshochschule bietet am 23. Mai 2026 im Rathaus das Basismodul und am "
        "13. Juni 2026 in der VHS das Aufbaumodul an.</p>",
    )
    assert not [record for record in doubtful.records() if isinstance(record, Course)]
    assert doubtful.doubts()


def test_a_day_of_teaching_in_no_record_is_a_doubt_that_names_it() -> None:
    doubtful = page("page", ABOUT + "<h2>Workshop</h2><p>Samstag, 23.05.2026</p>")
    assert not [record for record in doubtful.records() if isinstance(record, Course)]
    (doubt,) = doubtful.doubts()
    assert "2026-05-23" in doubt


@pytest.mark.parametrize(
    "body",
    [
        "<p>Der Integrationsrat tagt wieder zur Sitzung am 23.05.2026.</p>",
        "<p>Das Basismodul fand am 10.01.2026 statt.</p>",
        "<p>Anmeldeschluss für das nächste Basismodul ist der 23.05.2026.</p>",
    ],
)
def test_other_and_past_days_raise_no_doubt(body: str) -> None:
    assert page("page", ABOUT + body).doubts() == ()


def test_a_page_about_something_else_raises_no_doubt() -> None:
    body = f"<h1>Yoga</h1><p>Das Basismodul für alle findet am {MAY} im Studio statt.</p>" * 2
    assert (read("page", body), page("page", body).doubts()) == ([], ())


@pytest.mark.parametrize(
    "when",
    ["vom 7. bis 8. November 2026, jeweils 9.00 - 17.00 Uhr,", "7.-8. November 2026, 9-17 Uhr,"],
)
def test_a_range_keeps_its_first_and_last_day(when: str) -> None:
    (course,) = courses(
        f"<p>Das Seminar findet {when} im Tagungshaus, 33602 Bielefeld statt.</p>"
        "<p>Anmeldung: seminare (at) vhs-bi (punkt) de</p>"
    )
    assert (course.start_date, course.end_date) == (date(2026, 11, 7), date(2026, 11, 8))
    assert (course.venue_name, course.venue_place) == ("Tagungshaus", "Bielefeld")
    assert course.registration_email == "seminare@vhs-bi.de"


def test_a_short_page_with_heading_and_sentence_is_whole() -> None:
    assert read("page", "<h1>Weiterbildung</h1><p>Hier gibt es derzeit keine Kurse.</p>") == []


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<h1>Weiterbildung</h1>",
        "<h1>Hoppla</h1><p>Diese Seite wurde leider nicht gefunden.</p>",
    ],
)
def test_a_page_without_a_word_of_its_own_is_a_failure(body: str) -> None:
    with pytest.raises(PageError, match="hardly any text"):
        read("page", body)


def test_an_announcement_stays_beside_its_courses() -> None:
    first, *_ = read("page", ABOUT + f"<p>Basismodul: {MAY}</p>")
    assert isinstance(first, Announcement)
    assert first.events == ()


@pytest.mark.parametrize("tag", ["th", "td"])
def test_columns_of_a_table_are_courses(tag: str) -> None:
    found = courses(
        f"<table><tr><{tag}>Modul</{tag}><{tag}>Basismodul</{tag}><{tag}>Aufbaumodul</{tag}></tr>"
        "<tr><td>Termin</td><td>23.05.2026</td><td>13.06.2026</td></tr>"
        "<tr><td>Ort</td><td>Rathaus</td><td>Bürgerhaus</td></tr></table>"
    )
    assert [(c.module, c.start_date) for c in found] == BOTH
    assert [c.venue_name for c in found] == ["Rathaus", "Bürgerhaus"]


def test_a_module_without_a_year_is_a_doubt() -> None:
    doubtful = page("page", ABOUT + "<p>Das Basismodul findet am 23. Mai statt.</p>")
    assert any("cannot be read" in doubt for doubt in doubtful.doubts())


def test_dates_under_a_heading_that_says_when_are_a_doubt() -> None:
    doubtful = page("page", ABOUT + "<h2>Termine</h2><ul><li>23.05.2026</li></ul>")
    assert doubtful.doubts()


def test_a_date_before_a_colon_is_read() -> None:
    (course,) = courses("<ul><li>23.05.2026: Basismodul</li></ul>")
    assert (course.module, course.start_date) == BOTH[0]
