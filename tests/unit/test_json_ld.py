"""Structured data on course pages: what is read of them, and that the page itself comes first."""

from __future__ import annotations

import json
from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser
from web_poet import HttpResponse

from scrapers.pages.base import PageContext, PageError
from scrapers.pages.generic import GenericCoursePage
from scrapers.pages.json_ld import Moment, read_moment, structured_courses
from scrapers.records import Course

TITLE = "Grundlagen für Mitglieder im Integrationsrat"
ONE, TWO = date(2026, 4, 18), date(2026, 4, 25)


def instance(start: str, end: str | None = None, **more: Any) -> dict[str, Any]:
    ends = {} if end is None else {"endDate": end}
    return {"@type": "CourseInstance", "startDate": start, **ends, **more}


def read(*data: Any, body: str = "", title: str = TITLE) -> Course:
    (course,) = page(*data, body=body, title=title).records()
    assert isinstance(course, Course)
    return course


def page(*data: Any, body: str = "", title: str = TITLE) -> GenericCoursePage:
    scripts = "".join(
        '<script type="application/ld+json">'
        f"{item if isinstance(item, str) else json.dumps(item)}</script>"
        for item in data
    )
    html = f"<html><head>{scripts}</head><body><main><h1>{title}</h1>{body}</main></body></html>"
    response = HttpResponse("https://vhs.example/angebot/x", body=html.encode(), encoding="utf-8")
    return GenericCoursePage(response, PageContext(today=date(2026, 1, 15)))


def facts(**labels: str) -> str:
    return "<dl>" + "".join(f"<dt>{k}</dt><dd>{v}</dd>" for k, v in labels.items()) + "</dl>"


def course(*instances: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"@type": "Course", "name": TITLE, "hasCourseInstance": list(instances), **more}


# ------------------------------------------------------------------------------- shapes


WHOLE = instance("2026-04-18T10:00", "2026-04-18T16:00")


@pytest.mark.parametrize(
    "data",
    [
        course(WHOLE),
        [course(WHOLE)],
        {"@graph": [{"@type": "WebSite", "name": "vhs"}, course(WHOLE)]},
        {"@type": "Course", "name": TITLE, "hasCourseInstance": WHOLE},
        {"@type": "WebPage", "mainEntity": course(WHOLE)},
        {
            "@type": "http://schema.org/Event",
            "name": TITLE,
            **{k: WHOLE[k] for k in WHOLE if k[0] != "@"},
        },
        {
            "@type": ["Event", "EducationEvent"],
            "name": f"{TITLE} - Kurs 7",
            "startDate": "2026-04-18 10:00",
            "endDate": "2026-04-18 16:00",
        },
        {
            "@type": "Event",
            "name": TITLE,
            "subEvent": [
                {
                    "@type": "Event",
                    "startDate": "2026-04-18T10:00+02:00",
                    "endDate": "2026-04-18T14:00:00Z",
                }
            ],
        },
        "<!-- " + json.dumps(course(WHOLE)) + " -->",
        "//<![CDATA[\n" + json.dumps(course(WHOLE)) + "\n//]]>",
        json.dumps(course(WHOLE))[:-1] + ', "description": "mit\nUmbruch"}',
    ],
)
def test_every_shape_of_one_date(data: Any) -> None:
    found = read(data)
    assert [(s.day, s.starts, s.ends) for s in found.sessions] == [(ONE, time(10), time(16))]
    assert (found.start_date, found.end_date, found.session_count) == (ONE, ONE, 1)


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2026-04-18", Moment(ONE)),
        ("2026-04-18T00:00:00", Moment(ONE)),
        ("2026-04-18T10:00:00.000+02:00", Moment(ONE, time(10))),
        ("2026-04-18T08:00:00Z", Moment(ONE, time(10))),
        ("2026-04-17T22:00:00Z", Moment(ONE)),
        ("2026-02-30", None),
        ("2026-04-18T25:00", None),
        ("18.04.2026", None),
        ("bald", None),
        (20260418, None),
        (None, None),
    ],
)
def test_moments(written: Any, moment: Moment | None) -> None:
    assert read_moment(written) == moment


def test_bare_days_from_to_are_a_span_without_sessions() -> None:
    found = read(course(instance("2026-04-18", "2026-04-25")))
    assert (found.start_date, found.end_date) == (ONE, TWO)
    assert (found.sessions, found.session_count) == ((), None)


def test_a_start_alone_is_a_beginning() -> None:
    found = read(course(instance("2026-04-18T10:00")))
    assert (found.start_date, found.end_date, found.session_count) == (ONE, None, None)


def test_runs_with_numbers_of_their_own_are_not_dates_of_one() -> None:
    runs = (
        instance("2026-04-18T10:00", "2026-04-18T16:00", courseCode="A1"),
        instance("2026-04-25T10:00", "2026-04-25T16:00", courseCode="A2"),
    )
    assert read(course(*runs), body=facts(Kursnummer="A1")).start_date is None


def test_places_prices_and_states() -> None:
    data = course(
        WHOLE,
        offers=[{"price": 82.8, "priceCurrency": "EUR", "availability": "SoldOut"}],
        location={"@type": "Place", "name": "Haus", "address": "Am Hof 1, 59999 Musterstadt"},
        maximumAttendeeCapacity=12,
        remainingAttendeeCapacity=0,
        courseCode="P-17",
    )
    found = read(data)
    assert (found.price_eur, found.status, found.course_number) == (
        Decimal("82.80"),
        "full",
        "P-17",
    )
    assert (found.venue_name, found.venue_street) == ("Haus", "Am Hof 1")
    assert (found.places_total, found.places_free) == (12, 0)


