"""A webbasys site: one script for every view, tables within tables, and the old encoding.

Searches are sent by POST. Most sites take the same words from an address; `post_only` sites show
an empty search instead, with a sentence that sounds as if nothing had been found, and take the form
only from a session that a script makes.
"""

from __future__ import annotations

from urllib.parse import parse_qs, urlencode, urlsplit

from scrapers.sample_web.catalogue import Catalogue, Printed
from scrapers.sample_web.courses import SampleCourse
from scrapers.sample_web.site import SampleSite
from scrapers.sample_web.web import Request, Response, not_found, render

SCRIPT = "/webbasys/index.php"
KEYWORD = "kfs_stichwort_schlagwort"
CHARSET = "windows-1252"
PAGE_SIZE = 25
_CATEGORY, _COURSE, _SEARCH = "1", "11", "26"


class WebbasysSite:
    """Answers for one webbasys site."""

    def __init__(self, site: SampleSite, catalogue: Catalogue) -> None:
        self._site = site
        self._catalogue = catalogue

    def answer(self, request: Request) -> Response:
        if request.path not in ("/", SCRIPT):
            return not_found(self._site.name)
        query = parse_qs(urlsplit(request.target).query, True, encoding=CHARSET)
        query |= parse_qs(request.form, True, encoding=CHARSET)
        asked = {name: values[-1] for name, values in query.items()}
        view = asked.get("kathaupt")
        if request.path == "/" or view not in (_CATEGORY, _COURSE, _SEARCH):
            return self._response("webbasys_home.html", term="", found_nothing=False)
        if view == _COURSE:
            return self._course(asked.get("knr", ""))
        if view == _SEARCH and self._site.search_method == "post_only":
            if request.method == "POST":
                return Response(403, "Ihre Sitzung ist abgelaufen.")
            return self._response("webbasys_home.html", term="", found_nothing=True)
        return self._list(asked.get(KEYWORD, "") if view == _SEARCH else "", asked)

    def _course(self, number: str) -> Response:
        course = self._catalogue.find(number)
        if course is None:
            return not_found(self._site.name)
        return self._response(
            "webbasys_detail.html", term="", course=course, printed=_printed(course)
        )

    def _list(self, term: str, asked: dict[str, str]) -> Response:
        hits = self._catalogue.search(term) if term else self._catalogue.courses
        if not hits:
            return self._response("webbasys_home.html", term=term, found_nothing=True)
        page_count = -(-len(hits) // PAGE_SIZE)
        page_no = min(max(1, int(asked.get("seite") or "1")), page_count)
        more = {"kathaupt": asked["kathaupt"], KEYWORD: term, "seite": str(page_no + 1)}
        return self._response(
            "webbasys_list.html",
            term=term,
            rows=[_printed(c) for c in hits[(page_no - 1) * PAGE_SIZE : page_no * PAGE_SIZE]],
            hit_count=len(hits),
            page_no=page_no,
            page_count=page_count,
            next_href=f"index.php?{urlencode(more, encoding=CHARSET)}",
        )

    def _response(self, template: str, **values: object) -> Response:
        body = render(
            template, site=self._site, script=SCRIPT, keyword=KEYWORD, link=_link, **values
        )
        return Response(200, body, f"text/html; charset={CHARSET}", charset=CHARSET)


def _printed(course: SampleCourse) -> Printed:
    return Printed(course, dot_in_time=True)


def _link(course: SampleCourse) -> str:
    query = {"id": "31", "kathaupt": _COURSE, "knr": course.number, "kursname": course.title}
    return f"{SCRIPT}?{urlencode(query, encoding=CHARSET, errors='xmlcharrefreplace')}"
