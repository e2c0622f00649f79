"""What readers see on the page Überblick, in a real browser over a real dashboard process."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import expect

from tests.browser.views import wait_for_view, widest
from tests.browser.visit import Visit
from tests.dashboard_fixture import normal_rows, publish

pytestmark = pytest.mark.browser

Serve = Callable[[Path], str]
OpenPage = Callable[..., Visit]


@pytest.fixture(scope="module")
def normal(tmp_path_factory: pytest.TempPathFactory, serve: Serve) -> str:
    data_dir = tmp_path_factory.mktemp("normal")
    publish(data_dir / "published", normal_rows())
    return serve(data_dir)


def test_numbers_tiles_dates_and_development(normal: str, visit: OpenPage) -> None:
    seen = visit(normal)
    page = seen.page
    wait_for_view(page)

    expect(page.locator("h1")).to_have_text("3 von 111 Gremien haben ein Angebot")
    expect(page.locator(".qa-tile-number")).to_have_text(["3", "2", "2", "2"])
    expect(page.locator(".qa-tile").first).to_contain_text("Angebot vorhanden")
    expect(page.locator(".qa-tile").last).to_contain_text("Keine Quelle bekannt")
    expect(page.get_by_text("Beispieldaten.")).to_be_visible()
    expect(page.get_by_text("Stand: 14.03.2026")).to_be_visible()
    dates = page.get_by_role("table", name="Die nächsten Termine")
    expect(dates.locator("tbody tr")).to_have_count(2)
    # The page may stand readable before Plotly has drawn into it.
    expect(page.locator(".js-plotly-plot .scatterlayer .trace")).to_have_count(2)
    # Plotly writes the dates of its axis in German.
    ticks = page.locator(".js-plotly-plot .xtick text")
    expect(ticks).not_to_have_count(0)
    expect(ticks.filter(has_not_text=re.compile(r"^\d\d\.\d\d\.2026$"))).to_have_count(0)

    expect(page.locator("html")).to_have_attribute("lang", "de")
    assert seen.foreign_requests == []
    assert seen.complaints == []


def test_nothing_english_and_no_chrome_of_the_framework(normal: str, visit: OpenPage) -> None:
    page = visit(normal).page
    wait_for_view(page)
    for words in ("Deploy", "Press Enter", "Fullscreen", "Running", "Rerun", "Made with"):
        expect(page.get_by_text(words)).not_to_be_visible()
    expect(page.locator(".modebar")).to_have_count(0)
    expect(page.locator("[data-testid='stMainMenu']")).not_to_be_visible()


def test_the_chosen_module_has_an_address(normal: str, visit: OpenPage) -> None:
    page = visit(normal).page
    wait_for_view(page)
    page.get_by_role("radio", name="Aufbaumodul").click()
    sentence = "2 von 111 Gremien haben ein Angebot im Aufbaumodul"
    expect(page.locator("h1")).to_have_text(sentence)
    expect(page).to_have_url(re.compile("modul=aufbau"))
    again = visit(page.url).page
    expect(again.locator("h1")).to_have_text(sentence)
    page.go_back()
    expect(page.locator("h1")).to_have_text("3 von 111 Gremien haben ein Angebot")
    expect(page.get_by_role("radio", name="Alle", exact=True)).to_be_checked()


def test_the_next_dates_are_taken_along(normal: str, visit: OpenPage, tmp_path: Path) -> None:
    page = visit(normal).page
    wait_for_view(page)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Nächste Termine: Excel").click()
    file = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(file)
    assert file.name == "naechste-termine_2026-03-14.xlsx"
    lines = list(openpyxl.load_workbook(file).worksheets[0].values)
    assert [line[0] for line in lines] == [
        "Angebot",
        "Basismodul: Wie Kommunalpolitik funktioniert",
        "Aufbaumodul: Anträge und Haushalt",
    ]


@pytest.mark.parametrize(("kind", "start"), [("PNG", b"\x89PNG"), ("SVG", b"<svg")])
def test_a_figure_is_taken_along_as_a_picture(
    normal: str, visit: OpenPage, tmp_path: Path, kind: str, start: bytes
) -> None:
    page = visit(normal).page
    wait_for_view(page)
    page.locator("summary", has_text="als Tabelle und zum Mitnehmen").click()
    button = page.get_by_role("button", name=f"Gremien mit Angebot: {kind}")
    expect(button).to_be_visible()
    # A button that is clicked while the page is still being drawn may be taken from under it.
    wait_for_view(page)
    with page.expect_download() as waiting:
        button.click()
    file = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(file)
    assert file.read_bytes().startswith(start)
    if kind == "SVG":
        text = file.read_text(encoding="utf-8")
        assert "Gremien mit Angebot, Stand 14.03.2026 (Beispieldaten)" in text


@pytest.mark.parametrize("width", [1440, 1024, 390])
def test_no_sideways_scrolling_at_any_width(normal: str, visit: OpenPage, width: int) -> None:
    page = visit(normal, width).page
    wait_for_view(page)
    assert widest(page) <= width


@pytest.mark.parametrize("width", [1024, 961, 320])
def test_no_date_is_broken_over_two_lines(normal: str, visit: OpenPage, width: int) -> None:
    page = visit(f"{normal}/?stand=2026-03-13", width).page
    wait_for_view(page)
    page.locator("summary", has_text="als Tabelle und zum Mitnehmen").click()
    table = page.get_by_role("table", name="Gremien mit Angebot")
    expect(table).to_be_visible()
    expect(table.locator("tbody th")).to_have_count(10)
    lines = table.locator("tbody th").evaluate_all(
        """cells => cells.map(cell => {
            const range = document.createRange();
            range.selectNodeContents(cell);
            return new Set([...range.getClientRects()].map(box => box.top)).size;
        })"""
    )
    assert set(lines) == {1}


def test_first_and_next_publication_appear_by_themselves(
    tmp_path: Path, serve: Serve, visit: OpenPage
) -> None:
    seen = visit(serve(tmp_path))
    page = seen.page
    expect(page.get_by_role("heading", name="Noch keine Daten")).to_be_visible()
    publish(tmp_path / "published", normal_rows())
    expect(page.locator("h1")).to_have_text("3 von 111 Gremien haben ein Angebot")
    assert seen.foreign_requests == []
    assert seen.complaints == []
