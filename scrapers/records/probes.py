"""A first look at a new site."""

from __future__ import annotations

from typing import Literal

from scrapers.records.base import Contract

RobotsVerdict = Literal["allowed", "no robots.txt", "forbidden", "unreadable"]


class ProbedSearch(Contract):
    """What the first page of hits for one search term says. `failure` is why it could not be
    read."""

    term: str
    url: str
    stated_count: int | None = None
    read_count: int = 0
    candidates: tuple[str, ...] = ()
    failure: str | None = None


class ProbeResult(Contract):
    """What a first look at a site found; None is what it did not find.

    `name` is the site's name as its home page gives it; `platform` the make that was recognised;
    `search_url` the address of the search for the first term; `crawl_delay` is in seconds. A site
    whose start page is the whole catalogue has no searches, but `stated_count` and `candidates`.
    """

    url: str
    name: str | None = None
    platform: str | None = None
    robots_home: RobotsVerdict | None = None
    robots_search: RobotsVerdict | None = None
    crawl_delay: float | None = None
    search_url: str | None = None
    searches: tuple[ProbedSearch, ...] = ()
    is_whole_catalogue: bool = False
    stated_count: int | None = None
    candidates: tuple[str, ...] = ()
    failures: tuple[str, ...] = ()
    requests: int = 0
