"""One visit to one source: its requests, its cost, what it read and what went wrong."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar

import attrs
from scrapy.core.engine import ExecutionEngine
from scrapy.http import Request, Response
from web_poet import HttpResponse

from scrapers.answers import as_utf8, page_of
from scrapers.guest.backoff import retry_after_seconds
from scrapers.guest.failures import (
    BLOCKING_CLASSES,
    Failure,
    FetchFailed,
    failure_of_exception,
    failure_of_page,
    failure_of_status,
    failure_of_wall,
)
from scrapers.guest.page_memory import PageMemory, RememberedPage
from scrapers.guest.settings import MAX_PAGE_BYTES
from scrapers.landing import PageArchive, content_hash, record_hash
from scrapers.pages.base import (
    AnyRecord,
    ListEntry,
    PageContext,
    PageError,
    RecordPage,
    SourcePage,
)
from scrapers.pages.pdf import is_pdf
from scrapers.records import (
    ArchivedPage,
    Course,
    CrawlPlan,
    FailureClass,
    Sighting,
    SourceReport,
    SourceSpec,
    SourceState,
)

logger = logging.getLogger(__name__)

READABLE_TYPES = ("text/", "application/xhtml", "application/xml", "application/json")

DISCOVERY_STEPS = frozenset({"search", "sitemap", "walk"})
DISCOVERY_SHARE = 0.7
"""The share of the budget that discovery may spend, so that a list without end leaves something
to open what was found."""

_MOST_NUL_BYTES = 0.01

PageT = TypeVar("PageT", bound=RecordPage)


class CrawlClock:
    """Shows the plan's starting time plus the time elapsed since."""

    def __init__(self, started_at: datetime) -> None:
        self._started_at = started_at
        self._began = time.monotonic()

    def elapsed(self) -> float:
        """Seconds since the crawl began."""
        return time.monotonic() - self._began

    def now(self) -> datetime:
        return self._started_at + timedelta(seconds=self.elapsed())


@dataclass(frozen=True)
class PageReading(Generic[PageT]):
    """What a reader made of a page; `calendar` is the body of the calendar that filled gaps."""

    page: PageT
    records: tuple[AnyRecord, ...] = ()
    is_readable: bool = True
    calendar: bytes | None = None


