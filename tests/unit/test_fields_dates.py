"""Dates as German course pages write them. A wrong date is ten times worse than a missing one."""

from __future__ import annotations

from datetime import date, time

import pytest

from scrapers.fields.dates import (
    Schedule,
    SessionTime,
    combine_sessions,
    read_date,
    read_schedule,
    read_session_count,
    read_session_row,
    read_time_range,
)
from scrapers.fields.reading import Certainty

TODAY = date(2026, 3, 1)


def day(text: str) -> date:
    return date.fromisoformat(text)


def session(text: str) -> SessionTime:
    """A session from "2026-02-07", "2026-02-07 10:00" or "2026-02-07 10:00-16:00"."""
    when, _, hours = text.partition(" ")
    starts, _, ends = hours.partition("-")
    return SessionTime(
        day(when),
        time.fromisoformat(starts) if starts else None,
        time.fromisoformat(ends) if ends else None,
    )


def value(text: str) -> Schedule:
    schedule = read_schedule(text, today=TODAY).value
    assert schedule is not None, f"nothing read from {text!r}"
    return schedule


@pytest.mark.parametrize(
    ("text", "sessions"),
    [
        ("Sa., 15.11.2025, um 09:00 Uhr", ["2025-11-15 09:00"]),
        ("Mo., 08.09.2025, \n um 16:00 Uhr", ["2025-09-08 16:00"]),
        ("Di., 10.02.2026, 19:00 - 20:30 Uhr", ["2026-02-10 19:00-20:30"]),
        ("Di.,\u00a010.02.2026,\u00a019:00\u2009–\u200920:30\u00a0Uhr", ["2026-02-10 19:00-20:30"]),
        ("Do. 28.05.2026, 10.00 Uhr", ["2026-05-28 10:00"]),
        ("Fr. 06.03.26, 19.30 Uhr", ["2026-03-06 19:30"]),
        ("Sa. 21.11.2026", ["2026-11-21"]),
        ("8. November 2024 ab 17.00 Uhr", ["2024-11-08 17:00"]),
        ("Montag • 08.09.2025 • 16:00 - 17:30 Uhr", ["2025-09-08 16:00-17:30"]),
        ("Samstag, den 7. Februar 2026, von 9 bis 12.30 Uhr", ["2026-02-07 09:00-12:30"]),
        ("07.02.2026 (Sa.) 10 Uhr bis 16 Uhr", ["2026-02-07 10:00-16:00"]),
        ("2025-11-15T09:00:00+01:00", ["2025-11-15 09:00"]),
        ("2025-11-15T09:00:00Z", ["2025-11-15"]),
        ("2025-11-15T09:00:00+00:00", ["2025-11-15"]),
        ("2025-11-15T00:00:00", ["2025-11-15"]),
        ("07.02.2026 24:00 Uhr", ["2026-02-07"]),
        ("07.02.2026, 18:00-16:00 Uhr", ["2026-02-07"]),
        ("07.02.2026, 19:00 Uhr (Einlass 18:30 Uhr)", ["2026-02-07 19:00"]),
        ("07.02.2026, 10-12 Uhr und 13-16 Uhr", ["2026-02-07 10:00-16:00"]),
        ("10:00 Uhr, Sa. 07.02.2026", ["2026-02-07 10:00"]),
        ("7. Mrz 2026", ["2026-03-07"]),
        ("Sonnabend, 07.02.2026", ["2026-02-07"]),
        ("ab 18 Uhr am 07.02.2026", ["2026-02-07 18:00"]),
        ("Sa.,07.02.2026,10:00-16:00 Uhr", ["2026-02-07 10:00-16:00"]),
        ("Termin:07.02.2026 Uhrzeit:10:00", ["2026-02-07 10:00"]),
        ("12.03.2026 18.00 - 20.00", ["2026-03-12 18:00-20:00"]),
        ("Kurs 61-1004 am 07.02.2026, Entgelt 10-20 €", ["2026-02-07"]),
    ],
)
def test_one_date(text: str, sessions: list[str]) -> None:
    schedule = value(text)
    assert schedule.sessions == tuple(map(session, sessions))
    assert schedule.start_date == schedule.end_date == schedule.sessions[0].day
    assert schedule.session_count == 1


