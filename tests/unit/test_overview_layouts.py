"""Overviews laid out as no seed is: modules as columns, facts in pieces, providers as panels."""

from __future__ import annotations

from datetime import date, time

import pytest

from scrapers.records import Course
from tests.unit.single_page import page, read

TITLE = "<h1>Qualifizierungsreihe „Mitreden vor Ort“</h1>"
APRIL, MAY = date(2026, 4, 18), date(2026, 5, 9)


def offers(body: str) -> list[Course]:
    return [record for record in read("overview", TITLE + body) if isinstance(record, Course)]


def told(body: str) -> list[tuple[str | None, str, date | None]]:
    return [(o.announced_by, o.module, o.start_date) for o in offers(body)]


def test_modules_as_columns_of_labelled_rows() -> None:
    basis, aufbau = offers(
        """<table><tr><th></th><th>Basismodul</th><th>Aufbaumodul</th></tr>
        <tr><td>Termin</td><td>Sa., 18.04.2026, 10–16 Uhr</td><td>09.05.2026</td></tr>
        <tr><td>Ort</td><td>VHS-Haus, Markt 2, 59227 Ahlen</td><td>Rathaus</td></tr>
        <tr><td>Geplante TN</td><td>12</td><td>20</td></tr>
        <tr><td>Anmeldung</td><td><a href="https://a.example/kurs/261-1">Anmeldung</a></td>
        <td>fb4@vhs-b.example</td></tr></table>"""
    )
    assert (basis.module, basis.start_date, basis.course_number) == ("basis", APRIL, "261-1")
    assert (basis.venue_postcode, basis.places_planned) == ("59227", 12)
    assert (aufbau.module, aufbau.start_date, aufbau.places_planned) == ("aufbau", MAY, 20)
    assert (aufbau.registration_url, aufbau.registration_email) == (None, "fb4@vhs-b.example")
    assert basis.registration_email is None


@pytest.mark.parametrize("cell", ["th", "td"])
def test_modules_as_columns_of_providers(cell: str) -> None:
    first = "".join(f"<{cell}>{n}</{cell}>" for n in ("VHS", "Basismodul", "Aufbaumodul"))
    rows = f"""<table><tr>{first}</tr>
    <tr><td>VHS Ahlen</td><td><a href="https://a.example/kurs/261-1">18.04.2026</a></td>
    <td>09.05.2026, 10–16 Uhr<br><a href="https://a.example/kurs/261-2">anmelden</a></td></tr>
    <tr><td>VHS Bdorf</td><td>Termin folgt</td><td>09.05.2026 (ausgebucht)</td></tr>
    <tr><td>VHS Cdorf</td><td>–</td><td></td></tr></table>"""
    assert told(rows) == [
        ("VHS Ahlen", "basis", APRIL),
        ("VHS Ahlen", "aufbau", MAY),
        ("VHS Bdorf", "aufbau", MAY),
    ]
    first_two = offers(rows)[:2]
    assert [o.course_number for o in first_two] == ["261-1", "261-2"]
    assert [o.status for o in offers(rows)] == ["unknown", "unknown", "full"]


def test_marks_in_module_columns() -> None:
    rows = """<table><tr><th>VHS</th><th>Termin</th><th>Basismodul</th><th>Aufbaumodul</th></tr>
    <tr><td>VHS Ahlen</td><td>18.04.2026</td><td>x</td><td></td></tr>
    <tr><td>VHS Bdorf</td><td>09.05.2026</td><td>x</td><td>x</td></tr></table>"""
    assert told(rows) == [("VHS Ahlen", "basis", APRIL), ("VHS Bdorf", "other", MAY)]


def test_items_in_pieces_each_have_their_own_provider_day_and_state() -> None:
    items = """<h2>Basismodul</h2><ul><li>VHS Ahlen, 18.04.2026, ausgebucht</li>
    <li>VHS Bdorf, in Planung</li><li>VHS Cdorf, Termine folgen</li>
    <li>VHS Ddorf | Sa., 09.05.2026, 10–16 Uhr | abgesagt</li>
    <li>10.05.2026, VHS Edorf (nur noch Warteliste)</li></ul>"""
    assert told(items) == [
        ("VHS Ahlen", "basis", APRIL),
        ("VHS Ddorf", "basis", MAY),
        ("VHS Edorf", "basis", date(2026, 5, 10)),
    ]
    assert [o.status for o in offers(items)] == ["full", "cancelled", "waitlist"]


