"""The page Gremien in a real browser: searched, sorted, narrowed, and one council for everybody."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.views import open_everything, open_list, serious_findings, wait_for_view, widest
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


def names(page: Page) -> Locator:
    return page.locator(".qa-table tbody th a")


def test_search_sort_open_and_back(address: str, visit: OpenPage) -> None:
    page = visit(f"{address}/gremien").page
    wait_for_view(page)
    expect(names(page)).to_have_count(10)
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
    expect(names(page)).to_have_text(["Rheine", "Münster"])


def test_a_kreis_is_chosen_and_left_with_one_click(address: str, visit: OpenPage) -> None:
    page = visit(f"{address}/gremien?regierungsbezirk=Detmold").page
    wait_for_view(page)
    expect(names(page)).to_have_text(["Bielefeld", "Paderborn"])
    options = open_list(page, "Kreis oder kreisfreie Stadt")
    options.filter(has_text="Bielefeld (kreisfrei)").click()
    expect(page.locator(".qa-table tbody tr")).to_have_count(1)
    expect(page).to_have_url(re.compile("kreis=Bielefeld"))
    page.get_by_text("Angebot vorhanden", exact=True).first.click()
    expect(page.get_by_text("Kein Gremium passt zu dieser Auswahl.")).to_be_visible()
    page.get_by_role("link", name="Alle Gremien zeigen").click()
    expect(page.locator(".qa-table tbody tr")).to_have_count(10)
    expect(page).not_to_have_url(re.compile("kreis|zustand|regierungsbezirk"))


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
