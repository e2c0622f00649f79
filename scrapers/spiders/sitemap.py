"""Courses by their names in a site's sitemap, for when its search does not tell all."""

from __future__ import annotations

import html
import re
import zlib
from collections import deque
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote, urljoin, urlsplit

from web_poet import HttpResponse

from scrapers.fields.relevance import SEARCH_TERMS
from scrapers.fields.text import fold
from scrapers.guest.failures import Failure, FetchFailed
from scrapers.guest.robots import RobotsMiddleware
from scrapers.pages.base import ListEntry
from scrapers.pages.course_urls import may_lead_to_course
from scrapers.pages.markup import canonical_url
from scrapers.pages.search_form import is_own_site
from scrapers.spiders.visit import READABLE_TYPES, Visit

MAX_FILES: Final = 10
MAX_ADDRESSES: Final = 50_000
MAX_BYTES: Final = 16 * 1024 * 1024
MAX_COURSES: Final = 50

SLUG_TERMS: Final = tuple(fold(term) for term in SEARCH_TERMS)

_TYPES: Final = (*READABLE_TYPES, "application/gzip", "application/x-gzip", "application/octet")
# No XML parser: so there are no entities to expand and no depth to get lost in.
_LOCATION: Final = re.compile(r"<(?:\w{1,20}:)?loc>([^<]{1,2000})</", re.I)
_INDEX: Final = re.compile(r"<(?:\w{1,20}:)?sitemapindex[\s>]", re.I)


@dataclass(frozen=True)
class Sitemap:
    """One file: addresses of pages, or of further files if it is an index."""

    is_index: bool
    addresses: tuple[str, ...]


def read_sitemap(body: bytes) -> Sitemap:
    """Reads a sitemap, also a gzipped one or plain lines of addresses.

    Only the first MAX_BYTES and MAX_ADDRESSES count. ValueError where the compression is broken.
    """
    if body[:2] == b"\x1f\x8b":
        try:
            body = zlib.decompressobj(wbits=31).decompress(body, MAX_BYTES)
        except zlib.error as error:
            raise ValueError(f"the sitemap's compression is broken: {error}") from error
    text = body[:MAX_BYTES].decode("utf-8", errors="replace")
    if "<" in text:
        found = (html.unescape(match[1]).strip() for match in _LOCATION.finditer(text))
    else:
        found = (line.strip() for line in text.splitlines() if len(line) <= 2000)
    addresses = [address for address, _ in zip(found, range(MAX_ADDRESSES), strict=False)]
    return Sitemap(bool(_INDEX.search(text[:5000])), tuple(addresses))


def names_subject(url: str) -> bool:
    """Whether the path of an address has a search term in it, in the spelling of slugs."""
    path = fold(unquote(urlsplit(url).path)).replace("-", "").replace("_", "")
    return any(term in path for term in SLUG_TERMS)


async def courses_in_sitemaps(visit: Visit, home: HttpResponse) -> list[ListEntry]:
    """Courses whose address names the subject, by the site's sitemaps: those that robots.txt
    names, else /sitemap.xml. A site without a sitemap is no failure."""
    files = deque(await _sitemaps_of(visit, str(home.url)))
    seen: set[str] = set()
    found: dict[str, ListEntry] = {}
    while files and len(seen) < MAX_FILES and visit.may_ask("sitemap"):
        url = files.popleft()
        if url in seen or not is_own_site(url, str(home.url)):
            continue
        seen.add(url)
        sitemap = await _fetch(visit, url)
        if sitemap.is_index:
            files.extend(sitemap.addresses)
            continue
        for address in sitemap.addresses:
            if names_subject(address) and may_lead_to_course(address):
                entry = ListEntry(_title(address), address)
                if is_own_site(address, str(home.url)) and len(found) < MAX_COURSES:
                    found.setdefault(canonical_url(address), entry)
    return list(found.values())


async def _sitemaps_of(visit: Visit, home_url: str) -> tuple[str, ...]:
    robots = visit.engine.crawler.get_downloader_middleware(RobotsMiddleware)
    named = await robots.sitemaps_of(home_url) if robots else ()
    return named or (urljoin(home_url, "/sitemap.xml"),)


async def _fetch(visit: Visit, url: str) -> Sitemap:
    try:
        page = await visit.fetch(url, step="sitemap", types=_TYPES)
        return read_sitemap(bytes(page.body))
    except FetchFailed as error:
        if error.failure.failure_class not in ("http_4xx", "not_html"):
            visit.add_failure(error.failure)
    except ValueError as error:
        visit.add_failure(Failure("decode", f"{url}: {error}"))
    return Sitemap(False, ())


def _title(address: str) -> str:
    """The words of the slug, the nearest to a title that an address has."""
    segments = [segment for segment in unquote(urlsplit(address).path).split("/") if segment]
    named = [segment for segment in segments if names_subject(f"/{segment}")]
    return re.sub(r"\.html?$", "", (named or segments)[-1]).replace("-", " ").replace("_", " ")