def test_what_stands_below_a_list_of_whole_offers_is_none() -> None:
    items = """<h2>Basismodul</h2><ul><li>VHS Ahlen, 18.04.2026</li>
    <li>VHS Bdorf, 09.05.2026</li></ul><p>Anmeldung: info@verband.example</p>"""
    assert told(items) == [("VHS Ahlen", "basis", APRIL), ("VHS Bdorf", "basis", MAY)]


def test_pairs_hold_date_address_and_size() -> None:
    (course,) = offers(
        """<h2>Basismodul</h2><dl><dt>VHS Ahlen</dt>
        <dd>18.04.2026, 10–16 Uhr, Neuer Str. 22, 59227 Ahlen, 12 Plätze</dd></dl>"""
    )
    assert (course.start_date, course.sessions[0].ends) == (APRIL, time(16))
    assert (course.venue_street, course.venue_postcode) == ("Neuer Str. 22", "59227")
    assert (course.venue_place, course.places_planned) == ("Ahlen", 12)


def test_a_panel_of_a_provider_holds_an_offer_for_each_module() -> None:
    panels = """<details><summary>VHS Ahlen</summary>
    <p>Basismodul: Samstag, 18. April 2026, 10 bis 16 Uhr</p>
    <p>Aufbaumodul: Samstag, 9. Mai 2026, 10 bis 16 Uhr</p><p>Anmeldung: info@vhs-ahlen.example</p>
    </details><details><summary>VHS Bdorf</summary><p>Basismodul: Freitag, 17. April 2026, 17 bis 20
    Uhr und Samstag, 18. April 2026, 10 bis 15 Uhr</p>
    <p>Anmeldung: <a href="https://b.example/kurs/K77-1">Kurs K77-1</a></p></details>"""
    assert told(panels) == [
        ("VHS Ahlen", "basis", APRIL),
        ("VHS Ahlen", "aufbau", MAY),
        ("VHS Bdorf", "basis", date(2026, 4, 17)),
    ]
    first, second, third = offers(panels)
    assert {first.registration_email, second.registration_email} == {"info@vhs-ahlen.example"}
    assert (third.registration_email, third.course_number) == (None, "K77-1")
    assert [s.day.day for s in third.sessions] == [17, 18]


def test_a_sentence_beside_the_told_offer_says_how_to_register_for_it() -> None:
    (course,) = offers(
        """<p>Das Basismodul findet statt bei der VHS Ahlen am Samstag, 18. April 2026, von 10 bis
        16 Uhr. Anmeldungen sind unter https://vhs-a.example/kurs/261-1 möglich.</p>"""
    )
    assert (course.announced_by, course.course_number) == ("VHS Ahlen", "261-1")


def test_a_building_of_the_vhs_is_no_provider() -> None:
    body = """<h2>Basismodul</h2><p>VHS Ahlen<br>Termine: 18.04.2026 (Ahlen) und 25.04.2026 (Beckum)
    <br>Orte: VHS-Haus Ahlen und Rathaus Beckum<br>Geplante TN: 12</p>"""
    (course,) = offers(body)
    assert (course.announced_by, len(course.sessions)) == ("VHS Ahlen", 2)
    assert (course.places_planned, course.venue_place) == (12, None)


def test_a_heading_of_module_and_provider_opens_one_entry() -> None:
    (course,) = offers(
        """<h2>Münsterland</h2><h3>Basismodul der VHS Ahlen</h3><p>Zwei Termine: Fr., 17.04.2026,
        17–20 Uhr und Sa., 18.04.2026, 10–16 Uhr in Ahlen.</p>
        <p>Geplante TN: 8, Anmeldelink: https://a.example/kurs/252-1031</p>"""
    )
    assert (course.announced_by, course.module) == ("VHS Ahlen", "basis")
    assert (course.places_planned, course.course_number) == (8, "252-1031")
    assert [s.day.day for s in course.sessions] == [17, 18]


@pytest.mark.parametrize("words", ["fällt aus!", "abgesagt", "(leider abgesagt)"])
def test_a_day_that_is_off_is_a_cancelled_offer(words: str) -> None:
    body = f"<h2>Basismodul</h2><p>VHS Ahlen<br>Termin: 18.04.2026 {words}<br>Geplante TN: 9</p>"
    assert [o.status for o in offers(body)] == ["cancelled"]


