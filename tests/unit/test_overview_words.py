"""Every value of an overview's entry has its words, how it was read, and what there is none of."""

from __future__ import annotations

from scrapers.records import Course
from tests.unit.single_page import read

_WITHOUT_WORDS = {
    "record_type", "position", "topics", "relevance_terms", "origins", "evidence", "stated_none",
}  # fmt: skip


def offers(body: str) -> list[Course]:
    return [record for record in read("overview", body) if isinstance(record, Course)]


def assert_all_have_words(course: Course) -> None:
    for name in set(Course.model_fields) - _WITHOUT_WORDS:
        if getattr(course, name) not in (None, (), "unknown", "other"):
            assert course.origins.get(name), name


LINES = """<h1>Reihe „Mitreden vor Ort“</h1><h2>Basismodul: Die Kommune</h2>
<p>Geplante TN: 12<br>Veranstalter: VHS Musterstadt<br>Termin: Sa., 07.03.2026, 10–16 Uhr<br>
Ort: VHS-Haus, Markt 1, 12345 Musterstadt<br>Entgelt: 20,00 €<br>Status: ausgebucht<br>
Anmeldung: https://vhs-m.example/kurs/261-1001</p>"""


def test_labelled_lines_tell_their_words() -> None:
    (course,) = offers(LINES)
    assert_all_have_words(course)
    assert course.origins["module"] == "Basismodul: Die Kommune"
    assert course.origins["venue_street"] == "VHS-Haus, Markt 1, 12345 Musterstadt"
    assert course.origins["price_eur"] == "Entgelt: 20,00 €"
    assert course.origins["status"] == "ausgebucht"
    assert course.origins["sessions"] == "07.03.2026, 10–16 Uhr"
    assert set(course.evidence.values()) == {"label"}
    assert {"start_date", "sessions", "venue_name", "status", "price_eur"} <= set(course.evidence)


def test_cells_without_names_are_a_list_and_sentences_are_prose() -> None:
    (row,) = offers(
        """<h1>Reihe</h1><table><tr><td>VHS Adorf</td><td>Basismodul</td><td>07.03.2026</td></tr>
        </table>"""
    )
    assert_all_have_words(row)
    assert row.evidence["start_date"] == "list"
    sentence = "Die VHS Adorf bietet das Basismodul am 07.03.2026 im Rathaus an."
    (told,) = offers(f"<h1>Reihe</h1><p>{sentence}</p>")
    assert_all_have_words(told)
    assert told.evidence["start_date"] == "prose"
    assert told.origins["module"] == sentence


def test_an_explicit_none_is_told_and_silence_is_not() -> None:
    (course,) = offers(
        """<h1>Reihe</h1><h2>Basismodul</h2><p>VHS Musterstadt<br>Geplante TN: 12<br>Termin: N.N.
        <br>Ort: wird noch bekannt gegeben</p>"""
    )
    assert course.stated_none == (
        "end_date", "session_count", "sessions", "start_date",
        "venue_name", "venue_place", "venue_postcode", "venue_street",
    )  # fmt: skip
    assert course.places_planned == 12
    assert course.venue_name is None


def test_what_is_said_all_the_same_is_not_none() -> None:
    (course,) = offers(
        """<h1>Reihe</h1><h2>Basismodul</h2><p>VHS Musterstadt<br>Geplante TN: 12<br>
        Termin: 07.03.2026<br>Uhrzeit: N.N.<br>Ort: Rathaus<br>Preis: –</p>"""
    )
    assert course.stated_none == ("is_free", "price_eur", "price_note")
