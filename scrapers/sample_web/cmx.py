"""A cmx site: one search page that needs the element id of its own form, pages with ids for names.

A course page prints its facts as the real system does: labels run into the value before them.
"""

from __future__ import annotations

import hashlib

from scrapers.sample_web.catalogue import Catalogue, Printed
from scrapers.sample_web.courses import SampleCourse
from scrapers.sample_web.site import SampleSite
from scrapers.sample_web.web import Request, Response, not_found, render

ELEMENT = "web4c0ffee123456"
SEARCH_PATH = "/Suche"
KEYWORD = "Suchbegriffe"
ARTICLE_PATH = "/Artikel/cmx5a1b2c3d4e5f6.html"


class CmxSite:
    """Answers for one cmx site."""

    def __init__(self, site: SampleSite, catalogue: Catalogue) -> None:
        self._site = site
        self._catalogue = catalogue

    def answer(self, request: Request) -> Response:
        if request.path == "/":
            return Response(200, self._page("cmx_home.html"))
        if request.path == ARTICLE_PATH:
            return Response(200, self._page("cmx_home.html"))
        if request.path == SEARCH_PATH:
            return self._search(request.parameters())
        for course in self._catalogue.courses:
            if request.path == course_path(course):
                body = self._page("cmx_detail.html", course=course, printed=Printed(course))
                return Response(200, body, same_at_every_load=True)
        return not_found(self._site.name)

    def _search(self, asked: dict[str, str]) -> Response:
        if asked.get("cmxelementid") != ELEMENT or asked.get("Suche") != "1":
            return Response(200, self._page("cmx_home.html"))
        term = asked.get(KEYWORD, "")
        hits = self._catalogue.search(term) if term else self._catalogue.courses
        return Response(200, self._page("cmx_list.html", term=term, rows=list(map(Printed, hits))))

    def _page(self, template: str, **values: object) -> str:
        return render(
            template,
            site=self._site,
            element=ELEMENT,
            search_path=SEARCH_PATH,
            keyword=KEYWORD,
            article_path=ARTICLE_PATH,
            link=course_path,
            **values,
        )


def course_path(course: SampleCourse) -> str:
    """`/Veranstaltung/cmx65a1b2c3d4e50.html`, always the same for the same number."""
    return f"/Veranstaltung/cmx{hashlib.sha256(course.number.encode()).hexdigest()[:13]}.html"
