"""Overviews in other words and other markup than the real one."""

from __future__ import annotations

from datetime import date, time

import pytest

from scrapers.pages.base import PageError
from scrapers.records import Course, Series
from tests.unit.single_page import page, read

TITLE = "<h1>Qualifizierungsreihe „Mitreden vor Ort“</h1>"


def offers(body: str) -> list[Course]:
    return [record for record in read("overview", body) if isinstance(record, Course)]


def series(body: str) -> Series:
    (found,) = [record for record in read("overview", body) if isinstance(record, Series)]
    return found


def test_rows_with_named_columns_are_entries() -> None:
    first, second, third = offers(
        f"""{TITLE}<table><thead><tr><th>Volkshochschule</th><th>Modul</th><th>Termin</th>
        <th>Ort</th><th>Plätze</th><th>Anmeldung</th></tr></thead><tbody>
        <tr><td rowspan="2">VHS Musterstadt</td><td>Basismodul</td><td>Sa., 07.03.2026, 10–16 Uhr
        </td><td>VHS-Haus, Markt 1, 12345 Musterstadt</td><td>16</td>
        <td><a href="https://vhs-m.example/kurs/261-1001">anmelden</a></td></tr>
        <tr><td>Aufbaumodul</td><td>Sa., 14.03.2026, 10–16 Uhr</td><td>Rathaus</td><td>12</td>
        <td><a href="https://vhs-m.example/kurs/261-1002">anmelden</a></td></tr>
        <tr><td>VHS Beispielkreis</td><td>Basismodul</td><td>Fr., 20.03.2026, 17:00 Uhr</td>
        <td>online</td><td>ausgebucht</td><td>fb2@vhs-b.example</td></tr></tbody></table>"""
    )
    assert [o.announced_by for o in (first, second, third)] == [
        "VHS Musterstadt",
        "VHS Musterstadt",
        "VHS Beispielkreis",
    ]
    assert [o.module for o in (first, second, third)] == ["basis", "aufbau", "basis"]
    assert [o.course_number for o in (first, second, third)] == ["261-1001", "261-1002", None]
    assert (first.start_date, first.sessions[0].starts) == (date(2026, 3, 7), time(10))
    assert (first.venue_street, first.venue_postcode) == ("Markt 1", "12345")
    assert (first.places_planned, second.places_planned, third.places_planned) == (16, 12, None)
    assert (first.status, third.status) == ("unknown", "full")
    assert (third.delivery_mode, third.registration_email) == ("online", "fb2@vhs-b.example")
    assert {o.title for o in (first, second, third)} == {"Mitreden vor Ort"}


def test_rows_below_a_plain_first_row_get_its_names() -> None:
    found = offers(
        """<table><tr><td>VHS</td><td>Datum</td><td>Geplante TN</td><td>Anmeldelink</td></tr>
        <tr><td>Adorf</td><td>21.03.2026</td><td>12</td><td>https://a.example/kurs/A123-4</td></tr>
        <tr><td>Bdorf</td><td>22.03.2026</td><td>14</td><td>https://b.example/kurs/B123-4</td></tr>
        </table>"""
    )
    assert [(o.announced_by, o.start_date, o.places_planned, o.course_number) for o in found] == [
        ("Adorf", date(2026, 3, 21), 12, "A123-4"),
        ("Bdorf", date(2026, 3, 22), 14, "B123-4"),
    ]


def test_a_card_without_provider_does_not_inherit_the_neighbour() -> None:
    card = "<div><h3>{}</h3><p>Termine: {}</p><p>Teilnehmerzahl: {}</p><p>Anmeldung: {}</p></div>"
    found = offers(
        TITLE
        + card.format(
            "VHS Nordheim", "17.04.2026 und 18.04.2026, jeweils 9:30-15 Uhr", 12, "a@b.de"
        )
        + card.format("VHS Südheim", "24.04.2026", 15, "info@vhs-s.example")
        + "<div><p>Termine: 08.05.2026</p><p>Teilnehmerzahl: 9</p>"
        "<p>Anmeldung: politik@vhs-w.example</p></div>"
    )
    assert [(o.announced_by, o.places_planned, o.start_date) for o in found] == [
        ("VHS Nordheim", 12, date(2026, 4, 17)),
        ("VHS Südheim", 15, date(2026, 4, 24)),
        (None, 9, date(2026, 5, 8)),
    ]
    assert found[0].end_date == date(2026, 4, 18)


