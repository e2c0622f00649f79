"""KuferSQL XML: a Kufer office's own export, one `<kurs>` a course, German dates and numbers."""

from __future__ import annotations

import re
from typing import Final

from scrapers.pages.facts import CourseFacts, SessionRow
from scrapers.pages.xml_export import XmlCourse, join_parts

COURSE: Final = "kurs"

_AMOUNT: Final = re.compile(r"(\d{1,6})(?:[.,](\d{1,2}))?(?:0{0,2})(?: ?(?:€|EUR))?")


def recognises(root: str, attributes: str) -> bool:
    """Whether a root element with these attributes opens such an export."""
    return root.lower() == "kurse" and not attributes.strip()


def read_facts(course: XmlCourse) -> CourseFacts | None:
    """What the element says; None where it has no title."""
    titles = [course.text(name) for name in ("haupttitel", "titellang", "titelkurz")]
    title = next((text for text in titles if text), "")
    if not title:
        return None
    paragraphs = course.lines("web_info") or course.lines("inhalt")
    return CourseFacts(
        title=title,
        url="",
        subtitle=course.text("untertitel"),
        number=course.text("knr"),
        labelled=(
            *_when(course),
            *_where(course),
            *_places(course),
            *_price(course),
            *(("Zielgruppe", text) for text in course.texts("zielgruppe")),
        ),
        session_rows=_session_rows(course),
        status_texts=_status(course),
        paragraphs=paragraphs,
    )


def _when(course: XmlCourse) -> list[tuple[str, str]]:
    """One day is the whole course; else a beginning, an end and the number of dates."""
    starts, ends = course.text("beginndat"), course.text("endedat")
    clock = _span(course.text("beginnuhr"), course.text("endeuhr"))
    pairs = [("Dauer", course.text("dauer"))]
    if starts and starts == ends:
        pairs.append(("Termin", join_parts((starts, clock))))
    else:
        # The closing time of several dates may be that of the last one only.
        opening = _span(course.text("beginnuhr"), "")
        pairs += [("Beginn", join_parts((starts, opening)) if starts else ""), ("Ende", ends)]
    return [pair for pair in pairs if pair[1]]


def _span(starts: str, ends: str) -> str:
    clock = join_parts((starts, ends), " - ") if starts else ""
    return f"{clock} Uhr" if clock and "Uhr" not in clock else clock


def _session_rows(course: XmlCourse) -> tuple[SessionRow, ...]:
    """The dates; none where one of them has no day: the others are not all."""
    dates = course.parts("termine/termin")
    if not all(date.text("tag") for date in dates):
        return ()
    return tuple(
        SessionRow(date=date.text("tag"), time=_span(date.text("zeitvon"), date.text("zeitbis")))
        for date in dates
    )


def _where(course: XmlCourse) -> list[tuple[str, str]]:
    """`ortname` is the town beside a postcode, and part of the house's name without one."""
    postcode, town = course.text("ortplz"), course.text("ortname")
    house = course.text("ort") or course.text("ortgebaeude") or ("" if postcode else town)
    room = course.text("ortraumname")
    pairs = [
        ("Ort", join_parts((house, room))),
        ("Straße", course.text("ortstr")),
        ("PLZ / Ort", join_parts((postcode, town), " ") if postcode else ""),
    ]
    return [pair for pair in pairs if pair[1]]


def _places(course: XmlCourse) -> list[tuple[str, str]]:
    """`tnmax` 0 means that no limit was entered."""
    taken, most = course.number("tnanmeldungen"), course.number("tnmax") or None
    if most is None:
        return []
    return (
        [("Max. Teilnehmer", str(most))] if taken is None else [("Belegung", f"{taken} von {most}")]
    )


def _price(course: XmlCourse) -> list[tuple[str, str]]:
    """A fee of 0 is also what stands there when nobody has entered one: then only words count."""
    normal, reduced = _euros(course.text("gebnorm")), _euros(course.text("geberm"))
    note = course.text("gebuehrergaenztext")
    if not normal:
        return [("Gebühr", note)] if note else []
    pairs = [("Gebühr", f"{normal} ({note})" if note else normal)]
    return [*pairs, ("Gebühr ermäßigt", reduced)] if reduced and reduced != normal else pairs


def _euros(text: str) -> str:
    match = _AMOUNT.fullmatch(text)
    if not match or (int(match[1]) == 0 and int(match[2] or 0) == 0):
        return ""
    return f"{match[1]},{match[2] or '':0<2} €"


def _status(course: XmlCourse) -> tuple[str, ...]:
    """`keinewebanmeldung` is "W" (true) where the course cannot be booked on the web."""
    return ("nicht online buchbar",) if course.text("keinewebanmeldung") == "W" else ()
