"""robots.txt (RFC 9309) and Crawl-delay for every request, also those made by a redirect.

Scrapy's own middleware knows neither Crawl-delay nor the rule that an unreachable robots.txt
forbids everything, so this one takes its place; the parsing is protego's.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from urllib.parse import urlsplit

from protego import Protego
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Request
from scrapy.http.request import NO_CALLBACK
from scrapy.utils.httpobj import urlparse_cached

from scrapers.guest.pace import slow_down


class ForbiddenByRobots(IgnoreRequest):
    """robots.txt does not allow this address."""


class RobotsUnavailable(IgnoreRequest):
    """robots.txt could not be read because the server fails, so nothing may be read (RFC 9309).

    `cause` is the status or the exception that the request for robots.txt ended with.
    """

    def __init__(self, message: str, cause: int | Exception) -> None:
        super().__init__(message)
        self.cause = cause


@dataclass(frozen=True)
class RobotsPolicy:
    """What one origin's robots.txt says. `rules` is None where there is none."""

    rules: Protego | None
    failure: RobotsUnavailable | None = None


class RobotsMiddleware:
    """Asks each origin once per crawl for its robots.txt, before the first page."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._user_agent = str(crawler.settings["USER_AGENT"])
        self._policies: dict[str, asyncio.Task[RobotsPolicy]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RobotsMiddleware:
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        if request.meta.get("dont_obey_robotstxt"):
            return
        parts = urlparse_cached(request)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._policies:
            self._policies[origin] = asyncio.ensure_future(self._ask(origin, request))
        policy = await self._policies[origin]
        if policy.failure is not None:
            raise policy.failure
        if policy.rules is None:
            return
        if not policy.rules.can_fetch(request.url, self._user_agent):
            raise ForbiddenByRobots(f"robots.txt forbids {request.url}")

    async def policy_of(self, url: str) -> RobotsPolicy | None:
        """What the robots.txt of this address's origin says, None where it was not asked for."""
        parts = urlsplit(url)
        task = self._policies.get(f"{parts.scheme}://{parts.netloc}")
        return await task if task else None

    async def sitemaps_of(self, url: str) -> tuple[str, ...]:
        """The sitemaps that the robots.txt of this origin names, none where it was not read."""
        policy = await self.policy_of(url)
        return tuple(policy.rules.sitemaps) if policy and policy.rules else ()

    async def _ask(self, origin: str, asked_for: Request) -> RobotsPolicy:
        request = Request(
            f"{origin}/robots.txt",
            callback=NO_CALLBACK,
            meta={
                "dont_obey_robotstxt": True,
                "source_id": asked_for.meta.get("source_id"),
                "step": "robots",
            },
        )
        assert self._crawler.engine is not None
        try:
            response = await self._crawler.engine.download_async(request)
        except Exception as failure:
            message = f"{origin}/robots.txt could not be read: {failure}"
            return RobotsPolicy(None, RobotsUnavailable(message, failure))
        if response.status >= 500 or response.status == 429:
            message = f"{origin}/robots.txt answers HTTP {response.status}"
            return RobotsPolicy(None, RobotsUnavailable(message, response.status))
        if response.status != 200:
            return RobotsPolicy(None)
        rules = Protego.parse(response.body.decode("utf-8-sig", errors="replace"))
        self._obey_crawl_delay(rules, str(asked_for.meta["download_slot"]))
        return RobotsPolicy(rules)

    def _obey_crawl_delay(self, rules: Protego, slot_name: str) -> None:
        wanted = rules.crawl_delay(self._user_agent)
        if wanted is not None:
            slow_down(self._crawler, slot_name, float(wanted))
