"""One crawl: one Scrapy process for all sources of a plan, a slot per host."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NoReturn

from scrapy.crawler import AsyncCrawlerProcess

from scrapers.attempts import VisitBook
from scrapers.guest.pace import slot_name
from scrapers.guest.page_memory import PageMemory
from scrapers.guest.settings import scrapy_settings
from scrapers.landing import LandingWriter, seal
from scrapers.records import CrawlPlan, Manifest, SourceKind, SourceReport, SourceSpec
from scrapers.spiders.base import SourceSpider
from scrapers.spiders.catalogue import CatalogueSpider
from scrapers.spiders.course_links import CourseLinks
from scrapers.spiders.single_page import DirectorySpider, OverviewSpider, PageSpider
from scrapers.spiders.visit import CrawlClock

SPIDERS: dict[SourceKind, type[SourceSpider]] = {
    "catalogue": CatalogueSpider,
    "overview": OverviewSpider,
    "page": PageSpider,
    "directory": DirectorySpider,
}

MEMORY_FILE = "page_memory.sqlite"

NO_DISK = 74
"""Exit code of a crawl that could not write what it had read."""

Wave = dict[SourceKind, list[SourceSpec]]


def plan_waves(sources: Iterable[SourceSpec]) -> list[Wave]:
    """Spreads sources over waves so that within a wave no host is read by two spiders.

    Each spider has its own downloader, and one connection per host holds only inside one
    downloader. Overviews come first, because their links lead into the catalogues; nearly always
    one wave is enough for them and one for all the rest.
    """
    sources = list(sources)
    overviews = [source for source in sources if source.kind == "overview"]
    others = [source for source in sources if source.kind != "overview"]
    return [*_pack(overviews), *_pack(others)]


def _pack(sources: Iterable[SourceSpec]) -> list[Wave]:
    waves: list[Wave] = []
    for source in sources:
        wave = next((wave for wave in waves if _fits(wave, source)), None)
        if wave is None:
            wave = {}
            waves.append(wave)
        wave.setdefault(source.kind, []).append(source)
    return waves


def _fits(wave: Wave, source: SourceSpec) -> bool:
    others = (spec for kind, specs in wave.items() if kind != source.kind for spec in specs)
    return _hosts(source).isdisjoint(host for other in others for host in _hosts(other))


def _hosts(source: SourceSpec) -> set[str]:
    return {slot_name(url) for url in source.start_urls}


def crawl(
    plan: CrawlPlan,
    landing_dir: Path,
    archive_dir: Path,
    on_report: Callable[[SourceReport], None],
    log_file: Path | None = None,
) -> Manifest:
    """Visits all sources of the plan and seals the landing; `on_report` hears each source end.

    Raises FileExistsError if the crawl id was used before. Runs in a process of its own, because
    Twisted's reactor starts only once.
    """
    landing = LandingWriter.begin(landing_dir, archive_dir, plan)
    clock = CrawlClock(plan.started_at)
    book = VisitBook(plan, landing, clock, on_report, _end_without_disk)
    memory = PageMemory(archive_dir / MEMORY_FILE)
    links = CourseLinks()
    process = AsyncCrawlerProcess(
        scrapy_settings(plan) | {"LOG_FILE": str(log_file) if log_file else None}
    )

    async def visit_all(sources: Iterable[SourceSpec]) -> None:
        for wave in plan_waves(sources):
            await asyncio.gather(
                *(
                    process.crawl(
                        SPIDERS[kind],
                        plan=plan,
                        sources=sources,
                        archive=landing.archive,
                        memory=memory,
                        links=links,
                        clock=clock,
                        on_visit=book.visit_ended,
                        on_disk_error=_end_without_disk,
                    )
                    for kind, sources in wave.items()
                )
            )

    async def run() -> None:
        from twisted.internet import reactor

        try:
            await visit_all(plan.sources)
            while (pause := book.seconds_to_next()) is not None:
                await asyncio.sleep(pause)
                await visit_all(book.take_due())
        finally:
            reactor.stop()  # type: ignore[misc]

    asyncio.get_event_loop().create_task(run())
    process.start(stop_after_crawl=False)
    book.write_waiting()
    return seal(landing.folder, clock.now())


def _end_without_disk(error: OSError) -> NoReturn:
    """Ends this process at once: asking further sites for what cannot be kept helps nobody, and a
    line that was written by half must be the last. Whole sources stay and are sealed later."""
    where = error.filename or "the landing"
    print(f"{where}: {error.strerror or error}; the crawl was ended", file=sys.stderr, flush=True)
    os._exit(NO_DISK)
