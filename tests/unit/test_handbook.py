"""The handbook for staff names what is on the screen, and nothing that is not.

In `docs/handbuch.md` whatever stands in bold is a name on the screen. It must be found among the
words that the dashboard's own code and texts put there.
"""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path
from typing import get_args

import pytest

from dashboard.figures.pictures import PictureKind
from dashboard.views import VIEWS
from dashboard.wording import STATE_WORDS, STATES

ROOT = Path(__file__).resolve().parents[2]
HANDBOOK = ROOT / "docs" / "handbuch.md"
# Bold for weight, not as a name: what a state never means, lead-ins of lists and tables.
OWN_WORDS = {
    "fett",
    "nicht",
    "Nie: Es gibt kein Angebot.",
    "Eine Angabe ist falsch",
    "Eine Volkshochschule fehlt",
    "Ein Angebot fehlt",
    "Ein Gremium fehlt",
    "Eine Quelle bleibt gestört",
    "Eine Seite zeigt nichts",
}


@cache
def handbook() -> str:
    return HANDBOOK.read_text(encoding="utf-8")


def named() -> set[str]:
    """The names in bold; what leads into a line of a list ends with a colon."""
    found = {" ".join(name.split()) for name in re.findall(r"\*\*(.+?)\*\*", handbook(), re.S)}
    return {name for name in found if name not in OWN_WORDS and not name.endswith(":")}


@cache
def screen_words() -> tuple[str, ...]:
    """All texts of the dashboard: constants of its modules (without docstrings) and its prose."""
    words = [path.read_text("utf-8") for path in sorted((ROOT / "dashboard/texts").glob("*.md"))]
    for path in sorted((ROOT / "dashboard").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        documents = {
            id(node.value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        }
        words += [
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in documents
        ]
    emphasised = re.findall(r"(?:\*\*|<strong>)(.+?)(?:\*\*|</strong>)", "\n".join(words))
    return (*words, *emphasised)


def is_on_screen(name: str) -> bool:
    """A text of its own, or a phrase or question within one; one word in a text is no name."""
    if name in screen_words():
        return True
    if " " not in name and not name.endswith("?"):
        return False
    whole = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
    return any(whole.search(text) for text in screen_words())


@cache
def subjects(function: str) -> set[str]:
    """What the calls of a block say that they show or give away: their second argument."""
    return {
        str(call.args[1].value)
        for path in (ROOT / "dashboard").rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id == function
        and len(call.args) > 1
        and isinstance(call.args[1], ast.Constant)
    }


def is_file_button(name: str) -> bool:
    """The subject of a table or figure, and the kind of file."""
    subject, _, kind = name.partition(": ")
    if kind in {one.upper() for one in get_args(PictureKind)}:
        return subject in subjects("pictures") | subjects("figure")
    return kind in ("Excel", "CSV", "Kalender") and subject in subjects("downloads")


def is_below_a_figure(name: str) -> bool:
    """The subject of a figure, and what it is folded away with."""
    subject, _, rest = name.partition(": ")
    return subject in subjects("figure") and f": {rest}" in screen_words()


def test_every_name_in_the_handbook_is_on_the_screen() -> None:
    names = named()
    assert len(names) > 80
    missing = [
        name
        for name in sorted(names)
        if not (is_on_screen(name) or is_below_a_figure(name) or is_file_button(name))
    ]
    assert missing == []


def test_every_view_has_its_chapter_in_the_order_of_the_navigation() -> None:
    chapters = handbook().split("\n## Die Ansichten\n")[1].split("\n## ")[0]
    assert re.findall(r"^### (.+)$", chapters, re.M) == [view.title for view in VIEWS]


def test_the_four_results_are_those_of_the_dashboard() -> None:
    chapter = handbook().split("\n## Die vier Ergebnisse\n")[1].split("\n## ")[0]
    rows = re.findall(r"^\| (\S) \| \*\*(.+?)\*\* \|", chapter, re.M)
    assert rows == [(STATE_WORDS[state].symbol, STATE_WORDS[state].label) for state in STATES]


@pytest.mark.parametrize("state", ["unknown", "not_configured"])
def test_what_is_not_known_is_never_told_as_no_offer(state: str) -> None:
    label = next(STATE_WORDS[one].label for one in STATES if one == state)
    row = next(line for line in handbook().splitlines() if f"| **{label}** |" in line)
    assert "**Nie: Es gibt kein Angebot.**" in row


def test_it_uses_no_words_of_the_trade() -> None:
    technical = r"\b(AGS|Crawl\w*|DuckDB|SQL|Server|Cache|URL|Parser|JSON|Pipeline|Dagster|Tabs?)\b"
    assert re.findall(technical, handbook()) == []
