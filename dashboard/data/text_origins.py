"""Where the values of announcements, their dates and organisations come from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dashboard.data.published import PublishedFile


@dataclass(frozen=True, slots=True)
class TextOrigin:
    """One value as it was read. `part_no` counts the dates of an announcement, else it is 0."""

    subject_id: str
    part_no: int
    field: str
    value: str
    original_text: str | None
    source_url: str
    fetched_at: datetime
    extractor: str


_ORIGINS = """
SELECT subject_id, part_no, field, value, original_text, source_url, fetched_at, extractor
FROM mart.text_provenance WHERE list_contains($subjects::VARCHAR[], subject_id)
ORDER BY subject_id, part_no, field"""


def text_origins(file: PublishedFile, subjects: tuple[str, ...]) -> tuple[TextOrigin, ...]:
    """Every value of these announcements or organisations, and of the dates they name."""
    return file.rows(TextOrigin, _ORIGINS, subjects=subjects)
