"""The sample web's single pages: an overview, announcements, a training, a directory."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import Literal

from web_poet import HttpResponse

from scrapers.pages.base import PageContext
from scrapers.pages.single import single_page_for
from scrapers.records import Announcement, Course, Organisation, Series
from scrapers.sample_web.days import SATURDAY, weekday_after
from scrapers.sample_web.organisations import ORGANISATIONS
from scrapers.sample_web.pages import PageSite
from scrapers.sample_web.sites import SITES
from scrapers.sample_web.web import Request

TODAY = date(2026, 3, 14)
ORIGINS = {site.site_id: f"https://{site.site_id}.example" for site in SITES}
_FIRST_SATURDAY = weekday_after(TODAY, 6, SATURDAY)
_SECOND_SATURDAY = weekday_after(_FIRST_SATURDAY, 1, SATURDAY)
# Names without the abbreviations that stand before or after them.
_NAMES = {
    "Zentrum für Türkeistudien und Integrationsforschung (ZfTI)": (
        "Zentrum für Türkeistudien und Integrationsforschung"
    ),
    "DOMiD - Dokumentationszentrum und Museum über die Migration in Deutschland e.V.": (
        "Dokumentationszentrum und Museum über die Migration in Deutschland e.V."
    ),
    "Integrationsministerkonferenz (IntMK)": "Integrationsministerkonferenz",
    "Landesarbeitsgemeinschaft Jugendsozialarbeit NRW (LAG JSA NRW)": (
        "Landesarbeitsgemeinschaft Jugendsozialarbeit NRW"
    ),
}
_RHEINE = "suche/kurs/Qualifizierung-fuer-Integrationsratsmitglieder-Basismodul/2500001001"


@dataclass(frozen=True)
class SinglePage:
    """One page and the facts on it; a name ends in "#n" where a page has several of a kind."""

    kind: Literal["overview", "page", "directory"]
    site_id: str
    template: str
    expected: Mapping[str, object]

    @property
    def url(self) -> str:
        site = next(site for site in SITES if site.site_id == self.site_id)
        return ORIGINS[self.site_id] + site.start_path

    @property
    def html(self) -> str:
        site = next(site for site in SITES if site.site_id == self.site_id)
        return PageSite(site, ORIGINS, TODAY).answer(Request("GET", site.start_path, {})).body


def read_single_page(page: SinglePage, html: str | None = None) -> dict[str, object]:
    """The facts that are read from the page, named as in `expected`; `html` replaces the page.

    Raises PageError."""
    response = HttpResponse(page.url, body=(html or page.html).encode(), encoding="utf-8")
    context = PageContext(today=TODAY, provider_name="Ein Träger")
    found: dict[str, object] = {}
    number = {Course: 0, Announcement: 0, Organisation: 0, Series: 0}
    for record in single_page_for(page.kind)(response, context).records():
        number[type(record)] += 1
        position = number[type(record)]
        for name, value in _facts(record).items():
            if value is not None:
                found[f"{name}#{position}"] = value
    return found


def _facts(record: Course | Announcement | Organisation | Series) -> dict[str, object]:
    if isinstance(record, Series):
        return {
            "series title": record.title,
            "series modules": tuple(module.title for module in record.modules) or None,
            "stated councils": record.stated_council_total,
        }
    if isinstance(record, Organisation):
        facts = ("name", "street", "postcode", "place", "phone", "email", "website")
        return {f"organisation {name}": getattr(record, name) for name in facts}
    if isinstance(record, Announcement):
        return {
            "announcement": record.title,
            "events": tuple(
                (event.start_date, event.end_date, event.starts, event.venue_name, event.is_free)
                for event in record.events
            )
            or None,
        }
    return {
        "relevance": record.relevance,
        "course_number": record.course_number,
        "start_date": record.start_date,
        "end_date": record.end_date,
        "sessions": tuple((s.day, s.starts, s.ends) for s in record.sessions) or None,
        "venue": tuple(
            getattr(record, f"venue_{part}") for part in ("name", "street", "postcode", "place")
        )
        if record.venue_name
        else None,
        "places_planned": record.places_planned,
        "places_total": record.places_total,
        "price_eur": record.price_eur,
        "is_free": record.is_free,
        "registration_url": record.registration_url,
        "registration_email": record.registration_email,
    }


def _overview() -> dict[str, object]:
    offers: list[tuple[int, str | None, str | None, str | None]] = [
        (8, "252-1031", ORIGINS["vhs-rhein-erft"] + "/programm/kurs/252-1031/", None),
        (8, "252-1032", ORIGINS["vhs-rhein-erft"] + "/programm/kurs/252-1032/", None),
        (20, None, None, "fb4@vhs-wesel.de"),
        (20, None, None, "fb4@vhs-wesel.de"),
        (10, "2500001001", f"{ORIGINS['vhs-rheine']}/{_RHEINE}", None),
    ]
    expected: dict[str, object] = {
        "series title#1": (
            "Chancengerechtigkeit und Integration vor Ort. "
            "Die Politik in unserer Stadt mitgestalten"
        ),
        "series modules#1": (
            "Lebenswelt und Handlungsfeld Kommune",
            "Entwicklung von Zielen und deren Umsetzung",
        ),
        "stated councils#1": 111,
    }
    for position, (planned, number, url, email) in enumerate(offers, start=1):
        facts = {
            "relevance": "series",
            "places_planned": planned,
            "course_number": number,
            "registration_url": url,
            "registration_email": email,
        }
        expected |= {f"{name}#{position}": value for name, value in facts.items() if value}
    return expected


def _directory() -> dict[str, object]:
    expected: dict[str, object] = {}
    for position, entry in enumerate(ORGANISATIONS, start=1):
        contact = " | ".join(entry.contact)
        street = re.search(r"[A-Z]\w+(?:str\.|allee) [\d-]+", contact)
        town = re.search(r"(\d{5}) (\w+)", contact)
        phone = re.search(r"Tel\.: ([\d /-]*\d)", contact)
        address = re.search(r"E-Mail: (\w+) \[at\] ([\w.-]+)", contact)
        facts = {
            "name": _NAMES.get(entry.name, entry.name),
            "street": street and street[0],
            "postcode": town and town[1],
            "place": town and town[2],
            "phone": phone and phone[1],
            "email": address and f"{address[1]}@{address[2]}",
            "website": entry.website and f"http://{entry.website}",
        }
        expected |= {f"organisation {k}#{position}": v for k, v in facts.items() if v}
    return expected


SINGLE_PAGES: tuple[SinglePage, ...] = (
    SinglePage("overview", "landesverband-reihe", "overview", _overview()),
    SinglePage(
        "page",
        "paderborn-stadtseite",
        "paderborn",
        {
            "announcement#1": "Qualifizierung für Mitglieder des Integrationsrates",
            "relevance#1": "series",
            "course_number#1": "61-1004",
            "start_date#1": _FIRST_SATURDAY,
            "end_date#1": _SECOND_SATURDAY,
            "sessions#1": tuple(
                (day, time(10), time(16)) for day in (_FIRST_SATURDAY, _SECOND_SATURDAY)
            ),
            "venue#1": ("vhs Paderborn", "Am Stadelhof 8", "33098", "Paderborn"),
            "price_eur#1": Decimal("0.00"),
            "is_free#1": True,
        },
    ),
    SinglePage(
        "page",
        "bertelsmann-workshops",
        "bertelsmann",
        {
            "relevance#1": "adjacent",
            "places_total#1": 40,
            "price_eur#1": Decimal(6000),
            "is_free#1": False,
        },
    ),
    SinglePage(
        "page",
        "landesintegrationsrat-coaching",
        "coaching",
        {f"relevance#{position}": "council" for position in range(1, 5)},
    ),
    SinglePage(
        "page",
        "konstanz-fortbildung",
        "konstanz",
        {
            "announcement#1": "Kommunale Integrationsarbeit stärken",
            "events#1": (
                (date(2024, 11, 7), date(2024, 11, 8), None, None, None),
                (
                    date(2024, 11, 8),
                    date(2024, 11, 8),
                    time(17),
                    "Futurum Zukunftszentrum",
                    True,
                ),
            ),
        },
    ),
    SinglePage("directory", "chancen-nrw-partner", "directory", _directory()),
)
