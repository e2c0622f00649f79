"""itm:CONNECT by ITEM: the AJAX fragment with the hits, the course page, how to search."""

from __future__ import annotations

import json
import re
from functools import cached_property
from typing import ClassVar, Final
from urllib.parse import urljoin

import attrs
from selectolax.lexbor import LexborHTMLParser
from web_poet import HttpResponse

from scrapers.pages.catalogue_course import CatalogueCoursePage, Mark
from scrapers.pages.catalogue_list import CatalogueListPage
from scrapers.pages.elements import Element
from scrapers.pages.markup import attribute, json_body, json_values, query_of
from scrapers.pages.page_tree import PageTree
from scrapers.pages.search_form import is_own_site, keyword_field_name, origin_url, with_parameters

_MARKS: Final = re.compile(
    r"tx_itemkgconnect|/VhsConnect(Search)?\b|\bcourseId[=/]\d+-C-|\bcoursestate\b|"
    r"href=[\"'][^\"'?#]*-\d{2,5}-C-[\w-]+[\"'?#]",
    re.I,
)
_FRAGMENT: Final = re.compile(r"[\"']([^\"'\s<>]*VhsConnectSearch[^\"'\s<>]*)[\"']")
_TOTAL_KEYS: Final = frozenset(
    {"total", "totalcount", "total_count", "totalresults", "totalhits", "hits", "count", "gesamt"}
)
_TOTAL_ATTRIBUTES: Final = ("data-total", "data-count", "data-total-count", "data-hits")
DEFAULT_PATH: Final = "/page_/VhsConnect/VhsConnectSearch"
DEFAULT_FIELD: Final = "searchString"
PAGE_SIZE: Final = 200
_DESCRIPTIONS: Final = frozenset({"course-description", "courseDescription"})
_DETAILS: Final = "courseDetails"


def recognises(response: HttpResponse) -> bool:
    return bool(_MARKS.search(str(response.url)) or _MARKS.search(response.text))


def search_url(home: HttpResponse, term: str) -> str:
    """The address of the fragment that holds the hits.

    Its path and parameters come from the page where it names them (a data attribute, a link, a
    script), else from the platform's default. How the search word is called among the filters
    is not known from public material: it gets the name of the site's own search field.
    """
    base = str(home.url)
    tree = LexborHTMLParser(home.text)
    field = keyword_field_name(tree, base) or DEFAULT_FIELD
    found = [
        url
        for match in _FRAGMENT.finditer(home.text.replace("&amp;", "&").replace("\\/", "/"))
        if is_own_site(url := urljoin(base, match[1]), base)
    ]
    url = found[0] if found else origin_url(base, DEFAULT_PATH)
    filters = dict(query_of(url))
    return with_parameters(
        url,
        {
            "action": "ajaxSearch",
            "filters[params]": _with_term(filters.get("filters[params]", ""), field, term),
            "filters[page]": "1",
            "filters[pageSize]": str(PAGE_SIZE),
        },
    )


def _with_term(params: str, field: str, term: str) -> str:
    try:
        values = json.loads(params) if params else {}
    except ValueError:
        values = {}
    if not isinstance(values, dict):
        values = {}
    return json.dumps({**values, field: term}, ensure_ascii=False, separators=(",", ":"))


@attrs.define(slots=False)
class ItmConnectListPage(CatalogueListPage):
    """The fragment with the hits: bare rows, a table, or JSON around either."""

    def marked_rows(self) -> list[Element]:
        return [
            node
            for node in self.page.having("data-href")
            if node.tag == "tr" or (node.tag in ("div", "li") and "course" in node.classes)
        ]

    def stated_count(self) -> int | None:
        stated = super().stated_count()
        return self._counted if stated is None or self._counted is not None else stated

    def next_url(self) -> str | None:
        """The next page: where no link leads to it, the same filters with the next page number,
        as long as the stated total is not reached or, without a total, the page is full."""
        linked = super().next_url()
        if linked is not None:
            return linked
        query = dict(query_of(self.url))
        page, size = query.get("filters[page]", ""), query.get("filters[pageSize]", "")
        rows = len(self._rows)
        if not (page.isdigit() and size.isdigit() and int(size)) or not rows:
            return None
        total, pages = self.stated_count(), self.stated_page_count()
        if pages is not None:
            goes_on = int(page) < pages
        elif total is not None:
            goes_on = int(page) * int(size) < total
        else:
            goes_on = rows >= int(size)
        return with_parameters(self.url, {"filters[page]": str(int(page) + 1)}) if goes_on else None

    @cached_property
    def _counted(self) -> int | None:
        """A total told to scripts: a data attribute of the list, or a number in the JSON."""
        for name in _TOTAL_ATTRIBUTES:
            for node in self.tree.css(f"[{name}]"):
                if attribute(node, name).isdigit():
                    return int(attribute(node, name))
        totals = {
            value
            for key, value in json_values(json_body(self.response))
            if key.lower() in _TOTAL_KEYS and isinstance(value, int) and not isinstance(value, bool)
        }
        return totals.pop() if len(totals) == 1 else None


def descriptions_of(page: PageTree) -> list[Element]:
    """The running text of a course, by the classes of two generations of the make."""
    return [
        node
        for node in page.classed(lambda names: "escription" in names)
        if not _DESCRIPTIONS.isdisjoint(node.classes)
        or (
            "description" in (node.attributes.get("class") or "")
            and any(_DETAILS in (above.attributes.get("class") or "") for above in node.ancestors)
        )
    ]


@attrs.define(slots=False)
class ItmConnectCoursePage(CatalogueCoursePage):
    """One course on itm:CONNECT."""

    TEXT: ClassVar[tuple[Mark, ...]] = (descriptions_of,)
