"""All page objects by their names, and how a kept page is read with one of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from web_poet import HttpResponse

from scrapers.answers import page_of
from scrapers.pages.base import AnyRecord, PageContext, PageError, RecordPage, SourcePage
from scrapers.pages.ics import sessions_from_calendar, with_calendar
from scrapers.pages.platforms import PLATFORMS
from scrapers.pages.single import single_page_for
from scrapers.records import ArchivedPage, Course, FailureClass

SINGLE_KINDS: tuple[Literal["overview", "page", "directory"], ...] = (
    "overview",
    "page",
    "directory",
)


def all_readers() -> Mapping[str, type[SourcePage]]:
    """Every page object that a crawl can use, by the name of its class."""
    classes: list[type[SourcePage]] = [single_page_for(kind) for kind in SINGLE_KINDS]
    for platform in PLATFORMS.values():
        classes += [platform.list_page, platform.course_page]
        if platform.export_page is not None:
            classes.append(platform.export_page)
    return {reader.__name__: reader for reader in classes}


def reader_named(extractor: str) -> type[SourcePage] | None:
    """The reader that an extractor such as "KuferWebCoursePage/1" names, in its version of today;
    None where there is none of that name any more."""
    return all_readers().get(extractor.partition("/")[0])


@dataclass(frozen=True)
class PageReading:
    """What a reader makes of one page: its records with what it doubts about them, or why it
    cannot read the page."""

    records: Sequence[AnyRecord] = ()
    doubts: tuple[str, ...] = ()
    failure_class: FailureClass | None = None
    message: str = ""


def kept_response(page: ArchivedPage, body: bytes) -> HttpResponse:
    """The answer that was archived, as the crawl gave it to the reader."""
    return page_of(page.url, body, page.status, page.headers)


def with_calendar_of(records: Sequence[AnyRecord], calendar: bytes) -> tuple[AnyRecord, ...]:
    """The records of a course page, with what its calendar adds. A calendar that cannot be read
    adds nothing."""
    try:
        dates = sessions_from_calendar(calendar)
    except PageError:
        return tuple(records)
    return tuple(with_calendar(r, dates) if isinstance(r, Course) else r for r in records)


def context_of(page: ArchivedPage, today: date, provider_name: str) -> PageContext:
    """What the reader knew beside the page. `today` is the day of its crawl."""
    return PageContext(today, provider_name, page.list_facts)


def read_kept(
    reader: type[RecordPage], response: HttpResponse, context: PageContext
) -> PageReading:
    """Reads one page. A page that its reader refuses or breaks on is a result, not an error."""
    try:
        page = reader(response, context)
        return PageReading(tuple(page.records()), page.doubts())
    except PageError as error:
        return PageReading(failure_class=error.failure_class, message=str(error))
    except Exception as error:
        message = f"{type(error).__name__}: {error}"[:300]
        return PageReading(failure_class="parser_error", message=message)


def title_of(record: AnyRecord) -> str:
    """What a person calls this record."""
    return str(getattr(record, "title", None) or getattr(record, "name", ""))