def test_one_day_off_of_two_does_not_cancel_the_offer() -> None:
    body = """<h2>Basismodul</h2><p>VHS Ahlen<br>Termine: 18.04.2026 und 25.04.2026 (entfällt)<br>
    Geplante TN: 9</p>"""
    assert [o.status for o in offers(body)] == ["unknown"]


def test_short_lines_without_labels_tell_price_delivery_and_hours() -> None:
    (course,) = offers(
        """<h2>Aufbaumodul</h2><p>VHS Ahlen<br>Online über Zoom<br>Sa., 18.04.2026<br>
        18:00–21:00 Uhr<br>Entgeltfrei<br>Anmeldung: https://a.example/kurs/N123</p>"""
    )
    assert (course.delivery_mode, course.is_free) == ("online", True)
    assert (course.sessions[0].starts, course.sessions[0].ends) == (time(18), time(21))


def test_a_module_holds_below_lesser_headings_too() -> None:
    body = """<h2>Basismodul</h2><h3>Kommende Termine</h3><p>VHS Ahlen, 18.04.2026, Anmeldung:
    info@vhs-ahlen.example</p>"""
    assert told(body) == [("VHS Ahlen", "basis", APRIL)]


def test_termine_folgen_is_no_topic_of_a_module() -> None:
    found = read("overview", TITLE + "<h2>Basismodul</h2><p>Termine folgen.</p><p>VHS Ahlen<br>"
                 "Geplante TN: 9<br>Termin: 18.04.2026</p>")  # fmt: skip
    assert [record.record_type for record in found] == ["course"]


def test_weitere_basismodule_are_basismodule() -> None:
    items = """<h2>Weitere Basismodule</h2><ul><li>VHS Ahlen, 18.04.2026, abgesagt</li>
    <li>VHS Bdorf | 09.05.2026 | noch 4 Plätze frei</li></ul>"""
    assert told(items) == [("VHS Ahlen", "basis", APRIL), ("VHS Bdorf", "basis", MAY)]


def test_a_line_of_provider_and_day_is_an_offer_of_the_series() -> None:
    items = "<ul><li>VHS Ahlen, 18.04.2026</li><li>VHS Bdorf, 09.05.2026</li></ul>"
    assert told(items) == [("VHS Ahlen", "other", APRIL), ("VHS Bdorf", "other", MAY)]


def test_providers_as_columns_of_modules() -> None:
    rows = """<table><tr><th></th><th>VHS Ahlen</th><th>VHS Bdorf</th></tr>
    <tr><td>Basismodul</td><td>18.04.2026</td><td>09.05.2026</td></tr>
    <tr><td>Aufbaumodul</td><td>10.05.2026 (ausgebucht)</td><td>–</td></tr></table>"""
    assert told(rows) == [
        ("VHS Ahlen", "basis", APRIL),
        ("VHS Bdorf", "basis", MAY),
        ("VHS Ahlen", "aufbau", date(2026, 5, 10)),
    ]
    assert [o.status for o in offers(rows)] == ["unknown", "unknown", "full"]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (
            "VHS Ahlen: Basismodul am 18.04.2026, Aufbaumodul am 09.05.2026",
            [("VHS Ahlen", "basis", APRIL), ("VHS Ahlen", "aufbau", MAY)],
        ),
        (
            "Basismodule: VHS Ahlen (18.04.2026); VHS Bdorf (09.05.2026). Aufbaumodule: VHS Cdorf "
            "(10.05.2026).",
            [
                ("VHS Ahlen", "basis", APRIL),
                ("VHS Bdorf", "basis", MAY),
                ("VHS Cdorf", "aufbau", date(2026, 5, 10)),
            ],
        ),
        (
            "VHS Ahlen: Basismodul am 18.04.2026 und 09.05.2026",
            [("VHS Ahlen", "basis", APRIL)],
        ),
    ],
)
def test_lines_of_several_offers(
    line: str, found: list[tuple[str | None, str, date | None]]
) -> None:
    assert told(f"<ul><li>{line}</li></ul>") == found


def test_a_heading_of_module_and_provider_describes_no_module() -> None:
    cards = """<h3>Basismodul – VHS Ahlen</h3><p>1. Termin: Fr., 17.04.2026, 17–20 Uhr</p>
    <p>2. Termin: Sa., 18.04.2026, 10–14 Uhr</p><p>ausgebucht</p>"""
    (course,) = offers(cards)
    assert (course.announced_by, course.subtitle, course.status) == ("VHS Ahlen", None, "full")
    assert [s.day.day for s in course.sessions] == [17, 18]


