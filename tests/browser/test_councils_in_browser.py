"""The page Gremien in a real browser: from the start page to one council and to a file."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.browser.views import open_everything, serious_findings, wait_for_view, widest
from tests.browser.visit import Visit
from tests.dashboard_fixture import normal_rows, publish

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Visit]
RHEINE, MUENSTER = "05566076", "05515000"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, serve: Callable[[Path], str]) -> str:
    data_dir = tmp_path_factory.mktemp("councils")
    rows = normal_rows()
    for row in rows["councils"]:
        row |= {"note": "first elected 2025", "members_total": 15, "members_as_of": "2025-2030"}
    rows["service_areas"] = [{"provider_id": "vhs-rheine", "ags": RHEINE, "reason": "seat"}]
    publish(data_dir / "published", rows)
    return serve(data_dir)


def names(page: Page) -> list[str]:
    return page.locator(".qa-table tbody th a").all_inner_texts()


def test_from_the_overview_to_those_that_lack_a_module_and_to_a_file(
    address: str, visit: OpenPage, tmp_path: Path
) -> None:
    page = visit(address).page
    wait_for_view(page)
    page.get_by_role("link", name="ohne Basismodul im Regierungsbezirk Köln").click()
    expect(page.locator("h1")).to_have_text("Gremien")
    wait_for_view(page)
    expect(page.get_by_text("2 von 3 belegten Gremien im Regierungsbezirk Köln")).to_be_visible()
    assert names(page) == ["Erftstadt", "Sankt Augustin"]
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Gremien: Excel").click()
    target = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(target)
    book = load_workbook(target)
    lines = list(book["Gremien"].iter_rows(values_only=True))
    assert [line[0] for line in lines] == ["Kommune", "Erftstadt", "Sankt Augustin"]
    notes = dict(book["Hinweise"].iter_rows(max_col=2, values_only=True))
    assert notes["Stand"] == "14.03.2026"
    assert "Modul: Basismodul" in str(notes["Filter"])
    assert "Regierungsbezirk: Köln" in str(notes["Filter"])


def test_search_sort_open_and_back(address: str, visit: OpenPage) -> None:
    page = visit(f"{address}/gremien").page
    wait_for_view(page)
    assert len(names(page)) == 10
    page.get_by_label("Gremium suchen").fill("regierungsbezirk munster")
    expect(page.locator(".qa-table tbody tr")).to_have_count(2)
    page.get_by_role("link", name="Kommune").click()
    expect(page.locator(".qa-table tbody th a").first).to_have_text("Rheine")
    expect(page.locator("th[aria-sort]")).to_have_attribute("aria-sort", "descending")
    page.get_by_role("link", name="Münster", exact=True).press("Enter")
    expect(page.locator("h1")).to_have_text("Münster")
    expect(page.get_by_text("Eine Quelle konnte nicht vollständig geprüft werden.")).to_have_count(
        3
    )
    page.get_by_role("link", name="Zur Liste der Gremien").click()
    expect(page.locator(".qa-table tbody th a").first).to_have_text("Rheine")
    expect(page.get_by_label("Gremium suchen")).to_have_value("regierungsbezirk munster")
    page.reload()
    wait_for_view(page)
    assert names(page) == ["Rheine", "Münster"]


def test_a_kreis_is_chosen_and_left_with_one_click(address: str, visit: OpenPage) -> None:
    page = visit(f"{address}/gremien?regierungsbezirk=Detmold").page
    wait_for_view(page)
    assert names(page) == ["Bielefeld", "Paderborn"]
    chooser = page.get_by_label("Kreis oder kreisfreie Stadt")
    chooser.click()
    page.get_by_role("option", name="Bielefeld (kreisfrei)").click()
    expect(page.locator(".qa-table tbody tr")).to_have_count(1)
    assert "kreis=Bielefeld" in page.url
    page.get_by_text("Angebot vorhanden", exact=True).first.click()
    expect(page.get_by_text("Kein Gremium passt zu dieser Auswahl.")).to_be_visible()
    page.get_by_role("link", name="Alle Gremien zeigen").click()
    expect(page.locator(".qa-table tbody tr")).to_have_count(10)
    assert not re.search("kreis|zustand|regierungsbezirk", page.url)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("ags", [RHEINE, MUENSTER])
def test_the_page_of_a_council_is_accessible(
    address: str, visit: OpenPage, ags: str, dark: bool
) -> None:
    seen = visit(f"{address}/gremien?gremium={ags}", 1440, dark)
    wait_for_view(seen.page)
    open_everything(seen.page)
    assert serious_findings(seen.page) == []
    assert seen.foreign_requests == []


def test_the_page_of_a_council_fits_a_narrow_screen(address: str, visit: OpenPage) -> None:
    page = visit(f"{address}/gremien?gremium={RHEINE}", 320).page
    wait_for_view(page)
    open_everything(page)
    assert widest(page) <= 320
