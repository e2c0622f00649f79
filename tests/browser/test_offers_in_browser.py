"""Tasks with offers in a real browser: March as Excel, where a date comes from, a search."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.browser.views import serious_findings, wait_for_view, widest
from tests.browser.visit import Visit
from tests.dashboard_fixture import hostile_rows, normal_rows, offer, publish

pytestmark = pytest.mark.browser

Serve = Callable[[Path], str]
OpenPage = Callable[..., Visit]
MARCH = {
    "m1": {"start_date": date(2026, 3, 2), "lifecycle": "past", "title": "Anfang März"},
    "m2": {"start_date": date(2026, 3, 28), "end_date": date(2026, 4, 2), "title": "Ende März"},
    "m3": {"start_date": date(2026, 4, 1), "title": "Erst im April"},
}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, serve: Serve) -> str:
    data_dir = tmp_path_factory.mktemp("offers")
    rows = normal_rows()
    rows["offers"] += [offer(key, **values) for key, values in MARCH.items()]
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


def navigate(page: Page, title: str) -> None:
    page.get_by_role("navigation", name="Ansichten").get_by_role("link", name=title).click()
    expect(page.locator("h1")).to_contain_text(title)
    wait_for_view(page)


def test_send_me_the_offers_in_march_as_excel(
    address: str, visit: OpenPage, tmp_path: Path
) -> None:
    page = open_page(visit, address)
    navigate(page, "Angebote")  # first click
    page.get_by_role("link", name="März 2026").click()  # second
    expect(page.get_by_text("2 Angebote gefunden.")).to_be_visible()
    wait_for_view(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Angebote: Excel").click()  # third
    saved = tmp_path / "march.xlsx"
    download.value.save_as(saved)
    assert download.value.suggested_filename == "angebote_2026-03-14.xlsx"
    book = openpyxl.load_workbook(saved)
    head, *lines = list(book.worksheets[0].values)
    table = [dict(zip(head, line, strict=True)) for line in lines]
    assert [(line["Angebot"], line["Beginn"]) for line in table] == [
        ("Anfang März", datetime(2026, 3, 2)),
        ("Ende März", datetime(2026, 3, 28)),
    ]
    assert "Zeitraum: ab 01.03.2026 bis 31.03.2026" in dict(book["Hinweise"].values)["Filter"]


def test_where_does_this_date_come_from(address: str, visit: OpenPage) -> None:
    page = open_page(visit, address)
    upcoming = page.get_by_role("table", name="Die nächsten Termine")
    upcoming.get_by_role("link", name="Wie Kommunalpolitik funktioniert").click()  # first click
    expect(page.locator("h1")).to_have_text("Basismodul: Wie Kommunalpolitik funktioniert")
    wait_for_view(page)
    page.get_by_role("link", name="Woher? kommt die Angabe „Termin“").click()  # second
    origin = page.locator("tr", has=page.locator("#woher-start_date"))
    expect(origin).to_be_in_viewport()
    expect(origin).to_contain_text("18.04.2026")
    expect(origin).to_contain_text("„Sa. 18.04.26“")
    expect(origin.get_by_role("link")).to_have_attribute(
        "href", "https://vhs-rheine.example/kurs/2500001001"
    )


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
    provider = page.get_by_label("Anbieter", exact=True)
    provider.click()
    provider.fill("erft")
    page.get_by_role("option", name="VHS Rhein-Erft").click()
    expect(page.get_by_text("1 Angebot gefunden.")).to_be_visible()
    assert "von=2026-05-01" in page.url
    assert "anbieter=vhs-rhein-erft" in page.url
    page.reload()
    expect(page.get_by_text("1 Angebot gefunden.")).to_be_visible()
    expect(page.get_by_label("Zeitraum von")).to_have_value("01.05.2026")
    page.get_by_role("link", name="Alle Filter zurücksetzen").click()
    expect(page.get_by_text("45 Angebote gefunden.")).to_be_visible()
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
    assert page.locator(".stHtml img, a[href^='javascript'], a[href^='data']").count() == 0
    assert widest(page) <= 320
    page.goto(page.url.replace("angebot=o1", ""))
    wait_for_view(page)
    page.get_by_text("Weitere Filter").click()
    provider = page.get_by_label("Anbieter", exact=True)
    provider.click()
    provider.fill("script")
    expect(page.get_by_role("option").first).to_contain_text("<script>window.pwned = true</script>")
    assert page.locator("[role=option] img, [role=option] a").count() == 0
    assert page.evaluate("window.pwned") is None
    assert seen.foreign_requests == []
