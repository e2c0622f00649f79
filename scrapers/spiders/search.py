"""The keyword search of a site: every term, every page of hits, and whether that was all."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import quote_plus, urlsplit

from selectolax.lexbor import LexborHTMLParser
from web_poet import HttpResponse

from scrapers.fields.relevance import SEARCH_TERMS
from scrapers.guest.failures import Failure, FetchFailed, failure_of_page
from scrapers.pages.asked_word import ignores_word, require_other_than_home
from scrapers.pages.base import ListEntry, ListPage, NextPage, PageError
from scrapers.pages.markup import canonical_url
from scrapers.pages.platforms import Platform
from scrapers.pages.search_form import (
    PostedSearch,
    encoding_of,
    form_search_url,
    posted_search,
    searches_courses,
)
from scrapers.records import FailureClass
from scrapers.spiders.visit import Visit

CONTROL_TERMS: Final = ("Kurs", "und", "Englisch")
"""Words for which a search that knows a VHS's courses finds some."""

SHORTEST_CUT: Final = 8
"""No site cuts its lists at fewer rows than this."""

_NO_ANSWER: Final[frozenset[FailureClass]] = frozenset(
    {"no_results", "markup_changed", "http_4xx", "http_5xx"}
)
"""How an address ends of which the site wants the words by POST."""


@dataclass
class SearchResult:
    """What the searches of a visit found.

    `is_whole`: every term was searched and every page read, and the counts agree. `is_readable`:
    there is a search, and for each term at least its first page could be read.
    """

    entries: list[ListEntry] = field(default_factory=list)
    is_whole: bool = True
    is_readable: bool = True


@dataclass
class TermResult:
    """What one search term brought, page by page, and what the site says it should have been.

    `broken` is why the walk ended before the last page; `repeats` says that the way on led to what
    had been read before; `leads_on` that the last page which was to be read shows another one."""

    entries: list[ListEntry] = field(default_factory=list)
    pages: int = 0
    unread_rows: int = 0
    says_more: bool = False
    repeats: bool = False
    leads_on: bool = False
    stated_hits: int | None = None
    stated_pages: int | None = None
    broken: Failure | None = None

    def add(self, page: ListPage, entries: list[ListEntry]) -> None:
        self.entries.extend(entries)
        self.pages += 1
        self.unread_rows += page.unread_rows()
        self.says_more |= page.says_more_exists()
        if self.stated_hits is None:
            self.stated_hits = page.stated_count()
        if self.stated_pages is None:
            self.stated_pages = page.stated_page_count()

    @property
    def is_silent(self) -> bool:
        """Whether nothing on its only page says whether that is all."""
        is_stated = self.stated_hits is not None or self.stated_pages is not None
        return self.pages == 1 and not (self.says_more or self.leads_on or is_stated)

    def failures(self, url: str) -> list[Failure]:
        """Why this search cannot be called completely read."""
        if self.broken is not None:
            return [self.broken]
        found = []
        if self.stated_pages is not None and self.pages != self.stated_pages:
            message = f"{url}: the list states {self.stated_pages} pages, {self.pages} were read"
            found.append(Failure("count_mismatch", message))
        if self.stated_hits is not None and self.stated_hits != len(self.entries):
            message = (
                f"{url}: the site states {self.stated_hits} hits, {len(self.entries)} were read"
            )
            found.append(Failure("count_mismatch", message))
        if self.says_more and self.stated_hits is None:
            message = (
                f"{url}: the page says or shows that there is more than the {len(self.entries)} "
                "hits that were read"
            )
            found.append(Failure("count_mismatch", message))
        if self.repeats and self.stated_hits is None and self.stated_pages is None:
            message = (
                f"{url}: the way to the next page shows again what was read before; whether there "
                f"is more than the {len(self.entries)} hits is not known"
            )
            found.append(Failure("count_mismatch", message))
        if self.unread_rows:
            message = f"{url}: {self.unread_rows} rows of the list have no title or no link"
            found.append(Failure("markup_changed", message))
        return found


