"""Pages of trainings and coaching that can be ordered, which date seminars as well."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from scrapers.records import Course
from tests.unit.single_page import page

COACHING = (
    "<h1>Coaching für Integrationsräte</h1><p>Wir begleiten Mitglieder des Integrationsrates mit "
    "Coaching und Prozessbegleitung in ihrer Arbeit vor Ort in der Stadt.</p>"
    "<h2>So läuft das Verfahren</h2><ul><li>Anfrage stellen</li><li>Gespräch führen</li></ul>"
)
WORKSHOP = (
    "<h1>Workshop für Integrationsräte: Kommunalpolitik mitgestalten</h1><p>Der eintägige Workshop "
    "richtet sich an Mitglieder der Integrationsräte und kann von Kommunen gebucht werden. Er "
    "kostet 1.200 Euro für bis zu 20 Teilnehmende.</p>"
)
HEADINGS = (
    "<h2>Seminar: Rechte im Rat</h2><p>Termin: 18.04.2026, 10-16 Uhr, Rathaus</p>"
    "<h2>Seminar: Haushalt lesen</h2><p>Termin: 25.04.2026, 10-16 Uhr, Rathaus</p>"
)
ITEMS = (
    "<h2>Offene Termine</h2><ul><li>Sa., 18.04.2026: Seminar Rechte im Rat</li>"
    "<li>Seminar Haushalt lesen am 25.04.2026, 10-16 Uhr</li></ul>"
)
TABLE = (
    "<table><tr><th>Seminar</th><th>Datum</th><th>Ort</th></tr>"
    "<tr><td>Rechte im Rat</td><td>18.04.2026</td><td>Rathaus</td></tr>"
    "<tr><td>Haushalt lesen</td><td>25.04.2026</td><td>Altes Amt</td></tr></table>"
)
DAYS = [date(2026, 4, 18), date(2026, 4, 25)]


def courses(body: str) -> list[Course]:
    return [record for record in page("page", body).records() if isinstance(record, Course)]


@pytest.mark.parametrize("service", [COACHING, WORKSHOP])
@pytest.mark.parametrize("seminars", [HEADINGS, ITEMS, TABLE])
def test_dated_seminars_are_entries_of_their_own(service: str, seminars: str) -> None:
    dated = [course for course in courses(service + seminars) if course.start_date]
    assert [course.start_date for course in dated] == DAYS
    titles = [course.title.removeprefix("Seminar").strip(" :") for course in dated]
    assert titles == ["Rechte im Rat", "Haushalt lesen"]
    assert not page("page", service + seminars).doubts()


def test_coaching_stays_beside_its_dated_seminars() -> None:
    undated = [course for course in courses(COACHING + HEADINGS) if not course.start_date]
    assert [course.title for course in undated] == ["Coaching für Integrationsräte"]


@pytest.mark.parametrize("seminars", [HEADINGS, ITEMS, TABLE])
def test_what_a_group_pays_for_an_ordered_training_is_no_price_of_a_place(seminars: str) -> None:
    assert all(course.price_eur is None for course in courses(WORKSHOP + seminars))
    (ordered,) = courses(WORKSHOP)
    assert ordered.price_eur == Decimal(1200)


@pytest.mark.parametrize(
    "program",
    [
        "<ul><li>18.04.2026: Seminar Teil 1</li><li>25.04.2026: Seminar Teil 2</li></ul>",
        "<ul><li>18.04.2026: Seminar</li><li>25.04.2026: Seminar</li></ul>",
        "<table><tr><th>Datum</th><th>Thema</th><th>Ort</th></tr><tr><td>18.04.2026</td>"
        "<td>Rechte im Rat</td><td>Rathaus</td></tr><tr><td>25.04.2026</td>"
        "<td>Haushalt lesen</td><td>Rathaus</td></tr></table>",
    ],
)
def test_days_of_one_training_stay_one_training(program: str) -> None:
    (course,) = courses(f"{WORKSHOP}<h2>Offene Termine</h2>{program}")
    assert [session.day for session in course.sessions] == DAYS


@pytest.mark.parametrize(
    ("lines", "titles"),
    [
        (
            "<h2>Offene Seminare</h2><p>Seminar Rechte im Rat, Nr. S26-01, 18.04.2026, 10 Uhr</p>"
            "<p>Seminar für Neue (Nr. S26-02), 25.04.2026, 10-16 Uhr</p>",
            ["Seminar Rechte im Rat", "Seminar für Neue"],
        ),
        (
            "<h2>Rechte im Rat</h2><p>Seminar A, Nr. S26-01, 18.04.2026, 10 Uhr</p>"
            "<h2>Haushalt lesen</h2><p>Seminar B, Nr. S26-02, 25.04.2026, 10 Uhr</p>",
            ["Rechte im Rat", "Haushalt lesen"],
        ),
        (
            "<p>Seminare finden statt, Nr. S26-01, am 18.04.2026</p><p>und Nr. S26-02, am "
            "25.04.2026, jeweils 10 Uhr</p>",
            ["Workshop für Integrationsräte: Kommunalpolitik mitgestalten"] * 2,
        ),
    ],
)
def test_a_line_with_a_number_may_name_its_seminar(lines: str, titles: list[str]) -> None:
    assert [course.title for course in courses(WORKSHOP + lines)] == titles