@pytest.mark.parametrize(
    ("text", "sessions"),
    [
        (
            "Samstag, 07.02.2026 und Samstag, 14.02.2026, jeweils 10-16 Uhr",
            ["2026-02-07 10:00-16:00", "2026-02-14 10:00-16:00"],
        ),
        (
            "Samstags, 07.02.2026 und 14.02.2026 (jeweils 10–16 Uhr)",
            ["2026-02-07 10:00-16:00", "2026-02-14 10:00-16:00"],
        ),
        ("07.02.2026 - 10:00, 14.02.2026 - 10:00", ["2026-02-07 10:00", "2026-02-14 10:00"]),
        ("07.02. und 14.02.2026", ["2026-02-07", "2026-02-14"]),
        (
            "Sa./So., 07./08.02.2026, 10-16 Uhr",
            ["2026-02-07 10:00-16:00", "2026-02-08 10:00-16:00"],
        ),
        (
            "1. Termin: 07.02.2026, 2. Termin: 14.02.2026",
            ["2026-02-07", "2026-02-14"],
        ),
        (
            "Mi., 11.02. / 18.02. / 25.02.2026, jeweils 18.00 - 20.00 Uhr",
            ["2026-02-11 18:00-20:00", "2026-02-18 18:00-20:00", "2026-02-25 18:00-20:00"],
        ),
        (
            "Freitag, 06.02., 17-20 Uhr und Samstag, 07.02.2026, 10-16 Uhr",
            ["2026-02-06 17:00-20:00", "2026-02-07 10:00-16:00"],
        ),
        ("7. und 8. November 2024", ["2024-11-07", "2024-11-08"]),
        ("7., 8. und 9. November 2024", ["2024-11-07", "2024-11-08", "2024-11-09"]),
        (
            "07.02.2026, 14.02. und 21.02., jeweils von 10 bis 16 Uhr",
            ["2026-02-07 10:00-16:00", "2026-02-14 10:00-16:00", "2026-02-21 10:00-16:00"],
        ),
        (
            "Fr. 06.02.2026, 17:00-20:00 Uhr; Sa. 07.02.2026, 10:00-16:00 Uhr",
            ["2026-02-06 17:00-20:00", "2026-02-07 10:00-16:00"],
        ),
        (
            "17:00 Uhr am 06.02.2026, 10:00 Uhr am 07.02.2026",
            ["2026-02-06 17:00", "2026-02-07 10:00"],
        ),
        # Whether a single time holds for all dates is not said: only the date beside it gets one.
        ("07.02.2026 und 14.02.2026, 10 Uhr", ["2026-02-07", "2026-02-14 10:00"]),
        ("Das Seminar findet am 14.02.2026 und am 07.02.2026 statt", ["2026-02-07", "2026-02-14"]),
        (
            "07.02.2026 10-12 Uhr und 07.02.2026 13-15 Uhr und 08.02.2026",
            ["2026-02-07 10:00-12:00", "2026-02-07 13:00-15:00", "2026-02-08"],
        ),
    ],
)
def test_several_dates(text: str, sessions: list[str]) -> None:
    schedule = value(text)
    assert schedule.sessions == tuple(map(session, sessions))
    assert schedule.start_date == schedule.sessions[0].day
    assert schedule.end_date == schedule.sessions[-1].day
    assert schedule.session_count == len(sessions)


@pytest.mark.parametrize(
    ("text", "start", "end", "count"),
    [
        ("09.04.2018-11.06.2018", "2018-04-09", "2018-06-11", None),
        ("Mo, 09.04.2018 – 11.06.2018, 10 x", "2018-04-09", "2018-06-11", 10),
        (
            "Mo. 10.7.2017 bis Fr. 14.7.2017 jeweils von 10:00 bis 12:00 Uhr",
            "2017-07-10",
            "2017-07-14",
            None,
        ),
        ("Mo. - Fr., 10.07.2017 - 14.07.2017", "2017-07-10", "2017-07-14", None),
        ("07.02.2026 10:00 Uhr - 08.02.2026 16:00 Uhr", "2026-02-07", "2026-02-08", None),
        ("Mo., 10.07.2017 - Fr., 14.07.2017, jeweils 10-12 Uhr", "2017-07-10", "2017-07-14", None),
        ("Beginn: 07.02.2026, Ende: 14.02.2026", "2026-02-07", "2026-02-14", None),
        ("vom 10.07. bis 14.07.2017", "2017-07-10", "2017-07-14", None),
        ("Montag bis Freitag, 10.07. - 14.07.2017, 9-13 Uhr", "2017-07-10", "2017-07-14", None),
        ("07.02.26-28.03.26", "2026-02-07", "2026-03-28", None),
        ("14.-16.02.2026", "2026-02-14", "2026-02-16", None),
        ("vom 14. bis zum 16. Februar 2026", "2026-02-14", "2026-02-16", None),
        ("30. November bis 1. Dezember 2025", "2025-11-30", "2025-12-01", None),
        ("07.02.2026 und 14.-15.03.2026", "2026-02-07", "2026-03-15", None),
    ],
)
def test_spans_have_two_ends_and_no_invented_sessions(
    text: str, start: str, end: str, count: int | None
) -> None:
    assert value(text) == Schedule((), day(start), day(end), count)


