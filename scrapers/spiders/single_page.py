"""Sources that are a page or a few: an overview, pages with announcements, a directory."""

from __future__ import annotations

from scrapers.guest.failures import FetchFailed
from scrapers.pages.single import single_page_for
from scrapers.spiders.base import SourceSpider
from scrapers.spiders.visit import READABLE_TYPES, Visit

DOCUMENT_TYPES = (*READABLE_TYPES, "application/pdf")


class SinglePageSpider(SourceSpider):
    """Reads each start address with the page object of the source's kind."""

    async def visit_source(self, visit: Visit) -> None:
        assert visit.source.kind != "catalogue"
        reader = single_page_for(visit.source.kind)
        visit.platform = reader.__name__
        for url in visit.source.start_urls:
            try:
                response = await visit.fetch(
                    url, step="page", conditional=True, types=DOCUMENT_TYPES
                )
            except FetchFailed as error:
                visit.add_failure(error.failure)
                continue
            visit.keep(await visit.read(response, reader))


class OverviewSpider(SinglePageSpider):
    """Overviews of offers of several providers."""

    name = "overview"


class PageSpider(SinglePageSpider):
    """Pages with announcements and offers in running text."""

    name = "page"


class DirectorySpider(SinglePageSpider):
    """Directories of organisations."""

    name = "directory"
