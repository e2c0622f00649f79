"""From a page's words to a course: nothing invented, nothing personal, all with its words."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from typing import Any

import attrs
import pytest

from scrapers.pages.base import PageContext
from scrapers.pages.course_reader import DESCRIPTION_LENGTH, read_course
from scrapers.pages.facts import CourseFacts, SessionRow
from scrapers.records import Course, Session

CONTEXT = PageContext(today=date(2025, 12, 1))
FACTS = CourseFacts(
    title="Qualifizierung für Integrationsratsmitglieder – Basismodul",
    url="https://vhs.example/programm/kurs/Qualifizierung/61-1004",
)


def read(**changes: Any) -> Course:
    course = read_course(attrs.evolve(FACTS, **changes), CONTEXT)
    assert course is not None
    return course


def labelled(*pairs: tuple[str, str]) -> Course:
    return read(labelled=pairs)


def test_a_whole_course() -> None:
    course = read(
        number="61-1004",
        labelled=(
            ("Beginn", "Samstag, 07.02.2026, 10:00 Uhr"),
            ("Dauer", "2 Termine"),
            ("Kursort", "vhs Musterstadt, Am Hof 8, 33098 Musterstadt, Raum B06"),
            ("Gebühr", "entgeltfrei"),
            ("Belegung", "4 von 20"),
            ("Zielgruppe", "Mitglieder der Integrationsräte"),
            ("Dozentin", "Anna Beispiel"),
        ),
        session_rows=(
            SessionRow("Samstag • 07.02.2026 • 10:00 - 16:00 Uhr"),
            SessionRow("14.02.2026", "10.00 - 16.00", "vhs Musterstadt", "Raum B06"),
        ),
        status_texts=("buchbar", "Anmeldung möglich"),
        paragraphs=("Erster Absatz.", "Anna Beispiel leitet das Seminar. Zweiter Absatz."),
        email_texts=("anna.beispiel@vhs.example", "fb1 [at] vhs.example"),
        registration_url="https://vhs.example/anmelden",
    )
    assert course.course_number == "61-1004"
    assert (course.module, course.relevance) == ("basis", "series")
    assert course.relevance_terms == ("Integrationsratsmitglieder", "Integrationsräte")
    assert course.sessions == (
        Session(day=date(2026, 2, 7), starts=time(10), ends=time(16)),
        Session(
            day=date(2026, 2, 14),
            starts=time(10),
            ends=time(16),
            venue_name="vhs Musterstadt, Raum B06",
        ),
    )
    assert (course.start_date, course.end_date) == (date(2026, 2, 7), date(2026, 2, 14))
    assert course.session_count == 2
    assert course.venue_name == "vhs Musterstadt"
    assert course.venue_street == "Am Hof 8"
    assert (course.venue_postcode, course.venue_place) == ("33098", "Musterstadt")
    assert (course.price_eur, course.is_free) == (Decimal("0.00"), True)
    assert (course.places_taken, course.places_total, course.places_free) == (4, 20, None)
    assert course.status == "open"
    assert course.target_group == "Mitglieder der Integrationsräte"
    assert course.registration_url == "https://vhs.example/anmelden"
    assert course.registration_email == "fb1@vhs.example"
    assert course.description == "Erster Absatz. Zweiter Absatz."
    assert course.delivery_mode == "unknown"


def test_every_value_has_its_original_words() -> None:
    course = labelled(
        ("Beginn", "Samstag, 07.02.2026, 10:00 Uhr"),
        ("Gebühr", "138,80 € (ermäßigt 97,20 €)"),
        ("Kursort", "VHS-Haus, Musterstr. 5, 50126 Bergheim"),
        ("Status", "fast ausgebucht"),
        ("max. Teilnehmer", "12"),
        ("Dauer", "3 Abende"),
    )
    assert course.origins["start_date"] == "07.02.2026, 10:00 Uhr"
    assert course.origins["price_eur"] == "138,80 €"
    assert course.origins["status"] == "fast ausgebucht"
    assert course.origins["places_total"] == "12"
    assert course.origins["session_count"] == "3 Abende"
    assert course.origins["course_number"] == FACTS.url
    fields = set(Course.model_fields) - {
        "record_type", "position", "topics", "relevance_terms", "origins", "announced_by",
        "evidence", "stated_none",
    }  # fmt: skip
    for name in fields:
        if getattr(course, name) not in (None, "unknown", ()):
            assert course.origins.get(name), name
    assert set(course.origins) <= fields


def test_a_beginning_is_no_end() -> None:
    course = labelled(("Beginn", "Mo., 02.02.2026, um 16:00 Uhr"), ("Dauer", "5 Termine"))
    assert (course.start_date, course.end_date) == (date(2026, 2, 2), None)
    assert course.session_count == 5
    assert course.sessions == (Session(day=date(2026, 2, 2), starts=time(16)),)


def test_a_beginning_with_a_single_date_is_also_the_end() -> None:
    course = labelled(("Beginn", "Mo., 02.02.2026, um 16:00 Uhr"), ("Dauer", "1 Termin"))
    assert course.start_date == course.end_date == date(2026, 2, 2)


def test_beginning_and_end_by_label() -> None:
    course = labelled(("Beginn", "Mo., 02.02.2026"), ("Ende", "Mo., 02.03.2026"))
    assert (course.start_date, course.end_date) == (date(2026, 2, 2), date(2026, 3, 2))
    assert course.sessions == ()


def test_an_end_before_the_beginning_makes_both_unknown() -> None:
    course = labelled(("Beginn", "Mo., 02.03.2026"), ("Ende", "Mo., 02.02.2026"))
    assert (course.start_date, course.end_date) == (None, None)


def test_a_time_label_belongs_to_the_dates() -> None:
    course = labelled(("Termine", "07.02.2026 und 14.02.2026"), ("Uhrzeit", "10 - 16"))
    assert [(s.starts, s.ends) for s in course.sessions] == [(time(10), time(16))] * 2


def test_the_table_of_dates_wins_over_labels() -> None:
    course = read(
        labelled=(("Beginn", "Mo., 09.02.2026"), ("Ende", "Mo., 02.03.2026")),
        session_rows=(SessionRow("07.02.2026"), SessionRow("14.02.2026")),
    )
    assert (course.start_date, course.end_date) == (date(2026, 2, 7), date(2026, 2, 14))


def test_more_dates_stated_than_listed_leave_the_end_open() -> None:
    course = read(
        labelled=(("Dauer", "5 Termine"),),
        session_rows=(SessionRow("07.02.2026"), SessionRow("14.02.2026")),
    )
    assert (course.session_count, course.end_date) == (5, None)
    assert course.start_date == date(2026, 2, 7)


@pytest.mark.parametrize(
    ("duration", "count", "end"), [("2 Termine", 2, None), ("", None, date(2026, 2, 14))]
)
def test_a_label_before_the_table_names_the_beginning_that_the_table_lacks(
    duration: str, count: int | None, end: date | None
) -> None:
    course = read(
        labelled=(("Beginn", "Sa., 07.02.2026"), ("Dauer", duration)),
        session_rows=(SessionRow("14.02.2026"),),
    )
    assert (course.session_count, course.start_date, course.end_date) == (
        count,
        date(2026, 2, 7),
        end,
    )


def test_a_span_keeps_its_end_beside_a_count() -> None:
    course = labelled(("Zeitraum", "02.02.2026 - 02.03.2026"), ("Dauer", "5 Termine"))
    assert (course.start_date, course.end_date) == (date(2026, 2, 2), date(2026, 3, 2))
    assert course.session_count == 5


def test_a_label_fills_what_an_unreadable_row_leaves_open() -> None:
    rows = (SessionRow("Fr., 07.02.2026"), SessionRow("Sa., 14.02.2026"))
    course = read(labelled=(("Beginn", "Sa., 07.02.2026"),), session_rows=rows)
    assert (course.start_date, course.end_date) == (date(2026, 2, 7), date(2026, 2, 14))
    late = read(labelled=(("Beginn", "Sa., 21.02.2026"),), session_rows=rows)
    assert late.start_date is None


def test_a_place_of_dates_may_hold_only_times() -> None:
    course = labelled(("Beginn", "Mo., 02.02.2026"), ("Wann", "montags, 18:00 - 19:30 Uhr"))
    assert course.sessions == (Session(day=date(2026, 2, 2), starts=time(18), ends=time(19, 30)),)


def test_a_bare_number_of_dates() -> None:
    course = labelled(("Beginn", "Mo., 02.02.2026"), ("Termine", "5"))
    assert (course.session_count, course.end_date) == (5, None)


def test_a_year_is_never_invented() -> None:
    course = labelled(("Beginn", "7. Februar, 10 Uhr"))
    assert course.start_date is None
    assert course.sessions == ()


def test_teaching_units_are_no_dates() -> None:
    assert labelled(("Dauer", "8 UE")).session_count is None


@pytest.mark.parametrize(
    ("label", "text", "field", "number"),
    [
        ("Freie Plätze", "5", "places_free", 5),
        ("Geplante TN", "8", "places_planned", 8),
        ("Max. Teilnehmer", "12", "places_total", 12),
        ("Min. / Max. Teilnehmer", "8 / 15", "places_total", 15),
        ("Teilnehmerzahl", "mind. 8, max. 15", "places_total", 15),
        ("Plätze", "noch 3 freie Plätze", "places_free", 3),
    ],
)
def test_places_by_label(label: str, text: str, field: str, number: int) -> None:
    assert getattr(labelled((label, text)), field) == number


def test_places_that_contradict_each_other_are_unknown() -> None:
    course = labelled(("Belegung", "4 von 6"), ("Freie Plätze", "5"))
    assert (course.places_total, course.places_taken, course.places_free) == (None, None, None)
    course = labelled(("Freie Plätze", "5"), ("Plätze", "noch 3 freie Plätze"))
    assert course.places_free is None


def test_a_bare_number_of_participants_is_ambiguous() -> None:
    course = labelled(("Teilnehmer", "12"))
    assert (course.places_total, course.places_taken, course.places_planned) == (None, None, None)


def test_the_most_specific_status_text_wins() -> None:
    assert read(status_texts=("ausgebucht", "buchbar")).status == "full"
    assert read(labelled=(("Status", "Warteliste"),)).status == "waitlist"
    assert read(title=f"ABGESAGT: {FACTS.title}", status_texts=("buchbar",)).status == "cancelled"
    assert "status" not in read().origins


@pytest.mark.parametrize(
    ("beside", "status"),
    [("Kurs fällt aus", "cancelled"), ("ausgebucht", "full"), ("Warteliste", "waitlist")],
)
def test_the_strongest_status_text_wins_over_a_vague_light(beside: str, status: str) -> None:
    assert read(status_texts=("nicht buchbar", beside)).status == status
    assert read(status_texts=("buchbar",), labelled=(("Status", beside),)).status == status


def test_a_line_of_the_text_may_say_that_the_course_is_off() -> None:
    light = ("Keine Online-Anmeldung möglich",)
    off = read(status_texts=light, paragraphs=("Der Kurs ist ausgefallen.",))
    assert (off.status, off.origins["status"]) == ("cancelled", "Der Kurs ist ausgefallen.")
    may = read(status_texts=light, paragraphs=("Der Kurs kann abgesagt werden.",))
    assert may.status == "closed"


def test_words_on_how_to_register_and_the_list_only_fill_a_gap() -> None:
    other_cases = "Bei ausgebuchten Kursen hilft ein Eintrag in die Warteliste, rufen Sie an."
    told = (("Anmeldung", other_cases),)
    assert read(status_texts=("buchbar",), labelled=told).status == "open"
    context = PageContext(today=CONTEXT.today, list_facts=(("Status", "ausgebucht"),))
    newer = read_course(attrs.evolve(FACTS, status_texts=("buchbar",)), context)
    assert newer is not None
    assert newer.status == "open"


def test_a_price_needs_its_label() -> None:
    course = read(paragraphs=("Das Land fördert die Reihe mit 5.000 €.",))
    assert (course.price_eur, course.is_free) == (None, None)
    course = read(paragraphs=("Die Teilnahme ist kostenlos.",))
    assert (course.price_eur, course.is_free) == (Decimal("0.00"), True)
    course = labelled(("Gebühr", "45,00"), ("Gebühr ermäßigt", "30,00 €"))
    assert (course.price_eur, course.price_note) == (Decimal("45.00"), "ermäßigt 30,00 €")


def test_online_offers() -> None:
    course = labelled(("Kursort", "Online"))
    assert (course.delivery_mode, course.venue_name) == ("online", None)


@pytest.mark.parametrize(
    ("paragraph", "mode"),
    [
        ("Die Seminare finden als Präsenzveranstaltung statt.", "in_person"),
        ("Das Seminar findet online statt.", "online"),
        ("Ein weiteres Online-Seminar ist geplant.", "unknown"),
        ("Die Präsenzkurse der vhs sind beliebt.", "unknown"),
    ],
)
def test_running_text_must_say_how_this_offer_takes_place(paragraph: str, mode: str) -> None:
    assert read(paragraphs=(paragraph,)).delivery_mode == mode


def test_an_address_and_the_word_online_contradict_each_other() -> None:
    pairs = (("Kursort", "vhs-Haus, Musterstr. 5, 50126 Bergheim"),)
    paragraphs = ("Der Abend findet online statt.",)
    assert read(labelled=pairs, paragraphs=paragraphs).delivery_mode == "unknown"
    rows = (SessionRow("07.02.2026", place="vhs-Haus"), SessionRow("14.02.2026", place="Online"))
    assert read(session_rows=rows).delivery_mode == "unknown"


def test_the_place_may_stand_in_the_table_alone() -> None:
    rows = (
        SessionRow("07.02.2026", place="VHS-Haus, Musterstr. 5, 50126 Bergheim"),
        SessionRow("14.02.2026", place="VHS-Haus, Musterstr. 5, 50126 Bergheim"),
    )
    course = read(session_rows=rows)
    assert (course.venue_name, course.venue_place) == ("VHS-Haus", "Bergheim")
    moved = (rows[0], SessionRow("14.02.2026", place="Rathaus"))
    assert read(session_rows=moved).venue_name is None


@pytest.mark.parametrize("label", ["Leitung", "Kursleitung", "Dozent*in", "Referentin"])
def test_no_trace_of_the_lecturer(label: str) -> None:
    course = read(
        title=f"{FACTS.title} mit Dr. Anna Beispiel",
        subtitle="Ein Abend mit Max Mustermann",
        labelled=((label, "Dr. Anna Beispiel, Max Mustermann"), ("Zielgruppe", "Ratsmitglieder")),
        paragraphs=(
            "Im Seminar geht es um Politik. Frau Beispiel ist Juristin.",
            "Mustermanns Methoden sind vielfältig.",
            "Ansprechpartnerin: Erika Musterfrau, Tel. 0211 123456",
            "Fragen beantwortet erika.musterfrau@vhs.example.",
            "Referentin ist Petra Probe.",
        ),
        email_texts=("erika.musterfrau@vhs.example",),
    )
    everything = course.model_dump_json()
    for name in ("Beispiel", "Mustermann", "Musterfrau", "musterfrau", "Probe"):
        assert name not in everything
    assert course.description == "Im Seminar geht es um Politik."
    assert course.title == FACTS.title
    assert course.subtitle is None


def test_the_description_is_clipped() -> None:
    course = read(paragraphs=("Wort " * 500,))
    assert course.description is not None
    assert len(course.description) <= DESCRIPTION_LENGTH
    assert course.description.endswith("…")


def test_what_does_not_concern_the_bodies_is_no_course() -> None:
    facts = CourseFacts(
        title="Integrationskurs A1",
        url="https://vhs.example/kurs/1",
        paragraphs=("Anmeldung im Büro des Integrationsrates.",),
    )
    assert read_course(facts, CONTEXT) is None
    assert read_course(CourseFacts(title="  ", url=""), CONTEXT) is None


def test_relevance_may_stand_in_the_text_alone() -> None:
    facts = CourseFacts(
        title="Kommunalpolitik verstehen",
        url="https://vhs.example/kurs/2",
        labelled=(("Zielgruppe", "gewählte Mitglieder der Integrationsräte"),),
    )
    course = read_course(facts, CONTEXT)
    assert course is not None
    assert course.relevance == "council"


def test_broken_encoding_does_not_hide_anything() -> None:
    course = read(
        title="Qualifizierung fÃ¼r IntegrationsrÃ¤te",
        labelled=(("GebÃ¼hr", "45,00 â‚¬"),),
    )
    assert course.title == "Qualifizierung für Integrationsräte"
    assert course.price_eur == Decimal("45.00")


def test_the_same_words_give_the_same_course() -> None:
    assert read(paragraphs=("a", "b")) == read(paragraphs=("a", "b"))


@pytest.mark.parametrize(
    "words",
    [
        "Der Kurs wurde auf den 14.02.2026 verschoben.",
        "Verschoben auf Sa., 14.02.2026!",
        "Das Seminar wird vom 07.02.2026 auf Samstag, den 14.02.2026 verlegt.",
        "Die Veranstaltung ist auf unbestimmte Zeit verschoben.",
        "Ersatztermin: 14.02.2026",
    ],
)
def test_days_from_which_the_text_moves_the_course_are_not_read(words: str) -> None:
    when = ("Beginn", "Samstag, 07.02.2026, 10:00 Uhr")
    course = read(labelled=(when,), paragraphs=(words,))
    assert (course.start_date, course.end_date, course.sessions) == (None, None, ())


@pytest.mark.parametrize(
    "words",
    [
        "Der Kurs wurde vom 31.01.2026 auf den 07.02.2026 verschoben.",
        "Der Anmeldeschluss wurde auf den 14.01.2026 verschoben.",
        "Wie Integration die Grenzen verschiebt.",
        "Am 14.02.2026 folgt ein zweites Seminar.",
    ],
)
def test_text_that_moves_nothing_else_leaves_the_days(words: str) -> None:
    when = ("Beginn", "Samstag, 07.02.2026, 10:00 Uhr")
    assert read(labelled=(when,), paragraphs=(words,)).start_date == date(2026, 2, 7)


def test_of_a_moved_date_only_the_new_one_is_read() -> None:
    course = labelled(("Termin", "Sa., 07.02.2026, verschoben auf Sa., 14.02.2026, 10 - 16 Uhr"))
    assert [session.day for session in course.sessions] == [date(2026, 2, 14)]
    assert course.start_date == date(2026, 2, 14)