def test_a_span_of_one_day_is_a_session() -> None:
    assert value("07.02.2026 - 07.02.2026").sessions == (session("2026-02-07"),)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ab 15.02.2026", Schedule((), day("2026-02-15"), None, None)),
        ("Start am 16.02.2026, 10 Termine", Schedule((), day("2026-02-16"), None, 10)),
        (
            "ab Mo. 16.02.2026, 18:00 - 19:30 Uhr",
            Schedule((session("2026-02-16 18:00-19:30"),), day("2026-02-16"), None, None),
        ),
        ("bis 15.02.2026", Schedule((), None, day("2026-02-15"), None)),
    ],
)
def test_only_one_end_is_named(text: str, expected: Schedule) -> None:
    assert value(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "25. Januar",
        "7.2. und 14.2.",
        "31.02.2026",
        "00.01.2026",
        "32.13.2026",
        "Fr. 07.02.2026",  # a Saturday
        "Sonntag, 7. Februar 2026",
        "20.06.2026 - 10.06.2026",
        "10:00 - 16:00 Uhr",
        "Anmeldung bis 30.01.2026",
        "Anmeldeschluss: Fr. 30.01.2026",
        "Stand: 01.02.2026",
        "außer am 24.12.2025 und 31.12.2025",
        "Beschluss vom 01.11.2025",
        "Seit dem 01.11.2025 heißen die Gremien anders.",
        "Termin der Wahl 14.09.2025, das Seminar danach beginnt später",
        "Vortrag am 07.02.2026. Die Reihe beginnt am 07.03.2026.",
        "Am 24.12.2025 fällt der Unterricht aus",
        "61-1004",
        "2025-11-31",
        "geb. 07.02.85 in",
        "Raum 1. und 2. Stock",
        "1.2. Inhalte",
        "Version 1.2.3",
        "Tel. 02931.82.2900",
        "",
        "demnächst",
        "Sommer 2026",
        "Februar 2026",
        "07/02/2026",
        "25.04.2026 oder 09.05.2026, 18 - 20 Uhr",
        "25.04.2026, alternativ 09.05.2026",
    ],
)
def test_what_is_not_certain_is_absent(text: str) -> None:
    assert read_schedule(text).value is None
    assert read_schedule(text).certainty is Certainty.ABSENT


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Samstag, 07.03.", "2026-03-07"),
        ("Sa. 07.03., 10 Uhr", "2026-03-07"),
        ("Freitag, 6. November", None),  # 2025 was a Thursday, 2026 is a Friday: see below
        ("Mittwoch, 25. Februar", "2026-02-25"),
        ("Sonntag, 25. Februar", None),
        ("25. Februar", None),
    ],
)
def test_a_weekday_may_decide_the_year_near_today(text: str, expected: str | None) -> None:
    if text.startswith("Freitag"):
        expected = "2026-11-06"
    reading = read_schedule(text, today=TODAY)
    if expected is None:
        assert reading.value is None
    else:
        assert reading.value is not None
        assert reading.value.start_date == day(expected)
        assert reading.certainty is Certainty.INFERRED


def test_without_today_a_weekday_decides_nothing() -> None:
    assert read_schedule("Samstag, 07.03.").value is None


def test_the_turn_of_the_year_inside_a_short_span_is_inferred() -> None:
    reading = read_schedule("29.12.-02.01.2026")
    assert reading.value == Schedule((), day("2025-12-29"), day("2026-01-02"), None)
    assert reading.certainty is Certainty.INFERRED
    # The same order over almost a year is a slip of the pen, not the turn of the year.
    assert value("14.02. und 07.02.2026").start_date is None


def test_a_lost_date_makes_count_and_ends_unknown() -> None:
    schedule = value("Fr., 07.02.2026, Sa., 14.02.2026 und Sa., 21.02.2026")
    assert schedule.sessions == (session("2026-02-14"), session("2026-02-21"))
    assert schedule.start_date is None
    assert schedule.end_date == day("2026-02-21")
    assert schedule.session_count is None


def test_deadlines_beside_dates_do_not_count() -> None:
    text = "Anmeldung bis Fr. 30.01.2026, Termin: 07.02.2026"
    assert value(text).sessions == (session("2026-02-07"),)
    text = "Sa. 07.02.2026 und Sa. 14.02.2026 (nicht am 21.02.2026)"
    assert value(text).end_date == day("2026-02-14")


def test_dates_of_other_matters_do_not_count() -> None:
    schedule = value("Nach der Wahl am 14.09.2025 startet das Seminar am 07.02.2026.")
    assert schedule == Schedule((), day("2026-02-07"), None, None)


