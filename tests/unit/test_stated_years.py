"""Days whose year stands in the heading above them, and headings that say no such thing."""

from __future__ import annotations

from datetime import date

import pytest
from web_poet import HttpResponse

from scrapers.pages.base import PageContext, PageError
from scrapers.pages.generic import GenericCoursePage
from scrapers.pages.stated_years import stated_year
from scrapers.records import Course
from tests.unit.single_page import page, read

SERIES = (
    "<h1>Qualifizierungsreihe: Chancengerechtigkeit und Integration vor Ort. Die Politik in "
    "unserer Stadt mitgestalten</h1>"
)
NOTICE = (
    "<h1>Schulung für den Integrationsrat</h1><p>Die VHS bietet die Schulung für die Mitglieder des"
    " Integrationsrates an. Eine Anmeldung ist erforderlich.</p>"
)


@pytest.mark.parametrize(
    ("heading", "year", "months"),
    [
        ("Termine 2026", 2026, range(1, 13)),
        ("Unsere Schulungen im Jahr 2026", 2026, range(1, 13)),
        ("Termine 1. Halbjahr 2026", 2026, range(1, 7)),
        ("Angebote im zweiten Halbjahr 2026", 2026, range(1, 13)),
        ("Zweites Halbjahr 2026", 2026, range(7, 13)),
        ("April und Mai 2026", 2026, (4, 5)),
    ],
)
def test_year_of_a_heading(heading: str, year: int, months: tuple[int, ...]) -> None:
    stated = stated_year(heading)
    assert stated is not None
    assert (stated.year, stated.months) == (year, frozenset(months))


@pytest.mark.parametrize(
    "heading",
    [
        "Termine",
        "Termine 2025/2026",
        "Termine 2025 und 2026",
        "Wintersemester 2026",
        "Rückblick auf die Schulungen 2025",
        "Die Kommunalwahl 2025",
        "Termine ab 2026",
        "Schulung am 18. April 2026",
        "Integrationsrat 2026",
        "Kurs Nr. 12026",
    ],
)
def test_headings_that_name_no_year_of_the_days_below(heading: str) -> None:
    assert stated_year(heading) is None


def days(courses: list[Course]) -> list[list[date]]:
    return [[session.day for session in course.sessions] for course in courses]


def courses_of(kind: str, body: str) -> list[Course]:
    found = read("overview" if kind == "overview" else "page", body)
    return [record for record in found if isinstance(record, Course)]


ROWS = "<tr><td>Basismodul</td><td>VHS Musterstadt</td><td>{}</td></tr>"
IN_APRIL = [
    "<h2>Termine 2026</h2><ul><li>Basismodul, VHS Musterstadt, 13.04., 10-16 Uhr</li></ul>",
    "<h2>Termine 2026</h2><h3>Basis</h3><p>Basismodul, VHS Musterstadt, Montag, 13. April</p>",
    "<h2>April 2026</h2><ul><li>Basismodul, VHS Musterstadt, 13.04., 10-16 Uhr</li></ul>",
    "<p>Termine 2026:</p><ul><li>Basismodul, VHS Musterstadt, 13.04., 10-16 Uhr</li></ul>",
    "<h2>Termine 2026</h2><table><tr><th>Modul</th><th>VHS</th><th>Datum</th></tr>"
    f"{ROWS.format('Mo 13.04.')}</table>",
    "<table><tr><th>Modul</th><th>VHS</th><th>Termin 2026</th></tr>"
    f"{ROWS.format('13.04.')}</table>",
]


@pytest.mark.parametrize("body", IN_APRIL)
def test_days_of_an_overview_are_of_the_year_above_them(body: str) -> None:
    (course,) = courses_of("overview", SERIES + body)
    assert days([course]) == [[date(2026, 4, 13)]]
    assert "2026" not in course.origins["start_date"]


@pytest.mark.parametrize(
    "body",
    [
        "<h2>Termine 2026</h2><p>Mo 13.04., Mi 15.04., jeweils 18-20 Uhr, Rathaus</p>",
        "<p>Termine 2026: 13.04. und 15.04., jeweils 18-20 Uhr, Rathaus</p>",
    ],
)
def test_days_of_a_notice_are_of_the_year_above_them(body: str) -> None:
    (course,) = courses_of("page", NOTICE + body)
    assert days([course]) == [[date(2026, 4, 13), date(2026, 4, 15)]]
    assert "13.04.2026" not in course.model_dump_json()


