"""No page object without golden files, and no golden file that nobody has looked at."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from web_poet import HttpResponse

from scrapers.freeze import load_case
from scrapers.pages.generic import GenericCoursePage
from scrapers.pages.platforms import PLATFORMS, recognise_platform
from scrapers.readers import all_readers
from tests.golden.saved import read_again

GOLDEN = Path(__file__).parents[1] / "golden"
# Pages of our own that are read by themselves, and pages that were frozen from live sources.
SAVED = sorted([*(GOLDEN / "single").glob("*.json"), *(GOLDEN / "live").glob("*/*.json")])


def golden_readers() -> set[str]:
    """The names of all page objects that a golden file holds."""
    readers = {load_case(path).reader for path in SAVED}
    for path in (GOLDEN / "catalogues").glob("*.json"):
        case = json.loads(path.read_text("utf-8"))
        platform = PLATFORMS[case["platform"]]
        is_list = case["reader"] == "list"
        readers.add((platform.list_page if is_list else platform.course_page).__name__)
    for path in (GOLDEN / "exports").iterdir():
        if path.suffix == ".html":
            readers.add(GenericCoursePage.__name__)
        elif path.suffix == ".xml":
            platform_of_file = recognise_platform(HttpResponse(path.name, body=path.read_bytes()))
            if platform_of_file is not None and platform_of_file.export_page is not None:
                readers.add(platform_of_file.export_page.__name__)
    return readers


@pytest.mark.parametrize("reader", sorted(all_readers()))
def test_every_page_object_has_golden_files(reader: str) -> None:
    assert reader in golden_readers(), (
        f"{reader} has no golden page: save one under tests/golden, or freeze one of a source with "
        "`atlas sources freeze ID`"
    )


@pytest.mark.parametrize("path", SAVED, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_saved_page_still_gives_its_reviewed_result(path: Path) -> None:
    case = load_case(path)
    assert case.reviewed, (
        f"{path.parent.name}/{path.name}: compare the result with the page, then set reviewed to "
        "true"
    )
    assert read_again(case, path.parent) == case.result


def test_every_saved_page_has_its_case() -> None:
    cases = [(path.parent, load_case(path)) for path in SAVED]
    bodies = {folder / case.body for folder, case in cases}
    bodies |= {folder / case.calendar for folder, case in cases if case.calendar}
    files = {
        path
        for folder in ("single", "live")
        for path in (GOLDEN / folder).rglob("*")
        if path.is_file() and path.suffix != ".json"
    }
    assert files == bodies
