"""German calendar days for the sample pages: which day, and how pages print it.

All days are counted from the day the sample web shows, so that what is in the future there stays
in the future.
"""

from __future__ import annotations

from datetime import date, timedelta

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(7)
WEEKDAY_NAMES = (
    "Montag",
    "Dienstag",
    "Mittwoch",
    "Donnerstag",
    "Freitag",
    "Samstag",
    "Sonntag",
)


def weekday_after(today: date, weeks: int, weekday: int) -> date:
    """The first such weekday that is at least `weeks` full weeks after `today`."""
    earliest = today + timedelta(weeks=weeks)
    return earliest + timedelta(days=(weekday - earliest.weekday()) % 7)


def weekday_before(today: date, weeks: int, weekday: int) -> date:
    """The last such weekday that is at least `weeks` full weeks before `today`."""
    latest = today - timedelta(weeks=weeks)
    return latest - timedelta(days=(latest.weekday() - weekday) % 7)


def weekday_name(day: date) -> str:
    """`Samstag`"""
    return WEEKDAY_NAMES[day.weekday()]


def weekday_short(day: date) -> str:
    """`Sa`"""
    return weekday_name(day)[:2]


def numeric(day: date) -> str:
    """`07.02.2026`"""
    return day.strftime("%d.%m.%Y")


def numeric_two_digit_year(day: date) -> str:
    """`07.02.26`"""
    return day.strftime("%d.%m.%y")
