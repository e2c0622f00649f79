"""Visits to the dashboard whose times are taken inside the browser.

A condition is JavaScript that gives true as soon as what is waited for stands in the page; it is
asked before every frame that the browser paints.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlencode

from playwright.sync_api import Browser, Page, Route

PATIENCE = 60_000

EMPTY = "document.querySelector('#bare')?.offsetHeight > 0"
FIRST_VIEW = """document.querySelectorAll('main .qa-tile-number').length >= 4
    && document.querySelector('main h1 .qa-number')?.offsetHeight > 0
    && document.querySelector('main table.qa-table tbody tr')?.offsetHeight > 0"""
# An area of a plain figure is a filled line; a choropleth draws one path an area.
MAP = "document.querySelectorAll('.js-plotly-plot .scatterlayer .js-fill').length > 0"
CHOROPLETH = "document.querySelectorAll('.js-plotly-plot .choroplethlayer path').length >= 396"

_CLOCK = """(() => {
  const look = () => {
    if (%s) window.atlasReady = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})()"""

# From the click until the watched part of the page is another one than before.
_WATCH = """(selector) => {
  const words = () => [...document.querySelectorAll(selector)].map((part) => part.outerHTML).join();
  const before = words();
  window.atlasTaken = null;
  document.addEventListener("click", () => {
    const began = performance.now();
    const look = () => {
      const now = words();
      if (now && now !== before) window.atlasTaken = performance.now() - began;
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }, { capture: true, once: true });
}"""
_GO = """(address) => {
  history.pushState({}, "", address);
  window.dispatchEvent(new PopStateEvent("popstate", { state: {} }));
}"""
_IDLE = """() => document.querySelector("[data-testid='stApp']")
  ?.getAttribute("data-test-script-state") === "notRunning" && document.querySelector("main h1")"""

# What changes when a filter has had its effect.
WATCHED = {
    "ueberblick": "main h1",
    "gremien": "main table.qa-table tbody",
    "angebote": "main table.qa-table tbody",
    "karte": ".js-plotly-plot .scatterlayer",
}
MODULES = ("Basismodul", "Aufbaumodul", "Alle")
DISTRICTS = ("", "Arnsberg", "Detmold", "Düsseldorf", "Köln", "Münster")
# The choropleth asks for the coasts of the world, which are not drawn: it gets none at once.
_NO_COASTS = '{"type": "Topology", "objects": {}, "arcs": []}'


def _page(browser: Browser) -> Page:
    """A page of a context of its own: nothing is kept from the visit before."""
    page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    page.set_default_timeout(PATIENCE)
    return page


def first_visit(browser: Browser, url: str, condition: str) -> float:
    """Seconds from the beginning of the first visit until the condition holds."""
    page = _page(browser)
    page.add_init_script(_CLOCK % condition)
    host = url.split("/")[2]

    def answer(route: Route) -> None:
        route.fulfill(body=_NO_COASTS, content_type="application/json")

    page.route(re.compile(rf"^https?://(?!{re.escape(host)})"), answer)
    page.goto(url, wait_until="commit")
    page.wait_for_function("window.atlasReady > 0")
    seconds = float(page.evaluate("window.atlasReady")) / 1000
    page.context.close()
    return seconds


def seconds_of_filters(browser: Browser, url: str) -> dict[str, list[float]]:
    """By view: how long each choice of a module took, in regions that nobody has asked for yet."""
    taken: dict[str, list[float]] = {view: [] for view in WATCHED}
    for view, selector in WATCHED.items():
        page = _page(browser)
        page.goto(f"{url}/{view}")
        for district in DISTRICTS:
            page.wait_for_function(_IDLE)
            page.evaluate(_GO, f"/{view}?{urlencode({'regierungsbezirk': district})}")
            page.wait_for_timeout(1_000)
            for module in MODULES:
                page.wait_for_function(_IDLE)
                page.evaluate(_WATCH, selector)
                page.get_by_role("radio", name=module, exact=True).click()
                page.wait_for_function("window.atlasTaken > 0")
                taken[view].append(float(page.evaluate("window.atlasTaken")) / 1000)
        page.context.close()
    return taken


def sessions_at_once(
    browser: Browser, url: str, count: int, meanwhile: Callable[[], None]
) -> list[str]:
    """Opens that many sessions at the same time, each moves on to other views; what they complained
    about. `meanwhile` is called while all are open."""
    pages = [_page(browser) for _ in range(count)]
    complaints: list[str] = []
    for page in pages:
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(url, wait_until="commit")
    for step in range(len(WATCHED)):
        for number, page in enumerate(pages):
            page.wait_for_function(_IDLE)
            if page.locator(".stException, [data-testid='stException']").count():
                complaints.append(page.locator("main").inner_text()[:200])
            if step + 1 < len(WATCHED):
                page.evaluate(_GO, f"/{list(WATCHED)[(number + step) % len(WATCHED)]}")
    meanwhile()
    for page in pages:
        page.context.close()
    return complaints
