"""What the sample catalogues offer that are not read by their search: exports, structured data."""

from __future__ import annotations

from datetime import date

from scrapers.sample_web.courses import (
    AUFBAU_SUBTITLE,
    AUFBAU_TEXT,
    AUFBAU_TITLE,
    BASIS_SUBTITLE,
    BASIS_TEXT,
    BASIS_TITLE,
    MEMBERS,
    Meeting,
    SampleCourse,
    Venue,
)
from scrapers.sample_web.days import SATURDAY, THURSDAY, weekday_after
from scrapers.sample_web.decoys import decoys

HAMM = Venue("Probehaus Hamm", "Raum 3", "Musterplatz 4", "59065", "Hamm")
HAGEN = Venue("Haus der Probe", "Großer Saal", "Übungsweg 9", "58095", "Hagen")
BOTTROP = Venue("Haus der Bildung Bottrop", "Raum 11", "Musterhof 6", "46236", "Bottrop")
BOCHUM = Venue("Probezentrum Bochum", "Raum 040", "Musterring 2", "44787", "Bochum")


def hamm(today: date) -> tuple[SampleCourse, ...]:
    """The Basismodul over two Saturdays, free of charge, among many other courses."""
    first = weekday_after(today, 5, SATURDAY)
    basis = SampleCourse(
        "26-1104",
        BASIS_TITLE,
        (
            Meeting(first, "10:00", "16:00"),
            Meeting(weekday_after(first, 1, SATURDAY), "10:00", "15:00"),
        ),
        HAMM,
        BASIS_SUBTITLE,
        BASIS_TEXT,
        taken=5,
        total=14,
        target_group=MEMBERS,
    )
    return (basis, *decoys("hamm", today, 160, lambda n: f"26-{3000 + n}", HAMM))


def hagen(today: date) -> tuple[SampleCourse, ...]:
    """The Aufbaumodul at a price, and an evening for the committee."""
    aufbau, evening = weekday_after(today, 9, SATURDAY), weekday_after(today, 4, THURSDAY)
    return (
        SampleCourse(
            "H1402",
            AUFBAU_TITLE,
            (Meeting(aufbau, "09:30", "15:30"),),
            HAGEN,
            AUFBAU_SUBTITLE,
            AUFBAU_TEXT,
            fee="12,00 €",
            taken=2,
            total=16,
            target_group=MEMBERS,
        ),
        SampleCourse(
            "H1410",
            "Wie ein Antrag entsteht",
            (Meeting(evening, "18:00", "20:15"),),
            HAGEN,
            "Übungsabend für Mitglieder im Ausschuss für Chancengerechtigkeit und Integration",
            ("Von der Idee über die Begründung bis zur Abstimmung – mit Beispielen „von hier“.",),
            fee="8,00 €",
            status="closed",
            taken=9,
            total=12,
        ),
        *decoys("hagen", today, 120, lambda n: f"H{4000 + n}", HAGEN),
    )


def bochum(today: date) -> tuple[SampleCourse, ...]:
    """The Basismodul with few places, and an afternoon for new members."""
    basis, afternoon = weekday_after(today, 7, SATURDAY), weekday_after(today, 5, THURSDAY)
    return (
        SampleCourse(
            "B2301",
            BASIS_TITLE,
            (
                Meeting(basis, "09:00", "16:00"),
                Meeting(weekday_after(basis, 2, SATURDAY), "09:00", "13:30"),
            ),
            BOCHUM,
            BASIS_SUBTITLE,
            BASIS_TEXT,
            status="few",
            taken=17,
            total=18,
            target_group=MEMBERS,
        ),
        SampleCourse(
            "B2307",
            "Neu im Integrationsausschuss: Rechte und Pflichten",
            (Meeting(afternoon, "16:30", "19:00"),),
            BOCHUM,
            "Ein Nachmittag für neue Mitglieder",
            ("Fragen sind willkommen, Vorwissen braucht niemand.",),
            fee="5,00 €",
            taken=3,
            total=20,
        ),
        *decoys("bochum", today, 40, lambda n: f"B{5000 + n}", BOCHUM),
    )


def bottrop(today: date) -> tuple[SampleCourse, ...]:
    """The Aufbaumodul over two Saturdays, of which the page names only the first."""
    first = weekday_after(today, 11, SATURDAY)
    aufbau = SampleCourse(
        "T26-077",
        AUFBAU_TITLE,
        (
            Meeting(first, "10:00", "15:30"),
            Meeting(weekday_after(first, 1, SATURDAY), "10:00", "13:00"),
        ),
        BOTTROP,
        AUFBAU_SUBTITLE,
        AUFBAU_TEXT,
        taken=1,
        total=12,
        target_group=MEMBERS,
    )
    return (aufbau, *decoys("bottrop", today, 40, lambda n: f"T26-{300 + n}", BOTTROP))