def test_one_provider_above_two_entries_speaks_for_both() -> None:
    found = offers(
        "<h2>VHS Zweifelde</h2><p>Geplante TN: 8</p><p>Anmeldelink: https://z.example/kurs/26-11</p>"
        "<p>Geplante TN: 9</p><p>Anmeldelink: https://z.example/kurs/26-12</p>"
        "<h2>VHS Einstadt</h2><p>Geplante TN: 7</p><p>Anmeldelink: https://e.example/kurs/26-13</p>"
    )
    assert [(o.announced_by, o.places_planned) for o in found] == [
        ("VHS Zweifelde", 8),
        ("VHS Zweifelde", 9),
        ("VHS Einstadt", 7),
    ]


def test_what_follows_the_link_stays_with_its_entry() -> None:
    entry = "<p>Geplante TN: {0}</p><p>Anmeldelink: https://v.example/kurs/26-1{0}</p><p>{1}</p>"
    found = offers(entry.format(11, "Sa., 07.03.2026") + entry.format(12, "Sa., 14.03.2026"))
    assert [(o.places_planned, o.start_date) for o in found] == [
        (11, date(2026, 3, 7)),
        (12, date(2026, 3, 14)),
    ]


def test_several_labels_in_one_line() -> None:
    found = offers(
        "<ul><li>Anmeldelink: https://a.example/kurs/111-22 – Geplante TN: 8</li>"
        "<li>Anmeldelink: https://b.example/kurs/111-23 – Geplante TN: 9</li></ul>"
    )
    assert [(o.course_number, o.places_planned) for o in found] == [("111-22", 8), ("111-23", 9)]


def test_an_entry_without_places_keeps_the_others_apart() -> None:
    found = offers(
        "<p>Geplante TN: 8</p><p>Anmeldelink: https://a.example/kurs/111-22</p>"
        "<p>Anmeldelink: https://b.example/kurs/111-23</p>"
        "<p>Geplante TN: 9</p><p>Anmeldung per E-Mail: fb1@vhs-c.example</p>"
    )
    assert [(o.places_planned, o.course_number, o.registration_email) for o in found] == [
        (8, "111-22", None),
        (None, "111-23", None),
        (9, None, "fb1@vhs-c.example"),
    ]


def test_equal_entries_are_counted_and_stay() -> None:
    entry = "<li>Geplante TN: 20</li><li>Anmeldung per E-Mail: fb4@vhs-x.example</li>"
    assert [o.position for o in offers(f"<ul>{entry * 3}</ul>")] == [0, 1, 2]


def test_a_private_address_is_not_kept() -> None:
    (offer,) = offers("<p>Geplante TN: 5</p><p>Anmeldung: erika.mustermann@vhs-x.example</p>")
    assert offer.registration_email is None
    assert "mustermann" not in offer.model_dump_json()


def test_links_as_words_and_protected_mail() -> None:
    first, second = offers(
        '<p>Geplante TN: 5</p><p><a href="https://a.example/programm/kurs/x/261-77">Jetzt anmelden'
        '</a></p><p>Geplante TN: 6</p><p>Anmeldung: <a href="#" data-mailto-vector="1" '
        'data-mailto-token="nbjmup+jogpAwit.b/ef">per E-Mail</a></p>'
    )
    assert first.registration_url == "https://a.example/programm/kurs/x/261-77"
    assert first.course_number == "261-77"
    assert second.registration_email == "info@vhs-a.de"


def test_module_of_the_section_counts_where_each_module_has_its_entries() -> None:
    entry = '<li>VHS {0}: <a href="https://{0}.example/kurs/261-{1}">Anmeldung</a></li>'
    found = offers(
        f"{TITLE}<h2>Basismodul: Kommune</h2><p>Es geht um die Stadt.</p>"
        f"<ul>{entry.format('Adorf', 10)}{entry.format('Bdorf', 20)}</ul>"
        f"<h2>Aufbaumodul: Ziele</h2><p>Es geht um Ziele.</p><ul>{entry.format('Adorf', 30)}</ul>"
    )
    assert [(o.announced_by, o.module, o.subtitle) for o in found] == [
        ("VHS Adorf", "basis", "Kommune"),
        ("VHS Bdorf", "basis", "Kommune"),
        ("VHS Adorf", "aufbau", "Ziele"),
    ]


