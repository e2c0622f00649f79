"""German prose of the pages, one Markdown file per text."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).resolve().parent


@cache
def prose(name: str) -> str:
    """The Markdown text `name`; raises FileNotFoundError for a text that does not exist."""
    return (_FOLDER / f"{name}.md").read_text(encoding="utf-8")
