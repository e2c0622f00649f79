"""The page Angebote in a real browser: searched, filtered, one offer for everybody."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.views import open_list, serious_findings, wait_for_view, widest
from tests.browser.visit import Visit
from tests.dashboard_fixture import hostile_rows, normal_rows, offer, publish

pytestmark = pytest.mark.browser

Serve = Callable[[Path], str]
OpenPage = Callable[..., Visit]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, serve: Serve) -> str:
    data_dir = tmp_path_factory.mktemp("offers")
    rows = normal_rows()
    rows["offers"] += [
        offer(f"many{number}", title=f"Reihe {number:02}", start_date=date(2027, 1, 1))
        for number in range(40)
    ]
    publish(data_dir / "published", rows)
    return serve(data_dir)


def open_page(visit: OpenPage, url: str, width: int = 1440) -> Page:
    page = visit(url, width).page
    wait_for_view(page)
    return page


def test_a_search_is_kept_on_the_way_to_an_offer_and_back(address: str, visit: OpenPage) -> None:
    page = open_page(visit, f"{address}/angebote")
    page.get_by_label("Angebot suchen").fill("rieihe")
    expect(page.get_by_text("40 Angebote gefunden.")).to_be_visible()
    expect(page.get_by_text("Gesucht wurde stattdessen nach „reihe“.")).to_be_visible()
    page.get_by_role("link", name="Nächste Seite").click()
    expect(page.get_by_text("Angebote 26 bis 40 von 40")).to_be_visible()
    page.get_by_role("link", name="Reihe 30").click()
    expect(page.locator("h1")).to_have_text("Reihe 30")
    expect(page.locator("h1")).to_be_focused()
    page.reload()
    expect(page.locator("h1")).to_have_text("Reihe 30")
    page.get_by_role("link", name="Zurück zur Liste der Angebote").click()
    expect(page.get_by_text("Angebote 26 bis 40 von 40")).to_be_visible()
    expect(page.get_by_label("Angebot suchen")).to_have_value("rieihe")


def test_filters_stand_in_the_address_and_are_left_together(address: str, visit: OpenPage) -> None:
    page = open_page(visit, f"{address}/angebote")
    page.get_by_text("Weitere Filter").click()
    start = page.get_by_label("Zeitraum von")
    start.fill("31.4.2026")
    start.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Das ist kein Datum.")
    start = page.get_by_label("Zeitraum von")
    start.fill("1.5.26")
    start.press("Enter")
    expect(page.get_by_text("41 Angebote gefunden.")).to_be_visible()
    open_list(page, "Anbieter", "erft").filter(has_text="VHS Rhein-Erft").click()
    expect(page.get_by_text("1 Angebot gefunden.")).to_be_visible()
    expect(page).to_have_url(re.compile("von=2026-05-01"))
    expect(page).to_have_url(re.compile("anbieter=vhs-rhein-erft"))
    page.reload()
    expect(page.get_by_text("1 Angebot gefunden.")).to_be_visible()
    expect(page.get_by_label("Zeitraum von")).to_have_value("01.05.2026")
    page.get_by_role("link", name="Alle Filter zurücksetzen").click()
    expect(page.get_by_text("43 Angebote gefunden.")).to_be_visible()
    page.go_back()
    expect(page.get_by_text("1 Angebot gefunden.")).to_be_visible()


@pytest.mark.parametrize("dark", [False, True])
def test_one_offer_can_be_read_by_everybody(address: str, visit: OpenPage, dark: bool) -> None:
    seen = visit(f"{address}/angebote?angebot=o1", 320, dark)
    wait_for_view(seen.page)
    assert serious_findings(seen.page) == []
    assert widest(seen.page) <= 320


def test_one_hostile_offer_does_nothing(
    tmp_path_factory: pytest.TempPathFactory, serve: Serve, visit: OpenPage
) -> None:
    data_dir = tmp_path_factory.mktemp("hostile offers")
    publish(data_dir / "published", hostile_rows())
    seen = visit(f"{serve(data_dir)}/angebote?angebot=o1", 320)
    page = seen.page
    wait_for_view(page)
    assert page.evaluate("window.pwned") is None
    expect(page.locator(".stHtml img, a[href^='javascript'], a[href^='data']")).to_have_count(0)
    assert widest(page) <= 320
    page.goto(page.url.replace("angebot=o1", ""))
    wait_for_view(page)
    page.get_by_text("Weitere Filter").click()
    options = open_list(page, "Anbieter", "script")
    expect(options.first).to_contain_text("<script>window.pwned = true</script>")
    expect(page.locator("[role=option] img, [role=option] a")).to_have_count(0)
    assert page.evaluate("window.pwned") is None
    assert seen.foreign_requests == []
