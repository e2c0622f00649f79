"""Sources that are a catalogue of courses: find what may concern the subject, open only that.

Discovery goes from the surest to the dearest: links that an overview has named, the site's own
keyword search, and where that did not tell all its sitemap and a shallow walk. Only a complete
search makes a complete source.
"""

from __future__ import annotations

from web_poet import HttpResponse

from scrapers.fields.relevance import SEARCH_TERMS, is_candidate
from scrapers.guest.blank_pages import failure_of_start_page
from scrapers.guest.failures import Failure, FetchFailed
from scrapers.pages.base import ListEntry
from scrapers.pages.exports import ExportPage
from scrapers.pages.platforms import PLATFORMS, Platform, recognise_platform
from scrapers.pages.xml_export import MAX_BYTES as MAX_EXPORT_BYTES
from scrapers.spiders.base import SourceSpider
from scrapers.spiders.calendars import Calendars
from scrapers.spiders.course_links import course_keys, unique_entries
from scrapers.spiders.search import search_site
from scrapers.spiders.search_page import find_search_page
from scrapers.spiders.sitemap import courses_in_sitemaps
from scrapers.spiders.visit import READABLE_TYPES, Visit
from scrapers.spiders.walk import walk_areas

EXPORT_TYPES = (*READABLE_TYPES, "application/octet", "binary/octet", "application/x-download")
"""As what servers send an XML file that is offered for download."""


class CatalogueSpider(SourceSpider):
    """Reads VHS catalogues."""

    name = "catalogue"

    async def visit_source(self, visit: Visit) -> None:
        home = await _fetch_home(visit)
        platform = choose_platform(visit, home)
        visit.platform = platform.name
        if platform.export_page is not None:
            await _read_export(visit, home, platform.export_page)
            return

        search_page = await find_search_page(visit, platform, home)
        if platform is PLATFORMS["generic"] and visit.source.platform != "generic":
            platform = recognise_platform(search_page) or platform
            visit.platform = platform.name
        linked = self.links.leading_to(str(home.url))
        opened = await _open_linked(visit, linked)
        found = await _discover(visit, platform, home, search_page)
        candidates = unique_entries([*found, *linked])
        visit.candidates = len(candidates)
        calendars = Calendars(visit, platform.name)
        for entry in candidates:
            page = next((opened[key] for key in course_keys(entry) if key in opened), None)
            if page is None and entry not in linked:
                page = await _open(visit, entry)
            if page is not None:
                reading = await visit.read(page, platform.course_page, entry)
                visit.keep(await calendars.fill(reading))


async def _fetch_home(visit: Visit) -> HttpResponse:
    url = visit.source.start_urls[0]
    if visit.source.platform == "openvhs":
        return await visit.fetch(
            url, step="export", conditional=True, types=EXPORT_TYPES, max_bytes=MAX_EXPORT_BYTES
        )
    return await visit.fetch(url, step="home")


async def _read_export(visit: Visit, file: HttpResponse, reader: type[ExportPage]) -> None:
    """Reads a catalogue that is one file: complete when every course in it could be read."""
    reading = await visit.read(file, reader)
    visit.keep(reading)
    if not reading.is_readable:
        return
    export = reading.page
    visit.stated_count, visit.parsed_count = export.stated_count(), export.parsed_count()
    if visit.stated_count is not None and visit.stated_count != visit.parsed_count:
        message = (
            f"{file.url}: the file holds {visit.stated_count} courses, "
            f"{visit.parsed_count} could be read"
        )
        visit.add_failure(Failure("count_mismatch", message))


async def _open_linked(visit: Visit, linked: list[ListEntry]) -> dict[str, HttpResponse]:
    """The pages of courses that an overview names, by all keys of their courses. A link that is
    dead says nothing about the catalogue: the overview may be older than it."""
    opened: dict[str, HttpResponse] = {}
    for entry in unique_entries(linked):
        try:
            page = await visit.fetch(entry.url, step="overview", conditional=True)
        except FetchFailed as error:
            if error.failure.failure_class != "http_4xx":
                visit.add_failure(error.failure)
            continue
        opened |= dict.fromkeys(course_keys(entry), page)
    return opened


async def _discover(
    visit: Visit, platform: Platform, home: HttpResponse, search_page: HttpResponse
) -> list[ListEntry]:
    """Candidates by search, and by the other ways where the search did not tell all. A start page
    without content has none, unless its make tells where to search; a sitemap can name courses."""
    has_address = visit.source.search or platform.search_url(search_page, SEARCH_TERMS[0])
    if not has_address and (failure := failure_of_start_page(home)) is not None:
        visit.count_for_nothing(failure)
        return await courses_in_sitemaps(visit, home)
    search = await search_site(visit, platform, home, search_page)
    found = [entry for entry in search.entries if is_candidate(entry.title, entry.text)]
    if not search.is_whole:
        found += await courses_in_sitemaps(visit, home)
    if not search.is_readable:
        found += await walk_areas(visit, platform, home)
    return found


async def _open(visit: Visit, entry: ListEntry) -> HttpResponse | None:
    try:
        return await visit.fetch(entry.url, step="course", conditional=True)
    except FetchFailed as error:
        visit.add_failure(error.failure)
        return None


def choose_platform(visit: Visit, home: HttpResponse) -> Platform:
    """The platform that the page shows, else the one that the register names.

    A register that names another one is out of date: the page is read as what it is, and the
    difference is a failure until somebody has looked. `generic` in the register is an order.
    """
    named = PLATFORMS.get(visit.source.platform)
    if named is PLATFORMS["generic"]:
        return named
    shown = recognise_platform(home)
    if named and shown and named.name != shown.name:
        message = (
            f"{home.url}: the register names the platform {named.name}, but the page is of "
            f"{shown.name}; look at the site and correct the register"
        )
        visit.add_failure(Failure("markup_changed", message))
    return shown or named or PLATFORMS["generic"]
