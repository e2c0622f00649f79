"""Labels that run on in one line: "261-104Leitung: N. N.Ort: HausPreis: 25,00 €Bankverbindung …".

A value ends where the next known label begins, whether or not anything separates the two.
"""

from __future__ import annotations

import re
from typing import Final

from scrapers.fields.labels import Label, canonical_label
from scrapers.fields.text import clean
from scrapers.pages.labelled import Pair

_WORDS: Final = (
    "Kursnummer|Veranstaltungsnummer|Nummer|Kursleitung|Leitung|Dozentin|Dozent|Referentin|Referent"
    "|Veranstaltungsort|Kursort|Ort|Raum|Kursgebühr|Gebühr|Entgelt|Preis|Kosten|Zeiten|Termine"
    "|Termin|Beginn|Ende|Dauer|Anzahl Termine|Anzahl|Zielgruppe|Anmeldeschluss|Freie Plätze|Plätze"
    "|Teilnehmerzahl|Status|Belegung|Kontakt|Bankverbindung|IBAN|BIC|Kontoinhaber"
)
# What is a label without a colon as well; "Raum 3" or "Beginn 10 Uhr" is none.
_SURE_WORDS: Final = (
    "Kursnummer|Veranstaltungsnummer|Nummer|Kursleitung|Leitung|Veranstaltungsort|Kursort|Ort"
    "|Kursgebühr|Gebühr|Entgelt|Preis|Zeiten|Termine|Bankverbindung|IBAN"
)
_BEFORE: Final = r"(?=[A-Z])(?:^|(?<=[\s,;|•a-zäöüß0-9€).\]]))"
_WITH_COLON: Final = re.compile(rf"{_BEFORE}({_WORDS})\s?:\s*")
_BARE: Final = re.compile(rf"{_BEFORE}({_SURE_WORDS})(?![a-zäöüß-])\s*:?\s*")
_BANK: Final = re.compile(r"(?:\b|(?<=[a-zäöüß]))(?:Bankverbindung|Kontoinhaber|IBAN|BIC)(?![a-z])")
_BANK_LABEL: Final = re.compile(r"Bankverbindung|Kontoinhaber|IBAN|BIC")
_FEWEST_BARE: Final = 3
# Longer lines are running text.
_LONGEST: Final = 1000


def split_value(value: str) -> tuple[str, list[Pair]]:
    """What belongs to the label before `value`, and the pairs that have run into it."""
    if ":" not in value:
        return value, []
    pairs = _cut(value, list(_WITH_COLON.finditer(value)))
    starts = _WITH_COLON.search(value)
    return (clean(value[: starts.start()]) if starts else value), pairs


def pairs_of_line(line: str) -> list[Pair]:
    """The pairs of a line that is nothing but labels and values, () for every other line.

    Labels without a colon count only where several of them follow each other, the first at the
    start of the line, each once: in a sentence the same words mean something else."""
    if len(line) > _LONGEST:
        return []
    if ":" in line:
        labels = list(_WITH_COLON.finditer(line))
        # After running text only several labels are more than words of a sentence.
        if labels and (labels[0].start() == 0 or len({m[1] for m in labels}) >= _FEWEST_BARE):
            return _cut(line, labels)
    if not _BARE.match(line):
        return []
    seen: set[str] = set()
    bare = []
    for match in _BARE.finditer(line):
        if match[1] not in seen:
            seen.add(match[1])
            bare.append(match)
    numbered = canonical_label(bare[0][1]) is Label.NUMBER
    if len(bare) < (_FEWEST_BARE - numbered):
        return []
    return _cut(line, bare)


def without_bank_details(value: str) -> str:
    """The value up to the provider's account, which some prices run into."""
    bank = _BANK.search(value) if _BANK_LABEL.search(value) else None
    return clean(value[: bank.start()]).rstrip(" ,;|•") if bank else value


def speaks_of_bank(text: str) -> bool:
    return bool(_BANK_LABEL.match(text))


def _cut(text: str, labels: list[re.Match[str]]) -> list[Pair]:
    ends = [*(match.start() for match in labels), len(text)][1:]
    return [
        (match[1], value)
        for match, end in zip(labels, ends, strict=True)
        if (value := clean(text[match.end() : end]).strip(" ,;|•"))
    ]
