"""The descriptions of the offers, held in memory for the search.

They are by far the longest texts of a file: to look for a word in all of them, the file would need
longer than a page may wait. So they are read once for each publication, in small steps.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from dashboard.data.published import OPEN_FILES, PublishedFile
from dashboard.search import spelled_out

OFFERS_A_STEP = 2000

_SIZE = "SELECT coalesce(max(rowid), 0) + 1 FROM mart.offers"
_STEP = """
SELECT rowid, description FROM mart.offers
WHERE rowid >= $first AND rowid < $first + $step AND description IS NOT NULL"""

_MARKS = re.compile("[\u0300-\u036f]")
_SHORTENED = re.compile("([aou])e")


@dataclass(frozen=True, slots=True)
class Descriptions:
    """The folded descriptions, one a line; `starts` is where each line begins, and the end;
    `rows` are the numbers (rowid) of their offers in mart.offers."""

    text: bytes
    starts: array[int]
    rows: array[int]
    size: int

    def containing(self, spellings: Iterable[str]) -> str:
        """A sign for each row of mart.offers: 1 where one of the spellings stands in its
        description, else 0. A question understands that far quicker than a list."""
        signs = bytearray(b"0") * self.size
        for needle in {form for word in spellings for form in _forms(word)}:
            for line in self._lines(needle.encode()):
                signs[self.rows[line]] = ord("1")
        return signs.decode()

    def _lines(self, needle: bytes) -> Iterator[int]:
        place = self.text.find(needle)
        while place >= 0:
            line = bisect_right(self.starts, place) - 1
            yield line
            place = self.text.find(needle, self.starts[line + 1])


def _folded(text: str) -> str:
    """Lower case without marks, on one line: Köln is koln, ß is ss."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return _MARKS.sub("", decomposed).replace("\n", " ")


def _forms(word: str) -> set[str]:
    """How a word may stand in a folded text: umlauts as one letter or as two."""
    folded = _folded(word)
    return {folded, spelled_out(word), _SHORTENED.sub(r"\1", folded)}


def _size(file: PublishedFile) -> int:
    return int(file.value(_SIZE))


def _read(file: PublishedFile) -> Iterator[tuple[int, str]]:
    """The rows of all offers that have a description, with it."""
    for first in range(0, _size(file), OFFERS_A_STEP):
        yield from file.all_rows(lambda *pair: pair, _STEP, first=first, step=OFFERS_A_STEP)


@lru_cache(maxsize=OPEN_FILES)
def descriptions(file: PublishedFile) -> Descriptions:
    """The descriptions of the newest day."""
    lines: list[bytes] = []
    size, rows, starts, end = _size(file), array("q"), array("q", [0]), 0
    for row, description in _read(file):
        lines.append(_folded(description).encode())
        rows.append(row)
        end += len(lines[-1]) + 1
        starts.append(end)
    return Descriptions(b"\n".join(lines), starts, rows, size)


def described_words(file: PublishedFile) -> set[str]:
    """The words of all descriptions, each once, with what is written around them."""
    words: set[str] = set()
    for _, description in _read(file):
        words.update(description.split())
    return words
