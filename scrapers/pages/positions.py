"""Entries of one page that differ in nothing are still several offers: they are counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from scrapers.records import Course


def with_positions(courses: Sequence[Course]) -> list[Course]:
    """The courses with `position` counting from 0 among those of equal content."""
    seen: Counter[str] = Counter()
    numbered = []
    for course in courses:
        content = course.model_dump_json()
        numbered.append(course.model_copy(update={"position": seen[content]}))
        seen[content] += 1
    return numbered
