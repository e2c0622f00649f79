"""PDF files as pages: their text becomes the tree that readers of single pages work on.

A PDF is a program for a complicated machine, written by strangers. So its text is taken out in a
process of its own, with limits of memory, processor and wall-clock time that hold whatever is in
the file.
"""

from __future__ import annotations

import html
import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path
from types import MappingProxyType
from typing import Final

import attrs
from selectolax.lexbor import LexborHTMLParser
from web_poet import HttpResponse

from scrapers.pages.base import PageError
from scrapers.records import FailureClass

WALL_SECONDS: Final = 20.0
_CHILD: Final = Path(__file__).with_name("pdf_text.py")
_PROBLEMS: Final[Mapping[str, tuple[FailureClass, str]]] = MappingProxyType(
    {
        "damaged": ("decode", "the PDF is damaged or cut off"),
        "encrypted": ("decode", "the PDF is encrypted and asks for a password"),
        "too_large": ("too_large", "the PDF needs more memory or time than a page may take"),
    }
)


@attrs.frozen
class PdfText:
    """The paragraphs of each page (rows of tables with tabulators between their cells), and how
    many pages were left unread by the limits."""

    pages: tuple[tuple[str, ...], ...]
    unread_pages: int

    def as_tree(self) -> LexborHTMLParser:
        """A section for each page, a paragraph for each line, a table for rows."""
        sections = "".join(f"<section>{_markup(page)}</section>" for page in self.pages)
        return LexborHTMLParser(f"<html><body>{sections}</body></html>")


def _markup(lines: Sequence[str]) -> str:
    parts: list[str] = []
    for count, group in groupby(lines, key=lambda line: line.count("\t")):
        if count:
            rows = "".join(f"<tr>{_cells(line)}</tr>" for line in group)
            parts.append(f"<table>{rows}</table>")
        else:
            parts += [f"<p>{html.escape(line)}</p>" for line in group]
    return "".join(parts)


def _cells(line: str) -> str:
    return "".join(f"<td>{html.escape(cell)}</td>" for cell in line.split("\t"))


def is_pdf(response: HttpResponse) -> bool:
    """By what the file says of itself, or what its server says of it."""
    if bytes(response.body[:1024]).lstrip().startswith(b"%PDF-"):
        return True
    return (response.headers.get("Content-Type") or "").lower().startswith("application/pdf")


def read_pdf_text(body: bytes, wall_seconds: float = WALL_SECONDS) -> PdfText:
    """The text of a PDF. PageError: `decode` where it is damaged, cut off or encrypted,
    `too_large` where it is beyond the limits, `no_results` where it has no text (a scan)."""
    try:
        child = subprocess.run(
            [sys.executable, "-I", str(_CHILD)],
            input=body,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=wall_seconds,
            check=False,
        )
        found = json.loads(child.stdout)
    except subprocess.TimeoutExpired as error:
        raise PageError(
            "too_large", f"the PDF could not be read within {wall_seconds:g} seconds"
        ) from error
    except ValueError as error:
        # Stopped by its limits before it could say anything.
        raise PageError(*_PROBLEMS["too_large"]) from error
    if "problem" in found:
        raise PageError(*_PROBLEMS[found["problem"]])
    pages = tuple(tuple(lines) for lines in found["pages"])
    if not any(pages):
        raise PageError("no_results", "the PDF has no text; it may be a scan")
    return PdfText(pages, found["unread"])
