"""Dates that a calendar writes as a rule ("every week, three times") instead of one by one.

Only rules that leave no choice are read: by days or weeks, with a number of dates or a last day.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

MOST_DATES: Final = 200

_BERLIN: Final = ZoneInfo("Europe/Berlin")
_WEEKDAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_READ: Final = frozenset({"FREQ", "COUNT", "UNTIL", "INTERVAL", "BYDAY", "WKST"})
_STEPS: Final = {"DAILY": 1, "WEEKLY": 7}


def days_of_rule(
    rule: Mapping[str, Sequence[Any]], first: date, starts: time | None
) -> tuple[date, ...] | None:
    """The days of an RRULE (its parts by their names) that begins on `first`, at
    `starts` on the clock of Berlin; None where the rule has no end, has too many dates, or says
    more than days and weeks."""
    parts = {name.upper(): list(values) for name, values in rule.items()}
    step = _STEPS.get(str(next(iter(parts.get("FREQ", ())), "")).upper())
    count, until = _whole(parts.get("COUNT")), _last_day(parts.get("UNTIL"), starts)
    interval = _whole(parts.get("INTERVAL")) if "INTERVAL" in parts else 1
    weekdays = _weekdays(parts.get("BYDAY"), first) if step == 7 else {0}
    if step is None or not interval or not weekdays or parts.keys() - _READ:
        return None
    if (count is None) == (until is None) or (step == 1 and "BYDAY" in parts):
        return None
    start = first - timedelta(days=first.weekday()) if step == 7 else first
    days: list[date] = []
    while len(days) <= MOST_DATES and (until is None or start <= until):
        for weekday in sorted(weekdays):
            day = start + timedelta(days=weekday)
            if day >= first and (until is None or day <= until):
                days.append(day)
            if count is not None and len(days) == count:
                return tuple(days)
        start += timedelta(days=step * interval)
    return tuple(days) if 0 < len(days) <= MOST_DATES and days[0] == first else None


def _weekdays(names: Sequence[Any] | None, first: date) -> set[int]:
    """Numbers of the weekdays; none where one is not read ("2MO") or the first day is not one."""
    if not names:
        return {first.weekday()}
    known = {_WEEKDAYS.index(str(n).upper()) for n in names if str(n).upper() in _WEEKDAYS}
    return known if len(known) == len(names) and first.weekday() in known else set()


def _whole(values: Sequence[Any] | None) -> int | None:
    value = values[0] if values else None
    return value if isinstance(value, int) and 0 < value <= MOST_DATES else None


def _last_day(values: Sequence[Any] | None, starts: time | None) -> date | None:
    """The last day on which a date may begin: a moment before the hour is the day before."""
    value = values[0] if values else None
    if not isinstance(value, datetime):
        return value if isinstance(value, date) else None
    if value.tzinfo is not None:
        value = value.astimezone(_BERLIN)
    is_before = starts is not None and value.time().replace(tzinfo=None) < starts
    return value.date() - timedelta(days=is_before)