def test_a_row_that_says_there_is_none_yet_is_no_offer() -> None:
    rows = """<table><tr><th>VHS</th><th>Modul</th><th>Datum</th><th>Anmeldung</th></tr>
    <tr><td colspan="4">Münsterland</td></tr><tr><td>VHS Ahlen</td><td>Basis</td><td>18.04.2026</td>
    <td><a href="https://a.example/kurs/A-1">Link</a></td></tr><tr><td>VHS Bdorf</td><td>Aufbau</td>
    <td>Termin folgt</td><td>–</td></tr></table>"""
    assert told(rows) == [("VHS Ahlen", "basis", APRIL)]


def test_a_line_of_provider_and_number_opens_an_entry_of_the_module_above() -> None:
    lines = """<h2>Aufbaumodul</h2><p>VHS Ahlen, Kursnr. 261-1004<br>Sa 18.4.26 10.00-16.00<br>
    Platz für 20 Personen<br>https://a.example/kurs/261-1004</p>"""
    (course,) = offers(lines)
    assert (course.announced_by, course.module, course.start_date) == ("VHS Ahlen", "aufbau", APRIL)
    assert (course.course_number, course.places_planned) == ("261-1004", 20)


def test_addresses_in_two_towns_are_no_place() -> None:
    rows = """<table><tr><th>VHS</th><th>Modul</th><th>Termine</th><th>Ort</th></tr>
    <tr><td>VHS Ahlen</td><td>Basismodul</td><td>18.04.2026<br>09.05.2026</td>
    <td>Rathaus, Wall 10, 59227 Ahlen<br>VHS-Haus, Wall 3, 59269 Beckum</td></tr></table>"""
    (course,) = offers(rows)
    assert (course.session_count, course.venue_name, course.venue_place) == (2, None, None)


def test_a_labelled_value_ends_with_its_sentence() -> None:
    (course,) = offers(
        """<h2>Basismodul</h2><p>VHS Ahlen<br>Termin: 18.04.2026, 10–16 Uhr. Bitte pünktlich sein.
        <br>Ort: Rathaus. Hinweis: Der Eingang ist hinten.<br>Geplante TN: 12</p>"""
    )
    assert (course.venue_name, course.start_date, course.places_planned) == ("Rathaus", APRIL, 12)


@pytest.mark.parametrize("columns", [("Durchgang 1", "Durchgang 2"), ("Kurs A", "Kurs B")])
def test_each_run_in_a_column_of_its_own_is_an_offer(columns: tuple[str, str]) -> None:
    rows = (
        "<tr><td>Basismodul</td><td>18.04.2026</td><td>25.04.2026</td><td>Rathaus</td></tr>"
        "<tr><td>Aufbaumodul</td><td>09.05.2026</td><td>folgt</td><td>Rathaus</td></tr>"
    )
    heads = "".join(f"<th>{name}</th>" for name in ("Modul", *columns, "Ort"))
    found = offers(f"<table><tr>{heads}</tr>{rows}</table>")
    assert [(course.module, course.start_date) for course in found] == [
        ("basis", date(2026, 4, 18)),
        ("basis", date(2026, 4, 25)),
        ("aufbau", date(2026, 5, 9)),
    ]
    assert all(course.session_count == 1 for course in found)


def test_a_column_called_kurs_names_the_course_where_it_holds_no_number() -> None:
    (course,) = offers(
        "<table><tr><th>Nr.</th><th>Kurs</th><th>Beginn</th><th>Ort</th></tr><tr><td>261-1</td>"
        "<td>Basismodul für Räte</td><td>18.04.2026</td><td>Rathaus</td></tr></table>"
    )
    assert (course.course_number, course.module) == ("261-1", "basis")


def test_days_between_which_the_choice_is_open_are_a_doubt() -> None:
    body = (
        "<h1>Fortbildung für Integrationsräte</h1><table><tr><th>Kurs</th><th>Termine</th>"
        "<th>Ort</th></tr><tr><td>Basismodul</td><td>18.04.2026 oder 25.04.2026</td>"
        "<td>Rathaus</td></tr></table><p>Die VHS lädt die neuen Mitglieder herzlich zu dieser "
        "Fortbildung ein; bitte melden Sie sich an.</p>"
    )
    for reader in (page("overview", body), page("page", body)):
        assert not any(r.start_date for r in reader.records() if isinstance(r, Course))
        assert len(reader.doubts()) == 2