def test_module_described_last_does_not_colour_the_entries_below() -> None:
    found = offers(
        f"{TITLE}<p>Basismodul: Kommune</p><p>Es geht um die Stadt und ihre Aufgaben.</p>"
        "<p>Aufbaumodul: Ziele</p><p>Es geht um Ziele und Wege.</p>"
        "<p>Anmelden kann man sich bei den Häusern unten, die Liste wird ergänzt.</p>"
        "<p>Geplante TN: 8</p><p>Anmeldelink: https://a.example/kurs/111-22</p>"
    )
    assert [o.module for o in found] == ["other"]


def test_series_with_modules_and_total() -> None:
    found = series(
        f"""{TITLE}<p>Landesweit gibt es 108 Integrationsräte und Ausschüsse. 20 Gremien kamen
        2025 neu hinzu.</p><h3>Basis-Modul – Lebenswelt</h3><ul><li>Standort</li><li>Ziele</li></ul>
        <h3>Aufbau-Modul</h3><p>Ziele umsetzen</p><p>Sie planen Schritte. Sie üben.</p>
        <h3>Orte</h3><p>Geplante TN: 8</p>"""
    )
    assert found.title == "Mitreden vor Ort"
    assert [(m.module, m.title, m.topics) for m in found.modules] == [
        ("basis", "Lebenswelt", ("Standort", "Ziele")),
        ("aufbau", "Ziele umsetzen", ("Sie planen Schritte.", "Sie üben.")),
    ]
    assert found.stated_council_total == 108


def test_a_title_of_two_sentences_is_the_title_of_the_series() -> None:
    (offer,) = offers(
        "<h1>Chancengerechtigkeit und Integration vor Ort. Die Politik mitgestalten vor Ort.</h1>"
        "<h2>Die Module</h2><p>Geplante TN: 8</p>"
    )
    assert offer.title.startswith("Chancengerechtigkeit und Integration vor Ort. Die Politik")


@pytest.mark.parametrize(
    "text", ["In NRW gibt es 97 Gremien, andere zählen 98 Gremien in NRW.", "Im Jahr 2025 Gremien."]
)
def test_a_doubtful_total_is_no_total(text: str) -> None:
    found = series(f"{TITLE}<p>{text}</p><p>Derzeit sind keine Termine geplant.</p>")
    assert found.stated_council_total is None


@pytest.mark.parametrize(
    "text",
    [
        "Zurzeit sind keine Termine geplant.",
        "Aktuell gibt es leider keine Angebote.",
        "Derzeit werden keine Seminare angeboten.",
    ],
)
def test_words_that_there_is_nothing_give_only_the_series(text: str) -> None:
    (only,) = read("overview", f"{TITLE}<p>{text}</p>")
    assert isinstance(only, Series)


def test_neither_entry_nor_such_words_is_a_changed_page() -> None:
    with pytest.raises(PageError) as error:
        read("overview", f"{TITLE}<p>Willkommen. Hier steht etwas über die Reihe.</p>")
    assert error.value.failure_class == "markup_changed"


def test_an_empty_overview_is_no_result() -> None:
    with pytest.raises(PageError) as error:
        read("overview", "")
    assert error.value.failure_class == "no_results"


def test_items_with_dashes_are_entries_with_their_own_address() -> None:
    first, second, third = offers(
        f"""{TITLE}<ul><li>VHS Siegen – Basismodul – 05.09.2026, 9 bis 16 Uhr –
        <a href="https://vhs-s.example/kurs/G1">Anmeldung</a></li><li>VHS Siegen – Aufbaumodul –
        26.09.2026, 9 bis 16 Uhr – <a href="https://vhs-s.example/kurs/G2">Anmeldung</a>
        (ausgebucht)</li><li>VHS Lippe – Basismodul – Termin folgt – Anmeldung:
        info@vhs-lippe.example</li></ul>"""
    )
    assert [o.announced_by for o in (first, second, third)] == [
        "VHS Siegen",
        "VHS Siegen",
        "VHS Lippe",
    ]
    assert [o.module for o in (first, second, third)] == ["basis", "aufbau", "basis"]
    assert [o.start_date for o in (first, second, third)] == [
        date(2026, 9, 5),
        date(2026, 9, 26),
        None,
    ]
    assert [o.status for o in (first, second, third)] == ["unknown", "full", "unknown"]
    assert [o.registration_email for o in (first, second, third)] == [
        None,
        None,
        "info@vhs-lippe.example",
    ]
    assert [o.registration_url for o in (first, second, third)] == [
        "https://vhs-s.example/kurs/G1",
        "https://vhs-s.example/kurs/G2",
        None,
    ]
    assert {o.title for o in (first, second, third)} == {"Mitreden vor Ort"}
    assert first.sessions[0].starts == time(9)


