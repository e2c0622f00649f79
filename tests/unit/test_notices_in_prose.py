"""Notices of towns in running text: venues, labels within a paragraph, deadlines, what holds for
all offers of a page."""

from __future__ import annotations

from datetime import date, time

import pytest

from scrapers.pages.venue_phrases import venue_words
from scrapers.records import Announcement, Course
from tests.unit.single_page import page, read

TITLE = "<h1>Schulung für Mitglieder des Integrationsrates</h1>"


def courses(body: str) -> list[Course]:
    return [record for record in read("page", TITLE + body) if isinstance(record, Course)]


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        (
            "Veranstaltungsort ist das Haus der Begegnung (Kirchweg 3, 45001 Nebenstadt).",
            "Haus der Begegnung (Kirchweg 3, 45001 Nebenstadt",
        ),
        ("Ort: VHS-Haus, Markt 1, 45001 Nebenstadt.", "VHS-Haus, Markt 1, 45001 Nebenstadt"),
        ("Er findet im Bürgerhaus, Marktstr. 5, Adorf statt.", "Bürgerhaus, Marktstr. 5, Adorf"),
        ("Das Modul folgt in der VHS, Hauptstraße 12.", "VHS, Hauptstraße 12"),
        (
            "Am 18. April 2026, 10–16 Uhr, Rathaus, Markt 1, 45001 Adorf",
            "Rathaus, Markt 1, 45001 Adorf",
        ),
        ("Die Stadt hat in der Allee 5, 45001 Adorf etwas.", "Allee 5, 45001 Adorf"),
        ("Die Stadt 45001 Nebenstadt hat das Seminar geplant.", "45001 Nebenstadt"),
    ],
)
def test_where_a_sentence_says_it_is(sentence: str, words: str) -> None:
    assert venue_words(sentence) == words


def test_labels_within_a_paragraph() -> None:
    (course,) = courses(
        """<p>Das Seminar startet am Montag, 13. April 2026, um 18:00 Uhr. Ort: VHS-Haus, Raum 12.
        Kosten: 32,00 Euro, ermäßigt 20,00 Euro. Kurs-Nr. A1234-26.</p>"""
    )
    assert (course.venue_name, course.price_eur) == ("VHS-Haus", 32)
    assert (course.course_number, course.start_date) == ("A1234-26", date(2026, 4, 13))


def test_the_last_day_for_registration_is_no_unread_offer() -> None:
    reader = page(
        "page",
        f"""{TITLE}<p>Die Schulung findet am Samstag, 25. April 2026, von 10 bis 15 Uhr im Rathaus
        statt. Anmeldungen zum Kurs nimmt die VHS bis zum 10. April 2026 entgegen:
        info@vhs-m.example</p>""",
    )
    (course,) = [record for record in reader.records() if isinstance(record, Course)]
    assert course.start_date == date(2026, 4, 25)
    assert reader.doubts() == ()


def test_a_price_said_once_around_all_offers_holds_for_all() -> None:
    table = """<table><tr><th></th><th>Basismodul</th><th>Aufbaumodul</th></tr>
    <tr><td>Datum</td><td>18.04.2026</td><td>09.05.2026</td></tr>
    <tr><td>Ort</td><td>Rathaus</td><td>VHS</td></tr></table>"""
    found = courses(f"{table}<p>Anmeldung: info@vhs-m.example. Die Teilnahme ist kostenlos.</p>")
    assert [(c.module, c.is_free) for c in found] == [("basis", True), ("aufbau", True)]


def test_an_event_with_an_address_after_its_house() -> None:
    found = read(
        "page",
        """<h1>Vortrag über Integrationsräte</h1><p>Die Hochschule lädt am Donnerstag, 23. April
        2026, 19 Uhr, zu einem Vortrag über Integrationsräte ein. Er findet im Bürgerhaus, Marktstr.
        5, Beispielhausen statt. Der Eintritt ist frei.</p>""",
    )
    (announcement,) = found
    assert isinstance(announcement, Announcement)
    (event,) = announcement.events
    assert (event.venue_street, event.venue_place) == ("Marktstr. 5", "Beispielhausen")


def test_a_number_below_each_offer_is_that_of_the_lines_above() -> None:
    first, second = courses(
        """<p>Alle Mitglieder sind eingeladen.</p><p>Basismodul</p><p>Samstag, 18. April 2026, 10:00
        bis 16:00 Uhr</p><p>VHS-Haus, Markt 3, 45000 Adorf</p><p>Kursnummer: 261-1001</p>
        <p>Aufbaumodul</p><p>Samstag, 9. Mai 2026, 10:00 bis 16:00 Uhr</p>
        <p>Rathaus, Hauptstraße 12, 45001 Bdorf</p><p>Kursnummer: 261-1002</p>
        <p>Anmeldung: info@vhs-adorf.example, die Teilnahme ist entgeltfrei.</p>"""
    )
    assert (first.course_number, first.module, first.start_date) == (
        "261-1001", "basis", date(2026, 4, 18),
    )  # fmt: skip
    assert (second.course_number, second.module, second.start_date) == (
        "261-1002", "aufbau", date(2026, 5, 9),
    )  # fmt: skip
    assert (first.venue_place, second.venue_place) == ("Adorf", "Bdorf")
    assert {c.registration_email for c in (first, second)} == {"info@vhs-adorf.example"}


@pytest.mark.parametrize(
    ("named", "announced_by"),
    [("VHS Ahlen", "VHS Ahlen"), ("Stadt Ahlen", None), ("Integrationsrat", None)],
)
def test_the_vhs_that_a_notice_names_gives_the_training(
    named: str, announced_by: str | None
) -> None:
    (course,) = courses(
        f"""<p>Veranstalter: {named}</p><p>Termin: 18.04.2026, 10–16 Uhr</p>
        <p>Anmeldung: info@vhs-ahlen.example</p>"""
    )
    assert course.announced_by == announced_by


