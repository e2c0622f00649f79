"""Waits for any view and judges it: by axe, by its width, by what it asked of other hosts."""

from __future__ import annotations

from contextlib import suppress

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

# Milliseconds. Nothing here is about speed, and a machine of CI may be many times slower.
PATIENCE = 60_000
expect.set_options(timeout=PATIENCE)
LISTS_OPENED = 6


def wait_for_view(page: Page) -> None:
    """Until the view is drawn: its heading is there and nothing is being calculated."""
    expect(page.locator("main h1").first).to_be_visible()
    expect(page.locator("[data-testid='stApp']")).to_have_attribute(
        "data-test-script-state", "notRunning"
    )
    for chart in page.locator("[data-testid='stPlotlyChart']").all():
        expect(chart.locator(".main-svg").first).to_be_attached()


def open_list(page: Page, label: str, typed: str = "") -> Locator:
    """Opens the list of a field, typing into it if wished; returns its options.

    A page that is drawn again meanwhile closes the list, then it is opened once more.
    """
    field, options = page.get_by_label(label, exact=True), page.get_by_role("option")
    for _ in range(LISTS_OPENED):
        field.click()
        if typed:
            field.fill("")
            field.fill(typed)
        with suppress(AssertionError):
            expect(options.first).to_be_visible(timeout=PATIENCE / LISTS_OPENED)
            return options
    raise AssertionError(f"the list of {label!r} does not open")


def open_everything(page: Page) -> None:
    """Opens all that is folded."""
    for summary in page.locator("summary").all():
        if summary.is_visible() and not summary.evaluate("it => it.parentElement.open"):
            summary.click()
    expect(page.locator("details:not([open]) > summary:visible")).to_have_count(0)


def serious_findings(page: Page) -> list[str]:
    """What axe calls serious or critical, one line each with the first place."""
    results = Axe().run(page)
    return [
        f"{found['id']}: {found['help']} — {found['nodes'][0]['html'][:160]}"
        for found in results.response["violations"]
        if found["impact"] in ("serious", "critical")
    ]


def widest(page: Page) -> int:
    """The width that the page needs, in pixels."""
    return int(
        page.evaluate(
            """() => Math.max(document.documentElement.scrollWidth,
                document.querySelector("[data-testid=stMain]").scrollWidth)"""
        )
    )
