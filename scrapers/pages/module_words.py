"""The word by which a text names a module of the series, as printed."""

from __future__ import annotations

import re


def word_of_module(text: str) -> str:
    """The first such word, with a capital; "" where there is none."""
    match = re.search(r"\b(?:basis|aufbau)[- ]?modul", text, re.IGNORECASE)
    return match.group()[0].upper() + match.group()[1:] if match else ""
