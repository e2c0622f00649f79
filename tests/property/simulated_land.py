"""A little land of VHS whose websites change at random, and the nights in which they are read.

One `Land` holds many VHS. Each has its own random history, independent of the others: courses
appear, move, fill up, are cancelled, fall silent about something, vanish and come back, and the
whole site is relaunched under other links and numbers. Each night every source is visited or not,
and the visit ends in one of the ways in which visits end. Some days have a second crawl, and some
crawls are read again by a better reader: the first one overlooks the numbers of some sites.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from decimal import Decimal
from random import Random
from typing import Any, NamedTuple

from scrapers.records import Course, Session, SourceState
from tests.pipeline.landing_builder import Outcome, course

NAMES = (
    *("Aldorf", "Bentrop", "Celle-Süd", "Dornheim", "Ebbeke", "Finsberg", "Gahlen", "Hasberg"),
    *("Ibbenrode", "Jülingen", "Kettrup", "Lohbeck", "Mahlscheid", "Nierfeld", "Ostwig", "Pattern"),
)
MODULES = ("basis", "aufbau")

NIGHT_TIMES = (time(0, 30), time(1, 30))
READ_AGAIN_TIME, SECOND_TIME = time(11), time(20)


class Sighted(NamedTuple):
    """A record, and which course of its site it truly is; None on the overview."""

    course: int | None
    record: Course


Visit = tuple[SourceState, list[Sighted]]


@dataclass(frozen=True)
class Crawl:
    """One crawl; `again` is what a later reading of all its pages finds, source by source."""

    day: date
    at: time
    visits: dict[str, Visit]
    again: dict[str, list[Sighted]] | None = None


def ags_of(number: int) -> str:
    return f"051{number:02d}000"


def source_of(number: int) -> str:
    return f"vhs-{NAMES[number].lower().replace('ü', 'ue')}"


def register_texts(
    areas_beyond: Sequence[tuple[int, int]] = (), *, has_moved: bool = False
) -> dict[str, str]:
    """The register of this land; `areas_beyond` lets a VHS serve another one's council as well,
    `has_moved` lets the first VHS have its seat elsewhere."""
    seats = range(len(NAMES))
    providers = "provider_id,name,kind,seat_ags,website,platform,evidence_level,source_url\n"
    providers += "".join(
        f"{source_of(n)},VHS {NAMES[n]},vhs,{ags_of(seat)},http://127.0.0.1:{9100 + n},,,\n"
        for n, seat in ((n, 1 if has_moved and n == 0 else n) for n in seats)
    )
    providers += "verband,Landesverband,association,,http://127.0.0.1:9009,,,\n"
    areas = [(n, n, "seat") for n in seats] + [(a, b, "contract") for a, b in areas_beyond]
    return {
        "municipalities": "ags,name,kreis,regierungsbezirk,lat,lon\n"
        + "".join(f"{ags_of(n)},{NAMES[n]},Kreis,Bezirk,51.{n},7.{n}\n" for n in seats),
        "councils": "ags,municipality,body_name,body_type,evidence_level,source_url,counts_as_p27\n"
        + "".join(
            f"{ags_of(n)},{NAMES[n]},Ausschuss,Integrationsrat,election_2025_official,,yes\n"
            for n in seats
        ),
        "providers": providers,
        "service_areas": "provider_id,ags,reason,source_url\n"
        + "".join(f"{source_of(a)},{ags_of(b)},{why},\n" for a, b, why in areas),
    }


@dataclass(frozen=True)
class Shown:
    """A course as its page shows it now. `silent` are fields that the page has stopped to give,
    `none` those of which it says that there are none."""

    number: str | None
    course: int
    url: str
    title: str
    module: str
    start: date | None
    free: int | None
    status: str
    is_listed: bool = True
    silent: frozenset[str] = frozenset()
    none: tuple[str, ...] = ()

    def read(self, with_number: bool) -> Sighted:
        given: dict[str, Any] = {
            "course_number": self.number if with_number else None,
            "detail_url": self.url,
            "title": self.title,
            "module": self.module,
            "start_date": self.start,
            "sessions": (Session(day=self.start),) if self.start else (),
            "places_free": self.free,
            "status": self.status,
            "price_eur": Decimal(45),
            "venue_name": "VHS-Haus" if self.course % 2 else "Rathaus",
        }
        for name in (*self.silent, *self.none):
            given.pop(name, None)
            if name == "start_date":
                given.pop("sessions")
        return Sighted(self.course, course(**given, stated_none=self.none))


@dataclass
class Site:
    """The website of one VHS."""

    number: int
    courses: list[Shown] = field(default_factory=list)
    made: int = 0
    relaunches: int = 0
    is_number_read: bool = True

    def __post_init__(self) -> None:
        self.is_number_read = self.number % 4 != 1

    def live(self, dice: Random, today: date) -> None:
        """One day passes on the site."""
        if dice.random() < 0.04:
            self._relaunch(dice)
        for _ in range(dice.choice((0, 0, 1, 1, 2))):
            if not self.courses or dice.random() < 0.35:
                self._open(dice, today)
            else:
                place = dice.randrange(len(self.courses))
                self.courses[place] = self._change(dice, self.courses[place])

    def _open(self, dice: Random, today: date) -> None:
        self.made += 1
        start = today + timedelta(days=dice.randint(-2, 12)) if dice.random() < 0.8 else None
        shown = Shown(
            number=f"{self.number}-{self.made}" if dice.random() < 0.7 else None,
            course=self.made,
            url=f"http://127.0.0.1:{9100 + self.number}/{self.relaunches}/kurs/{self.made}",
            title=f"{dice.choice(('Basismodul', 'Aufbaumodul'))} {self.made}",
            module=dice.choice((*MODULES, *MODULES, "other")),
            start=start,
            free=dice.choice((None, 0, 5)),
            status=dice.choice(("open", "open", "unknown", "full")),
        )
        self.courses.append(shown)

    def _change(self, dice: Random, shown: Shown) -> Shown:
        what = dice.randrange(8)
        if what == 0 and shown.start is not None:
            return replace(shown, start=shown.start + timedelta(days=dice.choice((-1, 7))))
        if what == 1:
            return replace(shown, free=0, status="full")
        if what == 2:
            return replace(shown, status="cancelled")
        if what == 3:
            return replace(shown, is_listed=not shown.is_listed)
        if what == 4:
            # Dates fall silent only where no overview speaks of them as well.
            names = ["price_eur", "venue_name", "places_free"]
            names += ["start_date"] if self.number % 2 else []
            return replace(shown, silent=shown.silent | {dice.choice(names)})
        if what == 5:
            return replace(shown, none=("price_eur",), silent=frozenset())
        if what == 6:
            # The number comes late, or is taken away.
            number = None if shown.number else f"{self.number}-{shown.course}"
            return replace(shown, number=number)
        return replace(shown, none=(), silent=frozenset(), is_listed=True)

    def _relaunch(self, dice: Random) -> None:
        """Every link is another one, and sometimes every number."""
        self.relaunches += 1
        renumbers = dice.random() < 0.5
        for place, shown in enumerate(self.courses):
            number = shown.number
            if renumbers and number is not None:
                number = f"{number}/{self.relaunches}"
            name = shown.url.rsplit("/", 1)[1]
            url = f"http://127.0.0.1:{9100 + self.number}/{self.relaunches}/neu/{name}"
            self.courses[place] = replace(shown, number=number, url=url)

    def visit(self, dice: Random) -> Visit | None:
        """How a visit ends and what it reads; None where there is none."""
        listed = [shown.read(self.is_number_read) for shown in self.courses if shown.is_listed]
        fate = dice.random()
        if fate < 0.06:
            return None
        if fate < 0.16:
            return ("failed" if fate < 0.11 else "blocked", [])
        if fate < 0.3:
            return ("partial", [sighted for sighted in listed if dice.random() < 0.6])
        return ("complete", listed)


@dataclass
class Land:
    """All sites, night after night; the numbers of a night decide what happens in it."""

    first_day: date
    sites: list[Site] = field(default_factory=lambda: [Site(n) for n in range(len(NAMES))])

    def day(self, number: int, seeds: Sequence[int]) -> list[Crawl]:
        """The crawls of the day with this number; one seed per site and two for the rest."""
        day = self.first_day + timedelta(days=number)
        visits: dict[str, Visit] = {}
        for site, seed in zip(self.sites, seeds, strict=False):
            dice = Random(seed)
            site.live(dice, day)
            if (visit := site.visit(dice)) is not None:
                visits[source_of(site.number)] = visit
        if (visit := self._overview(Random(seeds[-2]))) is not None:
            visits["uebersicht"] = visit
        dice = Random(seeds[-1])
        crawls = [self._crawl(dice, day, dice.choice(NIGHT_TIMES), visits)]
        if dice.random() < 0.2:
            crawls.append(self._crawl(dice, day, SECOND_TIME, self._second(dice, day)))
        return [crawl for crawl in crawls if crawl.visits]

    def _second(self, dice: Random, day: date) -> dict[str, Visit]:
        """Some sites are visited once more on the same day; they may have changed since."""
        visits: dict[str, Visit] = {}
        for site in dice.sample(self.sites, 4):
            site.live(dice, day)
            if (visit := site.visit(dice)) is not None:
                visits[source_of(site.number)] = visit
        return visits

    def _crawl(self, dice: Random, day: date, at: time, visits: dict[str, Visit]) -> Crawl:
        """A crawl, which is sometimes read again by a reader that overlooks no numbers."""
        if at == SECOND_TIME or dice.random() >= 0.2:
            return Crawl(day, at, visits)
        again = {source: list(sighted) for source, (_, sighted) in visits.items()}
        for site in self.sites:
            site.is_number_read = True
            numbers = {shown.course: shown.number for shown in site.courses}
            again[source_of(site.number)] = [
                Sighted(c, record.model_copy(update={"course_number": numbers[c or 0]}))
                for c, record in again.get(source_of(site.number), ())
            ]
        return Crawl(day, at, visits, again)

    def _overview(self, dice: Random) -> Visit | None:
        """Every other site's courses: by number, by link, or by words and a day alone."""
        entries: list[Sighted] = []
        for site in self.sites[::2]:
            for place, shown in enumerate(s for s in site.courses if s.is_listed):
                told: dict[str, Any] = {"module": shown.module, "announced_by": _name(site)}
                if place % 3 == 0:
                    told["registration_url"] = shown.url
                elif place % 3 == 1 and shown.number is not None:
                    told["course_number"] = shown.number
                else:
                    told |= {"title": shown.title, "start_date": shown.start}
                record = course(**told, places_planned=8)
                twins = sum(
                    record == other.record.model_copy(update={"position": 0}) for other in entries
                )
                entries.append(Sighted(None, record.model_copy(update={"position": twins})))
        fate = dice.random()
        if fate < 0.1:
            return None
        if fate < 0.25:
            return ("failed", []) if fate < 0.18 else ("partial", entries[: len(entries) // 2])
        return ("complete", entries)


def _name(site: Site) -> str:
    return f"VHS {NAMES[site.number]}"


def outcomes(crawl: Crawl) -> dict[str, Outcome]:
    """The crawl as the builder of landings takes it."""
    return {
        source: Outcome(
            state,
            None if state == "complete" else "blocked_robots" if state == "blocked" else "timeout",
            None,
            [sighted.record for sighted in seen],
        )
        for source, (state, seen) in crawl.visits.items()
    }
