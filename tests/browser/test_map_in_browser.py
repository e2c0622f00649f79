"""The map in a real browser: clicks, keyboard, distance, phones; what it says, not that it is."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.views import wait_for_view
from tests.browser.visit import Visit
from tests.dashboard_fixture import normal_rows, offer, publish

pytestmark = pytest.mark.browser

Serve = Callable[[Path], str]
OpenPage = Callable[..., Visit]
# Where a degree of longitude and latitude lies on the screen.
ON_SCREEN = """(plot, [longitude, latitude]) => {
    const { xaxis, yaxis } = plot._fullLayout;
    const box = plot.getBoundingClientRect();
    return [box.x + xaxis._offset + xaxis.d2p(longitude),
            box.y + yaxis._offset + yaxis.d2p(latitude)];
}"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, serve: Serve) -> str:
    rows = normal_rows()
    rows["offers"].append(
        offer("im-ort", venue_ags="05566076", venue_place="Rheine", module="basis")
    )
    data_dir = tmp_path_factory.mktemp("map")
    publish(data_dir / "published", rows)
    return serve(data_dir)


def click_at(page: Page, longitude: float, latitude: float) -> None:
    plot = page.locator(".st-key-karte .js-plotly-plot")
    expect(plot.locator(".scatterlayer .point").first).to_be_attached()
    plot.scroll_into_view_if_needed()
    x, y = plot.evaluate(ON_SCREEN, [longitude, latitude])
    page.mouse.move(x - 30, y)
    page.mouse.move(x, y, steps=4)
    page.mouse.click(x, y)


def test_a_click_on_an_area_opens_its_council_and_the_way_back_shows_the_map(
    address: str, visit: OpenPage
) -> None:
    seen = visit(f"{address}/karte?modul=basis&umkreis=60")
    page = seen.page
    wait_for_view(page)
    # Beside the point of Sankt Augustin, within its area.
    click_at(page, 7.22, 50.78)
    expect(page).to_have_url(re.compile(r"/gremien\?modul=basis&gremium=05382056$"))
    expect(page.locator("main h1")).to_contain_text("Sankt Augustin")
    page.go_back()
    expect(page.locator("main h1")).to_have_text("Karte")
    expect(page).to_have_url(re.compile(r"/karte\?modul=basis&umkreis=60$"))
    wait_for_view(page)
    click_at(page, 6.957, 50.938)
    expect(page.locator("main h1")).to_contain_text("Köln")
    assert seen.foreign_requests == []


def test_a_municipality_without_a_council_opens_nothing(address: str, visit: OpenPage) -> None:
    page = visit(f"{address}/karte").page
    wait_for_view(page)
    click_at(page, 8.016, 50.875)
    expect(page.locator(".hoverlayer")).to_contain_text("Siegen")
    expect(page.locator(".hoverlayer")).to_contain_text("Kein Gremium bekannt")
    expect(page.locator("main h1")).to_have_text("Karte")


def test_the_table_is_the_way_for_the_keyboard(address: str, visit: OpenPage) -> None:
    page = visit(f"{address}/karte").page
    wait_for_view(page)
    link = page.locator(".qa-beside").get_by_role("link", name="Sankt Augustin")
    link.focus()
    page.keyboard.press("Enter")
    expect(page.locator("main h1")).to_contain_text("Sankt Augustin")


def test_the_distance_by_keyboard_tells_what_is_within_reach(address: str, visit: OpenPage) -> None:
    page = visit(f"{address}/karte").page
    wait_for_view(page)
    muenster = page.locator(".qa-beside tr", has_text="Münster").first
    expect(muenster).to_contain_text("Nicht sicher")
    expect(page.locator(".qa-legend")).not_to_contain_text("erreichbar")
    page.get_by_role("slider").focus()
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    # Rheine, where the offer takes place, is 37 km away.
    expect(muenster).to_contain_text("nur anderswo erreichbar")
    expect(muenster).to_contain_text("selbst: Nicht sicher")
    expect(muenster).to_contain_text("Rheine")
    expect(page).to_have_url(re.compile(r"/karte\?umkreis=40$"))
    expect(page.locator(".qa-legend")).to_contain_text("erreichbar")
    page.reload()
    wait_for_view(page)
    expect(muenster).to_contain_text("nur anderswo erreichbar")


def test_on_a_phone_the_map_fits_and_a_tap_opens_a_council(address: str, visit: OpenPage) -> None:
    page = visit(f"{address}/karte", 390).page
    wait_for_view(page)
    plot = page.locator(".st-key-karte .js-plotly-plot")
    box = plot.bounding_box()
    assert box is not None and box["width"] <= 390 and 250 <= box["height"] <= 520
    click_at(page, 7.626, 51.962)
    expect(page.locator("main h1")).to_contain_text("Münster")