@dataclass
class _Asking:
    """How a site's search is asked: by an address, or by sending its form by POST.

    An address at which the form stands is tried first, since some makes understand both; an
    address that the page does not show only after a form for courses; the form over the whole site
    at last. What has answered once is asked for every other term.
    """

    visit: Visit
    platform: Platform
    home: HttpResponse
    page: HttpResponse
    tree: LexborHTMLParser
    by_post: bool | None = None
    is_site_wide: bool = False

    def address(self, term: str) -> str | None:
        if self.visit.source.search:
            return self.visit.source.search.replace("{term}", quote_plus(term))
        return self.platform.search_url(self.page, term)

    def over_the_site(self, term: str) -> str | None:
        """The address that the page's form for the whole site asks, where its make told another
        one; None where it has none."""
        if self.visit.source.search or self.platform.name != "kuferweb":
            return None
        return form_search_url(self.tree, str(self.page.url), term, encoding_of(self.page))

    def form(self, term: str) -> PostedSearch | None:
        if self.visit.source.search:
            return None
        return posted_search(self.tree, str(self.page.url), term, encoding_of(self.page))

    async def ask(self, term: str, most_pages: int | None = None) -> tuple[str, TermResult] | None:
        """The address asked and what came; None where there is no search on the page."""
        url, form = self.address(term), self.form(term)
        if form is not None and url is not None:
            is_its_own = urlsplit(url).path == urlsplit(form.url).path
            if not (self.by_post or is_its_own or form.is_for_courses):
                form = None
            elif self.by_post is None and not is_its_own:
                self.by_post = True
        tries: list[tuple[str, str | None]] = [] if url is None else [(url, None)]
        if form is not None and self.by_post is not False:
            tries.insert(0 if self.by_post else len(tries), (form.url, form.body))
        site_wide = self.over_the_site(term)
        if site_wide is not None and (self.is_site_wide or self.by_post is None):
            tries.insert(0 if self.is_site_wide else len(tries), (site_wide, None))
        first: tuple[str, TermResult] | None = None
        for address, body in dict.fromkeys(tries):
            result = await _search(self, address, body, term, most_pages)
            first = first or (address, result)
            broken = result.broken
            if result.pages or broken is None or broken.failure_class not in _NO_ANSWER:
                self.by_post = body is not None
                self.is_site_wide = address == site_wide != url
                return address, result
        return first


async def search_site(
    visit: Visit, platform: Platform, home: HttpResponse, search_page: HttpResponse
) -> SearchResult:
    """Searches for all terms of the subject on the page with the search, which may be the start
    page. What is missing is a failure of the visit; what a broken search had found before is
    kept."""
    found = SearchResult()
    asking = _Asking(visit, platform, home, search_page, LexborHTMLParser(search_page.text))
    results: list[TermResult] = []
    for term in SEARCH_TERMS:
        asked = await asking.ask(term)
        if asked is None:
            message = f"{home.url}: no keyword search was found on this page"
            visit.add_failure(Failure("unknown_platform", message))
            return SearchResult(is_whole=False, is_readable=False)
        url, result = asked
        results.append(result)
        _count_hits(visit, results)
        found.entries.extend(result.entries)
        for failure in result.failures(url):
            visit.add_failure(failure)
            found.is_whole = False
        if result.broken is not None:
            if result.broken.failure_class == "budget_spent":
                return found
            found.is_readable &= result.pages > 0
            if result.broken.failure_class in ("blocked_bot", "login_wall"):
                return found  # who was turned away does not knock for every word
    lists = [result.entries for result in results]
    if ignores_word(lists, SEARCH_TERMS):
        message = (
            f"{home.url}: the search brings the same {len(lists[0])} courses for every word and "
            "none that shows one; name a search address in the source's YAML"
        )
        visit.add_failure(Failure("no_results", message))
        found.is_whole = found.is_readable = False
    if found.is_whole and (length := await _length_of_cut_lists(asking, results)) is not None:
        message = (
            f"{home.url}: the search shows {length} courses for different words and says nowhere "
            "whether that is all; its lists may be cut"
        )
        visit.add_failure(Failure("count_mismatch", message))
        found.is_whole = False
    if found.is_whole and not found.entries and not await _knows_courses(asking):
        message = (
            f"{home.url}: the search over the whole site finds nothing, not even for "
            f'"{CONTROL_TERMS[-1]}", so it may not know the courses; name a search address in the '
            "source's YAML"
        )
        visit.add_failure(Failure("no_results", message))
        found.is_whole = found.is_readable = False
    return found