def test_items_with_commas_get_the_module_of_the_heading() -> None:
    found = offers(
        f"""{TITLE}<h3>Termine Basismodul</h3><ul>
        <li>12.09.2026: VHS Ahlen, <a href="https://vhs-a.example/kurs/X1">X1</a></li>
        <li>19.09.2026: VHS Bünde, <a href="https://vhs-b.example/kurs/X2">X2</a></li></ul>
        <h3>Termine Aufbaumodul</h3><ul>
        <li>10.10.2026: VHS Ahlen, <a href="https://vhs-a.example/kurs/X3">X3</a></li></ul>"""
    )
    assert [(o.module, o.start_date, o.announced_by, o.registration_url) for o in found] == [
        ("basis", date(2026, 9, 12), "VHS Ahlen", "https://vhs-a.example/kurs/X1"),
        ("basis", date(2026, 9, 19), "VHS Bünde", "https://vhs-b.example/kurs/X2"),
        ("aufbau", date(2026, 10, 10), "VHS Ahlen", "https://vhs-a.example/kurs/X3"),
    ]


@pytest.mark.parametrize("between", ["</p><p>", "<br>"])
def test_lines_with_dashes_keep_their_own_links(between: str) -> None:
    first, second = offers(
        f"""{TITLE}<p>VHS Siegen – Basismodul – 05.09.2026 –
        <a href="https://vhs-s.example/kurs/G1">Anmeldung</a>{between}VHS Lippe – Aufbaumodul –
        06.09.2026 – <a href="https://vhs-l.example/kurs/L1">Anmeldung</a></p>"""
    )
    assert [(o.announced_by, o.module, o.registration_url) for o in (first, second)] == [
        ("VHS Siegen", "basis", "https://vhs-s.example/kurs/G1"),
        ("VHS Lippe", "aufbau", "https://vhs-l.example/kurs/L1"),
    ]


def test_an_item_without_a_link_is_an_entry_too() -> None:
    first, second = offers(
        f"""{TITLE}<ul><li>VHS Siegen – Basismodul – 05.09.2026</li>
        <li>VHS Lippe – Aufbaumodul – 06.09.2026 – Anmeldung: info@vhs-lippe.example</li></ul>"""
    )
    assert (first.announced_by, first.registration_email) == ("VHS Siegen", None)
    assert (second.announced_by, second.registration_email) == (
        "VHS Lippe",
        "info@vhs-lippe.example",
    )


def test_a_dated_module_in_no_entry_makes_the_reading_doubtful() -> None:
    doubtful = page(
        "overview",
        f"""{TITLE}<p>VHS Lippe – Aufbaumodul – 06.09.2026 – Anmeldung: info@vhs-lippe.example</p>
        <p>Außerdem wird das Basismodul am 05.09.2026 von einem weiteren Träger angeboten, der in
        dieser Übersicht noch nicht mit seinem Namen und seiner Anschrift eingetragen ist.</p>""",
    )
    assert doubtful.records()
    (doubt,) = doubtful.doubts()
    assert "2026-09-05" in doubt


STATUS_COLUMNS = """<table><tr><th>VHS</th><th>Modul</th><th>Termin</th><th>Plätze</th>
<th>Anmeldung</th><th>Status</th></tr><tr><td>VHS Adorf</td><td>Basismodul</td>
<td>05.09.2026</td><td>16</td><td>{}</td><td>{}</td></tr></table>"""


@pytest.mark.parametrize(
    ("registration", "status", "expected"),
    [
        ("Anmeldung möglich", "ausgebucht", "full"),
        ("Plätze frei", "fällt aus", "cancelled"),
        ("ausgebucht", "Warteliste", "waitlist"),
        ("Anmeldung möglich", "", "open"),
        ("", "", "unknown"),
    ],
)
def test_the_strongest_word_about_an_entry_is_its_status(
    registration: str, status: str, expected: str
) -> None:
    (offer,) = offers(TITLE + STATUS_COLUMNS.format(registration, status))
    assert offer.status == expected


