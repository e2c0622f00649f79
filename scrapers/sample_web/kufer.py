"""A KuferWEB site: keyword search with the filter in the session, paging, course pages.

Confirmed and inferred facts about the real system are in `platforms.md`; this follows them,
including what makes reading hard: the paging links carry no search word, only a hash, so that a
visitor without his cookie gets the whole catalogue instead of his hits.
"""

from __future__ import annotations

import hashlib
import json
import re
from urllib.parse import quote, urlencode

from scrapers.sample_web.catalogue import Catalogue, Printed
from scrapers.sample_web.courses import SampleCourse
from scrapers.sample_web.exports import calendar_of
from scrapers.sample_web.site import KuferSkin, SampleSite
from scrapers.sample_web.web import Request, Response, hidden_mail, not_found, render

PAGE_SIZE = 25
SEARCH_FIELD = "kfs_stichwort_schlagwort"
CALENDAR_PATH = "/fileadmin/kuferweb/webbasys/ics.php"
SESSION_COOKIE = "fe_typo_user"
MAIL_VECTOR = 2
_COURSE_PATHS = (
    re.compile(r"/kursdetails/kurs/(?P<number>[^/]+)(/|$)"),
    re.compile(r"/(?:kurs|angebot)/(?:[^/]+/)?(?P<number>[^/]+)/?$"),
)


class KuferSite:
    """Answers for one site; keeps the visitors' filters by session cookie."""

    def __init__(self, site: SampleSite, catalogue: Catalogue) -> None:
        if site.skin is None:
            raise ValueError(f"the Kufer site {site.site_id} needs a skin")
        self._site = site
        self._skin: KuferSkin = site.skin
        self._catalogue = catalogue
        self._terms: dict[str, str | None] = {}

    def answer(self, request: Request) -> Response:
        path, asked = request.path, request.parameters()
        if path == "/":
            return self._home()
        if path.rstrip("/") in self._list_paths():
            if "browse" in asked:
                return self._further_page(request, asked)
            return self._first_page(request, asked.get(SEARCH_FIELD))
        if path == CALENDAR_PATH and self._skin.dates_in_calendar:
            course = self._catalogue.find(asked.get("knr", ""))
            return not_found(self._site.name) if course is None else calendar_of(course)
        for pattern in _COURSE_PATHS:
            if match := pattern.search(path):
                return self._course(match["number"])
        return not_found(self._site.name)

    def _list_paths(self) -> set[str]:
        skin = self._skin
        return {
            path.rstrip("/")
            for path in (skin.search_path, skin.list_path, "/kurssuche/suche", "/kurssuche/liste")
        }

    # ------------------------------------------------------------------ pages

    def _home(self) -> Response:
        return Response(200, self._page("kufer_home.html"))

    def _first_page(self, request: Request, term: str | None) -> Response:
        session = request.cookie(SESSION_COOKIE)
        if session not in self._terms:
            session = hashlib.sha256(f"{self._site.site_id}{len(self._terms)}".encode()).hexdigest()
            session = session[:26]
        self._terms[session] = term
        cookie = ("Set-Cookie", f"{SESSION_COOKIE}={session}; path=/; HttpOnly; SameSite=Lax")
        return Response(200, self._list(term, 0), headers=(cookie,))

    def _further_page(self, request: Request, asked: dict[str, str]) -> Response:
        number = asked.get("knr", "")
        if asked.get("cHash") != _hash_of(number):
            return not_found(self._site.name)
        term = self._terms.get(request.cookie(SESSION_COOKIE) or "")
        hits = [course.number for course in self._hits(term)]
        if number not in hits:
            return not_found(self._site.name)
        return Response(200, self._list(term, hits.index(number) // PAGE_SIZE))

    def _course(self, number: str) -> Response:
        course = self._catalogue.find(number)
        if course is None:
            return not_found(self._site.name)
        printed = Printed(course, dot_in_time=self._skin.dot_in_time)
        body = self._page(
            self._skin.detail_template,
            highlights=(),
            course=course,
            printed=printed,
            structured=_structured_data(course, self._skin.structured_data),
            mail=self._mail(),
        )
        return Response(200, body, same_at_every_load=True)

    def _list(self, term: str | None, index: int) -> str:
        hits = self._hits(term)
        page_count = max(1, -(-len(hits) // PAGE_SIZE))
        shown = hits[index * PAGE_SIZE : (index + 1) * PAGE_SIZE]
        return self._page(
            self._skin.template,
            term=term,
            hit_count=len(hits),
            page_no=index + 1,
            page_links=[
                (no + 1, self._page_link(hits[no * PAGE_SIZE].number)) for no in range(page_count)
            ]
            if hits
            else [],
            rows=[Printed(course, dot_in_time=self._skin.dot_in_time) for course in shown],
        )

    # ------------------------------------------------------------------ parts

    def _hits(self, term: str | None) -> list[SampleCourse]:
        return self._catalogue.courses if term is None else self._catalogue.search(term)

    def _page_link(self, first_number: str) -> str:
        query = {
            "browse": "forward",
            "kathaupt": "26",
            "knr": first_number,
            "cHash": _hash_of(first_number),
        }
        return f"{self._skin.search_path}?{urlencode(query)}"

    def _course_link(self, course: SampleCourse) -> str:
        return self._skin.course_path.format(slug=course.slug, number=quote(course.number))

    def _mail(self) -> dict[str, str | int | bool]:
        address = f"fachbereich1@{self._site.provider_id}.example"
        return {
            "script": self._skin.mail_script,
            "token": hidden_mail(address, MAIL_VECTOR),
            "vector": MAIL_VECTOR,
            "shown": address.replace("@", "(at)"),
        }

    def _page(self, template: str, **values: object) -> str:
        if "highlights" not in values:
            values["highlights"] = [Printed(course) for course in self._catalogue.highlights()]
        return render(
            template,
            site=self._site,
            skin=self._skin,
            search_field=SEARCH_FIELD,
            link=self._course_link,
            **values,
        )


def _hash_of(number: str) -> str:
    return hashlib.md5(f"cHash {number}".encode(), usedforsecurity=False).hexdigest()


def _structured_data(course: SampleCourse, shape: str) -> str:
    """schema.org data: a list of dates with times, or one object with bare days, or nothing."""
    if not shape or course.venue.is_online:
        return ""
    venue = course.venue
    location = {
        "@type": "Place",
        "name": venue.name,
        "address": {
            "@type": "PostalAddress",
            "streetAddress": venue.street,
            "postalCode": venue.postcode,
            "addressLocality": venue.place,
        },
    }
    instances: object
    if shape == "list":
        instances = [
            {
                "@type": "CourseInstance",
                "startDate": f"{meeting.day.isoformat()}T{meeting.starts}:00",
                "endDate": f"{meeting.day.isoformat()}T{meeting.ends}:00",
                "location": location,
            }
            for meeting in course.meetings
        ]
    else:
        instances = {
            "@type": "CourseInstance",
            "startDate": course.meetings[0].day.isoformat(),
            "endDate": course.meetings[-1].day.isoformat(),
            "location": location,
        }
    data = {
        "@context": "https://schema.org",
        "@type": "Course",
        "name": course.title,
        "hasCourseInstance": instances,
    }
    return json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")
