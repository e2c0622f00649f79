"""Shapes by which a date or a time of day is seen in a cell or a line, before it is read."""

from __future__ import annotations

import re
from typing import Final

DATE: Final = re.compile(
    r"\b\d{1,2}\.\s?\d{1,2}\.(\s?\d{2,4})?(?!\d)|"
    r"\b\d{1,2}\.\s?(jan|feb|mär|apr|mai|jun|jul|aug|sep|okt|nov|dez)[a-zä]*",
    re.I,
)
TIME: Final = re.compile(r"\b\d{1,2}[:.]\d{2}\b(?!\.)|\b\d{1,2}(\s*[-–]\s*\d{1,2})?\s*Uhr\b", re.I)
