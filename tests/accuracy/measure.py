"""Reading everything whose truth is known, and comparing it field by field."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from scrapers.fields.relevance import judge_relevance
from scrapers.pages.base import PageError
from scrapers.pages.platforms import PLATFORMS, Platform
from scrapers.records import Course
from scrapers.sample_web import courses
from scrapers.sample_web.decoys import EQUAL_CHANCES, decoys
from tests.accuracy import sample_courses
from tests.accuracy.council_courses import COUNCIL_COURSES
from tests.accuracy.decoy_courses import EVERYDAY, NEAR
from tests.accuracy.sample_courses import CONTEXT, TODAY, Site
from tests.accuracy.score import Tallies, Tally, count_fields
from tests.accuracy.single_pages import SINGLE_PAGES, read_single_page
from tests.golden.cases import golden_pages

LEAST_SCORE = 0.99
LEAST_DECOYS = 200


@dataclass
class Measured:
    """Everything that was compared. `relevance` counts decisions, `decoys` how many were traps."""

    fields: Tallies = field(default_factory=dict)
    relevance: Tally = field(default_factory=Tally)
    decoys: int = 0
    pages: int = 0


def measure() -> Measured:
    """Reads all sample pages, golden pages and titles once; takes a few seconds."""
    measured = Measured()
    _measure_relevance(measured)
    _measure_course_pages(measured)
    _measure_lists(measured)
    _measure_single_pages(measured)
    _measure_golden_pages(measured)
    return measured


def _measure_relevance(measured: Measured) -> None:
    sample = [
        (course.title, " ".join(course.text))
        for course in decoys("relevance", TODAY, 68, str, courses.BRUEHL)
    ]
    traps = [*NEAR, *EVERYDAY, *sample, *((title, EQUAL_CHANCES) for title, _ in sample)]
    for title, text in dict.fromkeys(traps):
        measured.decoys += 1
        measured.relevance.count(None, judge_relevance(title, text).category, title)
    for category, title, text in COUNCIL_COURSES:
        measured.relevance.count(category, judge_relevance(title, text).category, title)


def _measure_course_pages(measured: Measured) -> None:
    for page in sample_courses.course_pages(sample_courses.other_courses()):
        records = _platform(page.platform).course_page(page.response, CONTEXT).records()
        assert page.course is not None
        found = records[0].relevance if records and isinstance(records[0], Course) else None
        measured.relevance.count(None, found, f"{page.platform}, {page.course.title}")
        measured.pages += 1
    relevant = sample_courses.council_courses() + sample_courses.varied_courses()
    for page in sample_courses.course_pages(relevant):
        assert page.course is not None
        expected = sample_courses.expected_course(page.course, page.platform)
        where = f"{page.platform}, {page.course.number}"
        found_fields: dict[str, object] = {}
        try:
            records = _platform(page.platform).course_page(page.response, CONTEXT).records()
        except PageError:
            records = ()
        if records and isinstance(records[0], Course):
            found_fields = _fields_of(records[0])
        measured.relevance.count(expected["relevance"], found_fields.get("relevance"), where)
        count_fields(measured.fields, page.platform, expected, found_fields, where)
        measured.pages += 1


def _measure_lists(measured: Measured) -> None:
    catalogue = sample_courses.council_courses() + sample_courses.other_courses()
    for platform in sample_courses.SKINS:
        site = Site(platform, catalogue)
        url: str | None = sample_courses.list_start(platform)
        found: dict[str, str] = {}
        while url is not None:
            page = _platform(platform).list_page(site.get(url), CONTEXT)
            found |= {entry.number or entry.url: entry.title for entry in page.entries()}
            measured.pages += 1
            stated = page.stated_count()
            url = page.next_url()
        tally = measured.fields.setdefault((platform, "list: title by number"), Tally())
        titles = {course.number: course.title for course in catalogue}
        for number in titles.keys() | found.keys():
            tally.count(titles.get(number), found.get(number), f"{platform}, {number}")
        hits = measured.fields.setdefault((platform, "list: stated hits"), Tally())
        hits.count(len(titles), stated, platform)


def _measure_single_pages(measured: Measured) -> None:
    for page in SINGLE_PAGES:
        found = read_single_page(page)
        measured.pages += 1
        for name in sorted(page.expected.keys() | found.keys()):
            tally = measured.fields.setdefault((page.kind, name.split("#")[0]), Tally())
            tally.count(page.expected.get(name), found.get(name), f"{page.template}, {name}")


def _measure_golden_pages(measured: Measured) -> None:
    for case in golden_pages():
        if case.is_unreadable:
            continue
        measured.pages += 1
        platform = f"golden {case.platform}"
        if case.reader == "list":
            entries = {entry["url"]: entry for entry in case.result["entries"]}
            read = {entry.url: entry for entry in case.list_page().entries()}
            for url in entries.keys() | read.keys():
                known, entry = entries.get(url, {}), read.get(url)
                for name in ("title", "number"):
                    tally = measured.fields.setdefault((platform, f"list: {name}"), Tally())
                    tally.count(known.get(name), getattr(entry, name, None), case.name)
            continue
        records = [r.model_dump(mode="json") for r in case.course_page().records()]
        known_records: list[dict[str, Any]] = case.result["courses"]
        measured.relevance.count(
            [known["relevance"] for known in known_records] or None,
            [record["relevance"] for record in records] or None,
            case.name,
        )
        for known, record in zip(known_records, records, strict=False):
            expected = {
                name: known.get(name)
                for name in record
                if name not in ("origins", "evidence", "position", "record_type", "description")
            }
            found = {name: value or None for name, value in record.items()}
            count_fields(measured.fields, platform, expected, found, case.name)


def _platform(name: str) -> Platform:
    return PLATFORMS[name.split(" ")[0]]


def _fields_of(course: Course) -> dict[str, object]:
    """A record's fields as they are compared; "unknown" is no value."""
    found = dict(course)
    found["sessions"] = tuple((s.day, s.starts, s.ends) for s in course.sessions) or None
    venues = {session.venue_name for session in course.sessions}
    found["session_venue"] = venues.pop() if len(venues) == 1 else None
    for name in ("status", "delivery_mode"):
        if found[name] == "unknown":
            found[name] = None
    return found
