"""A catalogue's courses as its pages know them: search, and how German pages print a course."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date

from scrapers.sample_web.courses import Meeting, SampleCourse
from scrapers.sample_web.days import (
    numeric,
    numeric_two_digit_year,
    weekday_name,
    weekday_short,
)

HIGHLIGHTS = 4
STATUS_WORDS = {
    "open": "Plätze frei, Anmeldung möglich",
    "few": "Fast ausgebucht, nur noch wenige Plätze",
    "waitlist": "Ausgebucht, Eintrag auf die Warteliste möglich",
    "full": "Dieser Kurs ist ausgebucht",
    "closed": "Keine Online-Anmeldung möglich",
    "cancelled": "Dieser Kurs fällt aus",
    "finished": "Dieser Kurs ist abgeschlossen",
}
BOOKABLE = frozenset({"open", "few", "waitlist"})


class Catalogue:
    """The courses of one site, by start, with the hits of a search and the random highlights."""

    def __init__(self, courses: Sequence[SampleCourse]) -> None:
        self._courses = sorted(courses, key=lambda course: (course.first_day, course.number))
        self._loads: Iterator[int] = iter(range(10**12))
        self._last_highlights: list[SampleCourse] = []

    @property
    def courses(self) -> list[SampleCourse]:
        return list(self._courses)

    def find(self, number: str) -> SampleCourse | None:
        return next((course for course in self._courses if course.number == number), None)

    def search(self, term: str) -> list[SampleCourse]:
        """Courses whose title or any text contains the term, whatever its case."""
        wanted = term.strip().casefold()
        return [course for course in self._courses if wanted in course.searched_text]

    def highlights(self) -> list[SampleCourse]:
        """A random handful, another one at each load; what the councils seek is often among it."""
        dice = random.Random(next(self._loads))
        chosen = self._last_highlights
        while chosen == self._last_highlights:
            chosen = dice.sample(self._courses, min(HIGHLIGHTS, len(self._courses)))
            if dice.random() < 0.5:
                chosen[0] = dice.choice(self._eye_catchers())
        self._last_highlights = chosen
        return chosen

    def _eye_catchers(self) -> list[SampleCourse]:
        return [c for c in self._courses if "integration" in c.searched_text] or self._courses


class Printed:
    """One course in the words of a page. Templates read it; nothing here decides anything."""

    def __init__(self, course: SampleCourse, *, dot_in_time: bool = False) -> None:
        self.course = course
        self._time_mark = "." if dot_in_time else ":"

    def day(self, day: date) -> str:
        return numeric_two_digit_year(day) if self.course.short_year else numeric(day)

    def time(self, clock: str) -> str:
        return clock.replace(":", self._time_mark)

    def weekday(self, day: date) -> str:
        return weekday_name(day)

    def weekday_short(self, day: date) -> str:
        return weekday_short(day)

    def span(self, meeting: Meeting) -> str:
        return f"{self.time(meeting.starts)} - {self.time(meeting.ends)} Uhr"

    @property
    def first(self) -> Meeting:
        return self.course.meetings[0]

    @property
    def last(self) -> Meeting:
        return self.course.meetings[-1]

    @property
    def start(self) -> str:
        """`Fr. 05.03.2026, 19.30 Uhr`"""
        day = self.first.day
        return f"{weekday_short(day)}. {self.day(day)}, {self.time(self.first.starts)} Uhr"

    @property
    def duration(self) -> str:
        count = len(self.course.meetings)
        return "1 Termin" if count == 1 else f"{count} Termine"

    @property
    def occupancy(self) -> str:
        """`4 von 6`, empty when the catalogue does not count."""
        if self.course.taken is None or self.course.total is None:
            return ""
        return f"{self.course.taken} von {self.course.total}"

    @property
    def status(self) -> str:
        return STATUS_WORDS[self.course.status]

    @property
    def is_bookable(self) -> bool:
        return self.course.status in BOOKABLE
