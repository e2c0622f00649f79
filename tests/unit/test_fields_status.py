"""The state of registration: negatives first, and never from what could happen."""

from __future__ import annotations

import pytest

from scrapers.fields.status import read_status


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Kurs ausgefallen", "cancelled"),
        ("ABGESAGT", "cancelled"),
        ("Der Kurs entfällt.", "cancelled"),
        ("fällt leider aus", "cancelled"),
        ("Course_NotBookable_CourseCancelled", "cancelled"),
        ("Kurs abgeschlossen", "finished"),
        ("Veranstaltung ist beendet", "finished"),
        ("Course_NotBookable_CourseCompleted", "finished"),
        ("Anmeldung auf Warteliste", "waitlist"),
        ("Ausgebucht, Warteliste möglich", "waitlist"),
        ("fast ausgebucht", "few"),
        ("Nur noch wenige Plätze frei", "few"),
        ("noch wenige freie Plätze", "few"),
        ("ausgebucht", "full"),
        ("belegt", "full"),
        ("voll belegt", "full"),
        ("keine Plätze frei", "full"),
        ("Keine freien Plätze mehr", "full"),
        ("0 Plätze frei", "full"),
        ("Es sind keine weiteren Plätze frei", "full"),
        ("Kein Platz verfügbar", "full"),
        ("Restplätze verfügbar", "few"),
        ("letzter freier Platz", "few"),
        ("frei", "open"),
        ("nicht buchbar", "closed"),
        ("nichtbuchbar", "closed"),
        ("ampelicon nichtbuchbar", "closed"),
        ("nicht mehr buchbar", "closed"),
        ("Keine Online-Anmeldung möglich", "closed"),
        ("Anmeldung nicht möglich", "closed"),
        ("Anmeldung geschlossen", "closed"),
        ("Anmeldung nur telefonisch", "closed"),
        ("buchbar", "open"),
        ("Anmeldung möglich", "open"),
        ("Anmeldung noch möglich", "open"),
        ("Plätze frei", "open"),
        ("5 Plätze frei", "open"),
        ("10 Plätze frei", "open"),
        ("Es sind noch freie Plätze vorhanden", "open"),
        ("Course_Bookable_OK", "open"),
        ("Kurs ist noch nicht ausgebucht, Anmeldung möglich", "open"),
    ],
)
def test_states(text: str, status: str) -> None:
    assert read_status(text).value == status


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Anmeldung erforderlich",
        "Anmeldung bis 30.01.2026",
        "4 von 6 belegt",
        "Belegung: 4 von 6",
        "Der Kurs kann bei zu geringer Teilnehmerzahl abgesagt werden.",
        "Wenn der Kurs ausgebucht ist, rufen Sie an.",
        "Der Termin am 24.12. entfällt.",
        "Ein abgeschlossenes Studium ist Voraussetzung und sollte bis zum Beginn der ersten"
        " Veranstaltung nachgewiesen werden",
        "Anmeldung möglich ab 01.02.2026",
        "Die Module sind einzeln buchbar",
        "Ermäßigung nicht möglich",
        "Barzahlung nicht möglich",
        "ohne Anmeldung möglich",
        "ampel rot",
        "grün",
    ],
)
def test_what_is_no_state(text: str) -> None:
    assert read_status(text).value is None


def test_the_words_are_kept() -> None:
    assert read_status("Status: Anmeldung möglich!").text == "Anmeldung möglich"
