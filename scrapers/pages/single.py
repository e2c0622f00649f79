"""The readers of single pages, by the kind of their source."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import Literal

from scrapers.pages.announcement import read_announcement
from scrapers.pages.base import AnyRecord, PageError, RecordPage
from scrapers.pages.blocks import page_blocks
from scrapers.pages.city_notice import read_notices
from scrapers.pages.coaching import read_coaching
from scrapers.pages.directory import DirectoryPage
from scrapers.pages.document import DocumentPage
from scrapers.pages.offer_rows import offer_rows
from scrapers.pages.overview import OverviewPage
from scrapers.pages.page_text import PageText, page_text, published_on
from scrapers.pages.stated_years import as_printed, with_stated_years
from scrapers.pages.training_page import read_trainings
from scrapers.pages.unread_dates import speaks_to_bodies, unread_dates
from scrapers.records import Course

_SHORTEST_PAGE = 120
_SENTENCE = re.compile(r"(?=.{20}).*\w+ \w+ .*\w{2}[.!?]$")
_SAYS_WHY_EMPTY = re.compile(
    r"nicht (?:mehr )?(?:gefunden|vorhanden|verfügbar|erreichbar|geladen)|existiert nicht|fehler"
    r"|\b(?:40[34]|50\d)\b|wartung|javascript|cookie|zugriff|browser|weitergeleitet|bitte warten"
    r"|not found|error|forbidden|loading|umgezogen|vorübergehend",
    re.IGNORECASE,
)


class ContentPage(DocumentPage):
    """A page with an announcement, notices of courses, or a training to be ordered; HTML or PDF.

    What the page is shows in its text, not in its address. Empty where a page of reasonable
    length concerns the bodies in nothing, or a short one is whole with heading and sentence;
    PageError where there is hardly any text.
    """

    VERSION = 4

    def records(self) -> Sequence[AnyRecord]:
        return self._found

    def doubts(self) -> tuple[str, ...]:
        if not speaks_to_bodies(self._text):
            return super().doubts()
        blocks = page_blocks(self.tree)
        unread = unread_dates(self._text, self._found, self.context.today, blocks)
        return (*super().doubts(), *unread)

    @cached_property
    def _text(self) -> PageText:
        return page_text(self.tree)

    @cached_property
    def _found(self) -> Sequence[AnyRecord]:
        return as_printed(self._read, self._text.written)

    @cached_property
    def _read(self) -> Sequence[AnyRecord]:
        text = self._text
        if len(text.running_text) < _SHORTEST_PAGE and not _is_short_but_whole(text):
            raise PageError(
                "no_results",
                "the page has hardly any text: what it says about offers cannot be known. Open the "
                "address; if the page has moved, enter the new one",
            )
        services = read_coaching(text, self.url)
        published = published_on(self.tree, text.lines)
        if published and published.day > self.context.today:
            published = None  # a day to come that stands alone is when something happens
        courses = read_notices(
            text,
            self.url,
            self.context,
            published_line=published.line if published else None,
            rows=offer_rows(with_stated_years(page_blocks(self.tree)).blocks, self.context.today),
        )
        if services:
            # What is dated under a name of its own is no service to be ordered.
            titles = {service.title for service in services}
            dated = (course for course in courses if _is_one_run(course))
            return [*services, *(course for course in dated if course.title not in titles)]
        days: set[date] = {session.day for course in courses for session in course.sessions}
        days |= {course.start_date for course in courses if course.start_date}
        announcement = read_announcement(
            text,
            self.url,
            self.context.today,
            published=published,
            taken_days=frozenset(days),
        )
        has_events = bool(announcement and announcement.events)
        # "Termine: nach Vereinbarung": such a training is to be ordered.
        is_undated = not has_events and not any(map(_is_one_run, courses))
        if is_undated and (trainings := read_trainings(text, self.url)):
            return trainings
        if courses or has_events:
            return [*([announcement] if announcement else []), *courses]
        if announcement is None:
            self.require_whole()
        return [announcement] if announcement else []


def _is_one_run(course: Course) -> bool:
    return bool(course.course_number or course.start_date or course.sessions)


def _is_short_but_whole(text: PageText) -> bool:
    """A heading with a sentence below it, which does not say why the page shows nothing else."""
    has_heading = any(line.kind == "heading" for line in text.lines)
    has_sentence = any(
        line.kind != "heading" and _SENTENCE.fullmatch(line.text) for line in text.lines
    )
    return has_heading and has_sentence and not _SAYS_WHY_EMPTY.search(text.running_text)


_PAGES: dict[str, type[RecordPage]] = {
    "overview": OverviewPage,
    "page": ContentPage,
    "directory": DirectoryPage,
}


def single_page_for(kind: Literal["overview", "page", "directory"]) -> type[RecordPage]:
    """The page object that reads pages of this kind."""
    return _PAGES[kind]
