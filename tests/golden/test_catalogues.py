"""Saved catalogue pages and what is read from them.

Each `catalogues/<name>.html` is a page of our own in the markup of one platform and skin, beside
it `<name>.json`: which reader at which address, and the result. A case without a result gets it
written by the test, which then fails until a person has read it and keeps it.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import attrs
import pytest
from web_poet import HttpResponse

from scrapers.pages.base import ListPage, PageContext, PageError
from scrapers.pages.catalogue_course import CatalogueCoursePage
from scrapers.pages.catalogue_list import CatalogueListPage
from scrapers.pages.platforms import PLATFORMS

CASES = sorted((Path(__file__).parent / "catalogues").glob("*.json"))
CONTEXT = PageContext(today=date(2026, 1, 15), provider_name="vhs Musterstadt")
# Where a value stands on the page and how it was read; their own tests look at them.
UNCOMPARED = {"origins", "evidence"}


@pytest.mark.parametrize("case_path", CASES, ids=lambda path: path.stem)
def test_saved_page_gives_its_golden_result(case_path: Path) -> None:
    case: dict[str, Any] = json.loads(case_path.read_text("utf-8"))
    body = case_path.with_suffix(".html").read_bytes()
    response = HttpResponse(case["url"], body=body, status=200, encoding="utf-8")
    platform = PLATFORMS[case["platform"]]
    result: dict[str, Any]
    if case["reader"] == "list":
        result = _read_list(platform.list_page(response, CONTEXT))
    else:
        page = platform.course_page(response, CONTEXT)
        assert isinstance(page, CatalogueCoursePage)
        result = _read_course(page, platform.course_page(response, CONTEXT))
    if "result" not in case:
        case["result"] = result
        case_path.write_text(json.dumps(case, ensure_ascii=False, indent=2) + "\n", "utf-8")
        pytest.fail(f"{case_path.name} had no result; it has one now: read it before you keep it")
    assert result == case["result"]


def test_every_saved_page_has_its_case() -> None:
    pages = {path.stem for path in (Path(__file__).parent / "catalogues").glob("*.html")}
    assert pages == {path.stem for path in CASES}


def _read_list(page: ListPage) -> dict[str, Any]:
    assert isinstance(page, CatalogueListPage)
    try:
        entries: Any = [_plain(entry) for entry in page.entries()]
    except PageError as error:
        entries = {"error": error.failure_class}
    return {
        "entries": entries,
        "unread_rows": page.unread_rows(),
        "stated_count": page.stated_count(),
        "stated_page_count": page.stated_page_count(),
        "next_url": page.next_url(),
        "says_nothing_found": page.says_nothing_found(),
    }


def _read_course(page: CatalogueCoursePage, again: Any) -> dict[str, Any]:
    try:
        facts = _plain(page.facts())
    except PageError as error:
        return {"error": error.failure_class}
    courses = [course.model_dump(mode="json", exclude=UNCOMPARED) for course in again.records()]
    shown = [{name: value for name, value in course.items() if value} for course in courses]
    return {"facts": facts, "courses": shown}


def _plain(value: Any) -> Any:
    """As JSON has it: lists for tuples, and only what is not empty."""
    plain = json.loads(json.dumps(attrs.asdict(value)))
    plain.pop("from_data", None)
    return {name: item for name, item in plain.items() if item}
