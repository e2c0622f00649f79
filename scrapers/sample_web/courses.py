"""What the sample catalogues offer that concerns the councils, and the shape of every course.

The numbers and sizes of the series come from the public pages; all sentences, streets and dates
are made up for this sample. Days are relative to the day the sample web shows.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from scrapers.sample_web.days import (
    FRIDAY,
    SATURDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    weekday_after,
    weekday_before,
)

SampleStatus = Literal["open", "few", "waitlist", "full", "closed", "cancelled", "finished"]


@dataclass(frozen=True)
class Venue:
    """Where a course meets. An online venue has a name and nothing else."""

    name: str
    room: str = ""
    street: str = ""
    postcode: str = ""
    place: str = ""

    @property
    def is_online(self) -> bool:
        return not self.street

    @property
    def line(self) -> str:
        """`VHS-Haus Brühl, Raum 12`"""
        return f"{self.name}, {self.room}" if self.room else self.name

    @property
    def address(self) -> str:
        """`Kirchhof 5, 50321 Brühl`, empty when the course is online."""
        return "" if self.is_online else f"{self.street}, {self.postcode} {self.place}"


@dataclass(frozen=True)
class Meeting:
    """One date of a course; times as `HH:MM` on the wall clock."""

    day: date
    starts: str
    ends: str


@dataclass(frozen=True)
class SampleCourse:
    """One course of a sample catalogue, before any page has printed it.

    `text` are the paragraphs of the description; keyword search looks at them, the title, the
    subtitle and the target group. `notice` is what the editors have put above the description
    ("verschoben …").
    `short_year` prints the days with a year of two digits, as some editors do.
    """

    number: str
    title: str
    meetings: tuple[Meeting, ...]
    venue: Venue
    subtitle: str = ""
    text: tuple[str, ...] = ()
    fee: str = "entgeltfrei"
    status: SampleStatus = "open"
    taken: int | None = None
    total: int | None = None
    target_group: str = ""
    notice: str = ""
    short_year: bool = False

    @property
    def first_day(self) -> date:
        return self.meetings[0].day

    @property
    def searched_text(self) -> str:
        return "\n".join((self.title, self.subtitle, *self.text, self.target_group)).casefold()

    @property
    def slug(self) -> str:
        return slug(self.title)


_UMLAUTS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"}
)


def slug(title: str) -> str:
    """The title as Kufer writes it into addresses: `Qualifizierung-fuer-…-Basismodul`."""
    replaced = title.translate(_UMLAUTS)
    return "-".join("".join(c if c.isascii() and c.isalnum() else " " for c in replaced).split())


SERIES = (
    "Diese Veranstaltung gehört zur Reihe „Chancengerechtigkeit und Integration vor Ort. "
    "Die Politik in unserer Stadt mitgestalten.“, die der Landesverband der Volkshochschulen von "
    "NRW mit dem Landesintegrationsrat NRW und der Landeszentrale für politische Bildung NRW "
    "trägt."
)
BASIS_TITLE = "Qualifizierung für Integrationsratsmitglieder - Basismodul"
AUFBAU_TITLE = "Qualifizierung für Integrationsratsmitglieder - Aufbaumodul"
BASIS_SUBTITLE = "Lebenswelt und Handlungsfeld Kommune"
AUFBAU_SUBTITLE = "Entwicklung von Zielen und deren Umsetzung"
BASIS_TEXT = (
    "Wer neu im Gremium sitzt, will wissen, wie in der Kommune entschieden wird: Welche Aufgaben "
    "hat die Stadt, wer bereitet Beschlüsse vor, und an welcher Stelle kann man mitreden? "
    "Außerdem geht es darum, was die Teilnehmenden selbst bewegt und antreibt.",
    SERIES,
)
AUFBAU_TEXT = (
    "Aus einem Anliegen wird ein Antrag: Die Gruppe übt an Beispielen aus dem eigenen Ort, Ziele "
    "zu formulieren, Mehrheiten zu suchen und Schritte zu planen.",
    SERIES,
)
MEMBERS = "Gewählte und entsandte Mitglieder der Integrationsräte und Integrationsausschüsse"

BRUEHL = Venue("VHS-Haus Brühl", "Raum 12", "An der Musterallee 7", "50321", "Brühl")
WESSELING = Venue("Altes Rathaus Wesseling", "Saal 1", "Beispielplatz 2", "50389", "Wesseling")
RHEINE = Venue("VHS Rheine", "Raum 204", "Musterstiege 14", "48431", "Rheine")
RECKLINGHAUSEN = Venue(
    "Willy-Muster-Haus", "Seminarraum 3", "Beispielwall 19", "45657", "Recklinghausen"
)
BONN = Venue("Haus der Bildung", "Raum 2.15", "Beispielplatz 1", "53111", "Bonn")
MINDEN = Venue("VHS Minden", "Raum 5", "Musterkamp 8", "32423", "Minden")
ONLINE = Venue("Online (Zoom)")


def rhein_erft(today: date) -> tuple[SampleCourse, ...]:
    """Both modules with places left, one past run, one course for members beside the series."""
    basis, aufbau = weekday_after(today, 5, SATURDAY), weekday_after(today, 9, SATURDAY)
    past, rhetoric = weekday_before(today, 20, SATURDAY), weekday_after(today, 4, THURSDAY)
    return (
        SampleCourse(
            "252-1031",
            BASIS_TITLE,
            (
                Meeting(basis, "10:00", "16:00"),
                Meeting(weekday_after(basis, 1, SATURDAY), "10:00", "16:00"),
            ),
            BRUEHL,
            BASIS_SUBTITLE,
            BASIS_TEXT,
            taken=2,
            total=8,
            target_group=MEMBERS,
        ),
        SampleCourse(
            "252-1032",
            AUFBAU_TITLE,
            (
                Meeting(aufbau, "10:00", "16:00"),
                Meeting(weekday_after(aufbau, 1, SATURDAY), "10:00", "15:30"),
            ),
            WESSELING,
            AUFBAU_SUBTITLE,
            AUFBAU_TEXT,
            status="few",
            taken=7,
            total=8,
            target_group=MEMBERS,
        ),
        SampleCourse(
            "252-1035",
            "Rhetorik für Mitglieder des Integrationsrates",
            tuple(
                Meeting(weekday_after(rhetoric, week, THURSDAY), "18:00", "20:15")
                for week in range(3)
            ),
            BRUEHL,
            "Sicher reden in der Sitzung",
            (
                "Drei Abende lang wird geübt: kurz vortragen, nachfragen, ruhig bleiben, wenn es "
                "laut wird.",
            ),
            fee="48,00 €, ermäßigt 36,00 €",
            taken=4,
            total=12,
        ),
        SampleCourse(
            "251-1031",
            BASIS_TITLE,
            (Meeting(past, "10:00", "16:00"),),
            BRUEHL,
            BASIS_SUBTITLE,
            BASIS_TEXT,
            status="finished",
            taken=8,
            total=8,
            target_group=MEMBERS,
        ),
    )


def rheine(today: date) -> tuple[SampleCourse, ...]:
    """Basismodul with places, Aufbaumodul only past or cancelled, one postponed evening."""
    basis, cancelled = weekday_after(today, 6, FRIDAY), weekday_after(today, 10, SATURDAY)
    postponed, past = weekday_after(today, 8, THURSDAY), weekday_before(today, 30, SATURDAY)
    return (
        SampleCourse(
            "2500001001",
            BASIS_TITLE,
            (
                Meeting(basis, "17:00", "20:15"),
                Meeting(weekday_after(basis, 0, SATURDAY), "09:30", "15:00"),
            ),
            RHEINE,
            BASIS_SUBTITLE,
            BASIS_TEXT,
            fee="gebührenfrei",
            taken=4,
            total=10,
            target_group=MEMBERS,
        ),
        SampleCourse(
            "2500001002",
            AUFBAU_TITLE,
            (Meeting(cancelled, "09:30", "15:00"),),
            RHEINE,
            AUFBAU_SUBTITLE,
            AUFBAU_TEXT,
            fee="gebührenfrei",
            status="cancelled",
            taken=1,
            total=10,
            target_group=MEMBERS,
        ),
        SampleCourse(
            "2500001007",
            "Den Haushalt der Stadt verstehen",
            (Meeting(postponed, "19:30", "21:45"),),
            RHEINE,
            "Für Mitglieder im Ausschuss für Chancengerechtigkeit und Integration",
            (
                "Wo steht im Haushaltsplan, was für die Integrationsarbeit ausgegeben wird, und "
                "wann kann der Ausschuss für Chancengerechtigkeit und Integration Anträge stellen?",
            ),
            fee="12,50 €",
            taken=3,
            total=15,
            notice="Der Abend wurde verschoben.",
            short_year=True,
        ),
        SampleCourse(
            "2400001002",
            AUFBAU_TITLE,
            (Meeting(past, "09:30", "15:00"),),
            RHEINE,
            AUFBAU_SUBTITLE,
            AUFBAU_TEXT,
            fee="gebührenfrei",
            status="finished",
            taken=9,
            total=10,
            target_group=MEMBERS,
        ),
    )


def recklinghausen(today: date) -> tuple[SampleCourse, ...]:
    """Basismodul twice, but without a free place; Aufbaumodul open and at a price."""
    first, second = weekday_after(today, 3, SATURDAY), weekday_after(today, 12, SATURDAY)
    aufbau = weekday_after(today, 15, SATURDAY)
    return (
        SampleCourse(
            "N1538",
            BASIS_TITLE,
            (Meeting(first, "09:00", "15:00"),),
            RECKLINGHAUSEN,
            BASIS_SUBTITLE,
            BASIS_TEXT,
            status="waitlist",
            taken=16,
            total=16,
            target_group=MEMBERS,
        ),
        SampleCourse(
            "N1539",
            BASIS_TITLE,
            (Meeting(second, "09:00", "15:00"),),
            RECKLINGHAUSEN,
            BASIS_SUBTITLE,
            BASIS_TEXT,
            status="full",
            taken=16,
            total=16,
            target_group=MEMBERS,
        ),
        SampleCourse(
            "N1540",
            AUFBAU_TITLE,
            (
                Meeting(aufbau, "09:00", "15:00"),
                Meeting(weekday_after(aufbau, 1, SATURDAY), "09:00", "13:00"),
            ),
            RECKLINGHAUSEN,
            AUFBAU_SUBTITLE,
            AUFBAU_TEXT,
            fee="15,00 € (erm. 9,00 €)",
            taken=5,
            total=16,
            target_group=MEMBERS,
        ),
    )


def bonn(today: date) -> tuple[SampleCourse, ...]:
    """Basismodul with few places, Aufbaumodul cancelled, an online evening, one past run."""
    basis, aufbau = weekday_after(today, 4, SATURDAY), weekday_after(today, 8, SATURDAY)
    online, past = weekday_after(today, 3, WEDNESDAY), weekday_before(today, 12, TUESDAY)
    return (
        SampleCourse(
            "W2101",
            BASIS_TITLE,
            (
                Meeting(basis, "10:00", "16:30"),
                Meeting(weekday_after(basis, 2, SATURDAY), "10:00", "16:30"),
            ),
            BONN,
            BASIS_SUBTITLE,
            BASIS_TEXT,
            status="few",
            taken=18,
            total=20,
            target_group=MEMBERS,
        ),
        SampleCourse(
            "W2102",
            AUFBAU_TITLE,
            (Meeting(aufbau, "10:00", "16:30"),),
            BONN,
            AUFBAU_SUBTITLE,
            AUFBAU_TEXT,
            status="cancelled",
            target_group=MEMBERS,
        ),
        SampleCourse(
            "W2110ON",
            "Neu im Ausschuss für Chancengerechtigkeit und Integration?",
            (Meeting(online, "18:30", "20:00"),),
            ONLINE,
            "Ein Abend zu Rechten und Aufgaben",
            (
                "Fragestunde für neue Mitglieder: Antragsrecht, Rederecht und die Arbeit zwischen "
                "den Sitzungen. Der Zugang kommt nach der Anmeldung per E-Mail.",
            ),
            taken=11,
            total=40,
        ),
        SampleCourse(
            "V2101",
            BASIS_TITLE,
            (Meeting(past, "17:30", "20:45"),),
            BONN,
            BASIS_SUBTITLE,
            BASIS_TEXT,
            status="finished",
            target_group=MEMBERS,
        ),
    )


def minden(today: date) -> tuple[SampleCourse, ...]:
    """An offer that nobody may look for: the site's robots.txt forbids the search."""
    return (
        SampleCourse(
            "252A10105",
            BASIS_TITLE,
            (Meeting(weekday_after(today, 7, SATURDAY), "10:00", "16:00"),),
            MINDEN,
            BASIS_SUBTITLE,
            BASIS_TEXT,
            taken=3,
            total=12,
            target_group=MEMBERS,
        ),
    )