@dataclass
class Visit:
    """Fetches politely for one source and remembers everything that its report will say.

    A visit is complete when nothing went wrong in it; each `add_failure` makes it less. `fetch`
    raises FetchFailed; spiders decide whether to go on.
    """

    source: SourceSpec
    plan: CrawlPlan
    clock: CrawlClock
    engine: ExecutionEngine
    archive: PageArchive
    memory: PageMemory
    platform: str = ""
    failures: list[Failure] = field(default_factory=list)
    sightings: list[Sighting] = field(default_factory=list)
    pages: list[ArchivedPage] = field(default_factory=list)
    requests: int = 0
    bytes: int = 0
    pages_read: int = 0
    unchanged_pages: int = 0
    candidates: int = 0
    stated_count: int | None = None
    parsed_count: int | None = None
    requests_by_step: Counter[str] = field(default_factory=Counter)
    _sent_in_full: dict[str, RememberedPage] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.started_at = self.clock.now()
        self.platform = self.platform or self.source.platform
        self.context = PageContext(today=self.plan.today, provider_name=self.source.provider_name)

    async def fetch(
        self,
        url: str,
        step: str,
        cookie_jar: str = "",
        *,
        conditional: bool = False,
        form: str | None = None,
        types: tuple[str, ...] = READABLE_TYPES,
        max_bytes: int = MAX_PAGE_BYTES,
    ) -> HttpResponse:
        """Asks for a page. `step` names what it is for, `cookie_jar` keeps searches apart, `form`
        is the encoded body of a form that is sent by POST.

        With `conditional` a page that has not changed since the last visit is not sent again but
        taken from the archive. `types` are the beginnings of the content types that can be read,
        `max_bytes` bounds the body, unpacked.
        """
        remembered = self._recall(url) if conditional else None
        meta = {
            "source_id": self.source.source_id,
            "step": step,
            "cookiejar": f"{self.source.source_id} {cookie_jar}",
            "download_maxsize": max_bytes,
        }
        response = await self._ask(url, meta, remembered, form)
        if response.status == 304 and remembered is not None:
            body = self.archive.find(remembered.content_sha256)
            if body is not None and response.url == remembered.url:
                self.unchanged_pages += 1
                self.pages_read += 1
                return page_of(remembered.url, body, remembered.status, remembered.headers)
            response = await self._ask(url, meta, None)
        location = (response.headers.get("Location") or b"").decode("latin-1")
        wait = retry_after_seconds(response)
        if failure := failure_of_status(response.status, response.body, url, wait, location):
            raise FetchFailed(failure)
        page = self._readable(response, types)
        if failure := failure_of_wall(page):
            raise FetchFailed(failure)
        self.pages_read += 1
        if conditional:
            self._note(url, page, remembered)
        return page

    def may_ask(self, step: str) -> bool:
        """Whether the budget of requests still allows one for this step."""
        share = DISCOVERY_SHARE if step in DISCOVERY_STEPS else 1.0
        return self.requests < max(1, int(self.source.request_budget * share))

    async def _ask(
        self,
        url: str,
        meta: dict[str, Any],
        remembered: RememberedPage | None,
        form: str | None = None,
    ) -> Response:
        if not self.may_ask(step := meta["step"]):
            budget = f"the budget of {self.source.request_budget} requests"
            message = f"{budget} is spent: the step {step} was not finished"
            raise FetchFailed(Failure("budget_spent", message))
        headers = remembered.conditions() if remembered else {}
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            request = Request(
                url,
                method="GET" if form is None else "POST",
                body=form,
                meta=dict(meta),
                headers=headers,
                dont_filter=True,
            )
            return await self.engine.download_async(request)
        except ValueError as error:
            raise FetchFailed(Failure("http_4xx", f"{url[:200]} is no address: {error}")) from error
        except Exception as error:
            raise FetchFailed(failure_of_exception(error, url)) from error

    def _readable(self, response: Response, types: tuple[str, ...]) -> HttpResponse:
        sent_as = (response.headers.get("Content-Type") or b"").decode("latin-1").lower()
        body, content_type = response.body, sent_as
        if sent_as.startswith(READABLE_TYPES):
            body, content_type = as_utf8(body, sent_as)
        if content_type and not content_type.startswith(types):
            raise FetchFailed(
                Failure("not_html", f"{response.url} is {content_type.split(';')[0]}, not a page")
            )
        if content_type.startswith(READABLE_TYPES) and b"\0" in body:
            if body.count(b"\0") > len(body) * _MOST_NUL_BYTES:
                raise FetchFailed(Failure("decode", f"{response.url} holds no text but NUL bytes"))
            body = body.replace(b"\0", b"")
        headers = {
            name.decode("latin-1"): b", ".join(values).decode("latin-1")
            for name, values in response.headers.items()
        }
        if content_type != sent_as:
            headers["Content-Type"] = content_type
        return page_of(response.url, body, response.status, headers)

    def _recall(self, url: str) -> RememberedPage | None:
        page = self.memory.recall(url, self.clock.now())
        return page if page and self.archive.path_of(page.content_sha256).exists() else None

    def _note(self, asked_url: str, page: HttpResponse, before: RememberedPage | None) -> None:
        """Keeps in mind what was sent in full, to ask for it conditionally the next night."""
        content_sha256 = content_hash(bytes(page.body))
        self.unchanged_pages += before is not None and before.content_sha256 == content_sha256
        self._sent_in_full[str(page.url)] = RememberedPage(
            asked_url=asked_url,
            url=str(page.url),
            status=page.status or 0,
            headers=dict(page.headers.items()),
            content_sha256=content_sha256,
            fetched_at=self.clock.now(),
        )

    def count_request(self, step: str) -> None:
        """Called for each request that reaches the network, retries and redirects included."""
        self.requests += 1
        self.requests_by_step[step] += 1

    def add_failure(self, failure: Failure) -> None:
        if failure not in self.failures:
            self.failures.append(failure)

    def count_for_nothing(self, failure: Failure) -> None:
        """To be called for a page that was fetched and holds no content."""
        self.pages_read -= 1
        self.add_failure(failure)

    async def read(
        self, page: HttpResponse, reader: type[PageT], entry: ListEntry | None = None
    ) -> PageReading[PageT]:
        """Reads a page's records; `entry` is the list row that led to the page.

        A page that its reader cannot read is a failure. It is to be kept as well, so that the
        reader can be mended on it.
        """
        facts = (("Titel", entry.title), *entry.facts) if entry else ()
        read = reader(page, attrs.evolve(self.context, list_facts=facts))
        try:
            # A PDF is read by a process of its own, which the other visits need not wait for.
            found = await asyncio.to_thread(read.records) if is_pdf(page) else read.records()
            for doubt in read.doubts():
                self.add_failure(Failure("markup_changed", f"{page.url}: {doubt}"))
            return PageReading(read, tuple(found))
        except PageError as error:
            failure = failure_of_page(error, str(page.url))
        except Exception as error:
            logger.exception("%s broke on %s", reader.__name__, page.url)
            message = f"{page.url}: the reader broke: {type(error).__name__}: {error}"
            failure = Failure("parser_error", message)
        self._forget(page, failure)
        return PageReading(read, is_readable=False)

    def _forget(self, page: HttpResponse, failure: Failure) -> None:
        # What could not be read today must not be taken from the archive tomorrow.
        self._sent_in_full.pop(str(page.url), None)
        self.add_failure(failure)

    def remember_pages(self) -> None:
        """To be called when the visit's results are safe: what was read may be asked for
        conditionally from now on."""
        self.memory.remember(self._sent_in_full.values())

    def keep(self, reading: PageReading[Any]) -> None:
        """Keeps a page in the archive and its records for the landing."""
        page, records = reading.page.response, reading.records
        extractor = reading.page.extractor()
        calendar = self.archive.keep(reading.calendar) if reading.calendar else None
        kept = self.keep_page(reading.page, calendar)
        fetched_at, content_sha256 = kept.fetched_at, kept.content_sha256
        if any("\ufffd" in record.model_dump_json() for record in records):
            message = f"{page.url}: letters of the page are damaged beyond repair"
            self.add_failure(Failure("decode", message))
        self.sightings.extend(
            Sighting(
                crawl_id=self.plan.crawl_id,
                source_id=self.source.source_id,
                provider_id=self.source.provider_id,
                page_url=str(page.url),
                fetched_at=fetched_at,
                content_sha256=content_sha256,
                extractor=extractor,
                record_sha256=record_hash(record),
                record=record,
            )
            for record in records
        )

    def keep_page(self, read: SourcePage, calendar_sha256: str | None = None) -> ArchivedPage:
        """Keeps a page in the archive, also one that carries no records itself, such as a list."""
        page = read.response
        kept = ArchivedPage(
            crawl_id=self.plan.crawl_id,
            source_id=self.source.source_id,
            url=str(page.url),
            reader=read.extractor(),
            status=page.status or 0,
            headers=dict(page.headers.items()),
            fetched_at=self.clock.now(),
            content_sha256=self.archive.keep(bytes(page.body)),
            list_facts=read.context.list_facts,
            calendar_sha256=calendar_sha256,
        )
        self.pages.append(kept)
        return kept

    def report(self) -> SourceReport:
        first = self.failures[0] if self.failures else None
        return SourceReport(
            crawl_id=self.plan.crawl_id,
            source_id=self.source.source_id,
            provider_id=self.source.provider_id,
            kind=self.source.kind,
            platform=self.platform,
            state=self._state(),
            failure_class=first.failure_class if first else None,
            detail=_sentence(self.failures),
            started_at=self.started_at,
            finished_at=self.clock.now(),
            requests=self.requests,
            bytes=self.bytes,
            pages=self.pages_read,
            candidates=self.candidates,
            records=len(self.sightings),
            stated_count=self.stated_count,
            parsed_count=self.parsed_count,
            requests_by_step=dict(self.requests_by_step),
            unchanged_pages=self.unchanged_pages,
            field_shares=field_shares([s.record for s in self.sightings]),
        )

    def _state(self) -> SourceState:
        if not self.failures:
            return "complete"
        if self.sightings or self.parsed_count:
            return "partial"
        classes: set[FailureClass] = {failure.failure_class for failure in self.failures}
        if classes & BLOCKING_CLASSES:
            return "blocked"
        return "failed" if self.pages_read == 0 else "partial"


NOT_COUNTED = frozenset(
    {
        "record_type", "position", "origins", "evidence", "stated_none", "relevance_terms",
        "relevance",
    }
)  # fmt: skip


def field_shares(records: Sequence[AnyRecord]) -> dict[str, float]:
    """For each field of a course: the share of the courses in which it says something."""
    courses = [record for record in records if isinstance(record, Course)]
    if not courses:
        return {}
    return {
        name: round(sum(_is_filled(getattr(course, name)) for course in courses) / len(courses), 3)
        for name in Course.model_fields
        if name not in NOT_COUNTED
    }


def _is_filled(value: object) -> bool:
    return value is not None and value != () and value != "unknown"


def _sentence(failures: Sequence[Failure]) -> str | None:
    if not failures:
        return None
    rest = len(failures) - 1
    more = f" (and {rest} more)" if rest else ""
    return failures[0].message[:500] + more