async def _knows_courses(asking: _Asking) -> bool:
    """Whether "nothing found" can be believed: by a search for courses it can; of one over the
    whole site only where it finds courses for words that stand in every catalogue."""
    if asking.visit.source.search or searches_courses(asking.tree, str(asking.page.url)):
        return True
    if asking.platform.name != "generic" and not asking.is_site_wide:
        return True
    for term in CONTROL_TERMS:
        asked = await asking.ask(term, most_pages=1)
        if asked is not None and asked[1].entries:
            return True
    return False


async def _length_of_cut_lists(asking: _Asking, results: Sequence[TermResult]) -> int | None:
    """The length at which a site seems to cut its lists without a word, None where nothing speaks
    for it. The longest list of the subject may be cut where a word that stands in every catalogue
    brings as many other courses; one that brings more, or says how many there are, clears it."""
    silent = [result for result in results if result.is_silent]
    longest = max(silent, key=lambda result: len(result.entries), default=None)
    if longest is None or len(longest.entries) < SHORTEST_CUT:
        return None
    length = len(longest.entries)
    for term in CONTROL_TERMS:
        asked = await asking.ask(term, most_pages=1)
        other = asked[1] if asked is not None else TermResult()
        if len(other.entries) > length or (other.entries and not other.is_silent):
            return None
        if len(other.entries) == length:
            is_other = _fingerprint(other.entries) != _fingerprint(longest.entries)
            return length if is_other else None
    return None


async def _search(
    asking: _Asking, url: str, form: str | None, term: str, most_pages: int | None = None
) -> TermResult:
    """Walks all pages of one search, each once.

    A form may carry what belongs to the session of the page it stands on, so it is sent with the
    cookies of that page."""
    visit, platform = asking.visit, asking.platform
    result = TermResult()
    seen: set[tuple[str, str | None]] = set()
    seen_contents: set[str] = set()
    coming: NextPage | None = NextPage(url, form)
    jar = term if form is None else ""
    while coming and (asked := (canonical_url(coming.url), coming.body)) not in seen:
        seen.add(asked)
        try:
            response = await visit.fetch(
                coming.url, step="search", cookie_jar=jar, form=coming.body
            )
            if not result.pages:
                is_posted = coming.body is not None
                for other in dict.fromkeys((asking.home, asking.page)):
                    require_other_than_home(response, other, term, is_posted=is_posted)
            page = platform.list_page(response, visit.context)
            visit.keep_page(page)
            entries = list(page.entries())
            _require_answer(page, entries)
        except FetchFailed as error:
            result.broken = error.failure
            return result
        except PageError as error:
            result.broken = failure_of_page(error, coming.url)
            return result
        fingerprint = _fingerprint(entries)
        if entries and fingerprint in seen_contents:
            result.repeats = True
            break
        seen_contents.add(fingerprint)
        result.add(page, entries)
        if result.pages == most_pages:
            way_on = page.next_page(result.pages)
            result.leads_on = way_on is not None or page.shows_page_after(result.pages)
            break
        coming = page.next_page(result.pages)
        if coming is None:
            result.says_more |= page.shows_page_after(result.pages)
    return result


def _require_answer(page: ListPage, entries: list[ListEntry]) -> None:
    """An empty list counts only when the page says in words that there is nothing."""
    if entries or page.says_nothing_found():
        return
    raise PageError(
        "no_results", "the search answers with neither hits nor a sentence that there are none"
    )


def _count_hits(visit: Visit, results: Sequence[TermResult]) -> None:
    """Sums over the searches that were read. Where one with hits states no number, a sum of the
    others would say less than was found: then none is stated."""
    read = [result for result in results if result.pages]
    if not read:
        return
    visit.parsed_count = sum(len(result.entries) for result in read)
    stated = [result.stated_hits for result in read]
    visit.stated_count = None if None in stated else sum(number or 0 for number in stated)


def _fingerprint(entries: list[ListEntry]) -> str:
    joined = "\n".join(f"{canonical_url(entry.url)} {entry.title}" for entry in entries)
    return hashlib.sha256(joined.encode()).hexdigest()