def test_a_day_does_not_end_a_sentence() -> None:
    found = read(
        "page",
        """<h1>Vortrag über Integrationsräte</h1><p>Die Hochschule lädt alle Mitglieder der Räte in
        das Forum ein. Am 17. April 2026 um 18 Uhr hält Prof. Dr. Erika Muster einen Vortrag über
        Integrationsräte.</p>""",
    )
    (announcement,) = found
    assert isinstance(announcement, Announcement)
    assert announcement.summary == (
        "Die Hochschule lädt alle Mitglieder der Räte in das Forum ein."
    )


def test_items_with_their_own_day_and_address_are_runs_of_their_own() -> None:
    first, second = courses(
        """<ul><li>Samstag, 18. April 2026, 10–16 Uhr, Rathaus, Markt 1, 45001 Adorf</li>
        <li>Samstag, 25. April 2026, 10–16 Uhr, Rathaus, Ring 2, 45002 Bdorf</li></ul>
        <p>Anmeldung: info@vhs-ab.example</p>"""
    )
    assert (first.start_date, first.venue_place) == (date(2026, 4, 18), "Adorf")
    assert (second.start_date, second.venue_place) == (date(2026, 4, 25), "Bdorf")


def test_items_at_one_address_are_days_of_one_offer() -> None:
    (course,) = courses(
        """<ul><li>Samstag, 18. April 2026, 10–16 Uhr, Rathaus, Markt 1, 45001 Adorf</li>
        <li>Samstag, 25. April 2026, 10–16 Uhr, Rathaus, Markt 1, 45001 Adorf</li></ul>
        <p>Anmeldung: info@vhs-ab.example</p>"""
    )
    assert (course.session_count, course.venue_place) == (2, "Adorf")


def test_days_in_any_sentence_count_below_a_title_that_names_something_taught() -> None:
    (course,) = courses(
        """<p>Es sind drei Abende: Dienstag, 14. April (Kommunalrecht), Dienstag, 21. April
        (Haushalt) und Dienstag, 28. April 2026 (Presse), jeweils von 18 bis 20.30 Uhr im Ratssaal.
        Die nächste Sitzung ist am 3. März 2026. Anmeldung: integrationsrat@adorf.example</p>"""
    )
    assert [s.day.day for s in course.sessions] == [14, 21, 28]
    assert course.venue_name == "Ratssaal"


def test_each_number_belongs_to_the_heading_above_it() -> None:
    found = read(
        "page",
        """<h1>Angebote der VHS für das Ehrenamt</h1>
        <h2>Schulung für Mitglieder des Integrationsrates</h2>
        <p>Samstag, 18.04.2026, 10–16 Uhr, VHS-Haus, Kursnummer 261-100, entgeltfrei</p>
        <h2>Erste Hilfe für Vereine</h2><p>Samstag, 25.04.2026, 9–17 Uhr, Kursnummer 261-101</p>
        <h2>Integrationskurs A1</h2><p>ab Montag, 04.05.2026, 9–12 Uhr, Kursnummer 261-102</p>""",
    )
    (course,) = [record for record in found if isinstance(record, Course)]
    assert course.title == "Schulung für Mitglieder des Integrationsrates"
    assert course.course_number == "261-100"


def test_headings_with_labelled_days_below_a_title_that_teaches_are_offers() -> None:
    first, second = courses(
        """<p>Unsere Seminare richten sich an alle Mitglieder der Integrationsräte.</p>
        <h3>Rhetorik</h3><p>Datum: 18.04.2026<br>Anmeldung: info@lir.example</p>
        <h3>Kommunaler Haushalt</h3><p>Datum: wird noch bekannt gegeben</p>
        <h3>Pressearbeit</h3><p>Datum: 25.04.2026<br>Anmeldung: info@lir.example</p>"""
    )
    assert (first.title, first.start_date, first.stated_none) == (
        "Rhetorik", date(2026, 4, 18), (),
    )  # fmt: skip
    assert (second.title, second.start_date) == ("Pressearbeit", date(2026, 4, 25))


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("Es sind noch Plätze frei.", "open"),
        ("Nur noch wenige Plätze!", "few"),
        ("Leider sind alle Plätze vergeben; eine Warteliste wird geführt.", "full"),
        ("Die Anmeldung ist geschlossen.", "closed"),
        ("Anmeldung ab dem 1. März möglich.", "unknown"),
        ("Der Kurs im letzten Jahr war ausgebucht.", "unknown"),
        ("Die Anmeldung war im letzten Jahr früh geschlossen.", "unknown"),
    ],
)
def test_sentences_that_say_how_registration_stands(words: str, status: str) -> None:
    (course,) = courses(
        f"""<p>Termin: 18.04.2026, 10–16 Uhr</p><p>{words}</p>
        <p>Anmeldung: info@vhs.example</p>"""
    )
    assert course.status == status


def test_a_labelled_value_ends_with_its_sentence() -> None:
    (course,) = courses(
        """<p>Termin: 18.04.2026, 10 bis 16 Uhr. Ort: Rathaus. Hinweis: Ende der Veranstaltung gegen
        16 Uhr. Beginn der Anmeldung: 01.02.2026. Dauer: 6 Stunden.</p>
        <p>Anmeldung: info@vhs.example</p>"""
    )
    assert (course.venue_name, course.start_date) == ("Rathaus", date(2026, 4, 18))
    assert [(s.day.day, s.ends) for s in course.sessions] == [(18, time(16))]
