"""The page for people with a keyboard, a screen reader, strong contrast or little movement.

The rules of WCAG 2.2 AA that a program can judge are in `accessibility.js`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import streamlit
from playwright.sync_api import Page, expect

import dashboard
from tests.browser.views import open_everything, wait_for_view
from tests.browser.visit import Visit
from tests.dashboard_fixture import normal_rows, publish

pytestmark = pytest.mark.browser

RULES = (Path(__file__).parent / "accessibility.js").read_text(encoding="utf-8")
GERMAN = (Path(dashboard.__file__).parent / "german.js").read_text(encoding="utf-8")
FOCUSED = """() => {
  const element = document.activeElement;
  const marked = [element, ...(function* () {
    for (let up = element.parentElement; up; up = up.parentElement) yield up;
  })()].slice(0, 3).some((box) => {
    const style = getComputedStyle(box);
    return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2)
      || /0px 0px 0px [2-9]/.test(style.boxShadow);
  });
  const name = element.getAttribute("aria-label") || element.innerText || "";
  return { tag: element.tagName, name: name.trim(), marked, html: element.outerHTML.slice(0, 160),
           bottom: element.getBoundingClientRect().bottom };
}"""


@pytest.fixture(scope="module")
def page_address(tmp_path_factory: pytest.TempPathFactory, serve: Callable[[Path], str]) -> str:
    data_dir = tmp_path_factory.mktemp("accessible")
    publish(data_dir / "published", normal_rows())
    return serve(data_dir)


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("dark", [False, True])
def test_no_rule_is_broken(
    page_address: str, visit: Callable[..., Visit], width: int, dark: bool
) -> None:
    page = visit(page_address, width, dark).page
    wait_for_view(page)
    open_everything(page)
    assert page.evaluate(RULES) == []


DAMAGE = {
    "heading skips a level": "document.querySelector('h2').outerHTML = '<h5>x</h5>'",
    "contrast": "document.querySelector('.qa-note').style.color = '#bbb'",
    "table without a caption": "document.querySelector('caption').remove()",
    "without a name: <input": "document.querySelector('.qa-head').innerHTML += '<input>'",
    "without a name: <div": "document.querySelector('.qa-bar').removeAttribute('aria-label')",
    "link to nowhere": "document.getElementById('neues').id = 'anders'",
    "id twice": "document.getElementById('plaetze').id = 'bezirke'",
    "same name for two goals": "document.querySelector('nav a').innerText = 'Alle Angebote'",
    "not exactly one h1": "document.querySelector('h1').outerHTML = '<p>x</p>'",
    "not said to be German": "document.documentElement.lang = 'en'",
}


def test_the_rules_notice_what_is_broken(page_address: str, visit: Callable[..., Visit]) -> None:
    page = visit(page_address).page
    wait_for_view(page)
    for damage in DAMAGE.values():
        page.evaluate(damage)
    found = page.evaluate(RULES)
    assert [rule for rule in DAMAGE if not any(rule in line for line in found)] == []


def tab_stops(page: Page, most: int = 80) -> list[dict[str, Any]]:
    stops: list[dict[str, Any]] = []
    for _ in range(most):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if stop["tag"] == "BODY":
            break
        stops.append(stop)
    return stops


def test_everything_is_reached_and_marked_by_the_keyboard(
    page_address: str, visit: Callable[..., Visit]
) -> None:
    page = visit(page_address).page
    wait_for_view(page)
    stops = tab_stops(page)
    names = [stop["name"] for stop in stops]
    for name in ("Zum Inhalt springen", "Stand vom", "Methode", "Alle", "Alle Angebote"):
        assert name in names
    assert "Nächste Termine: Excel" in names
    assert any(name.endswith("als Tabelle und zum Mitnehmen") for name in names)
    assert [stop["html"] for stop in stops if not stop["marked"]] == []


def test_the_module_is_chosen_by_the_keyboard(
    page_address: str, visit: Callable[..., Visit]
) -> None:
    page = visit(page_address).page
    wait_for_view(page)
    page.get_by_role("radio", name="Alle").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    expect(page.locator("h1")).to_have_text("2 von 111 Gremien haben ein Angebot im Basismodul")


def test_links_inside_the_page_lead_there(page_address: str, visit: Callable[..., Visit]) -> None:
    page = visit(page_address).page
    wait_for_view(page)
    contents = page.get_by_role("navigation", name="Auf dieser Seite")
    contents.get_by_role("link", name="Entwicklung").press("Enter")
    expect(page.get_by_role("heading", name="Entwicklung")).to_be_in_viewport()
    expect(page).to_have_url(re.compile("#entwicklung$"))


@pytest.mark.parametrize("module", ["all", "basis", "aufbau", "other"])
def test_the_tiles_and_the_bar_make_the_total(
    page_address: str, visit: Callable[..., Visit], module: str
) -> None:
    page = visit(f"{page_address}/?modul={module}").page
    wait_for_view(page)
    expect(page.locator(".qa-tile-number")).to_have_count(4)
    tiles = [int(text) for text in page.locator(".qa-tile-number").all_inner_texts()]
    bar = page.locator(".qa-bar").get_attribute("aria-label") or ""
    unnamed = re.search(r"(\d+) noch nicht benannt", bar)
    assert unnamed is not None
    assert sum(tiles) + int(unnamed[1]) == 111
    widths = page.locator(".qa-bar span").evaluate_all(
        "spans => spans.map(span => Number(span.style.flexGrow))"
    )
    assert sum(widths) == 111


def test_nothing_moves_for_those_who_asked_for_it(
    page_address: str, visit: Callable[..., Visit]
) -> None:
    page = visit(page_address).page
    page.emulate_media(reduced_motion="reduce")
    wait_for_view(page)
    longest = page.evaluate(
        """() => Math.max(...[...document.querySelectorAll("*")].flatMap((element) => {
          const style = getComputedStyle(element);
          return [style.transitionDuration, style.animationDuration]
            .flatMap((times) => times.split(",").map(parseFloat));
        }))"""
    )
    assert longest < 0.001


def test_the_frameworks_own_words_are_still_those_that_are_translated() -> None:
    english = re.findall(r'^    "([A-Z][^"]+)":', GERMAN, re.MULTILINE)
    assert len(english) == 10
    scripts = Path(streamlit.__file__).parent.joinpath("static").rglob("*.js")
    known = "\n".join(script.read_text(encoding="utf-8") for script in scripts)
    # Some sentences are put together of several.
    parts = [part for words in english for part in re.split(r"(?<=[a-z])\. ", words)]
    assert [part for part in parts if part not in known] == []


def test_what_the_framework_says_by_itself_is_german(
    page_address: str, visit: Callable[..., Visit]
) -> None:
    page = visit(page_address).page
    wait_for_view(page)
    page.get_by_label("Stand vom").click()
    page.get_by_label("Stand vom").first.fill("zzz")
    expect(page.get_by_role("listbox")).to_have_text("Nichts passt zur Eingabe")
    page.keyboard.press("Escape")
    page.evaluate(
        """() => {
          const error = document.createElement("div");
          error.dataset.testid = "stDownloadButtonError";
          error.innerHTML = "<b>KeyError</b>: no such file";
          document.querySelector("main").append(error);
        }"""
    )
    said = page.locator("[data-testid='stDownloadButtonError']")
    expect(said).to_contain_text("Die Datei ließ sich nicht herstellen.")
    expect(said).not_to_contain_text("KeyError")
    expect(said).not_to_contain_text("no such file")
