"""A shallow walk through the parts of a catalogue that may hold the subject, where no search helps.

Two levels at most: from the start page to what is called Politik or Gesellschaft, and from there
once more. Lists on the way are read to their end.
"""

from __future__ import annotations

import re
from collections import deque
from typing import Final

from selectolax.lexbor import LexborHTMLParser
from web_poet import HttpResponse

from scrapers.fields.relevance import SEARCH_TERMS, judge_relevance
from scrapers.fields.text import fold
from scrapers.guest.failures import FetchFailed
from scrapers.pages.base import ListEntry, PageError
from scrapers.pages.course_urls import leads_to_course
from scrapers.pages.markup import attribute, canonical_url, text_of
from scrapers.pages.platforms import Platform
from scrapers.pages.search_form import is_own_site
from scrapers.spiders.visit import Visit

MAX_PAGES: Final = 30
LEVELS: Final = 2

PASSED_BY: Final = frozenset(
    {"http_4xx", "not_html", "too_large", "redirect_loop", "blocked_robots"}
)
"""What is wrong with one page; anything else is wrong with the site, and ends the walk."""

_AREA: Final = re.compile(r"politi|gesellschaft|demokratie|kommunal")
_CATALOGUE: Final = re.compile(r"(unser )?(kurs|veranstaltungs)?(programm|kurse|angebote?)|themen")
_SOMETHING_ELSE: Final = re.compile(
    r"gesellschafter|datenschutz|cookie|geschaeftspolitik|foerderverein|traeger|ueber uns"
)
_LONGEST_NAME: Final = 80


async def walk_areas(visit: Visit, platform: Platform, home: HttpResponse) -> list[ListEntry]:
    """Rows of the lists on the way that name the subject. Pages without a list are passed by."""
    seen = {canonical_url(str(home.url))}
    waiting = deque((url, 1) for url in _first_steps(home))
    found: list[ListEntry] = []
    while waiting and len(seen) <= MAX_PAGES and visit.may_ask("walk"):
        url, level = waiting.popleft()
        if canonical_url(url) in seen:
            continue
        seen.add(canonical_url(url))
        try:
            response = await visit.fetch(url, step="walk", cookie_jar="walk")
        except FetchFailed as error:
            visit.add_failure(error.failure)
            if error.failure.failure_class not in PASSED_BY:
                break
            continue
        if level < LEVELS:
            waiting.extend((link, level + 1) for link in _links(response, _AREA))
        page = platform.list_page(response, visit.context)
        try:
            found += [entry for entry in page.entries() if _names_subject(entry)]
            next_url = page.next_url()
        except PageError:
            continue
        if next_url:
            # Before everything else: on some sites the way on lives in the session.
            waiting.appendleft((next_url, level))
    return found


def _first_steps(home: HttpResponse) -> list[str]:
    """To the areas by name, else to the catalogue as a whole."""
    return _links(home, _AREA) or _links(home, _CATALOGUE, whole=True)


def _links(page: HttpResponse, names: re.Pattern[str], *, whole: bool = False) -> list[str]:
    """Addresses on the same site whose link text has (or is) one of these names."""
    found: dict[str, str] = {}
    for link in LexborHTMLParser(page.text).css("a[href]"):
        name = fold(text_of(link))
        fits = names.fullmatch(name) if whole else names.search(name)
        if not fits or len(name) > _LONGEST_NAME or _SOMETHING_ELSE.search(name):
            continue
        url = str(page.urljoin(attribute(link, "href")))
        if is_own_site(url, str(page.url)) and not leads_to_course(url):
            found.setdefault(canonical_url(url), url)
    return list(found.values())


def _names_subject(entry: ListEntry) -> bool:
    words = fold(f"{entry.title} {entry.text}")
    named = any(fold(term) in words for term in SEARCH_TERMS)
    return named or judge_relevance(entry.title, entry.text).category is not None
