"""A first look at a site that nobody has read yet: as the same guest, with a handful of requests.

Asked for are robots.txt, the start page, a page or two that may hold the search where it does not,
and the first page of hits of each search term. No course is opened, nothing is kept.
"""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from scrapy.crawler import AsyncCrawlerProcess
from selectolax.lexbor import LexborHTMLParser
from web_poet import HttpResponse

from scrapers.crawl import MEMORY_FILE
from scrapers.fields.relevance import SEARCH_TERMS, is_candidate
from scrapers.fields.text import clean
from scrapers.guest.failures import FetchFailed
from scrapers.guest.page_memory import PageMemory
from scrapers.guest.robots import RobotsMiddleware, RobotsPolicy
from scrapers.guest.settings import scrapy_settings
from scrapers.landing import PageArchive
from scrapers.pages.base import PageError
from scrapers.pages.markup import attribute
from scrapers.pages.platforms import PLATFORMS, Platform, recognise_platform
from scrapers.pages.search_form import encoding_of, posted_search
from scrapers.readers import title_of
from scrapers.records import CrawlPlan, ProbedSearch, ProbeResult, RobotsVerdict
from scrapers.spiders.base import SourceSpider
from scrapers.spiders.course_links import CourseLinks
from scrapers.spiders.search_page import find_search_page
from scrapers.spiders.visit import CrawlClock, Visit

_VHS: Final = re.compile(r"\bvhs\b|volkshochschule", re.I)
_TITLE_PARTS: Final = re.compile(r"\s+[|–—-]\s+|\s*[|:»]\s*")


class ProbeSpider(SourceSpider):
    """Looks at one site. What it found is in `result` when its visit has ended."""

    name = "probe"
    result: ProbeResult

    async def visit_source(self, visit: Visit) -> None:
        url = visit.source.start_urls[0]
        self.result = ProbeResult(url=url)
        try:
            await self._look(visit, url)
        finally:
            await self._note_robots(visit)

    async def _look(self, visit: Visit, url: str) -> None:
        home = await visit.fetch(url, step="home")
        shown = recognise_platform(home)
        platform = shown or PLATFORMS["generic"]
        self._note(url=str(home.url), name=site_name(home), platform=shown.name if shown else None)
        if platform.export_page is not None:
            page = platform.export_page(home, visit.context)
            titles = tuple(dict.fromkeys(title_of(record) for record in page.records()))
            self._note(is_whole_catalogue=True, stated_count=page.stated_count(), candidates=titles)
            return
        asked = await find_search_page(visit, platform, home)
        if shown is None and (behind := recognise_platform(asked)) is not None:
            platform = behind
            self._note(platform=behind.name)
        searches = []
        tree = LexborHTMLParser(asked.text)
        for term in SEARCH_TERMS:
            search_url = platform.search_url(asked, term)
            form = posted_search(tree, str(asked.url), term, encoding_of(asked))
            if search_url is not None:
                searches.append(await self._search(visit, platform, term, search_url, None))
            elif form is not None:
                searches.append(await self._search(visit, platform, term, form.url, form.body))
        if searches:
            self._note(search_url=searches[0].url, searches=tuple(searches))

    async def _search(
        self, visit: Visit, platform: Platform, term: str, url: str, form: str | None
    ) -> ProbedSearch:
        found = ProbedSearch(term=term, url=url)
        try:
            page = platform.list_page(
                await visit.fetch(
                    url, step="search", cookie_jar=term if form is None else "", form=form
                ),
                visit.context,
            )
            entries = list(page.entries())
            if not entries and not page.says_nothing_found():
                failure = f"{url}: neither hits nor a sentence that there are none"
                return found.model_copy(update={"failure": failure})
        except FetchFailed as error:
            return found.model_copy(update={"failure": error.failure.message})
        except PageError as error:
            return found.model_copy(update={"failure": f"{url}: {error}"})
        titles = (entry.title for entry in entries if is_candidate(entry.title, entry.text))
        return found.model_copy(
            update={
                "stated_count": page.stated_count(),
                "read_count": len(entries),
                "candidates": tuple(dict.fromkeys(titles)),
            }
        )

    def _note(self, **found: object) -> None:
        self.result = self.result.model_copy(update=found)

    async def _note_robots(self, visit: Visit) -> None:
        robots = self.crawler.get_downloader_middleware(RobotsMiddleware)
        assert robots is not None
        agent = visit.plan.user_agent
        policy = await robots.policy_of(self.result.url)
        self._note(
            robots_home=verdict(policy, self.result.url, agent),
            crawl_delay=policy.rules.crawl_delay(agent) if policy and policy.rules else None,
        )
        if search_url := self.result.search_url:
            policy = await robots.policy_of(search_url)
            self._note(robots_search=verdict(policy, search_url, agent))


def verdict(policy: RobotsPolicy | None, url: str, user_agent: str) -> RobotsVerdict | None:
    """What robots.txt says about this address, None where it was never asked for."""
    if policy is None:
        return None
    if policy.failure is not None:
        return "unreadable"
    if policy.rules is None:
        return "no robots.txt"
    return "allowed" if policy.rules.can_fetch(url, user_agent) else "forbidden"


def site_name(home: HttpResponse) -> str | None:
    """What the site calls itself: its declared name, else the part of its title that names a VHS,
    else its title."""
    tree = LexborHTMLParser(home.text)
    declared = tree.css_first('meta[property="og:site_name"]')
    if declared is not None and (name := clean(attribute(declared, "content"))):
        return name
    title = tree.css_first("title")
    words = clean(title.text()) if title is not None else ""
    parts = [part for part in _TITLE_PARTS.split(words) if _VHS.search(part)]
    return next(iter(parts), words) or None


def probe(plan: CrawlPlan, log_file: Path | None = None) -> ProbeResult:
    """Looks at the one source of the plan. Runs in a process of its own, because Twisted's reactor
    starts only once."""
    (source,) = plan.sources
    process = AsyncCrawlerProcess(
        scrapy_settings(plan) | {"LOG_FILE": str(log_file) if log_file else None}
    )
    crawler = process.create_crawler(ProbeSpider)
    with TemporaryDirectory() as folder:
        archive = Path(folder) / "archive"
        archive.mkdir()
        process.crawl(
            crawler,
            plan=plan,
            sources=[source],
            archive=PageArchive(archive),
            memory=PageMemory(archive / MEMORY_FILE),
            links=CourseLinks(),
            clock=CrawlClock(plan.started_at),
            on_visit=lambda visit: None,
            on_disk_error=lambda error: None,
        )
        process.start()
    spider = crawler.spider
    assert isinstance(spider, ProbeSpider)
    (visit,) = spider.visits.values()
    failures = tuple(failure.message for failure in visit.failures)
    return spider.result.model_copy(update={"failures": failures, "requests": visit.requests})