def test_a_module_named_in_the_line_of_the_date_is_that_of_the_entry() -> None:
    found = offers(
        f"""{TITLE}<p>VHS Adorf: Basismodul am 05.09.2026</p>
        <p>Anmeldelink: https://a.example/kurs/11-1</p><p>VHS Bdorf: Aufbaumodul am 06.09.2026</p>
        <p>Anmeldelink: https://b.example/kurs/11-2</p>"""
    )
    assert [(o.announced_by, o.module) for o in found] == [
        ("VHS Adorf", "basis"),
        ("VHS Bdorf", "aufbau"),
    ]


def test_sentences_with_provider_module_and_date_are_entries() -> None:
    reader = page(
        "overview",
        f"""{TITLE}<p>Die Reihe richtet sich an Gremien. Die VHS Siegen bietet das Basismodul am
        Samstag, 05.09.2026, von 9 bis 16 Uhr im Haus der Bildung, Markt 1, 57072 Siegen an. Die
        Teilnahme ist möglich.</p><p>Das Aufbaumodul findet am 26.09.2026 in der Volkshochschule
        Bad Salzuflen statt.</p>""",
    )
    first, second = (record for record in reader.records() if isinstance(record, Course))
    assert (first.announced_by, first.module, first.start_date) == (
        "VHS Siegen",
        "basis",
        date(2026, 9, 5),
    )
    assert first.sessions[0].starts == time(9)
    assert (first.venue_name, first.venue_street, first.venue_place) == (
        "Haus der Bildung",
        "Markt 1",
        "Siegen",
    )
    assert (second.announced_by, second.module) == ("Volkshochschule Bad Salzuflen", "aufbau")
    assert reader.doubts() == ()


@pytest.mark.parametrize(
    "sentence",
    [
        "Die VHS Siegen und die VHS Lippe bieten das Basismodul am 05.09.2026 an.",
        "Am 05.09.2026 wird das Basismodul bei einem weiteren Träger angeboten.",
        "Die VHS Siegen bietet am 05.09.2026 das Basismodul und das Aufbaumodul an.",
        "Die VHS Siegen bietet das Basismodul voraussichtlich am 05.09.2026 an.",
        "Zum Basismodul am 05.09.2026 lädt die VHS Ahlen Mitglieder der Gremien ein.",
    ],
)
def test_a_sentence_that_can_be_misunderstood_stays_a_doubt(sentence: str) -> None:
    listed = "<p>VHS Lippe – Aufbaumodul – 06.09.2026</p>"
    reader = page("overview", f"{TITLE}{listed}<p>{sentence}</p>")
    (offer,) = (record for record in reader.records() if isinstance(record, Course))
    assert offer.start_date == date(2026, 9, 6)
    assert "2026-09-05" in " ".join(reader.doubts())


def test_what_a_list_says_is_not_taken_a_second_time_from_a_sentence() -> None:
    found = offers(
        f"""{TITLE}<p>Als erste bietet die VHS Lippe das Aufbaumodul am 06.09.2026 an.</p>
        <ul><li>VHS Lippe – Aufbaumodul – 06.09.2026 – Anmeldung: info@vhs-lippe.example</li>
        </ul>"""
    )
    assert [o.registration_email for o in found] == ["info@vhs-lippe.example"]


def test_sentences_about_the_past_are_no_entries() -> None:
    with pytest.raises(PageError):
        read(
            "overview",
            f"{TITLE}<p>Die VHS Siegen hat das Basismodul am 05.09.2025 mit Erfolg angeboten.</p>",
        )


def test_a_line_without_a_fact_does_not_part_an_entry() -> None:
    found = offers(
        f"""{TITLE}<h3>VHS Ahlen</h3><p>Basismodul<br>Sa, 05.09.2026, 9-16 Uhr<br>Rathaus Ahlen<br>
        <a href="https://a.example/kurs/26-11">Zur Anmeldung</a></p><h3>VHS Beckum</h3>
        <p>Aufbaumodul<br>Sa, 12.09.2026<br>leider schon ausgebucht</p>"""
    )
    assert [(o.announced_by, o.module, o.course_number, o.status) for o in found] == [
        ("VHS Ahlen", "basis", "26-11", "unknown"),
        ("VHS Beckum", "aufbau", None, "full"),
    ]
    assert [o.start_date for o in found] == [date(2026, 9, 5), date(2026, 9, 12)]


def test_an_entry_that_is_moved_has_its_new_day_only() -> None:
    (offer,) = offers(
        f"{TITLE}<p>VHS Ahlen – Basismodul – 07.09.2026 – verschoben auf den 14.09.2026</p>"
    )
    assert [session.day for session in offer.sessions] == [date(2026, 9, 14)]
