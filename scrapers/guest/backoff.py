"""What happens when a site complains or stumbles: pauses that grow, few retries, then an end.

A site that answers 429 or 503 is asked again at most twice, after the pause that it names or after
growing ones, and more slowly for the rest of the crawl. Other faults are retried once.
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from scrapy import Spider
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Request, Response
from scrapy.utils.misc import load_object

from scrapers.guest.pace import slot_delay, slow_down

COMPLAINTS = frozenset({429, 503})
FAULTS = frozenset({408, 500, 502, 504, 522, 524})
RETRIES_AFTER_COMPLAINT = 2
RETRIES_AFTER_FAULT = 1
LONGEST_PAUSE_SECONDS = 120.0
PAUSE_GROWTH = 4.0

UNAVAILABLE_ADDRESSES = 3
"""So many addresses that stay at 503 and the host is left alone."""


class HostLeftAlone(IgnoreRequest):
    """The host has complained so often that it is not asked any more in this crawl.

    `status` is the last complaint.
    """

    def __init__(self, host: str, status: int) -> None:
        super().__init__(f"{host} keeps answering HTTP {status}")
        self.status = status


def retry_after_seconds(response: Response) -> float | None:
    """How long the site asks to wait, None where it does not say or says nonsense."""
    header = (response.headers.get("Retry-After") or b"").decode("latin-1").strip()
    if header.isascii() and header.isdigit():
        return float(header[:12])
    try:
        until = parsedate_to_datetime(header)
    except (ValueError, IndexError):
        return None
    return max(0.0, (until.astimezone(UTC) - datetime.now(UTC)).total_seconds())


class BackOff:
    """Downloader middleware in the place of Scrapy's RetryMiddleware."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._first_pause = crawler.settings.getfloat("ATLAS_BACKOFF_SECONDS")
        self._passing = tuple(map(load_object, crawler.settings.getlist("RETRY_EXCEPTIONS")))
        self._strikes: Counter[str] = Counter()
        self._left_alone: dict[str, int] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> BackOff:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        host = str(request.meta["download_slot"])
        if host in self._left_alone:
            raise HostLeftAlone(host, self._left_alone[host])

    def process_response(self, request: Request, response: Response) -> Request | Response:
        if response.status in COMPLAINTS:
            return self._after_complaint(request, response) or response
        if response.status in FAULTS:
            return self._again(request, response.status, RETRIES_AFTER_FAULT) or response
        return response

    def process_exception(self, request: Request, exception: Exception) -> Request | None:
        if isinstance(exception, self._passing):
            return self._again(request, type(exception).__name__, RETRIES_AFTER_FAULT)
        return None

    def _after_complaint(self, request: Request, response: Response) -> Request | None:
        host = str(request.meta["download_slot"])
        asked_pause = retry_after_seconds(response)
        again = None
        if asked_pause is None or asked_pause <= LONGEST_PAUSE_SECONDS:
            again = self._again(request, response.status, RETRIES_AFTER_COMPLAINT)
        if again is None:
            self._strike(host, response.status, is_final=response.status == 429)
            return None
        tries = int(request.meta.get("retry_times", 0))
        pause = self._first_pause * PAUSE_GROWTH**tries if asked_pause is None else asked_pause
        delay = 2 * slot_delay(self._crawler, host) or self._first_pause
        slow_down(self._crawler, host, delay, pause=min(pause, LONGEST_PAUSE_SECONDS))
        return again

    def _strike(self, host: str, status: int, *, is_final: bool) -> None:
        self._strikes[host] += 1
        if is_final or self._strikes[host] >= UNAVAILABLE_ADDRESSES:
            self._left_alone[host] = status

    def _again(self, request: Request, reason: str | int, most: int) -> Request | None:
        spider = self._crawler.spider
        assert isinstance(spider, Spider)
        return get_retry_request(request, spider=spider, reason=str(reason), max_retry_times=most)
