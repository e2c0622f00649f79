"""Open-vhs 1.2: the exchange format of the German adult education centres, one element a course.

Dates are ISO, numbers are plain, −1 stands for "unknown". Lecturers' names are left in the file.
"""

from __future__ import annotations

import re
from typing import Final

from scrapers.fields.labels import Label, canonical_label
from scrapers.pages.facts import CourseFacts, SessionRow
from scrapers.pages.markup import canonical_url, is_web_url
from scrapers.pages.xml_export import XmlCourse, join_parts

NAMESPACE: Final = "http://www.dvv-vhs.de/Open-VHS"
COURSE: Final = "veranstaltung"

_DAY: Final = re.compile(r"(\d{4}-\d\d-\d\d)(?:T.*|Z|[+-]\d\d:\d\d)?")
# A time in UTC would be an hour or two off the wall clock: it is not read.
_CLOCK: Final = re.compile(r"(\d\d:\d\d)(?::\d\d(?:\.\d{1,9})?)?(?:\+0[12]:00)?")
_AMOUNT: Final = re.compile(r"\d{1,6}(?:[.,]\d{1,2})?")
# A note that names the sum itself ("ermäßigt 12,00 €") stands beside the full price instead.
_REDUCED: Final = re.compile(r"(?:ermäßigt\w*|erm\.?)(?: (?:preis|gebühr|entgelt))?", re.I)
_DIGITAL: Final = {"online_angebot": "Online-Veranstaltung", "blended_learning": "hybrid"}
_FEATURES: Final = frozenset({Label.STATUS, Label.DELIVERY_MODE, Label.MODULE, Label.TARGET_GROUP})


def recognises(root: str, attributes: str) -> bool:
    """Whether a root element with these attributes opens such an export."""
    return NAMESPACE in attributes or root.lower() in {"open-vhs", "openvhs", "veranstaltungen"}


def read_facts(course: XmlCourse) -> CourseFacts | None:
    """What the element says; None where it has no name."""
    title = course.text("name")
    if not title:
        return None
    return CourseFacts(
        title=title,
        url=_website(course),
        subtitle=join_parts(course.texts("untertitel"), " – "),
        number=course.text("nummer"),
        labelled=(
            *_when(course),
            *_where(course),
            *_places(course),
            *_price(course),
            *(("Zielgruppe", text) for text in course.texts("zielgruppe")),
            *_features(course),
        ),
        session_rows=_session_rows(course),
        paragraphs=course.lines("text/text"),
    )


def _website(course: XmlCourse) -> str:
    """The course's own page: a web address that is no picture, video or attachment."""
    for kind in ("website", "website_mobile", ""):
        for address in course.parts("webadresse"):
            url = address.text("uri")
            if address.text("typ").lower() == kind and is_web_url(url):
                return canonical_url(url)
    return ""


def _day(text: str) -> str:
    match = _DAY.fullmatch(text)
    return match[1] if match else ""


def _clock(text: str) -> str:
    match = _CLOCK.fullmatch(text)
    return match[1] if match else ""


def _when(course: XmlCourse) -> list[tuple[str, str]]:
    pairs = [
        ("Beginn", _day(course.text("beginn_datum"))),
        ("Ende", _day(course.text("ende_datum"))),
    ]
    if count := course.number("anzahl_termine"):
        pairs.append(("Anzahl Termine", str(count)))
    return [pair for pair in pairs if pair[1]]


def _session_rows(course: XmlCourse) -> tuple[SessionRow, ...]:
    """The dates; none where one of them cannot be read: the others are not all."""
    rows = []
    for session in course.parts("termin"):
        day = _day(session.text("beginn_datum"))
        starts, ends = _clock(session.text("beginn_uhrzeit")), _clock(session.text("ende_uhrzeit"))
        if not day:
            return ()
        rows.append(SessionRow(date=day, time=join_parts((starts, ends if starts else ""), " - ")))
    return tuple(rows)


def _where(course: XmlCourse) -> list[tuple[str, str]]:
    for venue in course.parts("veranstaltungsort")[:1]:
        name, street = venue.text("name"), venue.text("adresse/strasse")
        if street.lower() == "online":
            name, street = name or street, ""
        town = join_parts((venue.text("adresse/plz"), venue.text("adresse/ort")), " ")
        pairs = [("Ort", name), ("Straße", street), ("PLZ / Ort", town)]
        return [pair for pair in pairs if pair[1]]
    return []


def _places(course: XmlCourse) -> list[tuple[str, str]]:
    taken = course.number("aktuelle_teilnehmerzahl")
    most = course.number("maximale_teilnehmerzahl") or None
    if taken is not None and most is not None:
        return [("Belegung", f"{taken} von {most}")]
    if most is not None:
        return [("Max. Teilnehmer", str(most))]
    return [] if taken is None else [("Belegung", f"Anmeldungen: {taken}")]


def _price(course: XmlCourse) -> list[tuple[str, str]]:
    """The full price, where there is one and no other; 0 is free, −1 unknown."""
    prices: dict[str, str] = {}
    reduced: list[tuple[str, str]] = []
    for price in course.parts("preis"):
        amount, note = price.text("betrag"), join_parts(price.texts("zusatz"), "; ")
        if not _AMOUNT.fullmatch(amount):
            continue
        euros, _, cents = amount.replace(",", ".").partition(".")
        printed = f"{euros},{cents:0<2} €"
        if _REDUCED.fullmatch(note) and len(course.parts("preis")) > 1:
            reduced.append(("Gebühr ermäßigt", printed))
        else:
            prices[printed] = f"{printed} ({note})" if note else printed
    return [*(("Gebühr", text) for text in prices.values()), *reduced] if len(prices) == 1 else []


def _features(course: XmlCourse) -> list[tuple[str, str]]:
    features = [(part.text("name"), part.text("wert")) for part in course.parts("merkmale/merkmal")]
    told = [pair for pair in features if pair[1] and canonical_label(pair[0]) in _FEATURES]
    modes = [_DIGITAL.get(value, "") for name, value in features if name == "kursart_digital"]
    return [*told, *(("Durchführung", mode) for mode in modes if mode)]
