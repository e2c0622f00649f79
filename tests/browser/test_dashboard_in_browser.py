"""What readers see on the page Überblick, in a real browser over a real dashboard process."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.visit import Visit
from tests.dashboard_fixture import hostile_rows, normal_rows, publish

pytestmark = pytest.mark.browser

PATIENCE = 30_000
Serve = Callable[[Path], str]
OpenPage = Callable[..., Visit]


@pytest.fixture(scope="module")
def normal(tmp_path_factory: pytest.TempPathFactory, serve: Serve) -> str:
    data_dir = tmp_path_factory.mktemp("normal")
    publish(data_dir / "published", normal_rows())
    return serve(data_dir)


def wait_for_page(page: Page) -> None:
    expect(page.locator("#quellen")).to_be_visible(timeout=PATIENCE)
    expect(page.locator(".js-plotly-plot .main-svg").first).to_be_visible(timeout=PATIENCE)
    expect(page.locator("[data-testid='stApp']")).to_have_attribute(
        "data-test-script-state", "notRunning", timeout=PATIENCE
    )


def path_count(page: Page) -> int:
    """How many closed outlines the areas of the map consist of."""
    return sum(
        (shape.get_attribute("d") or "").count("M")
        for shape in page.locator(".js-plotly-plot .scatterlayer .fills path.js-fill").all()
    )


def test_numbers_tiles_map_and_table(normal: str, visit: OpenPage) -> None:
    seen = visit(normal)
    page = seen.page
    wait_for_page(page)

    expect(page.locator("h1")).to_have_text("3 von 111 Gremien haben ein Angebot")
    tiles = page.locator(".qa-tile").all_inner_texts()
    assert [re.findall(r"\n(\d+)\n", tile)[0] for tile in tiles] == ["3", "2", "2", "2"]
    assert "Angebot vorhanden" in tiles[0]
    assert "Keine Quelle bekannt" in tiles[3]
    expect(page.get_by_text("Beispieldaten.")).to_be_visible()
    expect(page.get_by_text("Stand: 14.03.2026")).to_be_visible()

    assert path_count(page) == 12
    assert page.locator(".js-plotly-plot .scatterlayer .points path").count() == 10
    expect(page.locator(".qa-table tbody tr")).to_have_count(10)
    expect(page.get_by_role("link", name="Zur Anmeldung für „Basismodul: Wie")).to_have_attribute(
        "href", "https://vhs-rheine.example/kurs/2500001001"
    )

    assert page.locator("html").get_attribute("lang") == "de"
    assert seen.foreign_requests == []
    assert seen.complaints == []


def test_nothing_english_and_no_chrome_of_the_framework(normal: str, visit: OpenPage) -> None:
    page = visit(normal).page
    wait_for_page(page)
    for words in ("Deploy", "Press Enter", "Fullscreen", "Running", "Rerun", "Made with"):
        expect(page.get_by_text(words)).not_to_be_visible()
    expect(page.locator(".modebar")).to_have_count(0)
    expect(page.locator("[data-testid='stMainMenu']")).not_to_be_visible()


def test_a_point_of_the_map_tells_name_state_and_reason(normal: str, visit: OpenPage) -> None:
    page = visit(normal).page
    wait_for_page(page)
    page.locator(".js-plotly-plot").scroll_into_view_if_needed()
    point = page.locator(".js-plotly-plot .scatterlayer .points path").first.bounding_box()
    assert point is not None
    page.mouse.move(point["x"] + point["width"] / 2 + 1, point["y"] + point["height"] / 2)
    page.mouse.move(point["x"] + point["width"] / 2, point["y"] + point["height"] / 2)
    box = page.locator(".hoverlayer .hovertext")
    expect(box).to_contain_text("Angebot vorhanden")
    expect(box).to_contain_text("Nächster Termin: 18.04.2026")


def test_the_search_filters_while_typing_and_forgives_umlauts(normal: str, visit: OpenPage) -> None:
    page = visit(normal).page
    wait_for_page(page)
    page.get_by_label("Suchen").fill("koeln")
    expect(page.locator(".qa-table tbody tr")).to_have_count(3)
    expect(page.get_by_text("3 von 10 Gremien passen zur Suche.")).to_be_visible()
    page.get_by_label("Suchen").fill("Atlantis")
    expect(page.get_by_text("Kein Gremium passt zu dieser Suche.")).to_be_visible()
    expect(page.locator(".qa-table")).to_have_count(0)


def test_the_chosen_module_has_an_address(normal: str, visit: OpenPage) -> None:
    page = visit(normal).page
    wait_for_page(page)
    page.get_by_text("Aufbaumodul", exact=True).first.click()
    expect(page.locator("h1")).to_have_text(
        "2 von 111 Gremien haben ein Angebot im Aufbaumodul", timeout=PATIENCE
    )
    assert "modul=aufbau" in page.url
    again = visit(page.url).page
    expect(again.locator("h1")).to_have_text(
        "2 von 111 Gremien haben ein Angebot im Aufbaumodul", timeout=PATIENCE
    )


@pytest.mark.parametrize("width", [1440, 1024, 390, 320])
@pytest.mark.parametrize("dark", [False, True])
def test_no_sideways_scrolling_at_any_width(
    normal: str, visit: OpenPage, width: int, dark: bool
) -> None:
    page = visit(normal, width, dark).page
    wait_for_page(page)
    widths = page.evaluate(
        "[document.documentElement.scrollWidth,"
        " document.querySelector('[data-testid=stMain]').scrollWidth]"
    )
    assert max(widths) <= width


@pytest.mark.parametrize("width", [1024, 961, 320])
def test_no_date_is_broken_over_two_lines(normal: str, visit: OpenPage, width: int) -> None:
    page = visit(normal, width).page
    wait_for_page(page)
    lines = page.locator(".qa-table td:nth-child(n+5):not(.qa-empty) span").evaluate_all(
        r"""cells => cells.filter(cell => /^\d\d\.\d\d\.\d{4}$/.test(cell.innerText))
            .map(cell => cell.getClientRects().length)"""
    )
    assert len(lines) >= 5
    assert set(lines) == {1}


def test_hostile_words_do_nothing(tmp_path: Path, serve: Serve, visit: OpenPage) -> None:
    publish(tmp_path / "published", hostile_rows())
    seen = visit(serve(tmp_path), 390)
    page = seen.page
    wait_for_page(page)
    page.locator("summary", has_text="Vergangene").first.click()
    page.mouse.move(200, 400)
    assert page.evaluate("window.pwned") is None
    assert page.locator(".stHtml img, a[href^='javascript'], a[href^='data']").count() == 0
    expect(page.get_by_text("[klick](javascript:window.pwned=true)").first).to_be_attached()
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 390
    assert seen.foreign_requests == []
    assert seen.complaints == []


def test_first_and_next_publication_appear_by_themselves(
    tmp_path: Path, serve: Serve, visit: OpenPage
) -> None:
    seen = visit(serve(tmp_path))
    page = seen.page
    expect(page.get_by_role("heading", name="Noch keine Daten")).to_be_visible(timeout=PATIENCE)
    publish(tmp_path / "published", normal_rows())
    expect(page.locator("h1")).to_have_text("3 von 111 Gremien haben ein Angebot", timeout=60_000)
    assert seen.foreign_requests == []
    assert seen.complaints == []
