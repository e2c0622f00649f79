"""Labelled values in printed lines: "Geplante TN: 8", several in one line, one label over lines."""

from __future__ import annotations

import re
from collections.abc import Collection

import attrs

from scrapers.fields.labels import Label, canonical_label

_COLON = re.compile(r":(?!//|\d\d\b)(?=\s|$|\S)")
# "Zwei Termine:", "Nächster Termin:", "Unsere Anmeldung:"
_LEAD = re.compile(
    r"[\s•|–-]*(?:(?:ein|zwei|drei|vier|fünf|\d|nächste[rn]?|neue[rn]?|weitere[rn]?|kommende[rn]?"
    r"|unsere?|alle)\s+)?",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\s|;•]+")
_MOST_WORDS_OF_A_LABEL = 5
_LONGEST_LABEL = 60


@attrs.frozen
class LabelledValue:
    """`printed` is the pair as it stands on the page."""

    label: Label
    value: str
    printed: str


def labelled_values(text: str, labels: Collection[Label]) -> list[LabelledValue]:
    """The pairs of one line in their order. A label counts at the start of the line, and inside
    it after the value of another label; the value ends where the next label begins."""
    starts: list[tuple[int, int, Label]] = []
    for colon in _COLON.finditer(text):
        begin = max(0, colon.start() - _LONGEST_LABEL)
        words = list(_WORD.finditer(text, begin, colon.start()))[-_MOST_WORDS_OF_A_LABEL:]
        for word in words:
            if starts and word.start() < starts[-1][1]:
                continue
            label = canonical_label(text[word.start() : colon.start()])
            if label is not None and label in labels:
                starts.append((word.start(), colon.end(), label))
                break
    if not starts or not _LEAD.fullmatch(text[: starts[0][0]]):
        return []
    ends = [begin for begin, _, _ in starts[1:]] + [len(text)]
    return [
        LabelledValue(label, text[after:end].strip(" ,;|•"), text[begin:end].strip(" ,;|•"))
        for (begin, after, label), end in zip(starts, ends, strict=True)
    ]


def label_alone(text: str, labels: Collection[Label]) -> Label | None:
    """The label that a line consists of ("Termine" over a list of dates), None for other lines."""
    label = canonical_label(text) if len(text) <= 45 else None
    return label if label is not None and label in labels else None
