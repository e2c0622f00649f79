"""Catalogues that are published as one file: list and details at once, in a single request."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Final

import attrs
from web_poet import HttpResponse

from scrapers.pages import kufersql, openvhs
from scrapers.pages.base import PageError, RecordPage
from scrapers.pages.course_reader import read_course
from scrapers.pages.facts import CourseFacts
from scrapers.pages.positions import with_positions
from scrapers.pages.xml_export import XmlCourse, course_elements, xml_root
from scrapers.records import Course


@attrs.frozen
class _Format:
    """One format: by which root it is known, what a course is called, what a course says."""

    recognises: Callable[[str, str], bool]
    course: str
    read_facts: Callable[[XmlCourse], CourseFacts | None]


_FORMATS: Final = (
    _Format(openvhs.recognises, openvhs.COURSE, openvhs.read_facts),
    _Format(kufersql.recognises, kufersql.COURSE, kufersql.read_facts),
)


def recognises(response: HttpResponse) -> bool:
    """Whether the response is an export in a format that is read here."""
    return _format_of(bytes(response.body)) is not None


@attrs.frozen
class _Reading:
    courses: tuple[Course, ...]
    stated: int
    parsed: int


@attrs.define(slots=False)
class ExportPage(RecordPage):
    """A whole catalogue in one file; only courses that concern the bodies become records."""

    VERSION = 3

    def records(self) -> Sequence[Course]:
        """The relevant courses. PageError where the file is no export, is not safe to read, is not
        whole, or holds no course at all."""
        return self._reading.courses

    def stated_count(self) -> int | None:
        """How many course elements the file has."""
        return self._reading.stated

    def parsed_count(self) -> int:
        """How many of them could be read: those that have a title."""
        return self._reading.parsed

    @cached_property
    def _reading(self) -> _Reading:
        body = bytes(self.response.body)
        kind = _format_of(body)
        if kind is None:
            raise PageError(
                "markup_changed",
                f"{self.url}: this is no export of courses in a known format (Open-vhs, KuferSQL)",
            )
        courses: list[Course] = []
        stated = parsed = 0
        for element in course_elements(body, kind.course):
            stated += 1
            if (facts := kind.read_facts(element)) is None:
                continue
            parsed += 1
            if (course := read_course(facts, self.context)) is not None:
                courses.append(course)
        if not stated:
            raise PageError("no_results", f"{self.url}: the export holds no course at all")
        return _Reading(tuple(with_positions(courses)), stated, parsed)


def _format_of(body: bytes) -> _Format | None:
    root, attributes = xml_root(body)
    return next((kind for kind in _FORMATS if root and kind.recognises(root, attributes)), None)
