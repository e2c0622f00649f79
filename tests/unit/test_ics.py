"""Calendars of courses: what is read of them, and that they only fill what a page leaves open."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers.pages.base import PageError
from scrapers.pages.ics import (
    MAX_BYTES,
    CalendarEvent,
    CourseCalendar,
    calendar_url,
    sessions_from_calendar,
    with_calendar,
)
from scrapers.records import Course, Session

SATURDAY, NEXT = date(2026, 4, 18), date(2026, 4, 25)
ZONE = """BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:DAYLIGHT
DTSTART:19810329T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
END:VTIMEZONE
"""


def calendar(*events: str, zone: str = ZONE) -> bytes:
    inside = "".join(f"BEGIN:VEVENT\n{event.strip()}\nEND:VEVENT\n" for event in events)
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\n{zone}{inside}END:VCALENDAR\n"
    return text.replace("\n", "\r\n").encode()


def read(*events: str, zone: str = ZONE) -> CourseCalendar:
    return sessions_from_calendar(calendar(*events, zone=zone))


def failure(body: bytes) -> str:
    with pytest.raises(PageError) as error:
        sessions_from_calendar(body)
    return error.value.failure_class


def course(**fields: object) -> Course:
    return Course.model_validate({"title": "Kurs", "relevance": "council", **fields})


# ------------------------------------------------------------------------------- addresses


@pytest.mark.parametrize(
    ("platform", "url", "number", "expected"),
    [
        (
            "kuferweb",
            "https://vhs.example/kurssuche/kurs/Titel/Z04.052",
            "Z04.052",
            "https://vhs.example/fileadmin/kuferweb/webbasys/ics.php?knr=Z04.052",
        ),
        (
            "kuferweb",
            "https://vhs.example/kurs/1",
            "A 1/2&x",
            "https://vhs.example/fileadmin/kuferweb/webbasys/ics.php?knr=A%201%2F2%26x",
        ),
        ("kuferweb", "https://vhs.example/kurs/1", None, None),
        (
            "itm_connect",
            "https://vhs.example/kurs/name-484-C-W2101",
            "W2101",
            "https://vhs.example/page_/VhsConnect/serveIcal/courseId/484-C-W2101/f/kurs.ics",
        ),
        (
            "itm_connect",
            "https://vhs.example/p?tx_itemkgconnect_coursedetails[course]=484-C-W2101",
            "W2101",
            "https://vhs.example/page_/VhsConnect/serveIcal/courseId/484-C-W2101/f/kurs.ics",
        ),
        ("itm_connect", "https://vhs.example/kurs/W2101", "W2101", None),
        ("itm_connect", "https://vhs.example/kurs/12-C-Dur/W2101", "W2101", None),
        ("generic", "https://vhs.example/kurs/1", "1", None),
    ],
)
def test_address_of_a_calendar(
    platform: str, url: str, number: str | None, expected: str | None
) -> None:
    assert calendar_url(platform, url, number) == expected


# ------------------------------------------------------------------------------- reading


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            "DTSTART;TZID=Europe/Berlin:20260418T100000\nDTEND;TZID=Europe/Berlin:20260418T160000",
            CalendarEvent(SATURDAY, SATURDAY, time(10), time(16)),
        ),
        (
            "DTSTART:20260418T080000Z\nDTEND:20260418T140000Z",
            CalendarEvent(SATURDAY, SATURDAY, time(10), time(16)),
        ),
        (
            "DTSTART:20260418T100000\nDTEND:20260418T160000",
            CalendarEvent(SATURDAY, SATURDAY, time(10), time(16)),
        ),
        (
            "DTSTART:20260418T100000\nDURATION:PT6H",
            CalendarEvent(SATURDAY, SATURDAY, time(10), time(16)),
        ),
        ("DTSTART:20260418T100000", CalendarEvent(SATURDAY, SATURDAY, time(10))),
        ("DTSTART;VALUE=DATE:20260418", CalendarEvent(SATURDAY, SATURDAY)),
        (
            "DTSTART;VALUE=DATE:20260418\nDTEND;VALUE=DATE:20260419",
            CalendarEvent(SATURDAY, SATURDAY),
        ),
        (
            "DTSTART;VALUE=DATE:20260418\nDTEND;VALUE=DATE:20260426",
            CalendarEvent(SATURDAY, NEXT),
        ),
        (
            "DTSTART:20260418T100000\nDTEND:20260418T090000",
            CalendarEvent(SATURDAY, SATURDAY, time(10)),
        ),
        ("DTSTART:20260418T000000", CalendarEvent(SATURDAY, SATURDAY)),
        (
            "DTSTART;TZID=Eigene Zone:20260418T100000",
            CalendarEvent(SATURDAY, SATURDAY, time(10)),
        ),
        (
            "SUMMARY:Ein langer Titel\\, der\n  umbrochen ist\nDTSTART:2026041\n 8T100000",
            CalendarEvent(SATURDAY, SATURDAY, time(10)),
        ),
    ],
)
def test_times_of_every_kind(lines: str, expected: CalendarEvent) -> None:
    assert read(lines).events == (expected,)


def test_the_zone_has_a_start_of_its_own_that_is_no_date_of_the_course() -> None:
    assert [e.day for e in read("DTSTART:20260418T100000").events] == [SATURDAY]


def test_several_dates_come_in_order_and_once_and_without_those_called_off() -> None:
    events = (
        "UID:2\nDTSTART:20260425T100000",
        "UID:1\nDTSTART:20260418T100000",
        "UID:1\nDTSTART:20260418T100000",
        "UID:3\nDTSTART:20260502T100000\nSTATUS:CANCELLED",
    )
    found = read(*events)
    assert [event.day for event in found.events] == [SATURDAY, NEXT]
    assert found.is_whole


@pytest.mark.parametrize(
    "more",
    [
        "RRULE:FREQ=WEEKLY",
        "RRULE:FREQ=WEEKLY;COUNT=5000",
        "RRULE:FREQ=MONTHLY;BYDAY=3SA;COUNT=5",
        "RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=3",
        "RRULE:FREQ=WEEKLY;COUNT=3\nEXDATE:20260425T100000",
        "RDATE:20260502T100000",
    ],
)
def test_dates_that_repeat_by_a_rule_that_leaves_a_choice_are_not_all(more: str) -> None:
    found = read(f"DTSTART:20260418T100000\n{more}")
    assert not found.is_whole
    assert [event.day for event in found.events] == [SATURDAY]


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("FREQ=WEEKLY;COUNT=3", [18, 25, 32]),
        ("FREQ=WEEKLY;INTERVAL=2;UNTIL=20260516T220000Z", [18, 32, 46]),
        ("FREQ=WEEKLY;BYDAY=SA,SU;COUNT=4", [18, 19, 25, 26]),
        ("FREQ=DAILY;UNTIL=20260420", [18, 19, 20]),
        ("FREQ=DAILY;UNTIL=20260420T060000Z", [18, 19]),
    ],
)
def test_dates_of_a_plain_rule_are_all_of_the_course(rule: str, days: list[int]) -> None:
    found = read(
        "DTSTART;TZID=Europe/Berlin:20260418T100000\nDTEND;TZID=Europe/Berlin:20260418T120000\n"
        f"RRULE:{rule}"
    )
    assert found.is_whole
    assert [event.day for event in found.events] == [
        date(2026, 4, 1) + timedelta(days=day - 1) for day in days
    ]
    assert {(event.starts, event.ends) for event in found.events} == {(time(10), time(12))}


def test_a_rule_in_utc_is_not_read_across_the_change_of_clocks() -> None:
    found = read("DTSTART:20261017T080000Z\nRRULE:FREQ=WEEKLY;COUNT=3")
    assert not found.is_whole


def test_an_unreadable_date_is_not_all() -> None:
    found = read("DTSTART:20260418T100000", "DTSTART:bald")
    assert [event.day for event in found.events] == [SATURDAY]
    assert not found.is_whole


@pytest.mark.parametrize(
    ("location", "name", "place"),
    [
        ("VHS-Haus\\, Am Hof 1\\, 59999 Musterstadt\\, \\, \\,", "VHS-Haus", "Musterstadt"),
        ("\\, \\, VHS-Haus\\, ", "VHS-Haus", None),
        ("adresse folgt", None, None),
        ("\\, \\, ", None, None),
    ],
)
def test_place_padded_with_commas(location: str, name: str | None, place: str | None) -> None:
    venue = read(f"DTSTART:20260418T100000\nLOCATION:{location}").venue
    assert (venue.name if venue else None, venue.place if venue else None) == (name, place)


def test_two_places_are_none() -> None:
    one, two = "DTSTART:20260418T100000\nLOCATION:Haus", "DTSTART:20260425T100000\nLOCATION:Saal"
    assert read(one, two).venue is None


@pytest.mark.parametrize(
    ("body", "failure_class"),
    [
        (b"", "decode"),
        (b"<html><body>Fehler</body></html>", "decode"),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:2026", "decode"),
        (b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "no_results"),
        (b"BEGIN:VCALENDAR\r\n" + b"X" * MAX_BYTES, "too_large"),
        (calendar(*["DTSTART:20260418T100000"] * 401), "too_large"),
        (calendar("DTSTART:99990418T100000"), "no_results"),
    ],
)
def test_what_is_no_calendar_has_a_reason(body: bytes, failure_class: str) -> None:
    assert failure(body) == failure_class


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "opening",
    ["BEGIN:VTIMEZONE", "begin:vtimezone", "BEGIN:VTIME\n ZONE", "BEGIN;X=1:VTIMEZONE"],
)
def test_rules_of_a_zone_are_never_run(opening: str) -> None:
    """Zones that change every second from 1900 on keep the library busy for ever."""
    part = "DTSTART:19000329T020000\nRRULE:FREQ=SECONDLY\nTZOFFSETFROM:{}\nTZOFFSETTO:{}\n"
    summer = f"BEGIN:DAYLIGHT\n{part.format('+0100', '+0200')}END:DAYLIGHT\n"
    winter = f"BEGIN:STANDARD\n{part.format('+0200', '+0100')}END:STANDARD\n"
    zone = f"{opening}\nTZID:Eigene\n{summer}{winter}END:VTIMEZONE\n"
    found = read("DTSTART;TZID=Eigene:20260418T100000", zone=zone)
    assert found.events[0].starts == time(10)


@given(st.binary(max_size=200), st.integers(0, 500))
def test_random_damage_ends_in_dates_or_a_reason(noise: bytes, position: int) -> None:
    whole = calendar("DTSTART:20260418T100000\nDTEND:20260418T160000\nLOCATION:Haus")
    try:
        sessions_from_calendar(whole[:position] + noise + whole[position + len(noise) :])
    except PageError as error:
        assert error.failure_class in {"decode", "no_results", "too_large"}


# ------------------------------------------------------------------------------- merging

TWO = CourseCalendar(
    (
        CalendarEvent(SATURDAY, SATURDAY, time(10), time(16)),
        CalendarEvent(NEXT, NEXT, time(10), time(15)),
    )
)


def test_a_beginning_becomes_all_sessions() -> None:
    page = course(start_date=SATURDAY, session_count=2, sessions=[Session(day=SATURDAY)])
    merged = with_calendar(page, TWO)
    assert merged.sessions == (
        Session(day=SATURDAY, starts=time(10), ends=time(16)),
        Session(day=NEXT, starts=time(10), ends=time(15)),
    )
    assert (merged.start_date, merged.end_date, merged.session_count) == (SATURDAY, NEXT, 2)
    assert merged.origins == {
        "end_date": "2026-04-25 10:00–15:00",
        "sessions": "2026-04-18 10:00–16:00; 2026-04-25 10:00–15:00",
    }


def test_end_times_are_filled_and_nothing_else_of_a_session() -> None:
    sessions = [
        Session(day=SATURDAY, starts=time(10), venue_name="Haus"),
        Session(day=NEXT, starts=time(10), ends=time(14)),
    ]
    page = course(start_date=SATURDAY, end_date=NEXT, session_count=2, sessions=sessions)
    first, second = with_calendar(page, TWO).sessions
    assert first == Session(day=SATURDAY, starts=time(10), ends=time(16), venue_name="Haus")
    assert second == sessions[1]


@pytest.mark.parametrize(
    "fields",
    [
        {"start_date": date(2026, 4, 11), "end_date": NEXT},
        {"start_date": SATURDAY, "end_date": SATURDAY},
        {"start_date": SATURDAY, "session_count": 5},
        {"start_date": SATURDAY, "sessions": [Session(day=SATURDAY, starts=time(9))]},
        {"start_date": SATURDAY, "sessions": [Session(day=date(2026, 4, 19))]},
    ],
)
def test_a_calendar_that_contradicts_the_page_changes_nothing(fields: dict[str, object]) -> None:
    page = course(**fields)
    assert with_calendar(page, TWO) == page


def test_a_calendar_that_may_lack_dates_only_gives_times() -> None:
    part = CourseCalendar(TWO.events[:1], is_whole=False)
    assert with_calendar(course(start_date=SATURDAY), part) == course(start_date=SATURDAY)
    page = course(start_date=SATURDAY, sessions=[Session(day=SATURDAY)])
    merged = with_calendar(page, part)
    assert merged.sessions == (Session(day=SATURDAY, starts=time(10), ends=time(16)),)
    assert (merged.end_date, merged.session_count) == (None, None)


def test_two_dates_on_one_day_say_which_time_is_meant_to_nobody() -> None:
    twice = CourseCalendar((TWO.events[0], CalendarEvent(SATURDAY, SATURDAY, time(18), time(20))))
    page = course(start_date=SATURDAY, sessions=[Session(day=SATURDAY)])
    assert with_calendar(page, twice) == page


def test_one_span_gives_the_end_and_no_sessions() -> None:
    span = CourseCalendar((CalendarEvent(SATURDAY, NEXT, time(10), time(15)),))
    merged = with_calendar(course(start_date=SATURDAY, session_count=2), span)
    assert (merged.end_date, merged.sessions, merged.session_count) == (NEXT, (), 2)


def test_a_place_is_filled_only_where_the_page_names_none() -> None:
    found = read("DTSTART:20260418T100000\nLOCATION:VHS-Haus\\, Am Hof 1\\, 59999 Musterstadt")
    merged = with_calendar(course(), found)
    assert (merged.venue_name, merged.venue_street) == ("VHS-Haus", "Am Hof 1")
    assert (merged.venue_postcode, merged.venue_place) == ("59999", "Musterstadt")
    assert merged.origins["venue_name"] == "VHS-Haus, Am Hof 1, 59999 Musterstadt"
    elsewhere = course(venue_place="Anderswo")
    assert with_calendar(elsewhere, found).venue_name is None
