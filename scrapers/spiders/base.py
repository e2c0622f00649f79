"""What all spiders share: they visit their sources at the same time, each in one line of thought.

A visit is a coroutine that asks for one page after the other through Scrapy's downloader, so all
of Scrapy's politeness applies, and a source's end is known when its coroutine ends.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.http import Request, Response

from scrapers.guest.failures import Failure, FetchFailed
from scrapers.guest.page_memory import PageMemory
from scrapers.landing import LandingWriter
from scrapers.records import CrawlPlan, SourceReport, SourceSpec
from scrapers.spiders.course_links import CourseLinks
from scrapers.spiders.visit import CrawlClock, Visit

logger = logging.getLogger(__name__)

VISIT_SECONDS = 3 * 60 * 60
"""No visit lasts longer than this, whatever a site does."""


class SourceSpider(Spider):
    """Base of the spiders. Subclasses say in `visit_source` how a source of their kind is read."""

    def __init__(
        self,
        plan: CrawlPlan,
        sources: Sequence[SourceSpec],
        landing: LandingWriter,
        memory: PageMemory,
        links: CourseLinks,
        clock: CrawlClock,
        on_report: Callable[[SourceReport], None],
    ) -> None:
        super().__init__()
        self.plan = plan
        self.sources = sources
        self.landing = landing
        self.memory = memory
        self.links = links
        self.clock = clock
        self.on_report = on_report
        self.visits: dict[str, Visit] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> SourceSpider:
        spider: SourceSpider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider._count_request, signals.request_reached_downloader)
        crawler.signals.connect(spider._count_bytes, signals.response_downloaded)
        return spider

    async def visit_source(self, visit: Visit) -> None:
        raise NotImplementedError

    async def start(self) -> AsyncIterator[Any]:
        # Scrapy asks for an asynchronous generator of requests; the visits make their own.
        await asyncio.gather(*map(self._visit, self.sources))
        no_requests: tuple[Request, ...] = ()
        for request in no_requests:
            yield request

    async def _visit(self, source: SourceSpec) -> None:
        assert self.crawler.engine is not None
        visit = Visit(
            source, self.plan, self.clock, self.crawler.engine, self.landing.archive, self.memory
        )
        self.visits[source.source_id] = visit
        try:
            async with asyncio.timeout(VISIT_SECONDS):
                await self.visit_source(visit)
        except FetchFailed as error:
            visit.add_failure(error.failure)
        except TimeoutError:
            visit.add_failure(
                Failure("budget_spent", f"the visit took longer than {VISIT_SECONDS} seconds")
            )
        except Exception as error:
            logger.exception("visit to %s broke", source.source_id)
            visit.add_failure(
                Failure("parser_error", f"the reader broke: {type(error).__name__}: {error}"[:300])
            )
        report = visit.report()
        self.landing.add_source(report, visit.sightings, visit.pages)
        visit.remember_pages()
        if source.kind == "overview":
            self.links.add(sighting.record for sighting in visit.sightings)
        self.on_report(report)

    def _count_request(self, request: Request) -> None:
        visit = self.visits.get(str(request.meta.get("source_id")))
        if visit:
            visit.count_request(str(request.meta.get("step")))

    def _count_bytes(self, response: Response, request: Request) -> None:
        visit = self.visits.get(str(request.meta.get("source_id")))
        if visit:
            visit.bytes += len(response.body)
