"""Sites that are read by machine: a catalogue in one file, a catalogue with structured data, and
slides as a PDF."""

from __future__ import annotations

import json
import textwrap
from datetime import date
from urllib.parse import quote
from xml.sax.saxutils import escape

from scrapers.sample_web.catalogue import BOOKABLE, Catalogue, Printed
from scrapers.sample_web.courses import SampleCourse
from scrapers.sample_web.days import numeric
from scrapers.sample_web.site import SampleSite
from scrapers.sample_web.small_pdf import Words, small_pdf
from scrapers.sample_web.web import Request, Response, not_found, render

_AVAILABILITY = {
    "open": "InStock",
    "few": "LimitedAvailability",
    "full": "SoldOut",
}


class ExportSite:
    """A catalogue whose courses stand in one file: Open-vhs in UTF-8, KuferSQL in windows-1252."""

    def __init__(self, site: SampleSite, catalogue: Catalogue) -> None:
        self._site = site
        self._catalogue = catalogue

    def answer(self, request: Request) -> Response:
        if request.path == "/":
            return Response(200, render("page_home.html", site=self._site))
        if request.path != self._site.start_path:
            return not_found(self._site.name)
        if self._site.system == "openvhs":
            return _xml(_openvhs(self._catalogue.courses), "utf-8")
        return _xml(_kufersql(self._catalogue.courses), "windows-1252")


class StructuredSite:
    """A catalogue of no known make: a search by word, and course pages whose dates, places and
    prices stand in their structured data only."""

    def __init__(self, site: SampleSite, catalogue: Catalogue) -> None:
        self._site = site
        self._catalogue = catalogue

    def answer(self, request: Request) -> Response:
        if request.path == "/":
            return Response(200, self._page("structured_home.html"))
        if request.path == "/angebote":
            term = request.parameters().get("suchwort", "")
            hits = self._catalogue.search(term) if term else self._catalogue.courses
            rows = [Printed(course) for course in hits]
            return Response(200, self._page("structured_list.html", term=term, rows=rows))
        for course in self._catalogue.courses:
            if request.path == _course_path(course):
                data = json.dumps(_course_data(course), ensure_ascii=False).replace("<", "\\u003c")
                body = self._page("structured_detail.html", course=course, data=data)
                return Response(200, body, same_at_every_load=True)
        return not_found(self._site.name)

    def _page(self, template: str, **values: object) -> str:
        return render(template, site=self._site, link=_course_path, **values)


class SlidesSite:
    """One PDF with slides; the scan has lost letters at their edges."""

    def __init__(self, site: SampleSite) -> None:
        self._site = site

    def answer(self, request: Request) -> Response:
        if request.path == "/":
            return Response(200, render("page_home.html", site=self._site))
        if request.path != self._site.start_path:
            return not_found(self._site.name)
        body = small_pdf([_slide(lines) for lines in _SLIDES]).decode("latin-1")
        kind = "application/pdf"
        return Response(200, body, kind, same_at_every_load=True, charset="latin-1")


# ---------------------------------------------------------------- exports


def _xml(document: str, charset: str) -> Response:
    body = f'<?xml version="1.0" encoding="{charset}"?>\n{document}'
    kind = "application/xml"
    return Response(200, body, kind, same_at_every_load=True, charset=charset)


def _element(name: str, *inside: str) -> str:
    return f"<{name}>{''.join(inside)}</{name}>"


def _texts(**values: object) -> str:
    return "".join(_element(name, escape(str(value))) for name, value in values.items())


def _euros(fee: str) -> str:
    """`12.00`; what is free of charge costs `0.00`, other words say nothing (`-1`)."""
    if fee in {"entgeltfrei", "kostenlos", "kostenfrei", "gebührenfrei", "Eintritt frei"}:
        return "0.00"
    amount = fee.split(" ")[0].replace(".", "").replace(",", ".").replace("--", "00")
    return amount if amount.replace(".", "").isdigit() else "-1"


def _openvhs(courses: list[SampleCourse]) -> str:
    namespace = 'xmlns="http://www.dvv-vhs.de/Open-VHS" version="1.2"'
    elements = "\n".join(map(_veranstaltung, courses))
    return f"<veranstaltungen {namespace}>\n{elements}\n</veranstaltungen>"


def _veranstaltung(course: SampleCourse) -> str:
    venue, first, last = course.venue, course.meetings[0], course.meetings[-1]
    address = _texts(land="D", plz=venue.postcode, ort=venue.place, strasse=venue.street)
    paragraphs = "".join(f"<p>{escape(text)}</p>" for text in course.text)
    return _element(
        "veranstaltung",
        _texts(guid=course.number, nummer=course.number, name=course.title),
        _texts(untertitel=course.subtitle) if course.subtitle else "",
        _texts(minimale_teilnehmerzahl=-1),
        _texts(aktuelle_teilnehmerzahl=-1 if course.taken is None else course.taken),
        _texts(maximale_teilnehmerzahl=-1 if course.total is None else course.total),
        _texts(anzahl_termine=len(course.meetings)),
        _texts(beginn_datum=first.day.isoformat(), ende_datum=last.day.isoformat()),
        _texts(zielgruppe=course.target_group) if course.target_group else "",
        _element("text", _texts(eigenschaft="text", text=paragraphs)),
        _element("veranstaltungsort", _texts(name=venue.line), _element("adresse", address)),
        *(
            _element(
                "termin",
                _texts(
                    beginn_datum=meeting.day.isoformat(),
                    beginn_uhrzeit=f"{meeting.starts}:00",
                    ende_uhrzeit=f"{meeting.ends}:00",
                ),
            )
            for meeting in course.meetings
        ),
        _element("preis", _texts(betrag=_euros(course.fee), rabatt_moeglich="false")),
    )


