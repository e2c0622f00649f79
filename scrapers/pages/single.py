"""The readers of single pages, by the kind of their source."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from scrapers.pages.announcement import read_announcement
from scrapers.pages.base import AnyRecord, PageError, RecordPage
from scrapers.pages.city_notice import read_notices
from scrapers.pages.coaching import read_coaching
from scrapers.pages.directory import DirectoryPage
from scrapers.pages.document import DocumentPage
from scrapers.pages.overview import OverviewPage
from scrapers.pages.page_text import page_text, published_on
from scrapers.pages.training_page import read_trainings

_SHORTEST_PAGE = 120


class ContentPage(DocumentPage):
    """A page with an announcement, notices of courses, or a training to be ordered; HTML or PDF.

    What the page is shows in its text, not in its address. Empty where a page of reasonable
    length concerns the bodies in nothing; PageError where there is hardly any text.
    """

    def records(self) -> Sequence[AnyRecord]:
        text = page_text(self.tree)
        if len(text.running_text) < _SHORTEST_PAGE:
            raise PageError("no_results", "the page has hardly any text in which to find an offer")
        if services := read_coaching(text, self.url):
            return services
        published = published_on(self.tree, text.lines)
        courses = read_notices(text, self.url, self.context, published_line=published[1])
        days: set[date] = {session.day for course in courses for session in course.sessions}
        days |= {course.start_date for course in courses if course.start_date}
        announcement = read_announcement(
            text,
            self.url,
            self.context.today,
            published=published,
            taken_days=frozenset(days),
        )
        if courses or (announcement and announcement.events):
            return [*([announcement] if announcement else []), *courses]
        if trainings := read_trainings(text, self.url):
            return trainings
        if announcement is None:
            self.require_whole()
        return [announcement] if announcement else []


_PAGES: dict[str, type[RecordPage]] = {
    "overview": OverviewPage,
    "page": ContentPage,
    "directory": DirectoryPage,
}


def single_page_for(kind: Literal["overview", "page", "directory"]) -> type[RecordPage]:
    """The page object that reads pages of this kind."""
    return _PAGES[kind]
