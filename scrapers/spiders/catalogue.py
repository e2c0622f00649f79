"""Sources that are a catalogue of courses: search for the subject, open what may be relevant."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import quote_plus

from web_poet import HttpResponse

from scrapers.fields.course_numbers import number_from_url
from scrapers.fields.relevance import SEARCH_TERMS, is_candidate
from scrapers.guest.failures import Failure, FetchFailed
from scrapers.pages.base import ListEntry, ListPage, PageError
from scrapers.pages.markup import canonical_url
from scrapers.pages.platforms import PLATFORMS, Platform, recognise_platform
from scrapers.records import SourceSpec
from scrapers.spiders.base import SourceSpider
from scrapers.spiders.visit import Visit


@dataclass
class SearchResult:
    """What one search term brought, page by page."""

    entries: list[ListEntry] = field(default_factory=list)
    stated: int | None = None


class CatalogueSpider(SourceSpider):
    """Reads VHS catalogues by their own keyword search."""

    name = "catalogue"

    async def visit_source(self, visit: Visit) -> None:
        home = await visit.fetch(visit.source.start_urls[0], step="home")
        platform = _choose_platform(visit, home)
        visit.platform = platform.name

        found: list[ListEntry] = []
        for term in SEARCH_TERMS:
            url = _search_url(visit.source, platform, home, term)
            if url is None:
                message = f"{home.url}: no keyword search was found on this page"
                visit.add_failure(Failure("unknown_platform", message))
                break
            try:
                result = await self._search(visit, platform, url, term)
            except FetchFailed as error:
                visit.add_failure(error.failure)
                if error.failure.failure_class == "budget_spent":
                    break
                continue
            except PageError as error:
                visit.add_failure(Failure(error.failure_class, f"{url}: {error}"))
                continue
            _count_hits(visit, result, url)
            found.extend(result.entries)

        candidates = unique_entries(e for e in found if is_candidate(e.title, e.text))
        visit.candidates = len(candidates)
        for entry in candidates:
            await self._read_course(visit, platform, entry)

    async def _search(self, visit: Visit, platform: Platform, url: str, term: str) -> SearchResult:
        """Walks all pages of one search. Raises FetchFailed or PageError at the first page."""
        result = SearchResult()
        seen_urls: set[str] = set()
        seen_contents: set[str] = set()
        stated_pages: int | None = None
        next_url: str | None = url
        pages = 0
        while next_url and canonical_url(next_url) not in seen_urls:
            seen_urls.add(canonical_url(next_url))
            try:
                response = await visit.fetch(next_url, step="search", cookie_jar=term)
            except FetchFailed as error:
                if pages == 0:
                    raise
                visit.add_failure(error.failure)
                return result
            page = platform.list_page(response, visit.context)
            entries = list(page.entries())
            fingerprint = _fingerprint(entries)
            if entries and fingerprint in seen_contents:
                break
            seen_contents.add(fingerprint)
            pages += 1
            _require_answer(page, entries)
            result.entries.extend(entries)
            result.stated = result.stated if result.stated is not None else page.stated_count()
            stated_pages = stated_pages or page.stated_page_count()
            next_url = page.next_url()
        if stated_pages is not None and pages != stated_pages:
            message = f"{url}: the list states {stated_pages} pages, {pages} could be read"
            visit.add_failure(Failure("count_mismatch", message))
        return result

    async def _read_course(self, visit: Visit, platform: Platform, entry: ListEntry) -> None:
        try:
            response = await visit.fetch(entry.url, step="course")
        except FetchFailed as error:
            visit.add_failure(error.failure)
            return
        visit.read(response, platform.course_page)


def _choose_platform(visit: Visit, home: HttpResponse) -> Platform:
    """The platform that the register names, else the one that the page shows."""
    named = PLATFORMS.get(visit.source.platform)
    return named or recognise_platform(home) or PLATFORMS["generic"]


def _search_url(
    source: SourceSpec, platform: Platform, home: HttpResponse, term: str
) -> str | None:
    if source.search:
        return source.search.replace("{term}", quote_plus(term))
    return platform.search_url(home, term)


def _require_answer(page: ListPage, entries: list[ListEntry]) -> None:
    """An empty list counts only when the page says in words that there is nothing."""
    if entries or page.says_nothing_found():
        return
    raise PageError(
        "no_results", "the search answers with neither hits nor a sentence that there are none"
    )


def _count_hits(visit: Visit, result: SearchResult, url: str) -> None:
    parsed = len(result.entries)
    visit.parsed_count = (visit.parsed_count or 0) + parsed
    if result.stated is None:
        return
    visit.stated_count = (visit.stated_count or 0) + result.stated
    if result.stated != parsed:
        message = f"{url}: the site states {result.stated} hits, {parsed} were read"
        visit.add_failure(Failure("count_mismatch", message))


def unique_entries(entries: Iterable[ListEntry]) -> list[ListEntry]:
    """Each course once, in order of appearance: by its number, else by its address."""
    unique: dict[str, ListEntry] = {}
    for entry in entries:
        number = entry.number or number_from_url(entry.url)
        unique.setdefault(number or canonical_url(entry.url), entry)
    return list(unique.values())


def _fingerprint(entries: list[ListEntry]) -> str:
    joined = "\n".join(f"{entry.url} {entry.title}" for entry in entries)
    return hashlib.sha256(joined.encode()).hexdigest()
