"""Lines that tell several offers one after the other, parted so that each line tells of one.

"VHS Ahlen: Basismodul am 18.04.2026, Aufbaumodul am 09.05.2026" · "Basismodule: VHS Ahlen
(18.04.2026); VHS Beckum (25.04.2026)". What stands before the first offer (a provider, a module)
is said of all that follow it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import attrs

from scrapers.fields.dates import read_schedule
from scrapers.fields.relevance import modules_in
from scrapers.pages.lines import Line
from scrapers.pages.overview_facts import is_provider_name
from scrapers.pages.overview_series import module_word

_LONGEST_LINE = 600
_BETWEEN = re.compile(r";\s+|(?<=[)\d])\.\s+(?=[A-ZÄÖÜ])")
_MODULE_WORD = re.compile(
    r"(?:(?:,|;|und|sowie|\+|/|\|)\s+)?(?=\b(?:Basis|Aufbau|Grundlagen|Vertiefungs)-?modul)"
)
_LEAD = re.compile(r"^(?P<lead>[^:;()]{3,80}):\s+(?P<rest>.+)$")


def split_line(line: Line) -> list[Line]:
    """The line as several, or as it is: only where each part has a day of its own."""
    if line.kind == "heading" or len(line.text) > _LONGEST_LINE:
        return [line]
    parts = _by_offers(line.text) or _by_modules(line.text)
    if not parts:
        return [line]
    return [
        attrs.evolve(
            line, text=text, links=tuple(link for link in line.links if link[0] and link[0] in text)
        )
        for text in parts
    ]


def _by_offers(text: str) -> list[str]:
    """ "Basismodule: VHS A (…); VHS B (…). Aufbaumodule: …": the module goes with each."""
    parts: list[str] = []
    module = ""
    for piece in _BETWEEN.split(text):
        led = _LEAD.match(piece)
        if led and module_word(led["lead"]):
            module, piece = led["lead"], led["rest"]
        if not is_provider_name(_without_day(piece)):
            return []
        parts.append(f"{module}: {piece}" if module else piece)
    return parts if len(parts) > 1 and _have_a_day_each(parts) else []


def _by_modules(text: str) -> list[str]:
    """ "VHS A: Basismodul am …, Aufbaumodul am …": the provider goes with each."""
    if len(modules_in(text)) < 2 or re.search(r"[a-zäöüß]{2,}[.!?]$", text):
        return []
    led = _LEAD.match(text)
    provider = led["lead"] if led and is_provider_name(led["lead"]) else ""
    rest = led["rest"] if led and provider else text
    pieces = [piece.strip(" ,;") for piece in _MODULE_WORD.split(rest)]
    pieces = [piece for piece in pieces if piece]
    if any(len(modules_in(piece)) != 1 for piece in pieces) or not _have_a_day_each(pieces):
        return []
    return [f"{provider}: {piece}" if provider else piece for piece in pieces]


def _without_day(text: str) -> str:
    """The text before its day and its brackets: "VHS Ahlen (18.04.2026)" without the latter."""
    return re.split(r"\s*\(|,?\s+(?:am\s+|\w{2,10}\.?,?\s+)?(?=\d)", text, maxsplit=1)[0]


def _have_a_day_each(parts: Sequence[str]) -> bool:
    return all(read_schedule(part).value is not None for part in parts)
