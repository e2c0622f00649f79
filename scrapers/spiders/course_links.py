"""Links to courses that one source names and another one has."""

from __future__ import annotations

from collections.abc import Iterable

from scrapers.fields.course_numbers import number_from_url
from scrapers.pages.base import AnyRecord, ListEntry
from scrapers.pages.course_urls import leads_to_course
from scrapers.pages.markup import canonical_url
from scrapers.pages.search_form import is_own_site
from scrapers.records import Course


class CourseLinks:
    """Gathers the course links of all records read so far in a crawl."""

    def __init__(self) -> None:
        self._entries: dict[str, ListEntry] = {}

    def add(self, records: Iterable[AnyRecord]) -> None:
        for record in records:
            if isinstance(record, Course):
                for url in (record.detail_url, record.registration_url):
                    if url and leads_to_course(url):
                        number = record.course_number or number_from_url(url)
                        entry = ListEntry(record.title, url, number)
                        self._entries.setdefault(canonical_url(url), entry)

    def leading_to(self, url: str) -> list[ListEntry]:
        """The courses on the site of this address."""
        return [entry for entry in self._entries.values() if is_own_site(entry.url, url)]


def course_keys(entry: ListEntry) -> set[str]:
    """What names a course on its site: its address and, where known, its number."""
    number = entry.number or number_from_url(entry.url)
    return {canonical_url(entry.url), *([number] if number else [])}


def unique_entries(entries: Iterable[ListEntry]) -> list[ListEntry]:
    """Each course once, in order of appearance: by its number or its address."""
    known: set[str] = set()
    unique = []
    for entry in entries:
        keys = course_keys(entry)
        if known.isdisjoint(keys):
            unique.append(entry)
        known |= keys
    return unique
