"""The makes of course catalogues that can be read, and how to tell them apart."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

import attrs
from selectolax.lexbor import LexborHTMLParser
from web_poet import HttpResponse

from scrapers.pages import cmx, exports, itm_connect, kuferweb, webbasys
from scrapers.pages.base import ListPage, RecordPage
from scrapers.pages.cmx import CmxCoursePage, CmxListPage
from scrapers.pages.exports import ExportPage
from scrapers.pages.generic import GenericCoursePage, GenericListPage
from scrapers.pages.itm_connect import ItmConnectCoursePage, ItmConnectListPage
from scrapers.pages.kuferweb_course import KuferWebCoursePage
from scrapers.pages.kuferweb_lists import KuferWebListPage
from scrapers.pages.search_form import encoding_of, form_search_url
from scrapers.pages.webbasys import WebbasysCoursePage, WebbasysListPage
from scrapers.records import PlatformName


@attrs.frozen
class Platform:
    """One make of catalogue: its readers, its marks, its search.

    Where there is an `export_page` the start page is the whole catalogue: it is read at once, and
    neither searched nor opened course by course.
    """

    name: PlatformName
    list_page: type[ListPage]
    course_page: type[RecordPage]
    marks: Callable[[HttpResponse], bool]
    search: Callable[[HttpResponse, str], str | None]
    export_page: type[ExportPage] | None = None

    def recognises(self, response: HttpResponse) -> bool:
        """Whether the page carries the marks of this make."""
        return self.marks(response)

    def search_url(self, home: HttpResponse, term: str) -> str | None:
        """Address of the first page of hits for `term`: by the site's own search form on this
        page, else by a link to the search, else at the make's usual path on this origin."""
        return self.search(home, term)


def _no_marks(response: HttpResponse) -> bool:
    return False


def _no_search(home: HttpResponse, term: str) -> str | None:
    return None


def _own_form(home: HttpResponse, term: str) -> str | None:
    return form_search_url(LexborHTMLParser(home.text), str(home.url), term, encoding_of(home))


PLATFORMS: Final[Mapping[str, Platform]] = MappingProxyType(
    {
        platform.name: platform
        for platform in (
            Platform(
                "openvhs",
                GenericListPage,
                GenericCoursePage,
                exports.recognises,
                _no_search,
                ExportPage,
            ),
            Platform(
                "itm_connect",
                ItmConnectListPage,
                ItmConnectCoursePage,
                itm_connect.recognises,
                itm_connect.search_url,
            ),
            Platform(
                "kuferweb",
                KuferWebListPage,
                KuferWebCoursePage,
                kuferweb.recognises,
                kuferweb.search_url,
            ),
            Platform(
                "webbasys",
                WebbasysListPage,
                WebbasysCoursePage,
                webbasys.recognises,
                webbasys.search_url,
            ),
            Platform("cmx", CmxListPage, CmxCoursePage, cmx.recognises, cmx.search_url),
            Platform("generic", GenericListPage, GenericCoursePage, _no_marks, _own_form),
        )
    }
)


def recognise_platform(response: HttpResponse) -> Platform | None:
    """The make of the catalogue that this page belongs to, None when it shows no known mark."""
    return next(
        (platform for platform in PLATFORMS.values() if platform.recognises(response)), None
    )
