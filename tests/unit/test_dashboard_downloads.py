"""What readers take along: opened again, compared with what was on the page."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as values
from icalendar import Calendar

from dashboard.columns import Column
from dashboard.exports import (
    CalendarEntry,
    csv_bytes,
    ics_bytes,
    standard_notes,
    xlsx_bytes,
)

MADE = datetime(2026, 3, 14, 1, 41, tzinfo=UTC)
DANGEROUS = ("=1+1", "+49 221", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "  =1", "https://x.example/")


@dataclass(frozen=True)
class Line:
    text: str | None
    day: date | None = None
    moment: datetime | None = None
    count: int | None = None
    share: float | None = None
    price: Decimal | None = None
    is_free: bool | None = None


COLUMNS: tuple[Column[Line], ...] = (
    Column("Text", lambda row: row.text),
    Column("Tag", lambda row: row.day),
    Column("Zeit", lambda row: row.moment),
    Column("Zahl", lambda row: row.count),
    Column("Anteil", lambda row: row.share),
    Column("Preis", lambda row: row.price),
    Column("kostenlos", lambda row: row.is_free),
    Column("nur hier", lambda row: row.text, in_files=False),
)
FULL = Line("Köln", date(2026, 3, 14), MADE, 1234, 12.5, Decimal("20.00"), True)


def csv_lines(rows: Sequence[Line]) -> list[list[str]]:
    body = csv_bytes(rows, COLUMNS)
    assert body.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_csv_speaks_german() -> None:
    assert csv_lines([FULL, Line(None)]) == [
        ["Text", "Tag", "Zeit", "Zahl", "Anteil", "Preis", "kostenlos"],
        ["Köln", "14.03.2026", "14.03.2026 02:41", "1234", "12,5", "20,00", "ja"],
        [""] * 7,
    ]


@pytest.mark.parametrize("text", DANGEROUS[:-1])
def test_no_cell_of_a_csv_is_a_formula(text: str) -> None:
    assert csv_lines([Line(text)])[1][0] == f"'{text}"


@given(values.lists(values.text(values.characters(codec="utf-8"), max_size=40), max_size=5))
def test_every_line_of_a_csv_comes_back(texts: list[str]) -> None:
    lines = csv_lines([Line(text) for text in texts])
    assert len(lines) == 1 + len(texts)
    for line in lines[1:]:
        assert not line[0].startswith(("=", "+", "-", "@", "\t", "\r"))


def test_xlsx_has_real_dates_and_numbers_and_tells_about_itself() -> None:
    notes = standard_notes("Angebote", date(2026, 3, 14), MADE, ["Modul: Basismodul"], True)
    body = xlsx_bytes([FULL], COLUMNS, "Angebote: alle/heute", notes)
    book = openpyxl.load_workbook(io.BytesIO(body))
    assert book.sheetnames == ["Angebote  alle heute", "Hinweise"]
    head, line = list(book.worksheets[0].values)
    assert head == ("Text", "Tag", "Zeit", "Zahl", "Anteil", "Preis", "kostenlos")
    assert line == (
        "Köln",
        datetime(2026, 3, 14),
        datetime(2026, 3, 14, 2, 41),
        1234,
        12.5,
        20,
        "ja",
    )
    assert book.worksheets[0]["B2"].number_format == "dd.mm.yyyy"
    told = dict(book["Hinweise"].values)
    assert told["Stand"] == "14.03.2026"
    assert told["Filter"] == "Modul: Basismodul"
    assert "geschätzt wird nichts" in told["Methode"]
    assert "Übungsseiten" in told["Beispieldaten"]


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_cell_of_a_workbook_is_a_formula_or_a_link(text: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes([Line(text)], COLUMNS, "x", [])))
    cell = book.worksheets[0]["A2"]
    assert cell.data_type == "s"
    assert cell.hyperlink is None


def test_none_is_cut() -> None:
    rows = [Line(f"Zeile {number}") for number in range(3000)]
    assert len(csv_lines(rows)) == 3001
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(rows, COLUMNS, "x", [])))
    assert book.worksheets[0].max_row == 3001


def test_a_calendar_in_german_time() -> None:
    entries = [
        CalendarEntry(
            "o1-1@atlas",
            "Basismodul; Teil 1, Köln\nBEGIN:VALARM",
            datetime(2026, 4, 18, 10),
            datetime(2026, 4, 18, 16),
            location="VHS-Haus, Köln",
            url="https://vhs.example/1",
        ),
        CalendarEntry("o2-1@atlas", "Ohne Uhrzeit", date(2026, 5, 9), is_cancelled=True),
    ]
    body = ics_bytes(entries, "Angebote", MADE)
    calendar = Calendar.from_ical(body)
    events = calendar.walk("VEVENT")
    assert [event["UID"] for event in events] == ["o1-1@atlas", "o2-1@atlas"]
    assert events[0].start.isoformat() == "2026-04-18T10:00:00+02:00"
    assert events[0].end.isoformat() == "2026-04-18T16:00:00+02:00"
    assert events[1]["DTSTART"].dt == date(2026, 5, 9)
    assert events[1]["STATUS"] == "CANCELLED"
    assert calendar.walk("VALARM") == []
    assert b"TZID=Europe/Berlin" in body
    assert b"BEGIN:VTIMEZONE" in body
