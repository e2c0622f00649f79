"""What the sampled VHS with catalogues of other makes offer: KuferWEB tabs, cmx, webbasys.

As in `courses`: all sentences, streets and dates are made up for this sample.
"""

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
from scrapers.sample_web.days import SATURDAY, THURSDAY, weekday_after, weekday_before
from scrapers.sample_web.decoys import decoys

ALSDORF = Venue("VHS-Forum", "Raum 2", "Musterallee 1", "52477", "Alsdorf")
KOELN = Venue("Studienhaus am Beispielmarkt", "Raum 3", "Beispielgasse 7", "50667", "Köln")
SOEST = Venue("Altes Rathaus", "Saal 2", "Musterwall 3", "59494", "Soest")
LUENEN = Venue("VHS Lünen", "Raum 11", "Musterufer 5", "44532", "Lünen")


def nordkreis(today: date) -> tuple[SampleCourse, ...]:
    """Basismodul with places, whose number only the list prints; Aufbaumodul only in the past."""
    first, past = weekday_after(today, 6, SATURDAY), weekday_before(today, 9, SATURDAY)
    series = (
        SampleCourse(
            "261-1104",
            BASIS_TITLE,
            (
                Meeting(first, "09:30", "16:00"),
                Meeting(weekday_after(first, 2, SATURDAY), "09:30", "13:00"),
            ),
            ALSDORF,
            BASIS_SUBTITLE,
            BASIS_TEXT,
            fee="18,00 € (erm. 9,00 €)",
            taken=4,
            total=14,
            target_group=MEMBERS,
        ),
        SampleCourse(
            "252-1105",
            AUFBAU_TITLE,
            (Meeting(past, "09:30", "16:00"),),
            ALSDORF,
            AUFBAU_SUBTITLE,
            AUFBAU_TEXT,
            status="finished",
            target_group=MEMBERS,
        ),
    )
    return series + decoys("nordkreis", today, 44, lambda n: f"261-{2000 + 4 * n}", ALSDORF)


def koeln(today: date) -> tuple[SampleCourse, ...]:
    """Aufbaumodul with few places; the Basismodul was cancelled."""
    basis, aufbau = weekday_after(today, 5, SATURDAY), weekday_after(today, 7, SATURDAY)
    series = (
        SampleCourse(
            "K-261-103",
            BASIS_TITLE,
            (Meeting(basis, "10:00", "16:00"),),
            KOELN,
            BASIS_SUBTITLE,
            BASIS_TEXT,
            status="cancelled",
            target_group=MEMBERS,
        ),
        SampleCourse(
            "K-261-104",
            AUFBAU_TITLE,
            (
                Meeting(aufbau, "10:00", "16:00"),
                Meeting(weekday_after(aufbau, 2, SATURDAY), "10:00", "13:00"),
            ),
            KOELN,
            AUFBAU_SUBTITLE,
            AUFBAU_TEXT,
            fee="24,00 €, ermäßigt 12,00 €",
            status="few",
            target_group=MEMBERS,
        ),
    )
    return series + decoys("koeln", today, 64, lambda n: f"K-261-{200 + n}", KOELN)


def soest(today: date) -> tuple[SampleCourse, ...]:
    """Two evenings for members, found by the one word with an umlaut; nothing of the series."""
    first = weekday_after(today, 10, THURSDAY)
    evenings = SampleCourse(
        "G620002",
        "Was Integrationsräte dürfen",
        (
            Meeting(first, "18:00", "20:15"),
            Meeting(weekday_after(first, 2, THURSDAY), "18:00", "20:15"),
        ),
        SOEST,
        "",
        ("Rechte, Pflichten und Gepflogenheiten, mit Beispielen aus der Stadt.",),
        fee="15,-- EUR",
        status="waitlist",
        taken=20,
        total=20,
    )
    return evenings, *decoys("soest", today, 40, lambda n: f"G{621000 + n}", SOEST)


def luenen(today: date) -> tuple[SampleCourse, ...]:
    """An offer that no search leads to: the site's form takes its word by POST alone."""
    basis = SampleCourse(
        "L261-17",
        BASIS_TITLE,
        (Meeting(weekday_after(today, 8, SATURDAY), "10:00", "16:00"),),
        LUENEN,
        BASIS_SUBTITLE,
        BASIS_TEXT,
        taken=1,
        total=12,
        target_group=MEMBERS,
    )
    return basis, *decoys("luenen", today, 40, lambda n: f"L261-{100 + n}", LUENEN)
