"""Text of a PDF, line by line. Runs as a process of its own: see `pdf`.

Reads the file from standard input and writes one JSON object. It imports nothing of this project,
so that it starts quickly and can be stopped at any moment. A page's fragments are put into lines
by where they stand; columns of running text are read one after the other; wrapped lines are joined
where spacing and length say that they are one paragraph. Cells of a table's row are parted by
tabulators.
"""

from __future__ import annotations

import json
import logging
import re
import resource
import sys
import time
from dataclasses import dataclass
from io import BytesIO
from statistics import median
from typing import Any

from pypdf import PdfReader
from pypdf.errors import LimitReachedError, PyPdfError

MEMORY_BYTES = 768 * 1024 * 1024
MAX_PAGES = 60
MAX_CHARACTERS = 400_000
MAX_FRAGMENTS = 20_000
PAGES_SECONDS = 12.0
CPU_SECONDS = 30

_BULLET = re.compile(r"^(?:[•·▪‣◦*–—-]|\d{1,2}[.)])(?:\s|$)")
_PAGE_NUMBER = re.compile(r"(?:Seite|Folie|S\.)? ?\d{1,3}(?: ?(?:/|von) ?\d{1,3})?", re.IGNORECASE)
_LABEL = re.compile(r"[A-ZÄÖÜ][\w./-]*(?: [\w./-]+){0,2}:(?: |$)")
_ENDS = re.compile(r"[.!?:;]$")
_LONG_LINE = 35
_COLUMN_WORDS = 25
_FULL = 0.72


@dataclass(frozen=True)
class Fragment:
    """Words at a place of the page, in points from its lower left corner."""

    x: float
    y: float
    size: float
    text: str

    @property
    def right(self) -> float:
        """Where the words end at the least: letters are narrow here, never wide."""
        return self.x + 0.42 * self.size * len(self.text)


@dataclass(frozen=True)
class PrintedLine:
    """Fragments at one height, joined."""

    y: float
    size: float
    text: str


