"""Every registered view in a real browser: axe, narrow screens, addresses, no other host."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from dashboard.views import VIEWS
from tests.browser.views import (
    open_everything,
    open_list,
    serious_findings,
    wait_for_view,
    widest,
)
from tests.browser.visit import Visit
from tests.dashboard_fixture import hostile_rows, normal_rows, publish

pytestmark = pytest.mark.browser

Serve = Callable[[Path], str]
OpenPage = Callable[..., Visit]
PATHS = [view.path for view in VIEWS]
every_view = pytest.mark.parametrize("path", PATHS)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, serve: Serve) -> str:
    data_dir = tmp_path_factory.mktemp("views")
    publish(data_dir / "published", normal_rows())
    return serve(data_dir)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory, serve: Serve) -> str:
    data_dir = tmp_path_factory.mktemp("hostile views")
    publish(data_dir / "published", hostile_rows())
    return serve(data_dir)


@every_view
@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_nothing_serious(address: str, visit: OpenPage, path: str, dark: bool) -> None:
    seen = visit(f"{address}/{path}", 1440, dark)
    wait_for_view(seen.page)
    open_everything(seen.page)
    assert serious_findings(seen.page) == []
    expect(seen.page.locator("html")).to_have_attribute("lang", "de")
    assert seen.foreign_requests == []
    assert seen.complaints == []


@every_view
def test_narrow_screens_scroll_only_down(address: str, visit: OpenPage, path: str) -> None:
    page = visit(f"{address}/{path}", 320).page
    wait_for_view(page)
    open_everything(page)
    assert widest(page) <= 320


@every_view
def test_hostile_words_do_nothing(hostile: str, visit: OpenPage, path: str) -> None:
    seen = visit(f"{hostile}/{path}", 320)
    page = seen.page
    wait_for_view(page)
    open_everything(page)
    assert page.evaluate("window.pwned") is None
    expect(page.locator(".stHtml img, a[href^='javascript'], a[href^='data']")).to_have_count(0)
    assert widest(page) <= 320
    assert seen.foreign_requests == []
    assert seen.complaints == []


def test_the_way_through_all_views_and_back(address: str, visit: OpenPage) -> None:
    seen = visit(f"{address}/?modul=aufbau&stand=2026-03-10")
    page = seen.page
    wait_for_view(page)
    page.evaluate("window.sameDocument = true")
    titles = [view.title for view in VIEWS]
    for view in VIEWS[1:]:
        page.get_by_role("navigation", name="Ansichten").get_by_text(view.title).press("Enter")
        expect(page).to_have_title(f"{view.title} – Qualifizierungsatlas NRW")
        expect(page.locator('.qa-nav [aria-current="page"]')).to_have_text(view.title)
        expect(page.locator("h1")).to_be_focused()
        wait_for_view(page)
        expect(page).to_have_url(f"{address}/{view.path}?stand=2026-03-10&modul=aufbau")
    for title in reversed(titles[:-1]):
        page.go_back()
        expect(page).to_have_title(f"{title} – Qualifizierungsatlas NRW")
    assert page.evaluate("window.sameDocument")
    expect(page.get_by_text("Gezeigt wird ein vergangener Tag, der 10.03.2026.")).to_be_visible()


def test_the_day_is_chosen_kept_and_left(address: str, visit: OpenPage) -> None:
    page = visit(address).page
    wait_for_view(page)
    open_list(page, "Stand vom", "10.03").filter(has_text="Di, 10.03.2026").click()
    expect(page.get_by_text("Gezeigt wird ein vergangener Tag, der 10.03.2026.")).to_be_visible()
    expect(page).to_have_url(re.compile("stand=2026-03-10"))
    page.reload()
    expect(page.get_by_text("Gezeigt wird ein vergangener Tag, der 10.03.2026.")).to_be_visible()
    page.get_by_role("link", name="Zum neuesten Stand").click()
    expect(page.get_by_text("Gezeigt wird ein vergangener Tag")).to_have_count(0)
    expect(page).not_to_have_url(re.compile("stand"))
    page.go_back()
    expect(page.get_by_text("Gezeigt wird ein vergangener Tag, der 10.03.2026.")).to_be_visible()


def test_an_unknown_page_is_said_in_german(address: str, visit: OpenPage) -> None:
    page = visit(f"{address}/gibt-es-nicht").page
    wait_for_view(page)
    expect(page.get_by_role("dialog")).to_contain_text("Diese Seite gibt es nicht")


def test_paper_shows_tables_and_what_was_chosen_but_no_inputs(
    address: str, visit: OpenPage
) -> None:
    page = visit(f"{address}/gremien?modul=aufbau", 794).page
    wait_for_view(page)
    chosen = page.get_by_text("Auswahl: Modul: Aufbaumodul")
    expect(chosen).to_be_hidden()
    page.emulate_media(media="print")
    expect(chosen).to_be_visible()
    expect(page.get_by_label("Gremium suchen")).to_be_hidden()
    expect(page.get_by_role("button", name="Gremien: Excel")).to_be_hidden()
    first = page.locator(".qa-table tbody tr").first
    expect(first).to_have_css("display", "table-row")
