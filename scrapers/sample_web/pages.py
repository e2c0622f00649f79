"""Sites that are one page: the overview, announcements, the directory."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from scrapers.sample_web.courses import AUFBAU_SUBTITLE, BASIS_SUBTITLE, BASIS_TITLE, slug
from scrapers.sample_web.days import SATURDAY, numeric, weekday_after, weekday_name
from scrapers.sample_web.organisations import ORGANISATIONS
from scrapers.sample_web.site import SampleSite
from scrapers.sample_web.web import Request, Response, not_found, render


class PageSite:
    """Answers with one page at `start_path`, and with a small home page that links to it."""

    def __init__(self, site: SampleSite, origins: Mapping[str, str], today: date) -> None:
        self._site = site
        self._origins = origins
        self._today = today

    def answer(self, request: Request) -> Response:
        if request.path.rstrip("/") == self._site.start_path.rstrip("/"):
            return Response(200, self._page(), same_at_every_load=True)
        if request.path == "/":
            return Response(200, render("page_home.html", site=self._site))
        return not_found(self._site.name)

    def _page(self) -> str:
        saturday = weekday_after(self._today, 6, SATURDAY)
        return render(
            self._site.template,
            site=self._site,
            origins=self._origins,
            basis_subtitle=BASIS_SUBTITLE,
            aufbau_subtitle=AUFBAU_SUBTITLE,
            rheine_slug=slug(BASIS_TITLE),
            organisations=ORGANISATIONS,
            saturdays=[_in_words(saturday), _in_words(weekday_after(saturday, 1, SATURDAY))],
        )


def _in_words(day: date) -> str:
    """`Samstag, 07.02.2026`"""
    return f"{weekday_name(day)}, {numeric(day)}"
