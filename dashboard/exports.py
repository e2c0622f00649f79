"""Tables to take along: CSV for German Excel, XLSX with real dates and numbers, ICS for calendars.

Whatever a spreadsheet could take for a formula is written as text (OWASP, CSV injection); a
workbook's strings are never formulas or links. Nothing is cut.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, TypeVar

import xlsxwriter
from icalendar import Calendar, Event

from dashboard.columns import Column, Value, in_files
from dashboard.formats import moment_text
from warehouse.settings import BERLIN

Row = TypeVar("Row")

MODEL_ROWS = 200
NARROWEST, WIDEST = 10, 60
MOST_CHARACTERS = 32_767
# A cell that begins like this would be calculated by a spreadsheet.
_FORMULA = re.compile(r"[=+\-@\t\r]|\s+[=+\-@]")
_CONTROL = re.compile("[\u0000-\u0008\u000b\u000c\u000e-\u001f]")


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """One date for a calendar. `start` and `end` are local times in Germany, or whole days; a
    missing `end` leaves the length open. `uid` stays the same for the same date."""

    uid: str
    title: str
    start: date | datetime
    end: date | datetime | None = None
    location: str | None = None
    description: str | None = None
    url: str | None = None
    is_cancelled: bool = False
    changed_at: datetime | None = None


def _csv_text(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, datetime):
        local = value.astimezone(BERLIN) if value.tzinfo else value
        return f"{local:%d.%m.%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, (int, float, Decimal)):
        return str(value).replace(".", ",")
    text = _CONTROL.sub("", value)
    return f"'{text}" if _FORMULA.match(text) else text


def csv_bytes(rows: Iterable[Row], columns: Sequence[Column[Row]]) -> bytes:
    """Semicolons, decimal commas, UTF-8 with a mark at the start: German Excel opens it right."""
    chosen = in_files(columns)
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([column.header for column in chosen])
    writer.writerows([_csv_text(column.value(row)) for column in chosen] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def xlsx_bytes(
    rows: Sequence[Row],
    columns: Sequence[Column[Row]],
    sheet: str,
    notes: Iterable[tuple[str, str]],
) -> bytes:
    """A workbook with the table and a sheet "Hinweise" of (name, text) about it."""
    buffer = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"title": sheet, "created": datetime(2000, 1, 1)})
        formats = {
            "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top"}),
            "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
            "day": book.add_format({"num_format": "dd.mm.yyyy"}),
            "moment": book.add_format({"num_format": "dd.mm.yyyy hh:mm"}),
            "money": book.add_format({"num_format": "#,##0.00"}),
        }
        _data_sheet(book.add_worksheet(_sheet_name(sheet)), rows, in_files(columns), formats)
        _notes_sheet(book.add_worksheet("Hinweise"), notes, formats)
    return buffer.getvalue()


def _sheet_name(name: str) -> str:
    return re.sub(r"[\[\]:*?/\\']", " ", name)[:31].strip() or "Tabelle"


def _data_sheet(
    page: Any, rows: Sequence[Row], columns: Sequence[Column[Row]], formats: dict[str, Any]
) -> None:
    for place, column in enumerate(columns):
        page.write_string(0, place, column.header, formats["head"])
        sample = [len(_csv_text(column.value(row))) for row in rows[:MODEL_ROWS]]
        width = max([len(column.header), *sample]) + 2
        page.set_column(place, place, max(NARROWEST, min(WIDEST, width)))
    for line, row in enumerate(rows, start=1):
        for place, column in enumerate(columns):
            _write_cell(page, line, place, column.value(row), formats)
    page.freeze_panes(1, 1)
    if columns:
        page.autofilter(0, 0, len(rows), len(columns) - 1)


def _write_cell(page: Any, line: int, place: int, value: Value, formats: dict[str, Any]) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        page.write_string(line, place, "ja" if value else "nein")
    elif isinstance(value, datetime):
        local = value.astimezone(BERLIN).replace(tzinfo=None) if value.tzinfo else value
        page.write_datetime(line, place, local, formats["moment"])
    elif isinstance(value, date):
        page.write_datetime(line, place, value, formats["day"])
    elif isinstance(value, Decimal):
        page.write_number(line, place, float(value), formats["money"])
    elif isinstance(value, (int, float)):
        page.write_number(line, place, value)
    else:
        page.write_string(line, place, _CONTROL.sub("", value)[:MOST_CHARACTERS])


def _notes_sheet(page: Any, notes: Iterable[tuple[str, str]], formats: dict[str, Any]) -> None:
    page.set_column(0, 0, 24)
    page.set_column(1, 1, 100)
    for line, (name, text) in enumerate(notes):
        page.write_string(line, 0, name, formats["head"])
        page.write_string(line, 1, _CONTROL.sub("", text)[:MOST_CHARACTERS], formats["wrap"])


def ics_bytes(entries: Iterable[CalendarEntry], name: str, made_at: datetime) -> bytes:
    """A calendar (RFC 5545) in Europe/Berlin; `made_at` is the time of the publication."""
    calendar = Calendar()
    calendar.add("prodid", "-//Qualifizierungsatlas NRW//DE")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    for entry in entries:
        calendar.add_component(_event(entry, made_at))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _event(entry: CalendarEntry, made_at: datetime) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", made_at.astimezone(UTC))
    event.add("summary", entry.title)
    event.add("dtstart", _local(entry.start))
    if entry.end is not None:
        event.add("dtend", _local(entry.end))
    for key, text in (("location", entry.location), ("description", entry.description)):
        if text:
            event.add(key, _CONTROL.sub("", text))
    if entry.url:
        event.add("url", entry.url)
    if entry.is_cancelled:
        event.add("status", "CANCELLED")
    if entry.changed_at is not None:
        event.add("last-modified", entry.changed_at.astimezone(UTC))
    return event


def _local(moment: date | datetime) -> date | datetime:
    if not isinstance(moment, datetime):
        return moment
    return moment.astimezone(BERLIN) if moment.tzinfo else moment.replace(tzinfo=BERLIN)


METHOD = (
    "Der Qualifizierungsatlas NRW liest jede Nacht öffentliche Internetseiten. Ein leeres Feld "
    "heißt: Die Seite sagt dazu nichts; geschätzt wird nichts. Begriffe, Quellen und Lücken stehen "
    "im Atlas unter „Methode“."
)


def standard_notes(
    subject: str, day: date, published_at: datetime, filters: Iterable[str], is_sample: bool
) -> list[tuple[str, str]]:
    """What the sheet "Hinweise" says about any table: what, as of when, filtered how, and how its
    values came about."""
    notes = [
        ("Inhalt", subject),
        ("Stand", f"{day:%d.%m.%Y}"),
        ("Veröffentlicht", moment_text(published_at)),
        ("Filter", "; ".join(filters) or "keine"),
        ("Methode", METHOD),
    ]
    if is_sample:
        warning = (
            "Diese Angaben stammen von Übungsseiten. Sie sagen nichts darüber aus, welche "
            "Angebote es wirklich gibt."
        )
        notes.insert(0, ("Beispieldaten", warning))
    return notes
