"""Exports as one file: charsets, unknown values, limits, and files that mean harm."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from web_poet import HttpResponse

from scrapers.pages import xml_export
from scrapers.pages.base import PageContext, PageError
from scrapers.pages.exports import ExportPage, recognises
from scrapers.pages.platforms import recognise_platform
from scrapers.records import Course

NAMESPACE = 'xmlns="http://www.dvv-vhs.de/Open-VHS"'
TITLE = "Grundlagen für Mitglieder im Integrationsrat"


def page(body: bytes | str) -> ExportPage:
    data = body.encode() if isinstance(body, str) else body
    response = HttpResponse("https://vhs.example/export.xml", body=data)
    return ExportPage(response, PageContext(today=date(2026, 1, 15)))


def openvhs(inside: str, name: str = TITLE) -> str:
    course = f"<veranstaltung><nummer>1-2</nummer><name>{name}</name>{inside}</veranstaltung>"
    return f"<veranstaltungen {NAMESPACE}>{course}</veranstaltungen>"


def kufersql(inside: str) -> str:
    return f"<kurse><kurs><knr>1-2</knr><haupttitel>{TITLE}</haupttitel>{inside}</kurs></kurse>"


def only(body: bytes | str) -> Course:
    (course,) = page(body).records()
    return course


def failure(body: bytes | str) -> str:
    with pytest.raises(PageError) as error:
        page(body).records()
    return error.value.failure_class


# ------------------------------------------------------------------------------- values


@pytest.mark.parametrize("prefix", ["ovhs:", "x:"])
def test_prefixes_of_the_namespace_do_not_matter(prefix: str) -> None:
    text = openvhs("").replace("xmlns=", f"xmlns:{prefix[:-1]}=")
    for tag in ("veranstaltungen", "veranstaltung", "nummer", "name"):
        text = text.replace(f"<{tag}", f"<{prefix}{tag}").replace(f"</{tag}", f"</{prefix}{tag}")
    text = text.replace(f"{prefix}{prefix}", prefix)
    text = text.replace(f"<{prefix}veranstaltungen ", f"<{prefix}veranstaltungen ")
    assert only(text).course_number == "1-2"


def test_minus_one_is_unknown_and_zero_taken_is_known() -> None:
    unknown = only(
        openvhs(
            "<aktuelle_teilnehmerzahl>-1</aktuelle_teilnehmerzahl>"
            "<maximale_teilnehmerzahl>-1</maximale_teilnehmerzahl>"
            "<preis><betrag>-1</betrag></preis>"
        )
    )
    assert (unknown.places_total, unknown.places_taken) == (None, None)
    assert (unknown.price_eur, unknown.is_free) == (None, None)
    empty = only(
        openvhs(
            "<aktuelle_teilnehmerzahl>0</aktuelle_teilnehmerzahl>"
            "<maximale_teilnehmerzahl>12</maximale_teilnehmerzahl>"
        )
    )
    assert (empty.places_total, empty.places_taken) == (12, 0)


def test_overbooked_numbers_say_nothing() -> None:
    course = only(
        openvhs(
            "<aktuelle_teilnehmerzahl>14</aktuelle_teilnehmerzahl>"
            "<maximale_teilnehmerzahl>12</maximale_teilnehmerzahl>"
        )
    )
    assert (course.places_total, course.places_taken) == (None, None)


@pytest.mark.parametrize(
    ("printed", "starts"),
    [
        ("10:00", time(10)),
        ("10:00:00", time(10)),
        ("10:00:00.000", time(10)),
        ("10:00:00+01:00", time(10)),
        ("10:00:00Z", None),
        ("10 Uhr", None),
        ("00:00:00", None),
    ],
)
def test_times_are_wall_clock_or_nothing(printed: str, starts: time | None) -> None:
    course = only(
        openvhs(
            "<termin><beginn_datum>2026-04-18</beginn_datum>"
            f"<beginn_uhrzeit>{printed}</beginn_uhrzeit></termin>"
        )
    )
    assert [(s.day, s.starts) for s in course.sessions] == [(date(2026, 4, 18), starts)]


def test_two_full_prices_are_none_and_the_reduced_one_is_not_the_price() -> None:
    two = "<preis><betrag>30</betrag></preis><preis><betrag>40</betrag></preis>"
    assert only(openvhs(two)).price_eur is None
    reduced = (
        "<preis><betrag>20.5</betrag><zusatz>ermäßigt</zusatz></preis>"
        "<preis><betrag>30</betrag></preis>"
    )
    assert only(openvhs(reduced)).price_eur == Decimal("30.00")


def test_a_note_about_the_reduced_price_belongs_to_the_full_one() -> None:
    course = only(openvhs("<preis><betrag>30</betrag><zusatz>ermäßigt 20,00 €</zusatz></preis>"))
    assert (course.price_eur, course.price_note) == (Decimal("30.00"), "ermäßigt 20,00 €")


@pytest.mark.parametrize(
    ("inside", "mode"),
    [
        ("<name>kursart_digital</name><wert>online_angebot</wert>", "online"),
        ("<name>kursart_digital</name><wert>blended_learning</wert>", "hybrid"),
        ("<name>kursart_digital</name><wert>false</wert>", "unknown"),
        ("<name>anmeldung_kostenlos</name><wert>true</wert>", "unknown"),
    ],
)
def test_features_say_how_a_course_is_held(inside: str, mode: str) -> None:
    course = only(openvhs(f"<merkmale><merkmal>{inside}</merkmal></merkmale>"))
    assert course.delivery_mode == mode
    assert course.is_free is None


def test_a_street_called_online_is_none() -> None:
    address = "<adresse><strasse>online</strasse></adresse>"
    course = only(openvhs(f"<veranstaltungsort>{address}</veranstaltungsort>"))
    assert (course.delivery_mode, course.venue_street) == ("online", None)


def test_the_website_is_no_picture_and_no_script() -> None:
    addresses = (
        "<webadresse><typ>picture</typ><uri>https://vhs.example/a.jpg</uri></webadresse>"
        "<webadresse><typ>website</typ><uri>javascript:alert(1)</uri></webadresse>"
        "<webadresse><typ>website_mobile</typ><uri>https://vhs.example/m/1-2</uri></webadresse>"
    )
    assert only(openvhs(addresses)).detail_url == "https://vhs.example/m/1-2"


def test_kufer_fee_of_zero_is_not_free_but_words_are() -> None:
    assert only(kufersql("<gebnorm>0,00</gebnorm>")).is_free is None
    free = kufersql("<gebnorm>0</gebnorm><gebuehrergaenztext>entgeltfrei</gebuehrergaenztext>")
    assert only(free).is_free is True
    assert only(kufersql("<gebnorm>1234.5</gebnorm>")).price_eur == Decimal("1234.50")


def test_kufer_end_time_of_several_dates_belongs_to_no_single_one() -> None:
    course = only(
        kufersql(
            "<beginndat>03.06.2026</beginndat><endedat>24.06.2026</endedat>"
            "<beginnuhr>19:00</beginnuhr><endeuhr>21:00</endeuhr>"
        )
    )
    assert (course.start_date, course.end_date) == (date(2026, 6, 3), date(2026, 6, 24))
    assert [(s.starts, s.ends) for s in course.sessions] == [(time(19), None)]


def test_lecturers_do_not_leave_the_file() -> None:
    inside = "<dozenten><dozent><vorname>Erika</vorname><name>Beispiel</name></dozent></dozenten>"
    assert "Beispiel" not in only(kufersql(inside)).model_dump_json()


# ------------------------------------------------------------------------------- charsets


@pytest.mark.parametrize("declared", ["windows-1252", "ISO-8859-1", "iso-8859-15", "UTF-8", None])
@pytest.mark.parametrize("actual", ["windows-1252", "utf-8"])
def test_umlauts_survive_what_the_declaration_says(declared: str | None, actual: str) -> None:
    head = f'<?xml version="1.0" encoding="{declared}"?>\n' if declared else ""
    body = (head + kufersql("<inhalt>Größe üben, für 5 Tage</inhalt>")).encode(actual)
    assert only(body).description == "Größe üben, für 5 Tage"


@pytest.mark.parametrize("actual", ["utf-16", "utf-8-sig"])
def test_marked_encodings(actual: str) -> None:
    assert only(kufersql("<inhalt>Größe</inhalt>").encode(actual)).description == "Größe"


def test_an_unknown_charset_is_refused() -> None:
    body = b'<?xml version="1.0" encoding="ebcdic-cp-de"?>' + kufersql("").encode()
    assert not recognises(HttpResponse("https://vhs.example/", body=body))
    with pytest.raises(PageError, match="charset"):
        list(xml_export.course_elements(body, "kurs"))


def test_control_characters_of_word_processors_are_spaces() -> None:
    course = only(kufersql("<inhalt>Eins\x0bzwei\x00drei&#11;vier&#x1f;fünf</inhalt>"))
    assert course.description == "Eins zwei drei vier fünf"


# ------------------------------------------------------------------------------- harm and damage

ENTITIES = '<!DOCTYPE veranstaltungen [<!ENTITY a "{value}">]>'


@pytest.mark.parametrize(
    "document_type",
    [
        ENTITIES.format(value="eingesetzt"),
        '<!DOCTYPE v [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE v SYSTEM "http://127.0.0.1:9/x.dtd">',
        "<!DOCTYPE v>",
        '<!DOCTYPE v [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("comment", ["", "<!-- davor --><?pi?>\n"])
def test_a_document_type_is_never_read(document_type: str, encoding: str, comment: str) -> None:
    document = (comment + document_type + openvhs("", name="&a;")).encode(encoding)
    assert failure(document) == "markup_changed"
    with pytest.raises(PageError, match="document type"):
        list(xml_export.course_elements(document, "veranstaltung"))


def test_entities_without_a_type_are_an_error() -> None:
    assert failure(openvhs("", name="&unbekannt;")) == "decode"


def test_inclusion_is_not_followed() -> None:
    inside = (
        '<text><text><xi:include xmlns:xi="http://www.w3.org/2001/XInclude" '
        'href="file:///etc/passwd" parse="text"/></text></text>'
    )
    assert only(openvhs(inside)).description is None


def test_cut_off_file_is_no_result() -> None:
    whole = openvhs("")
    for end in range(len(whole) // 2, len(whole) - 1, 7):
        assert failure(whole[:end]) in {"decode", "markup_changed"}


def test_depth_is_bounded() -> None:
    assert failure(openvhs("<a>" * 5000 + "</a>" * 5000)) == "decode"


def test_courses_in_courses_are_refused() -> None:
    assert failure(openvhs("<veranstaltung><name>x</name></veranstaltung>")) == "markup_changed"


def test_size_and_number_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml_export, "MAX_BYTES", 100)
    assert failure(openvhs("")) == "too_large"
    monkeypatch.setattr(xml_export, "MAX_BYTES", 10_000)
    monkeypatch.setattr(xml_export, "MAX_COURSES", 1)
    two = openvhs("").replace("</veranstaltungen>", "<veranstaltung/></veranstaltungen>")
    assert failure(two) == "too_large"


def test_an_export_without_courses_is_no_answer() -> None:
    assert failure(f"<veranstaltungen {NAMESPACE}></veranstaltungen>") == "no_results"


@pytest.mark.parametrize("body", [b"", b"<html><body>Kurse</body></html>", b"%PDF-1.4", b"<a/>"])
def test_other_files_are_not_taken_for_exports(body: bytes) -> None:
    response = HttpResponse("https://vhs.example/", body=body)
    assert not recognises(response)
    assert failure(body) == "markup_changed"


def test_unreadable_elements_are_counted_but_not_parsed() -> None:
    two = openvhs("").replace("</veranstaltungen>", "<veranstaltung/></veranstaltungen>")
    assert (page(two).stated_count(), page(two).parsed_count()) == (2, 1)


def test_equal_elements_are_told_apart() -> None:
    one = f"<kurs><haupttitel>{TITLE}</haupttitel></kurs>"
    assert [c.position for c in page(f"<kurse>{one}{one}</kurse>").records()] == [0, 1]


def test_recognised_by_what_it_is() -> None:
    for text in (openvhs(""), kufersql("")):
        platform = recognise_platform(HttpResponse("https://vhs.example/x", body=text.encode()))
        assert platform is not None
        assert platform.export_page is ExportPage


@given(st.binary(max_size=300), st.integers(0, 400))
def test_random_damage_ends_in_a_result_or_a_reason(noise: bytes, position: int) -> None:
    whole = openvhs("<anzahl_termine>2</anzahl_termine>").encode()
    damaged = whole[:position] + noise + whole[position + len(noise) :]
    try:
        courses = page(damaged).records()
    except PageError as error:
        assert error.failure_class in {"decode", "markup_changed", "no_results"}
    else:
        assert len(courses) <= 1
