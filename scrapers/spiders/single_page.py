"""Sources that are a page or a few: an overview, pages with announcements, a directory."""

from __future__ import annotations

from typing import ClassVar, Final

from scrapers.guest.failures import Failure, FetchFailed, failure_of_page
from scrapers.pages.base import AnyRecord, PageError, RecordPage
from scrapers.pages.document import DocumentPage
from scrapers.pages.markup import canonical_url
from scrapers.pages.single import single_page_for
from scrapers.spiders.base import SourceSpider
from scrapers.spiders.visit import READABLE_TYPES, PageReading, Visit

DOCUMENT_TYPES = (*READABLE_TYPES, "application/pdf")


MOST_PAGES: Final = 30
"""What is printed on more pages than that is not read to its end."""


class SinglePageSpider(SourceSpider):
    """Reads each start address with the page object of the source's kind."""

    follows_pages: ClassVar[bool] = False
    """Whether what is read may be printed on several pages."""

    async def visit_source(self, visit: Visit) -> None:
        assert visit.source.kind != "catalogue"
        reader = single_page_for(visit.source.kind)
        visit.platform = reader.__name__
        seen: set[str] = set()
        for url in visit.source.start_urls:
            coming: str | None = url
            known: set[str] = set()
            number = 0
            while coming is not None and canonical_url(coming) not in seen:
                seen.add(canonical_url(coming))
                number += 1
                try:
                    response = await visit.fetch(
                        coming, step="page", conditional=True, types=DOCUMENT_TYPES
                    )
                except FetchFailed as error:
                    visit.add_failure(error.failure)
                    break
                reading = await visit.read(response, reader)
                said = {_without(str(response.url), record) for record in reading.records}
                if number > 1 and said and said <= known:
                    break  # what can be leafed through is something else on the page
                known |= said
                visit.keep(reading)
                coming = self._next(visit, reading, number)

    def _next(self, visit: Visit, reading: PageReading[RecordPage], number: int) -> str | None:
        """The next page of what was read; a failure where there is one that cannot be read."""
        page = reading.page
        if not (self.follows_pages and reading.is_readable and isinstance(page, DocumentPage)):
            return None
        try:
            url, shows_more = page.further_page(number)
        except PageError as error:
            visit.add_failure(failure_of_page(error, str(page.url)))
            return None
        if shows_more and (url is None or number >= MOST_PAGES):
            message = f"{page.url}: there are further pages, of which {number} could be read"
            visit.add_failure(Failure("count_mismatch", message))
            return None
        return url


def _without(url: str, record: AnyRecord) -> str:
    """What a record says, apart from the address of its page."""
    return record.model_dump_json().replace(url, "")


class OverviewSpider(SinglePageSpider):
    """Overviews of offers of several providers."""

    name = "overview"
    follows_pages = True


class PageSpider(SinglePageSpider):
    """Pages with announcements and offers in running text."""

    name = "page"


class DirectorySpider(SinglePageSpider):
    """Directories of organisations."""

    name = "directory"
    follows_pages = True
