"""The cookbook for analysts: `queries/*.sql`, each a question with a note on how to read it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

QUERIES_DIR = Path(__file__).resolve().parent / "queries"
_HEAD = re.compile(r"-- Frage: (?P<question>.+?)\n-- Lesart: (?P<reading>.+?)\n(?!--)", re.DOTALL)


class CookbookError(Exception):
    """A question that is not in the cookbook, or a file of it without its head."""


@dataclass(frozen=True)
class KeptQuery:
    """`question` and `reading` are the German head of the file, `sql` is the whole file."""

    name: str
    question: str
    reading: str
    sql: str


def load_cookbook() -> list[KeptQuery]:
    """All kept questions by name. Raises CookbookError for a file without question and reading."""
    return [_read(path) for path in sorted(QUERIES_DIR.glob("*.sql"))]


def query_text(name: str) -> str:
    """The SQL of a kept question. Raises CookbookError with the names that there are."""
    queries = {query.name: query.sql for query in load_cookbook()}
    wanted = name.removesuffix(".sql")
    if wanted not in queries:
        raise CookbookError(
            f"{name!r} is neither a file nor a kept question; there are {', '.join(queries)}"
        )
    return queries[wanted]


def _read(path: Path) -> KeptQuery:
    text = path.read_text(encoding="utf-8")
    head = _HEAD.match(text)
    if head is None:
        raise CookbookError(f"{path.name}: must begin with '-- Frage: …' and '-- Lesart: …'")
    question, reading = (
        re.sub(r"\n-- ?", " ", head[part]).strip() for part in ("question", "reading")
    )
    return KeptQuery(path.stem, question, reading, text)
