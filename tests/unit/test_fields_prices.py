"""Prices: a number that is not the price must never become one."""

from __future__ import annotations

from decimal import Decimal

import pytest

from scrapers.fields.prices import Price, read_price


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("138,80 €", "138.80"),
        ("1.234,56 €", "1234.56"),
        ("6.000 €", "6000.00"),
        ("120,-- EUR", "120.00"),
        ("120,- €", "120.00"),
        ("15 Euro", "15.00"),
        ("EUR 4,00", "4.00"),
        ("€\u00a045", "45.00"),
        ("15.50 €", "15.50"),
        ("18,50 € (nicht ermäßigbar)", "18.50"),
        ("12 Euro, keine Ermäßigung", "12.00"),
        ("Kurs-Nr. 61-1004, 45 €", "45.00"),
        ("Gebühr: 45 € pro Person", "45.00"),
        ("30,00 € / 20,00 € ermäßigt", "30.00"),
        ("30 € ermäßigt 20 €", "30.00"),
        ("ermäßigt 20 €, sonst 30 €", "30.00"),
        ("30 € (erm. 20 €)", "30.00"),
        ("20 € (ermäßigt), 30 € (normal)", "30.00"),
        ("45,00 € zzgl. 5,00 € Material", "45.00"),
        ("45,00 € inkl. 5,00 € Materialkosten", "45.00"),
        ("45,00 € + 5 € für Material", "45.00"),
        ("138 €, für Inhaber eines Familienpasses kostenlos", "138.00"),
        ("Kursgebühr 45,00 €, Materialgeld 5,00 €", "45.00"),
        ("Material 5,00 €, Kursgebühr 45,00 €", "45.00"),
        ("Preis (inkl. Material): 45 €", "45.00"),
        ("Gebühr inkl. Material: 45,00 €", "45.00"),
        ("45 €, 30 € für Studierende", "45.00"),
        ("Die Kosten in Höhe von 45 € sind vorab zu zahlen.", "45.00"),
        ("Der kommunale Haushalt, Gebühr: 45 €", "45.00"),
        ("GebÃ¼hr 45 â‚¬", "45.00"),
    ],
)
def test_the_regular_price(text: str, amount: str) -> None:
    price = read_price(text).value
    assert price is not None
    assert price.amount == Decimal(amount)
    assert price.is_free is False


@pytest.mark.parametrize(
    "text",
    [
        "gebührenfrei",
        "entgeltfrei",
        "kostenlos",
        "kostenfrei",
        "Der Eintritt ist frei.",
        "Eintritt frei",
        "Kosten: keine",
        "Gebühr: keine",
        "Entgelt: entfällt",
        "0,00 €",
        "Die Teilnahme ist kostenlos.",
        "Das Seminar ist für alle Mitglieder kostenfrei.",
        "Die Veranstaltung ist entgeltfrei, eine Anmeldung ist erforderlich.",
        "keine Gebühr",
    ],
)
def test_free_only_when_the_text_says_so(text: str) -> None:
    price = read_price(text).value
    assert price is not None
    assert price.is_free is True
    assert price.amount == 0


@pytest.mark.parametrize(
    "text",
    [
        "",
        "auf Anfrage",
        "Zusatzkosten: keine",
        "Gebühr: keine Angabe",
        "252-1031",
        "Kurs-Nr. 61-1004",
        "45",
        "82.8",
        "Kostenlose Parkplätze sind vorhanden.",
        "Sie können bis 7 Tage vorher kostenlos stornieren.",
        "Die Teilnahme ist leider nicht kostenlos.",
        "Für Schülerinnen ist die Teilnahme kostenlos.",
        "Die Broschüre erhalten Sie gratis.",
        "Eurokurs 5",
    ],
)
def test_no_price_is_not_free(text: str) -> None:
    assert read_price(text).value is None


@pytest.mark.parametrize(
    "text",
    [
        "45-60 €",
        "45 € bis 60 €",
        "ab 45 €",
        "ca. 45 €",
        "15 € pro Termin",
        "5 x 20 €",
        "20 €/Monat",
        "bei 5 TN 80 €, bei 8 TN 60 €",
        "ermäßigt 20 €",
        "Materialkosten 5 €",
        "0,00 € / 45 €",
        "Die Teilnahme ist kostenlos. Gebühr: 45 €",
        "45,00 €/30,00 €",
        "Wahlweise 30 € oder 50 €",
    ],
)
def test_what_is_not_one_price_for_all_is_only_noted(text: str) -> None:
    price = read_price(text).value
    assert price is not None
    assert price.amount is None
    assert price.is_free is None
    assert price.note


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("82.8", "82.80"),
        ("45", "45.00"),
        ("45,00", "45.00"),
        ("120,--", "120.00"),
        ("1.500", "1500.00"),
        ("1.234,50", "1234.50"),
    ],
)
def test_under_a_label_a_bare_number_is_a_price(text: str, amount: str) -> None:
    assert read_price(text, labelled=True).value == Price(Decimal(amount), False, None)


def test_a_labelled_zero_is_free() -> None:
    assert read_price("0,00", labelled=True).value == Price(Decimal("0.00"), True, None)


def test_a_label_does_not_make_a_course_number_a_price() -> None:
    assert read_price("252-1031", labelled=True).value is None


def test_the_note_keeps_what_is_added() -> None:
    assert read_price("138,80 € (ermäßigt 97,20 €)").value == Price(
        Decimal("138.80"), False, "ermäßigt 97,20 €"
    )
    price = read_price("Preis: 6.000 € (brutto, bei maximal 40 TN) zuzüglich Fahrtkosten.").value
    assert price == Price(
        Decimal("6000.00"), False, "(brutto, bei maximal 40 TN) zuzüglich Fahrtkosten"
    )


def test_the_words_are_kept() -> None:
    assert read_price("Kurs 61-1004, Gebühr 45,00 €, Raum 3").text == "45,00 €"


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("25,00 € zzgl. Material", "zzgl. Material"),
        ("25 € inkl. MwSt.", "inkl. MwSt"),
        ("25 € (zzgl. Materialkosten", "zzgl. Materialkosten"),
        ("25 € plus Material)", "plus Material"),
        ("50 € * inkl. Mittagessen", "inkl. Mittagessen"),
        ("25 € zzgl. Materialkosten (ca. 5 €)", "zzgl. Materialkosten (ca. 5 €)"),
        ("25 €, ermäßigt bzw. für", "ermäßigt"),
        ("25 € pro Person. Wir freuen uns.", "pro Person"),
        ("25 € zzgl.", None),
        ("25 € (inkl.)", None),
        ("25 € und", None),
        ("25 € für die", None),
        ("25 € Gebühr", None),
        ("25 € zuzüglich der", None),
    ],
)
def test_the_note_says_something_or_there_is_none(text: str, note: str | None) -> None:
    price = read_price(text, labelled=True).value
    assert price is not None
    assert (price.amount, price.note) == (Decimal("25.00") if "25" in text else Decimal(50), note)
