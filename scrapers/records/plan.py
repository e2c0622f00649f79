"""What enters the room: the crawl plan."""

from __future__ import annotations

from datetime import date, datetime

from scrapers.records.base import Contract, PlatformName, SourceKind


class SourceSpec(Contract):
    """One source as the crawl needs to know it.

    `search` is a URL with the placeholder `{term}` where a site's search address must be named
    by hand; `expected_min`/`expected_max` bound the number of records; `crawl_delay` is in seconds.
    """

    source_id: str
    provider_id: str
    provider_name: str
    kind: SourceKind
    platform: PlatformName = "auto"
    start_urls: tuple[str, ...]
    search: str | None = None
    crawl_delay: float | None = None
    expected_min: int | None = None
    expected_max: int | None = None
    request_budget: int = 400


class CrawlPlan(Contract):
    """One crawl: which sources, for which day, and which addresses the register itself names.

    `started_at` sets the clock of the crawl: later times are this one plus the time elapsed, so
    that a crawl on a fixed day bears the times of that day. `timeout_seconds` is the longest that
    one request may take, its whole body included; `backoff_seconds` the first pause after a site
    has complained (HTTP 429 or 503) without saying how long to wait. A source that failed for a
    passing reason is visited again up to `retries` times, first after `retry_pause_seconds`, then
    after growing pauses. After `most_seconds` the crawl is ended in order.
    """

    crawl_id: str
    today: date
    started_at: datetime
    is_sample: bool
    user_agent: str
    trusted_origins: tuple[str, ...]
    sources: tuple[SourceSpec, ...]
    timeout_seconds: float = 30.0
    backoff_seconds: float = 5.0
    retries: int = 0
    retry_pause_seconds: float = 600.0
    most_seconds: float = 4 * 3600.0
