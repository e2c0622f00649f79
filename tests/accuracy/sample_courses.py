"""Every course of the sample web on every kind of catalogue page, with what must be read of it.

The pages come from the sample web's own sites, answered in this process; what is expected comes
from the data behind them, never from reading.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, time
from decimal import Decimal

from web_poet import HttpResponse

from scrapers.pages.base import PageContext
from scrapers.records import Relevance
from scrapers.sample_web import courses
from scrapers.sample_web.catalogue import BOOKABLE, Catalogue
from scrapers.sample_web.courses import SampleCourse
from scrapers.sample_web.decoys import decoys
from scrapers.sample_web.item import ItemSite
from scrapers.sample_web.kufer import KuferSite
from scrapers.sample_web.site import KuferSkin, SampleSite
from scrapers.sample_web.skins import (
    BOX_SKIN,
    CARD_SKIN,
    DIV_SKIN,
    OTHER_COLUMNS_SKIN,
    TABLE_SKIN,
)
from scrapers.sample_web.web import Request

TODAY = date(2026, 3, 14)
CONTEXT = PageContext(today=TODAY, provider_name="VHS Probe")
ORIGIN = "https://vhs-probe.example"
FOR_MEMBERS = "Für gewählte Mitglieder des Integrationsrates"

SKINS: dict[str, KuferSkin | None] = {
    "kuferweb table": TABLE_SKIN,
    "kuferweb divs": DIV_SKIN,
    "kuferweb cards": CARD_SKIN,
    "kuferweb other columns": OTHER_COLUMNS_SKIN,
    "kuferweb boxes": BOX_SKIN,
    "itm_connect": None,
}

# What the printed fees mean: amount for the whole course, and whether it is free.
FEES: dict[str, tuple[Decimal, bool]] = {
    **dict.fromkeys(
        ("entgeltfrei", "gebührenfrei", "kostenlos", "kostenfrei", "Eintritt frei"),
        (Decimal("0.00"), True),
    ),
    "48,00 €, ermäßigt 36,00 €": (Decimal("48.00"), False),
    "95,00 €, ermäßigt 71,00 €": (Decimal("95.00"), False),
    "15,00 € (erm. 9,00 €)": (Decimal("15.00"), False),
    "120,-- EUR": (Decimal("120.00"), False),
    "1.234,56 €": (Decimal("1234.56"), False),
}


@dataclass(frozen=True)
class Printed:
    """One page of the sample web."""

    platform: str
    response: HttpResponse
    course: SampleCourse | None


class Site:
    """A sample catalogue that answers without a network."""

    def __init__(self, platform: str, catalogue: tuple[SampleCourse, ...]) -> None:
        skin = SKINS[platform]
        site = SampleSite(
            "vhs-probe",
            "vhs-probe",
            "VHS Probe",
            "catalogue",
            "item" if skin is None else "kufer",
            "Probestadt",
            skin=skin,
        )
        self.platform = platform
        self._site = (
            ItemSite(site, Catalogue(catalogue))
            if skin is None
            else KuferSite(site, Catalogue(catalogue))
        )
        self._cookie = ""

    def get(self, url: str) -> HttpResponse:
        """The page at an address of this site; it keeps the session like a browser."""
        target = url.removeprefix(ORIGIN).split("#")[0]
        response = self._site.answer(Request("GET", target, {"cookie": self._cookie}))
        for name, value in response.headers:
            if name == "Set-Cookie":
                self._cookie = value.split(";")[0]
        assert response.status == 200, (target, response.status)
        return HttpResponse(
            url, body=response.encoded, status=200, headers={"Content-Type": response.content_type}
        )


def council_courses() -> tuple[SampleCourse, ...]:
    """All courses of the sample web that concern the councils."""
    makers = (
        courses.rhein_erft,
        courses.rheine,
        courses.recklinghausen,
        courses.bonn,
        courses.minden,
    )
    return tuple(course for make in makers for course in make(TODAY))


def other_courses(count: int = 68) -> tuple[SampleCourse, ...]:
    """Courses that concern nobody in the councils."""
    return decoys("accuracy", TODAY, count, lambda n: f"261-{4000 + 7 * n}", courses.BRUEHL)


def varied_courses() -> tuple[SampleCourse, ...]:
    """The other courses as if they were held for the councils: their fees, states, sizes and
    dates are more varied than those of the series."""
    return tuple(replace(course, subtitle=FOR_MEMBERS) for course in other_courses())


def expected_course(course: SampleCourse, platform: str) -> dict[str, object]:
    """What must be read of the course's own page, field by field."""
    venue = course.venue
    online = venue.is_online
    amount, free = FEES.get(course.fee) or (_amount(course.fee), False)
    counts_free = platform == "itm_connect"
    taken, total = course.taken, course.total
    is_kufer_table = platform in ("kuferweb table", "kuferweb divs", "kuferweb other columns")
    names_room = platform != "kuferweb cards"
    session_venue = f"{venue.name}, {venue.room}" if venue.room else venue.name
    return {
        "title": course.title,
        "subtitle": course.subtitle or None,
        "course_number": course.number,
        "relevance": relevance_of(course),
        "module": _module(course),
        "target_group": course.target_group or None,
        "start_date": course.meetings[0].day,
        "end_date": course.meetings[-1].day,
        "session_count": len(course.meetings),
        "sessions": tuple(
            (meeting.day, _clock(meeting.starts), _clock(meeting.ends))
            for meeting in course.meetings
        ),
        "session_venue": session_venue if names_room and not online else None,
        "venue_name": None if online else venue.name,
        "venue_street": venue.street or None,
        "venue_postcode": venue.postcode or None,
        "venue_place": venue.place or None,
        "delivery_mode": "online" if online else None,
        "places_planned": None,
        "places_total": None if counts_free else total,
        "places_taken": None if counts_free else taken,
        "places_free": (total or 0) - (taken or 0) if counts_free and total is not None else None,
        "status": course.status,
        "price_eur": amount,
        "is_free": free,
        "registration_url": _registration(course, platform),
        "registration_email": (
            "fachbereich1@vhs-probe.example"
            if is_kufer_table or platform in ("kuferweb boxes", "kuferweb cards")
            else None
        ),
    }


