"""What README and docs point to exists: links, headings, files, commands, targets, settings."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import typer.main
from typer.core import TyperGroup

from pipeline.cli import app
from pipeline.night_settings import NightSettings

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
# Not warehouse/data: what runs leave there may be large and is no part of the checkout.
CODE_FOLDERS = (
    *("scrapers", "pipeline", "dashboard", "tests", "docs"),
    *("warehouse/models", "warehouse/queries", "warehouse/reference"),
)
# Files that whoever reads the page makes, and a call in Python that only looks like a file.
NOT_HERE = {"secrets.toml", "meine_frage.sql", "atlas.sql"}
every_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    prose = re.sub(r"^```.*?^```", "", text_of(page), flags=re.M | re.S)
    headings = re.findall(r"^#+ (.+)$", prose, re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def code_in(page: Path) -> Iterator[str]:
    """Whatever is set as code: lines of fences, and words in backticks."""
    text = text_of(page)
    for fence in re.findall(r"^```[^\n]*\n(.*?)^```", text, re.M | re.S):
        yield from fence.splitlines()
    prose = " ".join(re.sub(r"^```.*?^```", "", text, flags=re.M | re.S).split())
    yield from re.findall(r"`([^`]+)`", prose)


@cache
def files() -> tuple[str, ...]:
    """All files of the checkout that prose may name, with a slash before each path."""
    inside = (path for folder in CODE_FOLDERS for path in (ROOT / folder).rglob("*.*"))
    outside = (path for folder in (".", "warehouse") for path in (ROOT / folder).glob("*.*"))
    return tuple(f"/{path.relative_to(ROOT).as_posix()}" for path in (*inside, *outside))


@every_page
def test_links_lead_to_files_and_headings(page: Path) -> None:
    wrong = []
    for target in re.findall(r"\]\(([^)\s]+)\)", text_of(page)):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        file = (page.parent / name).resolve() if name else page
        if not file.exists() or (anchor and anchor not in anchors(file)):
            wrong.append(target)
    assert wrong == []


@every_page
def test_named_files_and_folders_exist(page: Path) -> None:
    wrong = []
    for code in code_in(page):
        for name in re.findall(r"(?<![\w/<*{.-])[\w./-]+\.(?:py|sql|md|yaml|csv|js|toml)\b", code):
            known = any(file.endswith(f"/{name}") for file in files())
            if not known and name.rsplit("/", 1)[-1] not in NOT_HERE and "musterstadt" not in name:
                wrong.append(name)
        folder = re.fullmatch(r"((?:scrapers|pipeline|warehouse|dashboard|tests)/[\w/]*)", code)
        if folder and not (ROOT / folder[1]).is_dir() and folder[1].rstrip("/") != "warehouse/data":
            wrong.append(folder[1])
    assert wrong == []


@every_page
def test_named_commands_have_their_options(page: Path) -> None:
    wrong = [
        problem
        for code in code_in(page)
        for words in re.findall(r"\batlas ((?:[\w-]+)(?: [^#`]*)?)", code)
        if (problem := problem_of(words.split()))
    ]
    assert wrong == []


def problem_of(words: list[str]) -> str:
    """What is wrong with a call of `atlas`; nothing where it could be typed so."""
    command = typer.main.get_command(app)
    called = "atlas"
    while isinstance(command, TyperGroup):
        if not words or words[0] not in command.commands:
            return f"{called} {' '.join(words[:1])}"
        called, command = f"{called} {words[0]}", command.commands[words[0]]
        words = words[1:]
    known = {option for parameter in command.params for option in parameter.opts}
    unknown = [word for word in words if re.fullmatch(r"--[a-z-]+", word) and word not in known]
    return f"{called} {unknown[0]}" if unknown else ""


def test_a_command_or_option_that_is_not_there_would_be_noticed() -> None:
    assert problem_of(["run", "--register", "DIR"]) == ""
    assert problem_of(["sources", "probe", "URL"]) == ""
    assert problem_of(["walk"]) == "atlas walk"
    assert problem_of(["sources", "count"]) == "atlas sources count"
    assert problem_of(["run", "--fast"]) == "atlas run --fast"


@cache
def settings() -> frozenset[str]:
    """The environment variables that the rooms read."""
    code = "\n".join(
        text_of(path) for room in ("warehouse", "pipeline") for path in (ROOT / room).glob("*.py")
    )
    nightly = {f"ATLAS_{name.upper()}" for name in NightSettings.model_fields}
    return frozenset(re.findall(r"ATLAS_[A-Z_]+", code)) | nightly


@every_page
def test_named_targets_modules_and_settings_exist(page: Path) -> None:
    makefile = text_of(ROOT / "Makefile")
    wrong = []
    for code in code_in(page):
        for target in re.findall(r"(?:^|bin/)make ([a-z]+)", code):
            if not re.search(rf"^{target}:", makefile, re.M):
                wrong.append(f"make {target}")
        for module in re.findall(r"\bpython -m ([\w.]+)", code):
            if importlib.util.find_spec(module) is None:
                wrong.append(f"python -m {module}")
        wrong += [name for name in re.findall(r"ATLAS_[A-Z_]+", code) if name not in settings()]
    assert wrong == []
