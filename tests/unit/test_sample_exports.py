"""What machines read on the sample web is exactly what its catalogues hold."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from decimal import Decimal

import pytest
from web_poet import HttpResponse

from scrapers.pages.base import AnyRecord, PageContext
from scrapers.pages.exports import ExportPage
from scrapers.pages.ics import calendar_url, sessions_from_calendar, with_calendar
from scrapers.pages.platforms import PLATFORMS, recognise_platform
from scrapers.pages.single import single_page_for
from scrapers.records import Course
from scrapers.sample_web.catalogue import Catalogue
from scrapers.sample_web.courses import SampleCourse
from scrapers.sample_web.exports import ExportSite, SlidesSite, StructuredSite
from scrapers.sample_web.kufer import KuferSite
from scrapers.sample_web.site import SampleSite
from scrapers.sample_web.sites import SITES
from scrapers.sample_web.web import Request, Response

TODAY = date(2026, 3, 14)
CONTEXT = PageContext(today=TODAY, provider_name="vhs")
ORIGIN = "http://vhs.example"


def site(site_id: str) -> SampleSite:
    return next(site for site in SITES if site.site_id == site_id)


def catalogue(site_id: str) -> Catalogue:
    courses = site(site_id).catalogue
    assert courses is not None
    return Catalogue(courses(TODAY))


def as_read(answer: Response, path: str) -> HttpResponse:
    assert answer.status == 200
    headers = {"Content-Type": answer.content_type}
    return HttpResponse(ORIGIN + path, body=answer.encoded, headers=headers)


def assert_equal(course: AnyRecord, sample: SampleCourse) -> None:
    assert isinstance(course, Course)
    assert (course.title, course.course_number) == (sample.title, sample.number)
    assert [(s.day, s.starts, s.ends) for s in course.sessions] == [
        (m.day, time.fromisoformat(m.starts), time.fromisoformat(m.ends)) for m in sample.meetings
    ]
    assert course.start_date == sample.meetings[0].day
    assert course.end_date == sample.meetings[-1].day
    assert course.session_count == len(sample.meetings)
    venue = sample.venue
    assert (course.venue_name or "").startswith(venue.name)
    assert course.venue_street == venue.street
    assert (course.venue_postcode, course.venue_place) == (venue.postcode, venue.place)
    assert course.places_total == sample.total


def relevant(site_id: str, *numbers: str) -> Sequence[SampleCourse]:
    found = [catalogue(site_id).find(number) for number in numbers]
    return [course for course in found if course is not None]


@pytest.mark.parametrize(
    ("site_id", "numbers", "prices"),
    [
        ("vhs-hamm", ["26-1104"], [Decimal("0.00")]),
        ("vhs-hagen", ["H1410", "H1402"], [Decimal("8.00"), Decimal("12.00")]),
    ],
)
def test_an_export_is_the_whole_catalogue(
    site_id: str, numbers: list[str], prices: list[Decimal]
) -> None:
    path = site(site_id).start_path
    answer = ExportSite(site(site_id), catalogue(site_id)).answer(Request("GET", path, {}))
    response = as_read(answer, path)
    platform = recognise_platform(response)
    assert platform is PLATFORMS["openvhs"]
    page = ExportPage(response, CONTEXT)
    held = len(catalogue(site_id).courses)
    assert (page.stated_count(), page.parsed_count()) == (held, held)
    samples = relevant(site_id, *numbers)
    assert len(samples) == len(page.records()) == len(numbers)
    for course, sample, price in zip(page.records(), samples, prices, strict=True):
        assert_equal(course, sample)
        assert course.price_eur == price
        assert course.places_taken == sample.taken
        assert course.description == " ".join(sample.text)


def test_a_page_whose_facts_stand_in_its_data_only() -> None:
    answers = StructuredSite(site("vhs-bochum"), catalogue("vhs-bochum"))
    for sample in relevant("vhs-bochum", "B2301", "B2307"):
        path = f"/kurs/{sample.slug}/{sample.number}"
        response = as_read(answers.answer(Request("GET", path, {})), path)
        assert recognise_platform(response) is None
        (course,) = PLATFORMS["generic"].course_page(response, CONTEXT).records()
        assert_equal(course, sample)
        assert isinstance(course, Course)
        assert course.status == sample.status


def test_a_calendar_gives_what_the_page_leaves_open() -> None:
    answers = KuferSite(site("vhs-bottrop"), catalogue("vhs-bottrop"))
    (sample,) = relevant("vhs-bottrop", "T26-077")
    path = f"/kurssuche/kurs/{sample.slug}/{sample.number}"
    response = as_read(answers.answer(Request("GET", path, {})), path)
    (course,) = PLATFORMS["kuferweb"].course_page(response, CONTEXT).records()
    assert isinstance(course, Course)
    assert (course.end_date, [s.ends for s in course.sessions]) == (None, [None])
    url = calendar_url("kuferweb", str(response.url), course.course_number)
    assert url is not None
    calendar = answers.answer(Request("GET", url.removeprefix(ORIGIN), {}))
    assert_equal(with_calendar(course, sessions_from_calendar(calendar.encoded)), sample)


def test_slides_hold_one_coaching_and_three_topics() -> None:
    slides = site("landesintegrationsrat-folien")
    answer = SlidesSite(slides).answer(Request("GET", slides.start_path, {}))
    page = single_page_for("page")(as_read(answer, slides.start_path), CONTEXT)
    coaching, *topics = page.records()
    assert isinstance(coaching, Course)
    assert coaching.title == "Coaching für Integrationsausschüsse und ihre Vorsitzenden"
    assert len(coaching.topics) == 2
    assert [len(topic.topics) for topic in topics if isinstance(topic, Course)] == [2, 2, 2]