@pytest.mark.parametrize(
    "offers",
    [
        [{"price": 10, "priceCurrency": "EUR"}, {"price": 20, "priceCurrency": "EUR"}],
        {"price": 10, "priceCurrency": "CHF"},
        {"price": "auf Anfrage"},
        {"price": True},
        "10",
    ],
)
def test_what_is_no_single_price_in_euros(offers: Any) -> None:
    assert read(course(WHOLE, offers=offers)).price_eur is None


def test_called_off_as_a_whole_or_in_part() -> None:
    off = {"eventStatus": "https://schema.org/EventCancelled"}
    other = instance("2026-04-25T10:00", "2026-04-25T16:00")
    assert read(course(WHOLE | off)).status == "cancelled"
    assert read(course(WHOLE | off, other)).status == "unknown"
    assert read(course(WHOLE | off, other | off)).status == "cancelled"


def test_online_by_its_location_or_its_mode() -> None:
    place = {"location": {"@type": "VirtualLocation", "url": "https://meet.example/"}}
    assert read(course(WHOLE | place)).delivery_mode == "online"
    assert read(course(WHOLE | {"courseMode": "online"})).delivery_mode == "online"
    both = WHOLE | {"eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode"}
    assert read(course(both)).delivery_mode == "in_person"


# ------------------------------------------------------------------------------- the page first


def test_labels_of_the_page_win_and_only_gaps_are_filled() -> None:
    data = course(
        instance("2026-04-18T10:00", "2026-04-18T16:00"),
        instance("2026-04-25T10:00", "2026-04-25T15:00"),
        offers={"price": 99, "priceCurrency": "EUR", "availability": "InStock"},
        location="Anderswo",
    )
    body = facts(
        Beginn="Sa., 18.04.2026, um 10:00 Uhr",
        Gebühr="entgeltfrei",
        Ort="Rathaus",
        Status="ausgebucht",
        Dauer="2 Termine",
    )
    found = read(data, body=body)
    assert (found.is_free, found.venue_name, found.status) == (True, "Rathaus", "full")
    assert [(s.day, s.ends) for s in found.sessions] == [(ONE, time(16)), (TWO, time(15))]


@pytest.mark.parametrize(
    ("labels", "start", "end", "count"),
    [
        ({"Beginn": "Sa., 11.04.2026"}, date(2026, 4, 11), None, None),
        ({"Beginn": "Sa., 18.04.2026, 9:00 Uhr"}, ONE, None, None),
        ({"Beginn": "Sa., 18.04.2026", "Ende": "02.05.2026"}, ONE, date(2026, 5, 2), None),
        ({"Beginn": "Sa., 18.04.2026", "Dauer": "5 Termine"}, ONE, None, 5),
        ({"Termin": "Sa., 11.04.2026"}, date(2026, 4, 11), date(2026, 4, 11), 1),
    ],
)
def test_data_that_contradict_the_page_add_no_date(
    labels: dict[str, str], start: date, end: date | None, count: int | None
) -> None:
    data = course(
        instance("2026-04-18T10:00", "2026-04-18T16:00"),
        instance("2026-04-25T10:00", "2026-04-25T15:00"),
    )
    found = read(data, body=facts(**labels))
    assert (found.start_date, found.end_date, found.session_count) == (start, end, count)
    assert all(session.ends is None for session in found.sessions)


def test_data_of_another_course_are_not_taken() -> None:
    other = course(WHOLE, offers={"price": 5}) | {"name": "Töpfern am Abend"}
    found = read(other, body=facts(Kursnummer="7-1"))
    assert (found.start_date, found.price_eur) == (None, None)
    with pytest.raises(PageError):
        page(other).records()


def test_two_that_claim_the_page_and_differ_say_nothing() -> None:
    one, two = course(WHOLE, offers={"price": 5}), course(WHOLE, offers={"price": 6})
    assert read(one, two, body=facts(Kursnummer="7-1")).start_date is None
    assert read(one, one).start_date == ONE


# ------------------------------------------------------------------------------- harm


@pytest.mark.parametrize(
    "data",
    [
        "",
        "{",
        "[" * 100_000,
        '{"a":' * 50_000 + "1" + "}" * 50_000,
        '{"@type": "Course", "name": ["x"], "hasCourseInstance": 7, "offers": [1, null, "x"]}',
        '{"@type": {"x": 1}, "name": null}',
        '{"@type": "Course", "name": "x", "hasCourseInstance": {"@id": "#x"}, "@id": "#x"}',
        '{"@type": "Course", "name": "' + "x" * 400_000 + '"}',
        "null",
        "7",
    ],
)
def test_whatever_stands_in_a_script_the_page_is_read(data: str) -> None:
    found = read(data, body=facts(Kursnummer="7-1", Beginn="Sa., 18.04.2026"))
    assert (found.course_number, found.start_date) == ("7-1", ONE)


def test_markup_in_the_data_is_read_not_shown() -> None:
    data = course(WHOLE, description="<p>Eins<script>alert(1)</script></p>&lt;b&gt;")
    description = read(json.dumps(data).replace("</", "<\\/")).description or ""
    assert description.startswith("Eins")
    assert "alert" not in description


def test_lecturers_are_not_read() -> None:
    person = {"@type": "Person", "name": "Erika Beispiel"}
    assert (
        "Beispiel"
        not in read(course(WHOLE | {"instructor": person}, provider=person)).model_dump_json()
    )


def test_the_number_of_scripts_and_objects_is_bounded() -> None:
    many = json.dumps([{"@type": "Event", "name": f"Abend {n}"} for n in range(9_000)])
    scripts = f'<script type="application/ld+json">{many}</script>' * 2
    assert len(structured_courses(LexborHTMLParser(f"<head>{scripts}</head>"))) < 10_001
