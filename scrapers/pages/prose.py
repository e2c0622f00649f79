"""Sentences of running text, whole: an address in brackets does not end one."""

from __future__ import annotations

import re

from scrapers.fields.text import clean, sentences

_ABBREVIATED = re.compile(
    r"(?:str|nr|tel|inkl|zzgl|evtl|ggf|max|min|ca|bzw|usw|dr|prof|jh)\.$", re.I
)


def whole_sentences(text: str) -> list[str]:
    """`fields.text.sentences` with those parts joined again that a full stop in brackets or after
    an abbreviation ("Musterstr. 5") has parted."""
    joined: list[str] = []
    for part in sentences(clean(text)):
        if joined and (_is_open(joined[-1]) or _ABBREVIATED.search(joined[-1])):
            joined[-1] = f"{joined[-1]} {part}"
        else:
            joined.append(part)
    return joined


def _is_open(part: str) -> bool:
    return part.count("(") > part.count(")") and len(part) < 600