def _kufersql(courses: list[SampleCourse]) -> str:
    return "<kurse>\n" + "\n".join(map(_kurs, courses)) + "\n</kurse>"


def _kurs(course: SampleCourse) -> str:
    venue, first, last = course.venue, course.meetings[0], course.meetings[-1]
    return _element(
        "kurs",
        _texts(knr=course.number, haupttitel=course.title, untertitel=course.subtitle),
        _texts(inhalt="\n".join(course.text), zielgruppe=course.target_group),
        _texts(ort=venue.name, ortraumname=venue.room, ortstr=venue.street),
        _texts(ortplz=venue.postcode, ortname=venue.place),
        _texts(beginndat=numeric(first.day), endedat=numeric(last.day)),
        _texts(beginnuhr=first.starts, endeuhr=last.ends, dauer=Printed(course).duration),
        _element("termine", *(_termin(m.day, m.starts, m.ends) for m in course.meetings)),
        _texts(gebnorm=_euros(course.fee).replace(".", ","), gebuehrergaenztext=""),
        _texts(tnmax=course.total or 0, tnmin=0, tnanmeldungen=course.taken or 0),
        _texts(keinewebanmeldung="F" if course.status in BOOKABLE else "W"),
    )


def _termin(day: date, starts: str, ends: str) -> str:
    return _element("termin", _texts(tag=numeric(day), zeitvon=starts, zeitbis=ends))


# ---------------------------------------------------------------- structured data


def _course_path(course: SampleCourse) -> str:
    return f"/kurs/{course.slug}/{quote(course.number)}"


def _course_data(course: SampleCourse) -> dict[str, object]:
    """One instance a date, as plugins of content management systems write them."""
    venue = course.venue
    place = {
        "@type": "Place",
        "name": venue.line,
        "address": {
            "@type": "PostalAddress",
            "streetAddress": venue.street,
            "postalCode": venue.postcode,
            "addressLocality": venue.place,
        },
    }
    offer: dict[str, object] = {"@type": "Offer", "priceCurrency": "EUR"}
    if not _euros(course.fee).startswith("-"):
        offer["price"] = _euros(course.fee)
    if course.status in _AVAILABILITY:
        offer["availability"] = f"https://schema.org/{_AVAILABILITY[course.status]}"
    return {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "Organization", "name": "Volkshochschule"},
            {
                "@type": "Course",
                "name": course.title,
                "courseCode": course.number,
                "offers": [offer],
                "audience": {"@type": "Audience", "audienceType": course.target_group},
                "hasCourseInstance": [
                    {
                        "@type": "CourseInstance",
                        "startDate": f"{meeting.day.isoformat()}T{meeting.starts}",
                        "endDate": f"{meeting.day.isoformat()}T{meeting.ends}",
                        "maximumAttendeeCapacity": course.total,
                        "location": place,
                    }
                    for meeting in course.meetings
                ],
            },
        ],
    }


# ---------------------------------------------------------------- calendars

_ZONE = """BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19810329T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
END:VTIMEZONE"""


def calendar_of(course: SampleCourse) -> Response:
    """The course's dates as Kufer's calendar gives them: lines folded, the place padded."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Probe//Kurskalender//DE"]
    lines += _ZONE.split("\n")
    for number, meeting in enumerate(course.meetings, start=1):
        day, zone = meeting.day.strftime("%Y%m%d"), ";TZID=Europe/Berlin:"
        lines += [
            "BEGIN:VEVENT",
            f"UID:{course.number}-{number}",
            f"SUMMARY:{course.title}",
            f"DTSTART{zone}{day}T{meeting.starts.replace(':', '')}00",
            f"DTEND{zone}{day}T{meeting.ends.replace(':', '')}00",
            f"LOCATION:{course.venue.name}\\, {course.venue.room}\\, \\, \\, ",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    body = "".join("\r\n ".join(textwrap.wrap(line, 60)) + "\r\n" for line in lines)
    return Response(200, body, "text/calendar; charset=utf-8", same_at_every_load=True)


# ---------------------------------------------------------------- slides

_SLIDES: tuple[tuple[str, ...], ...] = (
    (
        "# Coaching für Integrationsausschüsse und ihre Vorsitzenden",
        "Das Verfahren:",
        "- Wir lesen vorab, was Hauptsatzung und Geschäftsordnung über das Gremium sagen, und "
        "sammeln Fragen aus der Geschäftsstelle.",
        "- Wir treffen den Vorsitz vor Ort und vereinbaren, worum es gehen soll.",
    ),
    (
        "# aching für Integrationsausschüsse",
        "Angebot einer Themenvertiefung:",
        "Sitzungen leiten im Integrationsausschuss",
        "Wie wird aus zwanzig Wortmeldungen ein Beschluss?",
        "Was darf der Vorsitz, und was darf er nicht?",
    ),
    (
        "# Coaching für Integrationsausschüsse",
        "erbot einer Themenvertiefung:",
        "Anträge und Anfragen schreiben",
        "Welche Form verlangt die Geschäftsordnung?",
        "Wer sollte vorher gefragt werden?",
    ),
    (
        "# aching für Integrationsausschüsse",
        "Angebot einer Themenvertiefung:",
        "Mit Vereinen und Verbänden zusammenarbeiten",
        "Wer spricht für wen, und wer fehlt am Tisch?",
        "Welche Termine im Jahr lohnen sich gemeinsam?",
    ),
)


def _slide(lines: tuple[str, ...]) -> list[Words]:
    words, y = [], 540.0
    for line in lines:
        size = 22 if line.startswith("#") else 14
        for part in textwrap.wrap(line.removeprefix("# "), 90):
            words.append(Words(60, y, size, part))
            y -= 1.2 * size
        y -= 18
    return words
