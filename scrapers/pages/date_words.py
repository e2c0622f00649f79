"""Shapes by which a date or a time of day is seen in a cell or a line, before it is read.

Each begins with its first digit, so that a search passes over all other characters at once.
"""

from __future__ import annotations

import re
from typing import Final

DATE: Final = re.compile(
    r"\d(?<!\w\d)\d?\.\s?(\d{1,2}\.(\s?\d{2,4})?(?!\d)|"
    r"(jan|feb|mär|apr|mai|jun|jul|aug|sep|okt|nov|dez)[a-zä]*)",
    re.I,
)
TIME: Final = re.compile(r"\d(?<!\w\d)\d?([:.]\d{2}\b(?!\.)|(\s*[-–]\s*\d{1,2})?\s*Uhr\b)", re.I)

HEADER_OF_OTHER_DAYS: Final = re.compile(
    r"(?:stand|aktualisier\w*|zuletzt geändert|geändert am|veröffentlicht\w*|online seit"
    r"|(?:ersatz|ausweich|nachhol)-?termine?)\s*:?",
    re.IGNORECASE,
)
"""What a column is called whose days are not those on which something takes place."""
