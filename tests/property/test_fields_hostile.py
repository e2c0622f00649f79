"""Whatever a page contains: no reader raises, none invents a year, none takes for ever."""

from __future__ import annotations

import re
import time as clock
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scrapers.fields import (
    contacts,
    course_numbers,
    dates,
    labels,
    people,
    places,
    prices,
    relevance,
    status,
    venues,
)
from scrapers.fields.text import Folded, clean, clip, fold, plain, repair_mojibake, sentences
from scrapers.pages.base import PageContext
from scrapers.pages.course_reader import read_course
from scrapers.pages.facts import CourseFacts, SessionRow

TODAY = date(2026, 3, 1)

READERS: dict[str, Callable[[str], Any]] = {
    "clean": clean,
    "fold": fold,
    "sentences": sentences,
    "repair_mojibake": repair_mojibake,
    "read_date": dates.read_date,
    "read_schedule": lambda text: dates.read_schedule(text, today=TODAY),
    "read_time_range": lambda text: dates.read_time_range(text, labelled=True),
    "read_session_count": dates.read_session_count,
    "combine_sessions": lambda text: dates.combine_sessions([(text, text)], today=TODAY),
    "read_price": prices.read_price,
    "read_labelled_price": lambda text: prices.read_price(text, labelled=True),
    "read_status": status.read_status,
    "read_places": lambda text: places.read_places(text, occupancy=True),
    "read_venue": venues.read_venue,
    "read_delivery_mode": venues.read_delivery_mode,
    "read_emails": contacts.read_emails,
    "is_functional_email": contacts.is_functional_email,
    "decode_typo3_mail": lambda text: contacts.decode_typo3_mail(text, 3),
    "decode_cloudflare_mail": contacts.decode_cloudflare_mail,
    "read_phone": contacts.read_phone,
    "read_fax": contacts.read_fax,
    "read_websites": contacts.read_websites,
    "number_from_url": course_numbers.number_from_url,
    "number_from_course_url": lambda text: course_numbers.number_from_url(f"https://x/kurs/{text}"),
    "read_course_number": course_numbers.read_course_number,
    "clean_course_number": course_numbers.clean_course_number,
    "canonical_label": labels.canonical_label,
    "judge_relevance": lambda text: relevance.judge_relevance(text, text),
    "judge_module": lambda text: relevance.judge_module("", text),
    "is_candidate": relevance.is_candidate,
    "without_people": lambda text: people.without_people(text, ("Anna",)),
    "without_lecturers": lambda text: people.without_lecturers(text, (text[:40],)),
}

VOCABULARY = """07.02.2026 Sa. Samstag, den 7.
 und bis - – jeweils 10-16 Uhr 19.30 4 von 6 Plätze frei
 € EUR 45,00 1.234 -- ermäßigt kostenlos nicht buchbar ausgebucht Warteliste max. TN Raum Str. 33098
 Paderborn (at) [dot] @ www. Tel.: Kurs-Nr. 61-1004 Integrationsrat Integrationskurs Basismodul
 Mitglieder x Termine / ; | Ã¼ ² ½ ١٢.٠٣.٢٠٢٦ 0 00 999999999999 . ,"""
WORDS = [*VOCABULARY.split(), "\u00a0", "\u00ad", "\u200b", "\u202e", ""]
hostile_text = st.one_of(
    st.text(max_size=300),
    st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join),
    st.lists(st.sampled_from(WORDS), max_size=30).map("".join),
)


@pytest.mark.parametrize("name", READERS)
@given(text=hostile_text)
@example(text="²². Februar 2026, ½ €, ٣ Termine, Ⅷ von Ⅸ")
@example(text="İ ẞ ŉ \u0345 ﬁ")
def test_no_reader_raises(name: str, text: str) -> None:
    READERS[name](text)


