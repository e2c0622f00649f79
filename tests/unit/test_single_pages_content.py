"""Notices, announcements, trainings and coaching in other words than the real pages."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

import pytest

from scrapers.pages.base import PageError
from scrapers.pages.prose import whole_sentences
from scrapers.records import Announcement, Course
from tests.unit.single_page import URL, page, read

PADERBORN_LABELLED = """<h1>Seminar für den Ausschuss für Chancengerechtigkeit und Integration</h1>
<p>Die Volkshochschule bietet den gewählten Mitgliedern des Ausschusses ein Basismodul an.</p>
<p>Kursnummer: 61-1004</p>
<p>Termine: Samstag, 07.02.2026 und Samstag, 14.02.2026, jeweils 10-16 Uhr</p>
<p>Ort: vhs Paderborn, Am Stadelhof 8, 33098 Paderborn, Raum B06</p>
<p>Kosten: entgeltfrei</p><p>Leitung: Erika Mustermann</p><p>Eine Anmeldung ist erforderlich.</p>"""
PADERBORN_PROSE = """<h1>Basismodul für den Integrationsrat</h1>
<p>Stand: 12.01.2026</p><p>Das Seminar (Nr. 61-1004) für Mitglieder des Integrationsrates findet am
Samstag, 07.02.2026 und Samstag, 14.02.2026, jeweils 10-16 Uhr, in der vhs Paderborn, Am
Stadelhof 8, 33098 Paderborn, Raum B06 statt.
Die Teilnahme ist entgeltfrei, eine Anmeldung ist nötig.</p>"""
PADERBORN_HEADED = """<h1>Qualifizierung für Mitglieder des Integrationsrates: Basismodul</h1>
<p>Ein Angebot für alle gewählten Mitglieder, Anmeldung erforderlich, Teilnahme entgeltfrei.</p>
<h3>Kursnummer</h3><p>61-1004</p><h3>Wann</h3><p>Samstag, 07.02.2026 und Samstag, 14.02.2026,
jeweils 10-16 Uhr</p><h3>Wo</h3><p>vhs Paderborn (Am Stadelhof 8, 33098 Paderborn, Raum B06)</p>"""


def courses(body: str) -> list[Course]:
    return [record for record in read("page", body) if isinstance(record, Course)]


def announcement(body: str) -> Announcement:
    (found,) = [record for record in read("page", body) if isinstance(record, Announcement)]
    return found


@pytest.mark.parametrize("body", [PADERBORN_LABELLED, PADERBORN_PROSE, PADERBORN_HEADED])
def test_town_notice_yields_announcement_and_course(body: str) -> None:
    first, course = read("page", body)
    assert isinstance(first, Announcement)
    assert isinstance(course, Course)
    assert first.events == ()
    assert (course.course_number, course.detail_url, course.module) == ("61-1004", URL, "basis")
    assert [(s.day, s.starts, s.ends) for s in course.sessions] == [
        (date(2026, 2, 7), time(10), time(16)),
        (date(2026, 2, 14), time(10), time(16)),
    ]
    assert {s.venue_name for s in course.sessions} == {"vhs Paderborn, Raum B06"}
    assert (course.venue_name, course.venue_street) == ("vhs Paderborn", "Am Stadelhof 8")
    assert (course.venue_postcode, course.venue_place) == ("33098", "Paderborn")
    assert course.is_free is True
    assert "Mustermann" not in course.model_dump_json() + first.model_dump_json()


def test_two_numbers_are_two_courses_with_what_the_page_says_for_both() -> None:
    first, second = courses(
        """<h1>Angebote für Mitglieder des Integrationsausschusses</h1>
        <p>Zwei Fortbildungen für gewählte Mitglieder. Anmeldung: kurse@vhs-musterburg.de</p>
        <h2>Basismodul: Kommune verstehen</h2><p>Kurs-Nr.: 261-5501</p>
        <p>Freitag, 13.03.2026, 17:00 bis 20:30 Uhr und Samstag, 14.03.2026, 9:00 bis 16:00 Uhr</p>
        <p>vhs Musterburg, Schlossstraße 4, 44444 Musterburg, Raum 12</p><p>Gebühr: 25,00 €</p>
        <h2>Aufbaumodul: Ziele umsetzen</h2><p>Kurs-Nr.: 261-5502</p>
        <p>Samstag, 18.04.2026, 10 bis 17 Uhr</p><p>Rathaus, Markt 1, 44444 Musterburg</p>
        <p>entgeltfrei</p>"""
    )
    assert (first.course_number, first.module, first.price_eur) == ("261-5501", "basis", 25)
    assert (second.course_number, second.module, second.is_free) == ("261-5502", "aufbau", True)
    assert [s.starts for s in first.sessions] == [time(17), time(9)]
    assert (second.start_date, second.venue_street) == (date(2026, 4, 18), "Markt 1")
    assert first.registration_email == second.registration_email == "kurse@vhs-musterburg.de"


def test_notice_without_number_needs_a_way_to_register() -> None:
    text = """<h1>Workshop für Mitglieder des Integrationsrates</h1>
    <p>Pressemitteilung vom 12.01.2026</p><p>Die Stadt lädt die Mitglieder des Integrationsrates zu
    einem Workshop ein. Er beginnt am Samstag, 21. März 2026, um 10 Uhr im Bürgerhaus Beispielheim
    (Ringstr. 12, 55555 Beispielheim). {}</p>"""
    (course,) = courses(
        text.format("Eine Anmeldung ist bis zum 10. März 2026 an integration@stadt.example nötig.")
    )
    assert (course.start_date, course.sessions[0].starts) == (date(2026, 3, 21), time(10))
    assert len(course.sessions) == 1
    assert course.registration_email == "integration@stadt.example"
    assert not courses(text.format("Gäste sind willkommen."))
    only = announcement(text.format("Gäste sind willkommen."))
    assert only.published_on == date(2026, 1, 12)
    assert [event.start_date for event in only.events] == [date(2026, 3, 21)]


def test_modules_in_one_paragraph_are_not_mixed_into_one_course() -> None:
    found = read(
        "page",
        """<h1>Schulung der Mitglieder des Integrationsrates</h1><p>Das Basismodul findet am
        7. Februar 2026 statt. Das Aufbaumodul findet am 14. März 2026 statt. Anmeldung unter
        info@stadt.example.</p>""",
    )
    only, *both = found
    assert isinstance(only, Announcement)
    assert only.events == ()
    assert [(c.title, c.module, c.start_date) for c in both if isinstance(c, Course)] == [
        ("Basismodul", "basis", date(2026, 2, 7)),
        ("Aufbaumodul", "aufbau", date(2026, 3, 14)),
    ]


def test_announcement_merges_mentions_and_leaves_deadlines_out() -> None:
    found = announcement(
        """<h1>Fachtag für Integrationsräte</h1><p>Veröffentlicht am 3. Januar 2026</p>
        <p>Der Verband lädt die Mitglieder der Integrationsräte zum Austausch ein. Der Auftakt
        erfolgt am 20. Februar 2026 um 9.30 Uhr.</p>
        <p>Der Fachtag „Mitreden vor Ort“ findet am 20. Februar 2026 von 9.30 bis 16 Uhr in der
        Stadthalle Neustadt (Am Ring 2, 54321 Neustadt) statt. Am 19. Februar 2026 gibt es um 19 Uhr
        eine Lesung. Die Lesung ist öffentlich, der Eintritt ist frei. Anmeldeschluss ist der
        1. Februar 2026.</p><p>Das sagt Projektleiterin Frau Erika Mustermann dazu.</p>"""
    )
    reading, conference = found.events
    assert (reading.title, reading.start_date, reading.starts) == (
        "Lesung",
        date(2026, 2, 19),
        time(19),
    )
    assert (reading.is_free, reading.venue_name) == (True, None)
    assert (conference.title, conference.starts) == ("Fachtag „Mitreden vor Ort“", time(9, 30))
    assert conference.venue_name == "Stadthalle Neustadt"
    assert (conference.venue_street, conference.venue_place) == ("Am Ring 2", "Neustadt")
    assert conference.is_free is None
    assert found.published_on == date(2026, 1, 3)
    assert "Mustermann" not in found.model_dump_json()


def test_training_without_dates() -> None:
    (course,) = courses(
        """<h1>Inhouse-Seminar „Integration steuern“</h1><p>Das eintägige Seminar unterstützt Städte
        bei ihrem kommunalen Integrationskonzept. Es richtet sich an Verwaltung und Politik.</p>
        <h2>Inhalte</h2><ul><li>Bestandsaufnahme</li><li>Ziele</li><li>Maßnahmen</li></ul>
        <p>Kosten: 1.800,00 € netto zuzüglich Reisekosten</p><p>Maximal 25 Teilnehmende</p>"""
    )
    assert course.title == "Inhouse-Seminar „Integration steuern“"
    assert course.topics == ("Bestandsaufnahme", "Ziele", "Maßnahmen")
    assert course.target_group == "Verwaltung und Politik"
    assert (course.price_eur, course.places_total, course.session_count) == (1800, 25, 1)
    assert "Reisekosten" in (course.price_note or "")
    assert course.relevance == "adjacent"


def test_days_give_their_themes_once_although_the_page_repeats_itself() -> None:
    text = """<p>Der dreitägige Workshop hilft bei der Integrationsstrategie einer Stadt.</p>
    <p>1. Tag: Ankommen</p><p>2. Tag</p><p>Planen mit allen</p><p>Dritter Tag – Umsetzen</p>
    <p>Der Preis beträgt 2.500 Euro bei höchstens 30 Personen.</p>"""
    (course,) = courses(text + text)
    assert course.topics == (
        "Tag 1: Ankommen",
        "Tag 2: Planen mit allen",
        "Tag 3: Umsetzen",
    )
    assert (course.price_eur, course.places_total) == (Decimal(2500), 30)


def test_two_trainings_with_prices_of_their_own_are_two() -> None:
    found = courses(
        """<h1>Für Kommunen</h1><p>Wir beraten Kommunen zu Integrationsstrategien vor Ort und
        begleiten sie über längere Zeit.</p><h2>Workshop Integrationskonzept</h2>
        <p>Preis: 3.000 €</p><h2>Fortbildung für Integrationsbeauftragte</h2><p>Preis: 900 €</p>"""
    )
    assert [(c.title, c.price_eur) for c in found] == [
        ("Workshop Integrationskonzept", 3000),
        ("Fortbildung für Integrationsbeauftragte", 900),
    ]


@pytest.mark.parametrize(
    "topics",
    [
        "<h3>Angebot einer Themenvertiefung:</h3><p>Satzung und Rechte</p><p>Was darf es?</p>"
        "<h3>erbot einer Themenvertiefung</h3><p>Öffentlichkeit</p><p>Wen erreichen wir?</p>",
        "<h2>Vertiefungsthemen</h2><h3>Satzung und Rechte</h3><p>Was darf es?</p>"
        "<h3>Öffentlichkeit</h3><p>Wen erreichen wir?</p>",
        "<p>Thema 1: Satzung und Rechte</p><p>Was darf es?</p>"
        "<p>Thema 2: Öffentlichkeit</p><p>Wen erreichen wir?</p>",
    ],
)
def test_coaching_with_topics(topics: str) -> None:
    coaching, first, second = courses(
        f"""<h1>Beratung und Coaching für Integrationsausschüsse</h1><h2>Ablauf</h2>
        <ul><li>Vorgespräch</li><li>Klausurtag mit dem Gremium</li></ul>{topics}
        <p>oaching für Integrationsausschüsse</p><p>Anfragen an info@verband.example</p>"""
    )
    assert coaching.topics == ("Vorgespräch", "Klausurtag mit dem Gremium")
    assert coaching.target_group == "Integrationsausschüsse"
    assert coaching.registration_email == "info@verband.example"
    assert (first.title, first.topics) == ("Satzung und Rechte", ("Was darf es?",))
    assert (second.title, second.topics) == ("Öffentlichkeit", ("Wen erreichen wir?",))
    assert {c.relevance for c in (coaching, first, second)} == {"council"}


def test_a_page_about_something_else_has_nothing() -> None:
    text = "<p>Das Sommerfest im Park war gut besucht und wird nächstes Jahr wiederholt.</p>"
    assert read("page", f"<h1>Sommerfest</h1>{text * 3}") == []
    course = "<p>Kurs-Nr.: 261-7000, Beginn: 02.03.2026, Anmeldung nötig. Deutsch lernen.</p>"
    assert read("page", f"<h1>Integrationskurs A1</h1>{course * 2}") == []


def test_a_page_with_hardly_any_text_is_no_result() -> None:
    with pytest.raises(PageError) as error:
        read("page", "<p>Seite nicht gefunden</p>")
    assert error.value.failure_class == "no_results"


@pytest.mark.parametrize("published", ["12.01.2026", "Meldung vom 12. Januar 2026 zum Workshop"])
def test_the_day_of_publication_is_no_day_of_the_course(published: str) -> None:
    first, course = read(
        "page",
        f"""<h1>Workshop für Mitglieder des Integrationsrates</h1><p>{published}</p>
        <p>Die Mitglieder des Integrationsrates lernen ihre Aufgaben kennen. Anmeldung nötig.</p>
        <p>Workshop am Samstag, 21. März 2026, 10 Uhr</p>""",
    )
    assert isinstance(first, Announcement)
    assert isinstance(course, Course)
    assert (first.published_on, first.events) == (date(2026, 1, 12), ())
    assert [session.day for session in course.sessions] == [date(2026, 3, 21)]


def test_brackets_and_abbreviations_keep_a_sentence_whole() -> None:
    assert whole_sentences("Im Haus (Markt. 5, Ort) ist es. Danach Schluss.") == [
        "Im Haus (Markt. 5, Ort) ist es.",
        "Danach Schluss.",
    ]
    assert whole_sentences("In der Presselstr. 29 ist es heute. Danach Schluss.") == [
        "In der Presselstr. 29 ist es heute.",
        "Danach Schluss.",
    ]


NOTICE = """<h1>Basismodul für den Integrationsrat</h1><p>Die VHS bietet den Mitgliedern des
Integrationsrates am 07.02.2026 von 10 bis 16 Uhr ein Basismodul an. {}</p>
<p>Eine Anmeldung ist erforderlich: info@vhs-x.example</p>"""


@pytest.mark.parametrize(
    ("sentence", "status"),
    [
        ("Der Kurs ist bereits ausgebucht.", "full"),
        ("Das Basismodul am 07.02.2026 ist leider ausgebucht.", "full"),
        ("Alle Plätze sind vergeben, es gibt eine Warteliste.", "waitlist"),
        ("Der Kurs ist noch nicht ausgebucht.", "unknown"),
        ("Der letzte Kurs war schnell ausgebucht.", "unknown"),
        ("Das Aufbaumodul ist bereits ausgebucht.", "unknown"),
        ("Der Kurs am 21.03.2025 ist bereits ausgebucht.", "unknown"),
        ("Wenn der Kurs ausgebucht ist, gibt es einen zweiten.", "unknown"),
        ("Die Hotels der Stadt sind ausgebucht.", "unknown"),
        ("Der Vorgängerkurs ist ausgebucht gewesen.", "unknown"),
        ("Das Basismodul am 07.02.2026 fällt leider aus.", "cancelled"),
        ("Das Seminar wurde wegen Krankheit abgesagt.", "cancelled"),
        ("Bei weniger als fünf Anmeldungen kann der Kurs abgesagt werden.", "unknown"),
        ("Das Aufbaumodul fällt leider aus.", "unknown"),
        ("Die Kursgebühr entfällt für Mitglieder.", "unknown"),
    ],
)
def test_running_text_of_a_notice_says_in_which_state_it_is(sentence: str, status: str) -> None:
    courses = [r for r in read("page", NOTICE.format(sentence)) if isinstance(r, Course)]
    assert [course.status for course in courses] == [status]


@pytest.mark.parametrize(
    "body",
    [
        "<p>Basismodul: Samstag, 07.02.2026, 10-16 Uhr</p><p>Aufbaumodul: Termin folgt</p>",
        "<h2>Basismodul</h2><p>Samstag, 07.02.2026, 10-16 Uhr</p><h2>Aufbaumodul</h2>"
        "<p>Termin folgt</p>",
        "<h2>Aufbaumodul</h2><p>Der Termin steht noch nicht fest.</p><h2>Basismodul</h2>"
        "<p>Samstag, 07.02.2026, 10-16 Uhr</p>",
        "<p>Das Basismodul findet am 07.02.2026 von 10 bis 16 Uhr statt. Der Termin für das "
        "Aufbaumodul steht noch nicht fest.</p>",
    ],
    ids=["lines", "headings", "headings turned", "sentences"],
)
def test_of_two_modules_the_one_with_a_date_is_the_offer(body: str) -> None:
    head = "<h1>Qualifizierung für den Integrationsrat</h1>"
    tail = "<p>Anmeldung: info@vhs-x.example</p>"
    (course,) = (r for r in read("page", head + body + tail) if isinstance(r, Course))
    assert (course.module, course.start_date) == ("basis", date(2026, 2, 7))
    assert course.registration_email == "info@vhs-x.example"


@pytest.mark.parametrize(
    ("sentence", "days"),
    [
        ("Das für den 18.04.2026 geplante Basismodul wird auf den 25.04.2026 verschoben.", [25]),
        ("Das Basismodul am 18.04.2026 ist verlegt worden, auf Samstag, den 25.04.2026.", [25]),
        ("Das Basismodul vom 18.04.2026 wurde verschoben, neuer Termin: 25.04.2026.", [25]),
        ("Das Basismodul findet am 18.04.2026 und am 25.04.2026 statt.", [18, 25]),
    ],
)
def test_of_an_offer_that_is_moved_only_the_new_day_counts(sentence: str, days: list[int]) -> None:
    body = f"<h1>Für den Integrationsrat</h1><p>{sentence}</p><p>Anmeldung: info@vhs-x.example</p>"
    reader = page("page", body)
    (course,) = (record for record in reader.records() if isinstance(record, Course))
    assert [session.day.day for session in course.sessions] == days
    assert reader.doubts() == ()


def test_an_offer_moved_to_a_day_not_yet_known_has_no_day() -> None:
    records = read(
        "page",
        "<h1>Basismodul für den Integrationsrat</h1><p>Das Basismodul (Nr. 61-1004) am 18.04.2026 "
        "wird verschoben, der neue Termin wird noch bekannt gegeben.</p>",
    )
    assert [r.start_date for r in records if isinstance(r, Course)] == [None]
