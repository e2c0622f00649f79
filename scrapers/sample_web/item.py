"""An itm:CONNECT site: its search page loads the hits as a fragment, by a request of its own.

How the real system names the search word among its parameters is not known from public material.
Here the site's own form and the address in the page's `data-ajax-url` say it; the fragment takes
the word under the names that a reader may come upon.
"""

from __future__ import annotations

import json
from urllib.parse import urlencode

from scrapers.sample_web.catalogue import Catalogue, Printed
from scrapers.sample_web.courses import SampleCourse
from scrapers.sample_web.site import SampleSite
from scrapers.sample_web.web import Request, Response, not_found, render

CLIENT = 484
SOCKET = 143
SEARCH_PAGE = "/kurssuche.html"
FRAGMENT_PATH = "/page_/VhsConnectSearch"
COURSE_PAGE = "/programm/kursdetails.html"
SEARCH_FIELD = "searchString"
TERM_NAMES = (SEARCH_FIELD, "search", "searchText", "query", "q", "keyword", "term", "text")
DEFAULT_PAGE_SIZE = 20
STATE_CLASSES = {
    "open": "Course_Bookable_OK",
    "few": "Course_Bookable_FewPlaces",
    "waitlist": "Course_Bookable_WaitingList",
    "full": "Course_NotBookable_CourseFull",
    "closed": "Course_NotBookable_NoOnlineBooking",
    "cancelled": "Course_NotBookable_CourseCancelled",
    "finished": "Course_NotBookable_CourseCompleted",
}


class ItemSite:
    """Answers for one itm:CONNECT site."""

    def __init__(self, site: SampleSite, catalogue: Catalogue) -> None:
        self._site = site
        self._catalogue = catalogue

    def answer(self, request: Request) -> Response:
        path, asked = request.path, request.parameters()
        if path == "/":
            return Response(200, self._page("item_home.html"))
        if path == SEARCH_PAGE:
            return self._search_page(asked.get(SEARCH_FIELD, ""))
        if path.endswith("/VhsConnectSearch") and asked.get("action") == "ajaxSearch":
            return self._fragment(asked)
        if path == COURSE_PAGE:
            return self._course(asked.get("courseId", "").removeprefix(f"{CLIENT}-C-"))
        if path.startswith("/kurs/"):
            return self._course(path.removeprefix("/kurs/").strip("/"))
        if path.startswith("/programm/"):
            return self._search_page("")
        return not_found(self._site.name)

    def _search_page(self, term: str) -> Response:
        return Response(
            200, self._page("item_search.html", term=term, fragment_url=_fragment_url(term, 1))
        )

    def _fragment(self, asked: dict[str, str]) -> Response:
        try:
            filters = json.loads(asked.get("filters[params]") or "{}")
            page_no = max(1, int(asked.get("filters[page]", "1")))
            size = max(1, int(asked.get("filters[pageSize]", str(DEFAULT_PAGE_SIZE))))
        except ValueError:
            return Response(400, render("error.html", site_name=self._site.name, what="Filter"))
        term = _term(filters, asked)
        hits = self._catalogue.search(term) if term else self._catalogue.courses
        page_count = -(-len(hits) // size)
        shown = hits[(page_no - 1) * size : page_no * size]
        body = render(
            "item_fragment.html",
            rows=[Printed(course) for course in shown],
            link=_course_link,
            state_classes=STATE_CLASSES,
            hit_count=len(hits),
            term=term,
            page_no=page_no,
            page_count=page_count,
            next_url=_fragment_url(term, page_no + 1, size) if page_no < page_count else "",
        )
        return Response(200, body)

    def _course(self, number: str) -> Response:
        course = self._catalogue.find(number)
        if course is None:
            return not_found(self._site.name)
        body = self._page(
            "item_detail.html",
            course=course,
            printed=Printed(course),
            state_class=STATE_CLASSES[course.status],
            highlights=(),
        )
        return Response(200, body, same_at_every_load=True)

    def _page(self, template: str, **values: object) -> str:
        if "highlights" not in values:
            values["highlights"] = [Printed(course) for course in self._catalogue.highlights()]
        return render(
            template,
            site=self._site,
            client=CLIENT,
            socket=SOCKET,
            search_page=SEARCH_PAGE,
            search_field=SEARCH_FIELD,
            fragment_path=FRAGMENT_PATH,
            link=_course_link,
            **values,
        )


def _term(filters: object, asked: dict[str, str]) -> str:
    if isinstance(filters, dict):
        for name in TERM_NAMES:
            if isinstance(value := filters.get(name), str):
                return value
    for name in TERM_NAMES:
        if value := asked.get(f"filters[{name}]") or asked.get(name):
            return value
    return ""


def _course_link(course: SampleCourse) -> str:
    query = {f"action[{SOCKET}]": "course", "courseId": f"{CLIENT}-C-{course.number}"}
    return f"{COURSE_PAGE}?{urlencode(query)}"


def _fragment_url(term: str, page_no: int, size: int = DEFAULT_PAGE_SIZE) -> str:
    params = {"sort": ["startDate,asc"], "hideEmptyCategories": True, SEARCH_FIELD: term}
    query = {
        "action": "ajaxSearch",
        "socketsId": str(SOCKET),
        "filters[params]": json.dumps(params, ensure_ascii=False),
        "filters[page]": str(page_no),
        "filters[pageSize]": str(size),
    }
    return f"{FRAGMENT_PATH}?{urlencode(query)}"
