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
from scrapers.landing import PageArchive
from scrapers.records import CrawlPlan, SourceSpec
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
        archive: PageArchive,
        memory: PageMemory,
        links: CourseLinks,
        clock: CrawlClock,
        on_visit: Callable[[Visit], None],
        on_disk_error: Callable[[OSError], None],
    ) -> None:
        super().__init__()
        self.plan = plan
        self.sources = sources
        self.archive = archive
        self.memory = memory
        self.links = links
        self.clock = clock
        self.on_visit = on_visit
        self.on_disk_error = on_disk_error
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
        visit = Visit(source, self.plan, self.clock, self.crawler.engine, self.archive, self.memory)
        self.visits[source.source_id] = visit
        rest_of_night = self.plan.most_seconds - self.clock.elapsed()
        try:
            if rest_of_night <= 0:
                raise TimeoutError
            async with asyncio.timeout(min(VISIT_SECONDS, rest_of_night)):
                await self.visit_source(visit)
        except FetchFailed as error:
            visit.add_failure(error.failure)
        except TimeoutError:
            visit.add_failure(Failure("budget_spent", _time_is_up(rest_of_night)))
        except OSError as error:
            # Nothing of the web comes here as it is: this computer cannot keep what was read.
            self.on_disk_error(error)
            visit.add_failure(Failure("interrupted", f"what was read could not be kept: {error}"))
        except Exception as error:
            logger.exception("visit to %s broke", source.source_id)
            visit.add_failure(
                Failure("parser_error", f"the reader broke: {type(error).__name__}: {error}"[:300])
            )
        self.on_visit(visit)
        visit.remember_pages()
        if source.kind == "overview":
            self.links.add(sighting.record for sighting in visit.sightings)

    def _count_request(self, request: Request) -> None:
        visit = self.visits.get(str(request.meta.get("source_id")))
        if visit:
            visit.count_request(str(request.meta.get("step")))

    def _count_bytes(self, response: Response, request: Request) -> None:
        visit = self.visits.get(str(request.meta.get("source_id")))
        if visit:
            visit.bytes += len(response.body)


def _time_is_up(rest_of_night: float) -> str:
    if rest_of_night <= 0:
        return "the time of this night was up before this source was asked"
    if rest_of_night <= VISIT_SECONDS:
        return "the time of this night was up before this source was read to the end"
    return f"the visit took longer than {VISIT_SECONDS} seconds"
