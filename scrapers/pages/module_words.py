"""The modules of the series that a text names by their word, all of them."""

from __future__ import annotations

import re

from scrapers.records import Module

_WORDS: tuple[tuple[Module, re.Pattern[str]], ...] = (
    (
        "basis",
        re.compile(r"\bbasis-?(?:modul|\s*(?:und|oder|sowie|&|/)\s*aufbau-?modul)", re.I),
    ),
    ("aufbau", re.compile(r"\baufbau-?(?:modul|\s*(?:und|oder|sowie|&|/)\s*basis-?modul)", re.I)),
)


def modules_in(text: str) -> frozenset[Module]:
    """Both where a text names both ("Basis- und Aufbaumodul"): then it decides for neither."""
    return frozenset(module for module, words in _WORDS if words.search(text))


def word_of_module(text: str) -> str:
    """The first such word as printed, with a capital; "" where there is none."""
    match = re.search(r"\b(?:basis|aufbau)-?modul", text, re.IGNORECASE)
    return match.group()[0].upper() + match.group()[1:] if match else ""
