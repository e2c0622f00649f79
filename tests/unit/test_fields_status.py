"""The state of registration: negatives first, and never from what could happen."""

from __future__ import annotations

import pytest

from scrapers.fields.status import read_status, says_state, strongest_status


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
        ("Demnächst buchbar", None),
        ("Plätze frei (Einzeltermine nicht buchbar)", "open"),
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


@pytest.mark.parametrize(
    ("texts", "status"),
    [
        (("nicht buchbar", "Kurs fällt aus"), "cancelled"),
        (("nicht buchbar", "ausgebucht"), "full"),
        (("nicht buchbar", "Warteliste"), "waitlist"),
        (("buchbar", "wenige Plätze frei"), "few"),
        (("ausgebucht", "Kurs abgeschlossen"), "finished"),
        (("buchbar", "nichtbuchbar"), "closed"),
        (("rot", "buchbar"), "open"),
        (("rot", ""), None),
    ],
)
def test_the_strongest_word_decides_whatever_its_place(
    texts: tuple[str, ...], status: str | None
) -> None:
    assert strongest_status(texts).value == status
    assert strongest_status(reversed(texts)).value == status


@pytest.mark.parametrize(
    "text",
    [
        "Der Kurs ist ausgefallen.",
        "Kurs fällt aus",
        "Achtung: Diese Veranstaltung wurde leider abgesagt!",
        "Leider muss der Kurs entfallen.",
        "Leider fällt dieser Kurs aus. Wir bitten um Verständnis.",
        "Das Seminar muss aus organisatorischen Gründen abgesagt werden.",
    ],
)
def test_a_sentence_of_the_text_that_only_cancels(text: str) -> None:
    reading = says_state(text)
    assert reading.value == "cancelled"
    assert reading.text in text


@pytest.mark.parametrize(
    "text",
    [
        "Der Kurs ist ausgebucht.",
        "Die Veranstaltung ist leider bereits ausgebucht.",
        "Leider ist das Seminar schon komplett belegt!",
    ],
)
def test_a_sentence_of_the_text_that_only_says_full(text: str) -> None:
    assert says_state(text).value == "full"


@pytest.mark.parametrize(
    "text",
    [
        "Der Kurs ist fast ausgebucht.",
        "Der Kurs ist noch nicht ausgebucht.",
        "Der erste Kurs war schnell ausgebucht, dieser hier ist neu.",
        "Wenn der Kurs ausgebucht ist, setzen wir Sie auf die Warteliste.",
        "Ausgebuchte Kurse werden wiederholt.",
    ],
)
def test_sentences_that_do_not_say_full(text: str) -> None:
    assert says_state(text).value is None


@pytest.mark.parametrize(
    "text",
    [
        "Der Kurs kann bei zu geringer Nachfrage abgesagt werden.",
        "Der Kurs kann abgesagt werden.",
        "Die Gebühr entfällt bei rechtzeitiger Absage.",
        "Der Kurs entfällt bei Absage der Leitung.",
        "Der Kurs am 12.03.2026 fällt aus.",
        "Wenn der Kurs ausgefallen ist, erhalten Sie Ihr Geld zurück.",
        "Die Gebühr entfällt.",
    ],
)
def test_sentences_that_do_not_cancel_the_offer(text: str) -> None:
    assert says_state(text).value is None


def test_the_words_are_kept() -> None:
    assert read_status("Status: Anmeldung möglich!").text == "Anmeldung möglich"
