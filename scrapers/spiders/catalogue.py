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
    """What one search term brought, page by page, and what the site says it should have been."""

    entries: list[ListEntry] = field(default_factory=list)
    pages: int = 0
    unread_rows: int = 0
    stated_hits: int | None = None
    stated_pages: int | None = None

    def add(self, page: ListPage, entries: list[ListEntry]) -> None:
        self.entries.extend(entries)
        self.pages += 1
        self.unread_rows += page.unread_rows()
        if self.stated_hits is None:
            self.stated_hits = page.stated_count()
        if self.stated_pages is None:
            self.stated_pages = page.stated_page_count()

    def mismatches(self, url: str) -> list[Failure]:
        """Why this search cannot be called completely read."""
        found = []
        if self.stated_pages is not None and self.pages != self.stated_pages:
            message = f"{url}: the list states {self.stated_pages} pages, {self.pages} were read"
            found.append(Failure("count_mismatch", message))
        if self.stated_hits is not None and self.stated_hits != len(self.entries):
            message = (
                f"{url}: the site states {self.stated_hits} hits, {len(self.entries)} were read"
            )
            found.append(Failure("count_mismatch", message))
        if self.unread_rows:
            message = f"{url}: {self.unread_rows} rows of the list have no title or no link"
            found.append(Failure("markup_changed", message))
        return found


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
            result = await self._search(visit, platform, url, term)
            _count_hits(visit, result)
            found.extend(result.entries)
            if visit.budget_is_spent:
                break

        candidates = unique_entries(e for e in found if is_candidate(e.title, e.text))
        visit.candidates = len(candidates)
        for entry in candidates:
            if visit.budget_is_spent:
                break
            await self._read_course(visit, platform, entry)

    async def _search(self, visit: Visit, platform: Platform, url: str, term: str) -> SearchResult:
        """Walks all pages of one search. A page that fails ends the walk and is a failure of the
        visit; what the pages before it held is kept."""
        result = SearchResult()
        seen_urls: set[str] = set()
        seen_contents: set[str] = set()
        next_url: str | None = url
        while next_url and canonical_url(next_url) not in seen_urls:
            seen_urls.add(canonical_url(next_url))
            try:
                response = await visit.fetch(next_url, step="search", cookie_jar=term)
                page = platform.list_page(response, visit.context)
                entries = list(page.entries())
                _require_answer(page, entries)
            except FetchFailed as error:
                visit.add_failure(error.failure)
                return result
            except PageError as error:
                visit.add_failure(Failure(error.failure_class, f"{next_url}: {error}"))
                return result
            fingerprint = _fingerprint(entries)
            if entries and fingerprint in seen_contents:
                break
            seen_contents.add(fingerprint)
            result.add(page, entries)
            next_url = page.next_url()
        for failure in result.mismatches(url):
            visit.add_failure(failure)
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


def _count_hits(visit: Visit, result: SearchResult) -> None:
    if result.pages:
        visit.parsed_count = (visit.parsed_count or 0) + len(result.entries)
    if result.stated_hits is not None:
        visit.stated_count = (visit.stated_count or 0) + result.stated_hits


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
