"""One connection per host and a pause between requests, for every request of the crawl."""

from __future__ import annotations

from time import monotonic
from typing import Any

from scrapy.crawler import Crawler
from scrapy.http import Request
from scrapy.utils.httpobj import urlparse_cached

from scrapers.records import CrawlPlan, is_loopback

LEAST_DELAY_SECONDS = 1.0
LONGEST_DELAY_SECONDS = 60.0


def slot_name(url: str) -> str:
    """The download slot of a URL: its host, on this computer host and port (each a site there)."""
    return str(urlparse_cached(Request(url)).netloc).lower()


def slot_settings(plan: CrawlPlan) -> dict[str, dict[str, Any]]:
    """Scrapy's DOWNLOAD_SLOTS for all start addresses of a plan.

    The delay is what the register asks for, at least one second; sites on this computer are
    asked without a pause unless the register wants one.
    """
    slots: dict[str, dict[str, Any]] = {}
    for source in plan.sources:
        for url in source.start_urls:
            least = 0.0 if is_loopback(url) else LEAST_DELAY_SECONDS
            delay = max(least, source.crawl_delay or 0.0)
            slot = slots.setdefault(
                slot_name(url), {"concurrency": 1, "delay": delay, "jitter": 0.0}
            )
            slot["delay"] = max(slot["delay"], delay)
    return slots


def slot_delay(crawler: Crawler, name: str) -> float:
    """Seconds between two requests of this slot, as things stand."""
    assert crawler.engine is not None
    known = crawler.engine.downloader.per_slot_settings.get(name, {})
    return float(known.get("delay", crawler.settings.getfloat("DOWNLOAD_DELAY")))


def slow_down(crawler: Crawler, name: str, delay: float, pause: float = 0.0) -> None:
    """Raises the delay of a slot for the rest of the crawl, to one minute at most.

    With `pause`, no request of the slot starts before so many seconds have passed.
    """
    assert crawler.engine is not None
    downloader = crawler.engine.downloader
    delay = max(slot_delay(crawler, name), min(delay, LONGEST_DELAY_SECONDS))
    downloader.per_slot_settings.setdefault(name, {})["delay"] = delay
    if slot := downloader.slots.get(name):
        slot.delay = delay
        if pause:
            # Scrapy starts the next request `delay` seconds after `lastseen`.
            slot.lastseen = max(slot.lastseen, monotonic() + pause - delay)


class SlotMiddleware:
    """Puts each request into the slot of its own address, also after a redirect elsewhere."""

    def process_request(self, request: Request) -> None:
        request.meta["download_slot"] = slot_name(request.url)