def relevance_of(course: SampleCourse) -> Relevance:
    return "series" if course.target_group else "council"


def _module(course: SampleCourse) -> str:
    if course.title == courses.BASIS_TITLE:
        return "basis"
    return "aufbau" if course.title == courses.AUFBAU_TITLE else "other"


def _amount(fee: str) -> Decimal:
    return Decimal(fee.removesuffix(" €").replace(",", "."))


def _clock(words: str) -> time:
    return time.fromisoformat(words)


def _registration(course: SampleCourse, platform: str) -> str | None:
    if platform == "itm_connect":
        booked = f"{ORIGIN}/VhsConnect/book?courseId=484-C-{course.number}"
        return booked if course.status in BOOKABLE else None
    booked = f"{ORIGIN}/warenkorb/?knr={course.number}"
    return booked if course.status in ("open", "few") else None


def course_pages(catalogue: tuple[SampleCourse, ...]) -> Iterator[Printed]:
    """The page of every course on every kind of site."""
    for platform, skin in SKINS.items():
        site = Site(platform, catalogue)
        for course in catalogue:
            path = f"/kurs/{course.number}"
            if skin is not None:
                path = skin.course_path.format(slug=course.slug, number=course.number)
            yield Printed(platform, site.get(ORIGIN + path), course)


def list_start(platform: str) -> str:
    """The address of the list of all courses."""
    skin = SKINS[platform]
    if skin is None:
        return f"{ORIGIN}/page_/VhsConnectSearch?action=ajaxSearch&filters[page]=1"
    return ORIGIN + skin.list_path
