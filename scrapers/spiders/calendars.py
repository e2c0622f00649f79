"""Calendars of courses: asked for only where a relevant course's page leaves its times open."""

from __future__ import annotations

from dataclasses import dataclass, replace

from scrapers.guest.failures import FetchFailed
from scrapers.pages.base import RecordPage
from scrapers.pages.ics import calendar_url
from scrapers.readers import with_calendar_of
from scrapers.records import Course, PlatformName
from scrapers.spiders.visit import PageReading, Visit


@dataclass
class Calendars:
    """The calendars of one site. Where one cannot be had the others are not asked for either.

    A calendar only adds to what a page says, so a missing one is no failure of the visit.
    """

    visit: Visit
    platform: PlatformName
    are_served: bool = True

    async def fill(self, reading: PageReading[RecordPage]) -> PageReading[RecordPage]:
        """The reading of a course page, with the times that the course's calendar adds."""
        if len(reading.records) != 1 or not self.are_served:
            return reading
        course = reading.records[0]
        if not isinstance(course, Course) or not lacks_times(course):
            return reading
        url = calendar_url(self.platform, reading.page.url, course.course_number)
        if url is None:
            return reading
        try:
            answer = await self.visit.fetch(url, step="calendar", conditional=True)
        except FetchFailed:
            self.are_served = False
            return reading
        body = bytes(answer.body)
        return replace(reading, records=with_calendar_of(reading.records, body), calendar=body)


def lacks_times(course: Course) -> bool:
    """Whether no session is known, or one without its end."""
    return not course.sessions or any(session.ends is None for session in course.sessions)
