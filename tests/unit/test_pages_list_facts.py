"""What stands only in the result list: it fills the course's gaps and never overrules its page."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

from scrapers.pages.base import PageContext
from scrapers.pages.course_reader import read_course
from scrapers.pages.facts import CourseFacts, SessionRow
from scrapers.records import Course

TITLE = "Qualifizierung für Integrationsratsmitglieder"
URL = "https://vhs.example/angebot/rat"
LISTED = (
    ("Kursnummer", "261-1001"),
    ("Beginn", "Sa. 07.02.2026, 10:00 Uhr"),
    ("Ort", "vhs-Haus, Raum B06"),
    ("Belegung", "4 von 16"),
    ("Status", "fast ausgebucht"),
    ("Gebühr", "12,00 €"),
    ("Kursleitung", "Erika Muster"),
)


def read(facts: CourseFacts, listed: tuple[tuple[str, str], ...] = LISTED) -> Course:
    course = read_course(facts, PageContext(today=date(2026, 1, 15), list_facts=listed))
    assert course is not None
    return course


def test_list_fills_what_the_page_does_not_state_and_keeps_its_words() -> None:
    course = read(CourseFacts(TITLE, URL))
    assert course.course_number == "261-1001"
    assert (course.start_date, course.end_date, course.sessions) == (date(2026, 2, 7), None, ())
    assert (course.places_taken, course.places_total) == (4, 16)
    assert (course.status, course.price_eur) == ("few", Decimal("12.00"))
    assert course.venue_name == "vhs-Haus"
    assert course.origins["places_total"] == "4 von 16"
    assert course.origins["status"] == "fast ausgebucht"
    assert "Muster" not in str(course)


def test_page_wins_wherever_it_says_anything() -> None:
    own = (
        ("Kursnummer", "261-2002"),
        ("Termin", "Sa. 14.02.2026, 09:00 - 12:00 Uhr"),
        ("Ort", "Rathaus"),
        ("Belegung", "5 von 20"),
        ("Status", "Warteliste"),
        ("Gebühr", "entgeltfrei"),
    )
    page = CourseFacts(TITLE, URL, labelled=own)
    assert read(page) == read(page, ())


def test_unclear_words_of_the_page_are_not_replaced_by_the_list() -> None:
    own = (("Beginn", "auf Anfrage"), ("Belegung", "5 von 3"), ("Gebühr", "siehe Text"))
    course = read(CourseFacts(TITLE, URL, labelled=own))
    assert (course.start_date, course.price_eur) == (None, None)


def test_numbers_of_page_and_list_are_not_mixed() -> None:
    course = read(CourseFacts(TITLE, URL, labelled=(("Freie Plätze", "3"),)))
    assert (course.places_free, course.places_taken, course.places_total) == (3, None, None)


def test_dates_of_the_page_are_not_touched_by_the_list() -> None:
    rows = (SessionRow("14.02.2026", "10:00 - 16:00 Uhr"),)
    course = read(CourseFacts(TITLE, URL, session_rows=rows))
    assert course.start_date == course.end_date == date(2026, 2, 14)
    assert [s.starts for s in course.sessions] == [time(10)]
