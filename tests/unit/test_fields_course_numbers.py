"""Course numbers are opaque: read from the right place or not at all."""

from __future__ import annotations

import pytest

from scrapers.fields.course_numbers import (
    clean_course_number,
    number_from_url,
    read_course_number,
    spaced_course_number,
)

NUMBERS = [
    "252-1031", "261-1234", "252A40901", "161A087-08", "26266236W", "2500001001", "61-1004",
    "G620002", "N1538", "Z04.052", "Mi302-070H",
]  # fmt: skip


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize(
    "url",
    [
        "https://vhs.example/programm/kurs/{}/",
        "https://vhs.example/kurssuche/kurs/Kurs-mit-Slug-2026/{}#inhalt",
        "https://vhs.example/suche/kurs/Slug/{}?Fsize=2",
        "https://vhs.example/programm/kw/bereich/kursdetails/kurs/{}/kursname/Ein-Name/",
        "https://vhs.example/webbasys/index.php?id=9&kathaupt=11&knr={}&kursname=Name+12345",
        "https://vhs.example/programm/nr/{}",
        "https://vhs.example/kurs/484-C-{}",
        "https://vhs.example/kurse/ein-slug-484-C-{}",
        "https://vhs.example/x?tx_itemkgconnect_coursedetails[course]=786-C-{}",
        "https://vhs.example/x?tx_itemkgconnect_coursedetails%5Bcourse%5D=786-C-{}&cHash=1234567",
    ],
)
def test_numbers_in_addresses(url: str, number: str) -> None:
    assert number_from_url(url.format(number)) == number


def test_encoded_numbers_are_decoded() -> None:
    assert number_from_url("https://x.example/kurs/Slug/161A087%2D08") == "161A087-08"
    assert number_from_url("https://x.example/i.php?knr=Z04%2E052") == "Z04.052"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://x.example/",
        "https://x.example/kurssuche/liste",
        "https://x.example/kurs/",
        "https://x.example/kurs/Englisch-A1",
        "https://x.example/kurs/Slug/252-1031/anmeldung",
        "https://x.example/artikel/252-1031",
        "https://x.example/kurs/Slug/12",
        "https://x.example/kurs/Integrationsrat",
        "https://x.example/index.php?id=2500001",
        "http://[broken",
    ],
)
def test_other_addresses_have_no_number(url: str) -> None:
    assert number_from_url(url) is None


@pytest.mark.parametrize("number", NUMBERS)
def test_a_cell_with_a_number(number: str) -> None:
    assert clean_course_number(f" {number}\u00a0") == number
    assert clean_course_number(f"Kurs-Nr.: {number}") == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "07.02.2026",
        "4 von 6",
        "45,00 €",
        "45,00",
        "Anmeldung",
        "Raum 12",
        "10:00",
        "2026-02-07",
        "5",
    ],
)
def test_a_cell_without_a_number(text: str) -> None:
    assert clean_course_number(text) is None


@pytest.mark.parametrize("text", ["A-205 211", "K 26/101", "252 A 40901", "26 1 0401"])
def test_a_number_in_groups_is_kept_as_printed(text: str) -> None:
    assert spaced_course_number(text) == text


@pytest.mark.parametrize(
    "text",
    ["Raum 12", "12.03. 2026", "12 von 16", "10:00 12:00", "Kurs 12", "61 1", "1 2 3", "A 1", ""],
)
def test_groups_that_are_no_number(text: str) -> None:
    assert spaced_course_number(text) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Kurs-Nr. 61-1004, 45 €", "61-1004"),
        ("Kursnummer: 252-1031", "252-1031"),
        ("Veranstaltungsnummer 2500001001.", "2500001001"),
        ("Nr.: Z04.052", "Z04.052"),
        ("252-1031", None),
        ("Kurs-Nr. 61 1004", None),
        ("Raum Nr. 12", None),
        ("Telefonnummer 0211123456", None),
        ("Kursnummer folgt", None),
        ("Kurs-Nr. 61-1004 oder Kurs-Nr. 61-1005", None),
    ],
)
def test_running_text_needs_a_label(text: str, number: str | None) -> None:
    assert read_course_number(text).value == number
