"""What a view is given: the file, the day that is asked for, and how the page looks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dashboard.data.frame import Publication
from dashboard.data.published import PublishedFile
from dashboard.figures.palette import Theme


@dataclass(frozen=True, slots=True)
class PageContext:
    """One drawing of one page.

    `day` is the day for which everything on the page holds (the Stand); `past_day` is the same day
    where it lies before the newest one, and else None: queries take it to choose between the tables
    of today and the macros `coverage_on`, `offers_on`. `today` is the calendar's day.
    """

    file: PublishedFile
    publication: Publication
    first_day: date
    past_day: date | None
    today: date
    theme: Theme

    @property
    def day(self) -> date:
        return self.past_day or self.publication.data_day
