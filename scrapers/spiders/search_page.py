"""The page on which a catalogue is searched, where it is not the start page."""

from __future__ import annotations

import re
from typing import Final

from selectolax.lexbor import LexborHTMLParser
from web_poet import HttpResponse

from scrapers.fields.text import fold
from scrapers.guest.failures import FetchFailed
from scrapers.pages.course_urls import leads_to_course
from scrapers.pages.markup import attribute, canonical_url, text_of
from scrapers.pages.platforms import Platform, recognise_platform
from scrapers.pages.search_form import is_own_site, linked_search_url, searches_courses
from scrapers.pages.webbasys import KEYWORD
from scrapers.spiders.visit import Visit

MAX_PAGES: Final = 3

# Folded, the surest first.
_NAMES: Final = (
    re.compile(r"(?:zur |online-)?(?:kurs|programm|veranstaltungs|angebots)-?(?:suche|finder)"),
    re.compile(r"(?:erweiterte |detail-?)?suchen?|(?:kurse?|angebote?) (?:suchen|finden)"),
    re.compile(
        r"(?:unser |zum |aktuelles )?(?:kurs|veranstaltungs|gesamt)?-?programm"
        r"|(?:unsere |alle |online-)?kurse|kurs-?angebote?|veranstaltungen|angebote"
    ),
)


async def find_search_page(visit: Visit, platform: Platform, home: HttpResponse) -> HttpResponse:
    """The start page, or one that it frames or calls its search or its programme and that has a
    search for courses where the start page has none, or only one over the whole site.

    Makes that tell themselves where they are searched need no such page.
    """
    if visit.source.search or platform.name not in ("generic", "kuferweb") or _has_search(home):
        return home
    for url in _links(home)[:MAX_PAGES]:
        if not visit.may_ask("search"):
            break
        try:
            page = await visit.fetch(url, step="search")
        except FetchFailed:
            continue  # the start page says what can be known
        if _has_search(page):
            return page
    return home


def _has_search(page: HttpResponse) -> bool:
    tree = LexborHTMLParser(page.text)
    url = str(page.url)
    if searches_courses(tree, url) or linked_search_url(tree, url, KEYWORD, "") is not None:
        return True
    shown = recognise_platform(page)
    return shown is not None and shown.name in ("itm_connect", "cmx", "webbasys")


def _links(home: HttpResponse) -> list[str]:
    """Addresses on the same site whose link is called a search or a programme, the surest first;
    before them what the page shows in frames."""
    found: dict[str, tuple[int, str]] = {}
    tree = LexborHTMLParser(home.text)
    for frame in tree.css("frame[src], iframe[src]"):
        url = str(home.urljoin(attribute(frame, "src")))
        if is_own_site(url, str(home.url)):
            found.setdefault(canonical_url(url), (-1, url))
    for link in tree.css("a[href]"):
        name = fold(text_of(link) or attribute(link, "title")).strip(" .:>»›")
        rank = next((n for n, names in enumerate(_NAMES) if names.fullmatch(name)), None)
        url = str(home.urljoin(attribute(link, "href")))
        if rank is None or not is_own_site(url, str(home.url)) or leads_to_course(url):
            continue
        if canonical_url(url) != canonical_url(str(home.url)):
            found.setdefault(canonical_url(url), (rank, url))
    return [url for _, url in sorted(found.values(), key=lambda one: one[0])]
