"""Dates, times, numbers and money as Germans write them. Times are shown in Europe/Berlin."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from warehouse.settings import BERLIN

MONTHS = (
    *("Januar", "Februar", "März", "April", "Mai", "Juni"),
    *("Juli", "August", "September", "Oktober", "November", "Dezember"),
)


def date_text(day: date) -> str:
    """14.03.2026"""
    return f"{day:%d.%m.%Y}"


def day_from(text: str) -> date | None:
    """The day that a reader typed as 14.03.2026, 14.3.26 or 2026-03-14; None if it is none."""
    for form in ("%d.%m.%Y", "%d.%m.%y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text.strip(), form).date()
        except ValueError:
            continue
    return None


def month_text(day: date) -> str:
    """März 2026"""
    return f"{MONTHS[day.month - 1]} {day.year}"


def last_working_day(day: date) -> date:
    """The weekday before `day`: on a Monday the Friday. Holidays are not known."""
    back = {0: 3, 6: 2}.get(day.weekday(), 1)
    return day - timedelta(days=back)


def moment_text(moment: datetime) -> str:
    """14.03.2026, 02:41 Uhr; a moment with a time zone is converted to Europe/Berlin."""
    local = moment.astimezone(BERLIN) if moment.tzinfo else moment
    return f"{local:%d.%m.%Y, %H:%M} Uhr"


def day_of(moment: datetime) -> date:
    """The calendar day of a moment in Germany."""
    return moment.astimezone(BERLIN).date()


def session_text(day: date, starts: datetime | None, ends: datetime | None) -> str:
    """14.03.2026, 10:00–16:00 Uhr; without times only the day."""
    if starts is None:
        return date_text(day)
    if ends is None:
        return f"{date_text(day)}, {starts:%H:%M} Uhr"
    if ends.date() != starts.date():
        return f"{date_text(day)}, {starts:%H:%M} Uhr bis {ends:%d.%m.%Y, %H:%M} Uhr"
    return f"{date_text(day)}, {starts:%H:%M}–{ends:%H:%M} Uhr"


def period_text(start: date | None, end: date | None) -> str | None:
    """14.03.2026 bis 15.03.2026, a single day, or None where no day is known."""
    if start is None:
        return f"bis {date_text(end)}" if end is not None else None
    if end is None or end == start:
        return date_text(start)
    return f"{date_text(start)} bis {date_text(end)}"


def number_text(number: int) -> str:
    """1.234"""
    return f"{number:,}".replace(",", ".")


def euro_text(amount: Decimal) -> str:
    """1.234,50 €"""
    english = f"{amount:,.2f}"
    return english.translate(str.maketrans(",.", ".,")) + " €"


def counted(number: int, singular: str, plural: str) -> str:
    """1 Angebot, 2 Angebote"""
    return f"{number_text(number)} {singular if number == 1 else plural}"


def listed(words: list[str]) -> str:
    """A, B und C"""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} und {words[-1]}"


def decimal_text(number: float | Decimal, digits: int = 1) -> str:
    """1.234,5"""
    return f"{number:,.{digits}f}".translate(str.maketrans(",.", ".,"))


def value_text(value: object) -> str:
    """Any value of a table as Germans write it; what is not known is empty."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, datetime):
        return moment_text(value)
    if isinstance(value, date):
        return date_text(value)
    if isinstance(value, int):
        return number_text(value)
    if isinstance(value, Decimal):
        return decimal_text(value, 2)
    if isinstance(value, float):
        return decimal_text(value)
    return str(value)
