"""The pages Änderungen, Datenlage and Netzwerk in a real browser: tasks from the start page."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import expect

from tests.browser.views import open_everything, serious_findings, wait_for_view, widest
from tests.browser.visit import Visit
from tests.dashboard_fixture import normal_rows, publish

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Visit]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, serve: Callable[[Path], str]) -> str:
    data_dir = tmp_path_factory.mktemp("diary and sources")
    rows = normal_rows()
    rows["offer_changes"].append(
        rows["offer_changes"][0]
        | {
            "offer_id": "o2",
            "day": date(2026, 3, 10),
            "field": "start_date",
            "old_value": "2026-05-02",
            "new_value": "2026-05-09",
        }
    )
    rows["offer_changes"].append(
        rows["offer_changes"][1] | {"offer_id": "o3", "day": date(2026, 3, 2)}
    )
    publish(data_dir / "published", rows)
    return serve(data_dir)


def test_what_changed_since_monday_is_one_click_and_can_be_taken_along(
    address: str, visit: OpenPage, tmp_path: Path
) -> None:
    page = visit(address).page
    wait_for_view(page)
    page.get_by_role("navigation", name="Ansichten").get_by_text("Änderungen").click()
    expect(page.locator("h1")).to_have_text("Änderungen")
    expect(page.get_by_text("Vom 09.03.2026 bis zum 14.03.2026: 3 Einträge.")).to_be_visible()
    moved = page.locator(".qa-diary li", has_text="Aufbaumodul: Anträge und Haushalt").last
    expect(moved).to_contain_text("Der Beginn wurde vom 02.05.2026 auf den 09.05.2026 verlegt.")
    expect(moved.get_by_role("link")).to_have_attribute("href", re.compile("angebot=o2"))
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Änderungen: Excel").click()
    file = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(file)
    head, *lines = list(openpyxl.load_workbook(file).worksheets[0].values)
    assert head[:2] == ("Tag", "Angebot")
    assert len(lines) == 3

    page.get_by_text("Termin oder Ort geändert", exact=True).click()
    expect(page.get_by_text("1 Eintrag. Angebote: 1-mal Termin oder Ort geändert.")).to_be_visible()
    expect(page).to_have_url(re.compile("art=verlegt"))
    again = visit(page.url).page
    expect(
        again.get_by_text("1 Eintrag. Angebote: 1-mal Termin oder Ort geändert.")
    ).to_be_visible()


def test_from_a_disturbed_source_to_its_visits_and_back(address: str, visit: OpenPage) -> None:
    page = visit(f"{address}/datenlage").page
    wait_for_view(page)
    row = page.get_by_role("row", name="VHS Münster")
    expect(row).to_contain_text("Die Internetseite meldet eine Störung bei sich selbst.")
    expect(row).to_contain_text("Was tun?")
    told = "Letzte 11 Besuche: 6 vollständig und 5 fehlgeschlagen. Zuletzt am 14.03.2026"
    expect(row.get_by_role("img", name=told)).to_be_visible()
    row.get_by_role("link", name="VHS Münster").click()
    expect(page.locator("h1")).to_have_text("VHS Münster")
    visits = page.get_by_role("table", name="Alle Besuche")
    expect(visits.locator("tbody tr")).to_have_count(11)
    expect(page).to_have_url(re.compile("quelle=vhs-muenster"))
    page.go_back()
    expect(page.locator("h1")).to_have_text("Datenlage")


def test_the_text_to_a_provider_lies_ready(address: str, visit: OpenPage) -> None:
    page = visit(f"{address}/datenlage?teil=angaben").page
    wait_for_view(page)
    page.get_by_role("link", name="VHS Köln").click()
    text = page.get_by_label("Text an den Anbieter")
    expect(text).to_have_value("Bitte den ersten Termin angeben.")
    expect(page.get_by_role("button", name="Text als Datei")).to_be_visible()


@pytest.mark.parametrize(
    "query",
    [
        "datenlage?teil=angaben&anbieter=vhs-koeln",
        "datenlage?teil=register",
        "datenlage?teil=hinweise",
        "datenlage?quelle=vhs-muenster",
        "netzwerk?teil=andere",
        "netzwerk?teil=reihe",
        "netzwerk?teil=organisationen",
    ],
)
def test_every_part_is_accessible_and_narrow(address: str, visit: OpenPage, query: str) -> None:
    seen = visit(f"{address}/{query}", 320, dark=True)
    wait_for_view(seen.page)
    open_everything(seen.page)
    assert widest(seen.page) <= 320
    assert serious_findings(seen.page) == []
