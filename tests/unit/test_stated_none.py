"""What a course page says there is none of, and how its values were read."""

from __future__ import annotations

from datetime import date

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers.fields.nothing import says_none
from scrapers.pages.base import PageContext
from scrapers.pages.course_reader import read_course
from scrapers.pages.facts import CourseFacts, SessionRow
from scrapers.records import Course

CONTEXT = PageContext(today=date(2026, 1, 15), provider_name="vhs Musterstadt")
FACTS = CourseFacts(title="Basismodul für Integrationsratsmitglieder", url="https://vhs.example/1")


def read(context: PageContext = CONTEXT, **facts: object) -> Course:
    course = read_course(attrs.evolve(FACTS, **facts), context)
    assert course is not None
    return course


@pytest.mark.parametrize(
    "text",
    [
        "N.N.",
        "n. n.",
        "NN",
        "–",
        "-",
        "...",
        "k. A.",
        "entfällt",
        "folgt",
        "Termin folgt",
        "noch offen",
        "Preis noch offen",
        "wird noch bekannt gegeben",
        "Wird noch bekanntgegeben.",
        "Der Ort wird noch bekannt gegeben.",
        "Ort und Zeit werden noch bekannt gegeben",
        "Termin steht noch nicht fest",
        "noch nicht bekannt",
        "noch keine Angaben",
        "auf Anfrage",
        "nach Vereinbarung",
        "in Planung",
        "TBA",
        "nicht erforderlich",
    ],
)
def test_words_for_none(text: str) -> None:
    assert says_none(text.strip())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Raum 3",
        "online",
        "Bergheim",
        "kostenlos",
        "keine freien Plätze",
        "0,00 €",
        "folgt der Beschilderung",
        "N.N. Straße 3",
        "offene Werkstatt",
        "Anmeldung per Mail",
        "auf Anfrage bei vhs@bergheim.de",
        "Samstag, der Ort wird noch bekannt gegeben",
    ],
)
def test_words_that_say_something(text: str) -> None:
    assert not says_none(text.strip())


@given(st.text(max_size=200))
def test_any_text_is_judged(text: str) -> None:
    assert says_none(text) in (True, False)


@pytest.mark.parametrize(
    ("pair", "fields"),
    [
        (("Ort", "N.N."), {"venue_name", "venue_street", "venue_postcode", "venue_place"}),
        (
            ("Termin", "wird noch bekannt gegeben"),
            {"start_date", "end_date", "session_count", "sessions"},
        ),
        (("Preis", "noch offen"), {"price_eur", "is_free", "price_note"}),
        (("Anmeldung", "entfällt"), {"registration_url", "registration_email"}),
        (("E-Mail", "–"), {"registration_email"}),
        (("Freie Plätze", "k. A."), {"places_free"}),
    ],
)
def test_a_label_without_a_value_says_that_there_is_none(
    pair: tuple[str, str], fields: set[str]
) -> None:
    course = read(labelled=(pair,))
    assert set(course.stated_none) == fields
    assert not any(getattr(course, name) for name in fields)


def test_silence_and_values_are_no_none() -> None:
    assert read().stated_none == ()
    assert read(labelled=(("Telefon", "–"),)).stated_none == ()
    told = read(labelled=(("Ort", "N.N."), ("Kursort", "Rathaus, 50126 Bergheim")))
    assert told.venue_place == "Bergheim"
    assert "venue_place" not in told.stated_none
    linked = read(labelled=(("Anmeldung", "–"),), registration_url="https://vhs.example/buchen")
    assert linked.stated_none == ("registration_email",)


def test_a_place_that_is_dropped_is_not_called_by_that_word() -> None:
    assert read(labelled=(("Ort", "entfällt"),)).venue_name is None


def test_values_tell_how_they_were_read() -> None:
    course = read(
        PageContext(
            today=CONTEXT.today,
            provider_name=CONTEXT.provider_name,
            list_facts=(("Gebühr", "12,00 €"),),
        ),
        labelled=(("Kursort", "Rathaus, 50126 Bergheim"), ("Max. Teilnehmer", "15")),
        from_data=("15",),
        session_rows=(SessionRow("14.02.2026", "10:00 - 16:00"),),
        paragraphs=("Der Kurs findet online statt.",),
    )
    told = {name: course.evidence.get(name) for name in course.evidence}
    assert told["start_date"] == told["sessions"] == "table"
    assert told["venue_place"] == "label"
    assert told["places_total"] == "structured_data"
    assert told["price_eur"] == "list"
    assert told.get("delivery_mode", "prose") == "prose"


def test_dates_under_a_label_are_no_table() -> None:
    course = read(labelled=(("Termin", "14.02.2026, 10:00 - 16:00 Uhr"),))
    assert course.evidence["start_date"] == course.evidence["sessions"] == "label"
