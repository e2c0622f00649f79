"""Texts out of data fields: editors put markup into them, and exports escape it."""

from __future__ import annotations

import re
from typing import Final

from selectolax.lexbor import LexborHTMLParser

from scrapers.fields.text import clean
from scrapers.pages.markup import lines_of

MAX_TEXT: Final = 50_000
_MARKUP: Final = re.compile(r"[<&]")


def visible_lines(raw: str) -> tuple[str, ...]:
    """What a reader would see of the text, line by line; markup in it is read, not shown."""
    raw = raw[:MAX_TEXT]
    if _MARKUP.search(raw):
        body = LexborHTMLParser(raw).body
        return () if body is None else lines_of(body)
    return tuple(line for part in raw.split("\n") if (line := clean(part)))
