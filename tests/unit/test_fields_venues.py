"""Places of offers: what cannot be told apart stays in the name, what is unknown is None."""

from __future__ import annotations

import pytest

from scrapers.fields.venues import Venue, read_delivery_mode, read_venue


@pytest.mark.parametrize(
    ("text", "venue"),
    [
        ("Realschule; 1. Stock; Raum 145", Venue("Realschule", room="1. Stock, Raum 145")),
        ("Raum 1 - VHS Anklam, Markt 7", Venue("VHS Anklam", "Markt 7", room="Raum 1")),
        (
            "vhs Paderborn, Am Stadelhof 8, 33098 Paderborn, Raum B06",
            Venue("vhs Paderborn", "Am Stadelhof 8", "33098", "Paderborn", "Raum B06"),
        ),
        ("Bergheim", Venue(place="Bergheim")),
        ("Bad Oeynhausen", Venue(place="Bad Oeynhausen")),
        ("Porta Westfalica", Venue("Porta Westfalica")),
        ("Rathaus", Venue("Rathaus")),
        ("Bahnhofstraße", Venue("Bahnhofstraße")),
        ("Aula", Venue(room="Aula")),
        ("VHS-Haus", Venue("VHS-Haus")),
        (
            "VHS-Haus, Musterstr. 5, 50126 Bergheim Google-Karte",
            Venue("VHS-Haus", "Musterstr. 5", "50126", "Bergheim"),
        ),
        (
            "Futurum Zukunftszentrum (Presselstr. 29, Stuttgart)",
            Venue("Futurum Zukunftszentrum", "Presselstr. 29", place="Stuttgart"),
        ),
        ("Haroldstr. 14 40213 Düsseldorf", Venue(None, "Haroldstr. 14", "40213", "Düsseldorf")),
        ("Adenauerallee 12–14, 53113 Bonn", Venue(None, "Adenauerallee 12-14", "53113", "Bonn")),
        ("Markt 10 - 12, 53111 Bonn", Venue(None, "Markt 10-12", "53111", "Bonn")),
        (
            "Bezirksregierung Arnsberg Seibertzstr. 1 59821 Arnsberg",
            Venue("Bezirksregierung Arnsberg", "Seibertzstr. 1", "59821", "Arnsberg"),
        ),
        (
            "Haus der Bildung, Mülheimer Platz 1, 53111 Bonn",
            Venue("Haus der Bildung", "Mülheimer Platz 1", "53111", "Bonn"),
        ),
        ("vhs-Forum / Raum 12", Venue("vhs-Forum", room="Raum 12")),
        ("vhs Wesel Raum 12", Venue("vhs Wesel", room="Raum 12")),
        ("Medio 21, 50126 Bergheim", Venue("Medio 21", None, "50126", "Bergheim")),
        ("Halle 5", Venue("Halle 5")),
        (
            "Friedrich-Ebert-Straße 12a, Wesel",
            Venue(None, "Friedrich-Ebert-Straße 12a", None, "Wesel"),
        ),
        ("Kölner Straße 5", Venue(None, "Kölner Straße 5")),
        (
            "VHS-Haus, Hauptstr. 3, 50667 Köln und online (hybrid)",
            Venue("VHS-Haus", "Hauptstr. 3", "50667", "Köln"),
        ),
        (
            "VHS-Haus, Hauptstr. 3, 50667 Köln, Anfahrt Karte anzeigen",
            Venue("VHS-Haus", "Hauptstr. 3", "50667", "Köln"),
        ),
        (
            "Kulturforum (barrierefrei), Kölner Straße 8, 58509 Lüdenscheid",
            Venue("Kulturforum", "Kölner Straße 8", "58509", "Lüdenscheid"),
        ),
    ],
)
def test_venues(text: str, venue: Venue) -> None:
    assert read_venue(text).value == venue


@pytest.mark.parametrize(
    "text",
    [
        "",
        " - ",
        "Adresse folgt",
        "wird noch bekannt gegeben",
        "N.N.",
        "Online",
        "Zoom",
        "online (Zoom)",
    ],
)
def test_unknown_and_online_places_are_absent(text: str) -> None:
    assert read_venue(text).value is None


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("Die Seminare finden als Präsenzveranstaltungen statt.", "in_person"),
        ("in Präsenz", "in_person"),
        ("Online", "online"),
        ("Online-Seminar", "online"),
        ("Zoom", "online"),
        ("Das Modul findet digital statt.", "online"),
        ("Hybrid", "hybrid"),
        ("in Präsenz und online", "hybrid"),
        ("", None),
        ("Chancengerechtigkeit und Integration vor Ort", None),
        ("Online-Anmeldung möglich", None),
        ("Jetzt online anmelden", None),
        ("Onlineberatung", None),
        ("Digitale Medien im Ehrenamt", None),
        ("Dies ist kein Online-Seminar.", None),
        ("Ein Präsenzkurs mit einem Online-Termin zum Abschluss", None),
    ],
)
def test_delivery_mode(text: str, mode: str | None) -> None:
    assert read_delivery_mode(text).value == mode
