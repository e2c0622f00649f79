"""Saved exports and calendars and what is read from them.

Each case `exports/<name>.json` names the file beside it and its result; a case without a result
gets it written by the test, which then fails until a person has read it.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from web_poet import HttpResponse

from scrapers.pages.base import PageContext
from scrapers.pages.exports import ExportPage
from scrapers.pages.platforms import recognise_platform

FOLDER = Path(__file__).parent / "exports"
CASES = sorted(FOLDER.glob("*.xml"))
CONTEXT = PageContext(today=date(2026, 1, 15), provider_name="vhs Musterstadt")


@pytest.mark.parametrize("export", CASES, ids=lambda path: path.stem)
def test_saved_export_gives_its_golden_result(export: Path) -> None:
    response = HttpResponse("https://vhs.example/export.xml", body=export.read_bytes())
    platform = recognise_platform(response)
    assert platform is not None
    assert platform.name == "openvhs"
    page = ExportPage(response, CONTEXT)
    result: dict[str, Any] = {
        "stated_count": page.stated_count(),
        "parsed_count": page.parsed_count(),
        "courses": [
            {name: value for name, value in course.items() if value not in (None, [], "")}
            for course in (
                record.model_dump(mode="json", exclude={"origins"}) for record in page.records()
            )
        ],
    }
    golden = export.with_suffix(".json")
    if not golden.exists():
        golden.write_text(json.dumps(result, ensure_ascii=False, indent=2) + "\n", "utf-8")
        pytest.fail(f"{golden.name} was missing and is written now: read it before you keep it")
    assert result == json.loads(golden.read_text("utf-8"))