@given(hostile_text)
def test_cleaning_is_final(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert len(plain(text)) == len(clean(text))
    assert Folded(text).text == fold(text)


@given(hostile_text, st.integers(1, 60))
def test_clipped_text_is_short_enough(text: str, length: int) -> None:
    assert len(clip(text, length)) <= length


@given(hostile_text)
def test_words_that_were_read_stand_in_the_text(text: str) -> None:
    for read in (dates.read_date, dates.read_schedule, prices.read_price, status.read_status):
        assert read(text).text in clean(text)  # type: ignore[operator]
    assert places.read_places(text, occupancy=True).text in clean(text)


@given(hostile_text)
def test_a_year_comes_from_the_text_or_from_a_weekday(text: str) -> None:
    schedule = dates.read_schedule(text).value
    if schedule is None:
        return
    digits = re.sub(r"\D", " ", plain(text)).split()
    endings = {number[-2:] for number in digits}
    shown = [schedule.start_date, schedule.end_date, *(s.day for s in schedule.sessions)]
    for day in filter(None, shown):
        # Across the turn of the year the text carries the neighbouring year.
        assert {f"{day.year % 100:02d}", f"{(day.year + 1) % 100:02d}"} & endings or (
            f"{(day.year - 1) % 100:02d}" in endings
        )


@given(hostile_text, hostile_text, hostile_text)
def test_the_course_reader_survives_everything(one: str, two: str, three: str) -> None:
    labels_used = ("Beginn", "Ende", "Termine", "Dauer", "Kursort", "Gebühr", "Belegung", "Leitung")
    facts = CourseFacts(
        title=f"Integrationsrat {one}",
        url=two,
        number=three,
        labelled=tuple((label, text) for label in labels_used for text in (one, two, three)),
        session_rows=(SessionRow(one, two, three), SessionRow(three)),
        status_texts=(one, two),
        paragraphs=(two, three),
        email_texts=(one,),
    )
    course = read_course(facts, PageContext(today=TODAY))
    if course is None:
        return
    if course.start_date and course.end_date:
        assert course.start_date <= course.end_date
    if course.places_total is not None and course.places_taken is not None:
        assert course.places_taken <= course.places_total


HOSTILE_SHAPES = {
    "digits": "1" * 10_000,
    "dots": "1." * 5_000,
    "dates": "1.1.2026 " * 1_200,
    "years missing": "1.1. und " * 1_200,
    "weekdays": "Mo, " * 2_500,
    "spaces": "Mo" + " " * 10_000 + "1.1.2026",
    "times": "1:10 - " * 1_500,
    "prices": "1.000," * 1_700 + "€",
    "euros": "€ 1 " * 2_500,
    "capital": "A" * 10_000,
    "words": "Aa " * 3_300,
    "street": "A. " * 3_300 + "1",
    "at": "a@" * 5_000,
    "brackets": "(at)[dot]" * 1_100,
    "mail": "a." * 5_000 + "@",
    "open brackets": "(" * 10_000,
    "councils": "integrationsrat" * 650,
    "members": "mitglied " * 1_100,
    "committees": "ausschuss fuer " * 700,
    "moji": "Ã" * 10_000,
    "free": "kostenlos " * 1_000,
    "places": "4 von 6 " * 1_250,
    "participants": "8 teilnehm" * 1_000,
    "labels": "Nr. " * 2_500,
    "url": "www." * 2_500,
    "telephone": "Tel. 0" + "1 " * 5_000,
    "sentences": "a. B! " * 1_700,
    "dashes": "-" * 10_000,
    "combining": "a" + "\u0301" * 10_000,
}
LONGEST_SECONDS = 2.0  # all measured below 0.1 s; a pattern that explodes takes minutes


@pytest.mark.parametrize("name", READERS)
def test_no_pattern_explodes(name: str) -> None:
    for shape, text in HOSTILE_SHAPES.items():
        began = clock.process_time()
        READERS[name](text)
        assert clock.process_time() - began < LONGEST_SECONDS, shape
