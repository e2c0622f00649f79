"""The texts of the offers, held in memory for the search.

Descriptions are by far the longest texts of a file: to look for a word in all of them, the file
would need longer than a page may wait. So all texts are read once for each publication, in small
steps.
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

# The short texts of an offer `o`, its provider `p` and the municipality `m` of its venue.
SHORT_TEXTS = """o.title, o.subtitle, array_to_string(o.topics, ' '), o.venue_name,
    o.venue_place, m.name, p.name, o.course_number"""

_SIZE = "SELECT coalesce(max(rowid), 0) + 1 FROM mart.offers"
_STEP = f"""
SELECT o.rowid, concat_ws(' ', {SHORT_TEXTS}, o.description)
FROM mart.offers o
LEFT JOIN mart.providers p USING (provider_id)
LEFT JOIN mart.municipalities m ON m.ags = o.venue_ags
WHERE o.rowid >= $first AND o.rowid < $first + $step"""

_MARKS = re.compile("[\u0300-\u036f]")
_LENGTHENED = re.compile("([aou])e")
_SHORT = re.compile("[aou](?!e)")


@dataclass(frozen=True, slots=True)
class SearchTexts:
    """Folded texts, one a line; `starts` is where each line begins, and the end; `rows` are the
    numbers (rowid) of their offers in mart.offers, which has `size` rows."""

    text: bytes
    starts: array[int]
    rows: array[int]
    size: int

    @classmethod
    def of(cls, texts: Iterable[tuple[int, str]], size: int) -> SearchTexts:
        """Of rows with their texts."""
        lines: list[bytes] = []
        rows, starts, end = array("q"), array("q", [0]), 0
        for row, text in texts:
            lines.append(_folded(text).encode())
            rows.append(row)
            end += len(lines[-1]) + 1
            starts.append(end)
        return cls(b"\n".join(lines), starts, rows, size)

    def containing(self, spellings: Iterable[str]) -> str:
        """A sign for each row of mart.offers: 1 where one of the spellings stands in its texts,
        else 0. A question understands that far quicker than a list."""
        signs = bytearray(b"0") * self.size
        for form in {form for word in spellings for form in _forms(word)}:
            for line in self._lines(form.encode()):
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
    return _MARKS.sub("", decomposed).casefold().replace("\n", " ")


def _forms(word: str) -> set[str]:
    """How a word may stand in a folded text: umlauts as one letter or as two."""
    folded = _folded(word)
    forms = {folded, _folded(spelled_out(word)), _LENGTHENED.sub(r"\1", folded)}
    for vowel in _SHORT.finditer(folded):
        forms.add(f"{folded[: vowel.end()]}e{folded[vowel.end() :]}")
    return forms


def _size(file: PublishedFile) -> int:
    return int(file.value(_SIZE))


def _read(file: PublishedFile) -> Iterator[tuple[int, str]]:
    """The rows of all offers with their texts."""
    for first in range(0, _size(file), OFFERS_A_STEP):
        yield from file.all_rows(lambda *pair: pair, _STEP, first=first, step=OFFERS_A_STEP)


@lru_cache(maxsize=OPEN_FILES)
def search_texts(file: PublishedFile) -> SearchTexts:
    """The texts of the newest day."""
    return SearchTexts.of(_read(file), _size(file))


def searched_words(file: PublishedFile) -> set[str]:
    """Every word in which the search looks, once, with what is written around it; not kept."""
    words: set[str] = set()
    for _, text in _read(file):
        words.update(text.split())
    return words