def test_two_digits_after_a_day_may_be_the_hour() -> None:
    assert read_schedule("07.02. 10 Uhr").value is None
    assert read_schedule("07.02.10:00 Uhr").value is None
    assert read_date("07.02.26").value == day("2026-02-07")


def test_the_original_words_are_kept() -> None:
    reading = read_schedule("Termin: Sa., 07.02.2026, 10–16 Uhr, Raum 3")
    assert reading.text == "07.02.2026, 10–16 Uhr"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("vom 7. Februar 2026", "2026-02-07"),
        ("7. und 8. November 2024", "2024-11-07"),
        ("Anmeldeschluss: 30.01.2026", "2026-01-30"),
        ("31.02.2026 oder 01.03.2026", None),
        ("nichts", None),
    ],
)
def test_read_date_takes_the_first_or_nothing(text: str, expected: str | None) -> None:
    assert read_date(text).value == (day(expected) if expected else None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10-16 Uhr", "10:00-16:00"),
        ("von 10.00 bis 12.00 Uhr", "10:00-12:00"),
        ("09:00 – 16:30", "09:00-16:30"),
        ("18 Uhr", "18:00"),
        ("ab 17.00 Uhr", "17:00"),
        ("10.00 - 12.00 €", None),
        ("10-16", None),
        ("19.30", None),
        ("25:00 Uhr", None),
        ("18:00 Uhr oder 19:00 Uhr", None),
        ("00:00 - 00:00 Uhr", None),
        ("07.02.2026", None),
    ],
)
def test_time_range(text: str, expected: str | None) -> None:
    reading = read_time_range(text).value
    wanted = session(f"2026-01-01 {expected}") if expected else None
    assert reading == ((wanted.starts, wanted.ends) if wanted else None)


def test_a_time_cell_may_hold_bare_times() -> None:
    assert read_time_range("10-16", labelled=True).value == (time(10), time(16))
    assert read_time_range("19.30", labelled=True).value == (time(19, 30), None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5 Termine", 5),
        ("1 Termin", 1),
        ("20 x", 20),
        ("20x", 20),
        ("16 Abende", 16),
        ("4 vorm.", 4),
        ("an zwei Samstagen", 2),
        ("Dauer: 3 Vormittage", 3),
        ("10 Termine à 2 UE", 10),
        ("8 UE", None),
        ("16 UStd.", None),
        ("8 Unterrichtseinheiten", None),
        ("8 x 45 Min.", None),
        ("2x wöchentlich", None),
        ("bis 7 Tage vor Beginn", None),
        ("5 Termine oder 6 Termine", None),
        ("0 Termine", None),
        ("12.5 Termine", None),
        ("5", None),
    ],
)
def test_session_count(text: str, expected: int | None) -> None:
    assert read_session_count(text).value == expected


def test_a_labelled_session_count_may_be_bare() -> None:
    assert read_session_count("5", labelled=True).value == 5


def test_a_table_of_dates() -> None:
    rows = [
        ("Datum", "Uhrzeit"),
        ("Montag • 08.09.2025 • 16:00 - 17:30 Uhr", ""),
        ("15.09.2025", "16.00-17.30"),
        ("Mo., 08.09.2025", "16:00 - 17:30 Uhr"),
        ("22.09.2025", ""),
    ]
    schedule = combine_sessions(rows, today=TODAY).value
    assert schedule is not None
    assert schedule.sessions == (
        session("2025-09-08 16:00-17:30"),
        session("2025-09-15 16:00-17:30"),
        session("2025-09-22"),
    )
    assert (schedule.start_date, schedule.end_date) == (day("2025-09-08"), day("2025-09-22"))
    assert schedule.session_count == 3


def test_an_unreadable_row_leaves_the_rest_but_not_the_count() -> None:
    schedule = combine_sessions([("So., 08.09.2025", ""), ("15.09.2025", "")]).value
    assert schedule is not None
    assert schedule.sessions == (session("2025-09-15"),)
    assert schedule.start_date is None
    assert schedule.end_date == day("2025-09-15")
    assert schedule.session_count is None


def test_a_row_with_two_days_is_not_a_session() -> None:
    assert read_session_row("08.09.2025 und 09.09.2025").value is None


def test_a_row_that_is_a_span_alone_stays_a_span() -> None:
    schedule = combine_sessions([("10.07.2017 bis 14.07.2017", "10-12 Uhr")] * 2).value
    assert schedule == Schedule((), day("2017-07-10"), day("2017-07-14"), None)


def test_sessions_that_begin_at_one_time_stand_in_one_order_at_every_run() -> None:
    rows = [("07.02.2026", "10:00 - 16:00 Uhr"), ("07.02.2026", "10:00 Uhr")]
    schedule = combine_sessions(rows).value
    assert schedule is not None
    assert [session.ends for session in schedule.sessions] == [None, time(16)]
