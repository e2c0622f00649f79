"""Numbers of places: planned, total, taken and free are four different things."""

from __future__ import annotations

import pytest

from scrapers.fields.places import Places, read_places


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("4 von 6 Plätzen belegt", Places(total=6, taken=4)),
        ("Belegung: 4 von 6", Places(total=6, taken=4)),
        ("3 von 12 Plätzen frei", Places(total=12, free=3)),
        ("5 Plätze frei", Places(free=5)),
        ("noch 3 freie Plätze", Places(free=3)),
        ("freie Plätze: 5", Places(free=5)),
        ("noch 1 Platz frei", Places(free=1)),
        ("Noch 1 Platz", Places(free=1)),
        ("Frei: 4 von 12", Places(total=12, free=4)),
        ("Freie Plätze: 4 von 12", Places(total=12, free=4)),
        ("15 Plätze, davon 3 frei", Places(total=15, free=3)),
        ("Plätze: 15", Places(total=15)),
        ("Plätze: 4/12", Places(total=12, taken=4)),
        ("keine Plätze frei", Places(free=0)),
        ("Geplante TN: 8", Places(planned=8)),
        ("Geplante Teilnehmerzahl: 20", Places(planned=20)),
        ("max. 40 Teilnehmer", Places(total=40)),
        ("bei maximal 40 TN", Places(total=40)),
        ("bei maximal 40 Teilnehmenden", Places(total=40)),
        ("mind. 8, max. 15", Places(total=15)),
        ("Teilnehmer: mind. 8, max. 15", Places(total=15)),
        ("8 bis 15 Teilnehmende", Places(total=15)),
        ("max. Teilnehmerzahl: 12", Places(total=12)),
    ],
)
def test_places(text: str, places: Places) -> None:
    assert read_places(text).value == places


@pytest.mark.parametrize(
    "text",
    [
        "",
        "4 von 6",
        "Seite 1 von 3",
        "Modul 1 von 2",
        "7 von 6 Plätzen belegt",
        "max. 8 UE",
        "max. 3 Tage vorher",
        "20 x",
        "Platz der Republik 3",
        "Plätze: 12 - 15",
        "Plätze: 15 frei",
        "Am Markt 12 Plätze",
        "mehr als 5 Plätze frei",
        "Modul 1 von 2, noch Plätze frei",
        "252-1031 Plätze frei",
        "mindestens 8 Teilnehmer",
        "5 Plätze frei, noch 7 freie Plätze",
    ],
)
def test_what_says_nothing_about_places(text: str) -> None:
    assert read_places(text).value is None


def test_an_occupancy_label_gives_the_context() -> None:
    assert read_places("4 von 6", occupancy=True).value == Places(total=6, taken=4)
    assert read_places("4/6", occupancy=True).value == Places(total=6, taken=4)
    assert read_places("0 von 12", occupancy=True).value == Places(total=12, taken=0)
    assert read_places("7 von 6", occupancy=True).value is None