def read_pdf(body: bytes) -> dict[str, Any]:
    """`pages` (lines of each page), `page_count`, `unread` pages; or `problem` in one word:
    damaged, encrypted, too_large."""
    if not body[:1024].lstrip().startswith(b"%PDF-") or b"%%EOF" not in body[-2048:]:
        return {"problem": "damaged"}
    started = time.monotonic()
    try:
        reader = PdfReader(BytesIO(body), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            return {"problem": "encrypted"}
        page_count = len(reader.pages)
        pages: list[list[str]] = []
        characters = 0
        for page in reader.pages[:MAX_PAGES]:
            if characters > MAX_CHARACTERS or time.monotonic() - started > PAGES_SECONDS:
                break
            lines = page_lines(_fragments(page))
            characters += sum(map(len, lines))
            pages.append(lines)
    except (LimitReachedError, MemoryError, RecursionError):
        return {"problem": "too_large"}
    except PyPdfError as error:
        return {"problem": "damaged", "message": str(error)[:200]}
    except Exception as error:
        # The library breaks on damaged files in ways of its own (KeyError, AttributeError …).
        return {"problem": "damaged", "message": f"{type(error).__name__}: {error}"[:200]}
    return {"pages": pages, "page_count": page_count, "unread": page_count - len(pages)}


def _fragments(page: Any) -> list[Fragment]:
    found: list[Fragment] = []

    def visit(text: str, cm: list[float], tm: list[float], font: Any, size: float) -> None:
        words = " ".join(text.replace("\x00", " ").split())
        if not words or len(found) >= MAX_FRAGMENTS:
            return
        x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
        y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        height = abs(size * (tm[3] or tm[1] or 1.0) * (cm[3] or cm[1] or 1.0))
        found.append(Fragment(x, y, min(max(height, 1.0), 200.0), words))

    page.extract_text(visitor_text=visit)
    return found


def page_lines(fragments: list[Fragment]) -> list[str]:
    """The paragraphs, headings and items of a page in reading order, page numbers left out."""
    lines: list[str] = []
    for block in _columns(fragments):
        lines += _joined(_lines_of(block))
    return [line for line in lines if not _PAGE_NUMBER.fullmatch(line)]


def _columns(fragments: list[Fragment]) -> list[list[Fragment]]:
    """The page's parts in reading order: two columns of running text stand one after the other,
    what runs across both stands between them."""
    gutter = _gutter(fragments)
    if gutter is None:
        return [fragments]
    parts: list[list[Fragment]] = []
    left: list[Fragment] = []
    right: list[Fragment] = []
    across: list[Fragment] = []
    for fragment in sorted(fragments, key=lambda f: (-f.y, f.x)):
        goes_on = bool(across) and not left and not right and _is_next_line(across[-1], fragment)
        if goes_on and fragment.x < gutter:
            across.append(fragment)
        elif fragment.x >= gutter:
            right.append(fragment)
        elif fragment.right <= gutter:
            left.append(fragment)
        else:
            across = [fragment]
            parts += [left, right, across]
            left, right = [], []
    return [part for part in (*parts, left, right) if part]


def _is_next_line(fragment: Fragment, following: Fragment) -> bool:
    """Whether words across both columns go on in the same line or in the one below."""
    is_alike = abs(fragment.size - following.size) < 0.1 * fragment.size
    return is_alike and fragment.y - following.y <= 1.5 * fragment.size


def _gutter(fragments: list[Fragment]) -> float | None:
    """Where the right one of two columns begins, None on a page without columns. A table of short
    labels beside their values is none."""
    if len(fragments) < 8:
        return None
    leftmost = min(f.x for f in fragments)
    rightmost = max(f.right for f in fragments)
    middle = range(int(leftmost + 0.3 * (rightmost - leftmost)), int(rightmost))
    starts = [f.x for f in fragments if int(f.x) in middle]
    for start in sorted(set(starts), key=lambda x: (-sum(abs(x - s) < 3 for s in starts), x))[:5]:
        edge = start - 3
        right = [f for f in fragments if f.x >= edge]
        left = [f for f in fragments if f.right <= edge]
        across = len(fragments) - len(left) - len(right)
        is_text = all(
            len(side) >= 4 and median(len(f.text) for f in side) >= _COLUMN_WORDS
            for side in (left, right)
        )
        if is_text and across <= 0.25 * len(fragments):
            return edge
    return None


def _lines_of(fragments: list[Fragment]) -> list[PrintedLine]:
    lines: list[list[Fragment]] = []
    for fragment in sorted(fragments, key=lambda f: -f.y):
        if lines and abs(lines[-1][0].y - fragment.y) <= 0.4 * fragment.size:
            lines[-1].append(fragment)
        else:
            lines.append([fragment])
    return _with_rows([sorted(line, key=lambda f: f.x) for line in lines])


def _with_rows(lines: list[list[Fragment]]) -> list[PrintedLine]:
    """The lines; those that are rows of a table with their cells parted by tabulators. Rows have
    as many cells as their neighbours, at the same places; only the names above may be centred."""
    is_row = [False] * len(lines)
    for position in range(1, len(lines)):
        if _have_same_columns(lines[position - 1], lines[position]):
            is_row[position - 1] = is_row[position] = True
    for position in range(len(lines) - 1):
        has_as_many = len(lines[position]) == len(lines[position + 1])
        is_row[position] |= is_row[position + 1] and has_as_many
    found: list[PrintedLine] = []
    columns: list[Fragment] = []
    for line, row in zip(lines, is_row, strict=True):
        size = max(f.size for f in line)
        is_below_row = not row and bool(columns) and found[-1].y - line[0].y <= 1.5 * size
        cells = _continued(found[-1].text.split("\t"), columns, line) if is_below_row else None
        if cells is not None:
            found[-1] = PrintedLine(line[0].y, size, "\t".join(cells))
            continue
        columns = line if row else []
        text = ("\t" if row else " ").join(f.text for f in line)
        found.append(PrintedLine(line[0].y, size, text))
    return found


def _have_same_columns(line: list[Fragment], other: list[Fragment]) -> bool:
    return len(line) == len(other) >= 3 and all(
        abs(a.x - b.x) < 3 for a, b in zip(line, other, strict=True)
    )


def _continued(cells: list[str], columns: list[Fragment], line: list[Fragment]) -> list[str] | None:
    """The cells of a row with what a second line adds below some of them, but not the first."""
    cells = list(cells)
    for fragment in line:
        column = next((i for i, f in enumerate(columns) if i and abs(f.x - fragment.x) < 3), None)
        if column is None:
            return None
        cells[column] = _glued(cells[column], fragment.text)
    return cells


def _joined(lines: list[PrintedLine]) -> list[str]:
    longest: dict[float, int] = {}
    for line in lines:
        longest[line.size] = max(longest.get(line.size, 0), len(line.text))
    texts: list[str] = []
    previous: PrintedLine | None = None
    for line in lines:
        if previous is not None and _goes_on(previous, line, longest[previous.size]):
            texts[-1] = _glued(texts[-1], line.text)
        else:
            texts.append(line.text)
        previous = line
    return texts


def _goes_on(line: PrintedLine, following: PrintedLine, longest: int) -> bool:
    """Whether the following line is the same paragraph, only wrapped."""
    is_close = line.y - following.y <= 1.5 * line.size
    is_alike = abs(line.size - following.size) < 0.1 * line.size
    begins_anew = _BULLET.match(following.text) or _LABEL.match(following.text)
    is_table = "\t" in line.text or "\t" in following.text
    if not (is_close and is_alike) or begins_anew or is_table:
        return False
    is_full = longest >= _LONG_LINE and len(line.text) >= _FULL * longest
    if following.text[0].islower():
        return is_full or (len(line.text) >= _LONG_LINE and not _ENDS.search(line.text))
    return is_full and not _ENDS.search(line.text)


def _glued(text: str, more: str) -> str:
    if re.search(r"[^\W\d_]-$", text):
        return text[:-1] + more if more[0].islower() else text + more
    return f"{text} {more}"


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    logging.disable(logging.CRITICAL)
    json.dump(read_pdf(sys.stdin.buffer.read()), sys.stdout)


if __name__ == "__main__":
    main()