@pytest.mark.parametrize(
    "body",
    [
        "<h2>Termine 2026</h2><ul><li>Basismodul, VHS Musterstadt, Di 13.04., 10 Uhr</li></ul>",
        "<h2>Mai 2026</h2><ul><li>Basismodul, VHS Musterstadt, 13.04., 10 Uhr</li></ul>",
        "<h2>Termine 2025/2026</h2><ul><li>Basismodul, VHS Musterstadt, 13.04., 10 Uhr</li></ul>",
        "<h2>Termine 2026</h2><p>Bald.</p><h2>Neu</h2><p>Basismodul, VHS Muster, 13.04.</p>",
    ],
)
def test_a_year_that_does_not_fit_or_stands_elsewhere_dates_nothing(body: str) -> None:
    try:
        found = courses_of("overview", SERIES + body)
    except PageError as error:
        assert error.failure_class == "markup_changed"
    else:
        assert not any(course.start_date or course.sessions for course in found)


def test_a_day_without_any_year_on_a_page_about_trainings_is_a_doubt() -> None:
    reader = page("page", f"{NOTICE}<p>Termin: 13.04., 18-20 Uhr, Rathaus</p>")
    assert not any(isinstance(r, Course) and r.start_date for r in reader.records())
    assert reader.doubts()
    harmless = page("page", f"{NOTICE}<p>Die nächste Sitzung ist am 13.04., 18 Uhr.</p>")
    assert harmless.records()
    assert not harmless.doubts()


def course_page(body: str) -> Course:
    html = (
        "<html><body><main><h1>Basismodul für den Integrationsrat</h1><p>Kursnummer: 261-1</p>"
        f"{body}<p>Kursort: Rathaus</p><h3>Weitere Hinweise</h3><p>Stand 01.02.</p></main></body>"
    )
    response = HttpResponse(
        "https://vhs.example/kurse/detail/261-1", body=html.encode(), encoding="utf-8"
    )
    (course,) = GenericCoursePage(response, PageContext(today=date(2026, 3, 14))).records()
    return course


@pytest.mark.parametrize(
    "body",
    [
        "<h2>Termine 2026</h2><ul><li>Sa 18.04., 10-16 Uhr</li><li>Sa 25.04., 10-16 Uhr</li></ul>",
        "<dl><dt>Kurstermine 2026:</dt><dd>18.04. und 25.04., 10-16 Uhr</dd></dl>",
        "<p>Termine 2026: 18.04. und 25. April, 10-16 Uhr</p>",
        "<h2>Termine 2026</h2><table><tr><th>Datum</th><th>Uhrzeit</th></tr><tr><td>18.04.</td>"
        "<td>10-16 Uhr</td></tr><tr><td>25.04.</td><td>10-16 Uhr</td></tr></table>",
        "<table><tr><th>Termine 2026</th><th>Uhrzeit</th></tr><tr><td>18.04.</td>"
        "<td>10-16 Uhr</td></tr><tr><td>25.04.</td><td>10-16 Uhr</td></tr></table>",
        "<h2>Termine 2026</h2><ul><li>Sa 18.04.2026, 10 Uhr</li><li>Sa 25.04.2026</li></ul>",
    ],
)
def test_days_of_a_course_page_are_of_the_year_that_their_label_names(body: str) -> None:
    course = course_page(body)
    assert days([course]) == [[date(2026, 4, 18), date(2026, 4, 25)]]
    assert ("18.04.2026" in body) == ("18.04.2026" in course.origins["start_date"])


@pytest.mark.parametrize(
    "body",
    [
        "<h2>Termine 2026</h2><p>Fr 18.04., 10-16 Uhr</p>",
        "<h2>Termine 2025/2026</h2><p>18.04., 10-16 Uhr</p>",
        "<h2>Termine 2026</h2><h2>Beginn</h2><p>18.04., 10-16 Uhr</p>",
        "<dl><dt>Termine 2026</dt><dd>siehe unten</dd><dt>Beginn</dt><dd>18.04.</dd></dl>",
    ],
)
def test_days_of_a_course_page_that_no_label_dates_stay_unknown(body: str) -> None:
    course = course_page(body)
    assert (course.start_date, course.sessions) == (None, ())
