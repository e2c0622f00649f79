"""One visit to one source: its requests, its cost, what it read and what went wrong."""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from scrapy.core.engine import ExecutionEngine
from scrapy.http import Request, Response
from web_poet import HttpResponse, HttpResponseHeaders

from scrapers.guest.failures import (
    BLOCKING_CLASSES,
    Failure,
    FetchFailed,
    failure_of_exception,
    failure_of_status,
)
from scrapers.landing import PageArchive, record_hash
from scrapers.pages.base import AnyRecord, PageContext, PageError, RecordPage
from scrapers.records import (
    ArchivedPage,
    CrawlPlan,
    FailureClass,
    Sighting,
    SourceReport,
    SourceSpec,
    SourceState,
)

logger = logging.getLogger(__name__)

READABLE_TYPES = ("text/", "application/xhtml", "application/xml", "application/json")


class CrawlClock:
    """Shows the plan's starting time plus the time elapsed since."""

    def __init__(self, started_at: datetime) -> None:
        self._started_at = started_at
        self._began = time.monotonic()

    def now(self) -> datetime:
        return self._started_at + timedelta(seconds=time.monotonic() - self._began)


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
    platform: str = ""
    failures: list[Failure] = field(default_factory=list)
    sightings: list[Sighting] = field(default_factory=list)
    pages: list[ArchivedPage] = field(default_factory=list)
    requests: int = 0
    budget_is_spent: bool = False
    bytes: int = 0
    pages_read: int = 0
    candidates: int = 0
    stated_count: int | None = None
    parsed_count: int | None = None
    requests_by_step: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.started_at = self.clock.now()
        self.platform = self.platform or self.source.platform
        self.context = PageContext(today=self.plan.today, provider_name=self.source.provider_name)

    async def fetch(self, url: str, step: str, cookie_jar: str = "") -> HttpResponse:
        """Asks for a page. `step` names what it is for, `cookie_jar` keeps searches apart."""
        if self.requests >= self.source.request_budget:
            self.budget_is_spent = True
            raise FetchFailed(
                Failure(
                    "budget_spent",
                    f"the budget of {self.source.request_budget} requests is spent before {url}",
                )
            )
        meta = {
            "source_id": self.source.source_id,
            "step": step,
            "cookiejar": f"{self.source.source_id} {cookie_jar}",
        }
        try:
            request = Request(url, meta=meta, dont_filter=True)
            response = await self.engine.download_async(request)
        except ValueError as error:
            raise FetchFailed(Failure("http_4xx", f"{url[:200]} is no address: {error}")) from error
        except Exception as error:
            raise FetchFailed(failure_of_exception(error, url)) from error
        if failure := failure_of_status(response.status, response.body, url):
            raise FetchFailed(failure)
        self._require_text(response)
        self.pages_read += 1
        return HttpResponse(
            response.url,
            body=response.body,
            status=response.status,
            headers=HttpResponseHeaders.from_bytes_dict(response.headers),
        )

    def _require_text(self, response: Response) -> None:
        content_type = (response.headers.get("Content-Type") or b"").decode("latin-1").lower()
        if content_type and not content_type.startswith(READABLE_TYPES):
            raise FetchFailed(
                Failure("not_html", f"{response.url} is {content_type.split(';')[0]}, not a page")
            )

    def count_request(self, step: str) -> None:
        """Called for each request that reaches the network, retries and redirects included."""
        self.requests += 1
        self.requests_by_step[step] += 1

    def add_failure(self, failure: Failure) -> None:
        if failure not in self.failures:
            self.failures.append(failure)

    def read(self, page: HttpResponse, reader: type[RecordPage]) -> None:
        """Reads a page's records and keeps them. A page that its reader cannot read is a failure,
        and is kept as well, so that the reader can be mended on it."""
        records: Sequence[AnyRecord] = ()
        try:
            records = reader(page, self.context).records()
        except PageError as error:
            self.add_failure(Failure(error.failure_class, f"{page.url}: {error}"))
        except Exception as error:
            logger.exception("%s broke on %s", reader.__name__, page.url)
            message = f"{page.url}: the reader broke: {type(error).__name__}: {error}"
            self.add_failure(Failure("parser_error", message))
        self._keep(page, records, reader.extractor())

    def _keep(self, page: HttpResponse, records: Sequence[AnyRecord], extractor: str) -> None:
        fetched_at = self.clock.now()
        content_sha256 = self.archive.keep(bytes(page.body))
        self.pages.append(
            ArchivedPage(
                crawl_id=self.plan.crawl_id,
                source_id=self.source.source_id,
                url=str(page.url),
                reader=extractor,
                status=page.status or 0,
                headers=dict(page.headers.items()),
                fetched_at=fetched_at,
                content_sha256=content_sha256,
            )
        )
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


def _sentence(failures: Sequence[Failure]) -> str | None:
    if not failures:
        return None
    rest = len(failures) - 1
    more = f" (and {rest} more)" if rest else ""
    return failures[0].message[:500] + more
