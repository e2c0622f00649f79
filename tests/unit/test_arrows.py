"""The arrows between the rooms (DESIGN §2): who may import whom."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("scrapers", "pipeline", "warehouse", "dashboard")
ALLOWED = {
    "scrapers": (),
    "warehouse": (),
    "pipeline": ("warehouse", "scrapers.records"),
    "dashboard": ("warehouse",),
}
KNOWS_NO_HTML = ("selectolax", "lxml", "parsel", "web_poet", "scrapy")
KNOWS_NO_DATABASE = ("duckdb", "dagster", "streamlit", "plotly")


def imports(path: Path) -> Iterator[str]:
    """Full names of everything that a module imports, at any depth of its code."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), str(path))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative imports hide the arrows"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def within(name: str, prefixes: tuple[str, ...]) -> bool:
    return any(name == prefix or name.startswith(f"{prefix}.") for prefix in prefixes)


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_along_the_arrows(room: str) -> None:
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in (ROOT / room).rglob("*.py")
        for name in imports(path)
        if within(name, ROOMS) and not within(name, (room, *ALLOWED[room]))
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("room", "foreign"),
    [
        ("scrapers", KNOWS_NO_DATABASE),
        ("pipeline", KNOWS_NO_HTML),
        ("warehouse", (*KNOWS_NO_HTML, "dagster", "streamlit", "plotly")),
        ("dashboard", (*KNOWS_NO_HTML, "dagster")),
        ("scrapers/fields", (*KNOWS_NO_HTML, *KNOWS_NO_DATABASE)),
    ],
)
def test_a_room_does_not_know_what_is_not_its_job(room: str, foreign: tuple[str, ...]) -> None:
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in (ROOT / room).rglob("*.py")
        for name in imports(path)
        if within(name, foreign)
    ]
    assert wrong == []


def test_every_room_has_code() -> None:
    assert all(any((ROOT / room).rglob("*.py")) for room in ROOMS)
