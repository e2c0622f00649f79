"""Saved exports, calendars, slides and pages with structured data, and what is read from them.

Beside each file of `exports/` stands its result as `<name>.json`; where it is missing the test
writes it, and then fails until a person has read it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from web_poet import HttpResponse

from scrapers.pages.base import PageContext
from scrapers.pages.exports import ExportPage
from scrapers.pages.generic import GenericCoursePage
from scrapers.pages.ics import sessions_from_calendar
from scrapers.pages.platforms import recognise_platform
from scrapers.pages.single import single_page_for
from scrapers.records import Course

FOLDER = Path(__file__).parent / "exports"
CONTEXT = PageContext(today=date(2026, 1, 15), provider_name="vhs Musterstadt")


@pytest.mark.parametrize("saved", sorted(FOLDER.glob("*.xml")), ids=lambda path: path.stem)
def test_saved_export_gives_its_golden_result(saved: Path) -> None:
    response = HttpResponse("https://vhs.example/export.xml", body=saved.read_bytes())
    platform = recognise_platform(response)
    assert platform is not None
    assert platform.name == "openvhs"
    page = ExportPage(response, CONTEXT)
    counts = {"stated_count": page.stated_count(), "parsed_count": page.parsed_count()}
    compare(saved, counts | {"courses": shown(page.records())})


@pytest.mark.parametrize("saved", sorted(FOLDER.glob("*.html")), ids=lambda path: path.stem)
def test_saved_page_with_structured_data_gives_its_golden_result(saved: Path) -> None:
    url = "https://vhs.example/angebot/seminar"
    page = GenericCoursePage(HttpResponse(url, body=saved.read_bytes(), encoding="utf-8"), CONTEXT)
    compare(saved, {"courses": shown(page.records())})


@pytest.mark.parametrize("saved", sorted(FOLDER.glob("*.ics")), ids=lambda path: path.stem)
def test_saved_calendar_gives_its_golden_result(saved: Path) -> None:
    calendar = sessions_from_calendar(saved.read_bytes())
    events = [str(event) for event in calendar.events]
    compare(
        saved,
        {"events": events, "venue": calendar.venue_text, "is_whole": calendar.is_whole},
    )


@pytest.mark.parametrize("saved", sorted(FOLDER.glob("*.pdf")), ids=lambda path: path.stem)
def test_saved_slides_give_their_golden_result(saved: Path) -> None:
    url = "https://www.traeger.example/folien.pdf"
    page = single_page_for("page")(HttpResponse(url, body=saved.read_bytes()), CONTEXT)
    compare(saved, {"courses": shown([r for r in page.records() if isinstance(r, Course)])})


def shown(courses: Sequence[Course]) -> list[dict[str, Any]]:
    dumped = [course.model_dump(mode="json", exclude={"origins", "evidence"}) for course in courses]
    return [{k: v for k, v in course.items() if v not in (None, [], "")} for course in dumped]


def compare(saved: Path, result: dict[str, Any]) -> None:
    golden = saved.with_suffix(".json")
    if not golden.exists():
        golden.write_text(json.dumps(result, ensure_ascii=False, indent=2) + "\n", "utf-8")
        pytest.fail(f"{golden.name} was missing and is written now: read it before you keep it")
    assert result == json.loads(golden.read_text("utf-8"))
