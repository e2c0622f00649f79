"""Venue to municipality by words alone."""

from __future__ import annotations

import pytest

from pipeline.resolve.venues import Municipality, VenueFinder, VenueText

NAMES = {
    "Bergheim": "05362008",
    "Erftstadt": "05362020",
    "Wesseling": "05362040",
    "Köln": "05315000",
    "Essen": "05113000",
    "Bedburg": "05362004",
    "Bedburg-Hau": "05154008",
    "Halle (Westf.)": "05754012",
    "Mülheim an der Ruhr": "05117000",
    "Castrop-Rauxel": "05562004",
    "Gütersloh": "05754008",
    "Münster": "05515000",
}
FINDER = VenueFinder([Municipality(ags, name) for name, ags in NAMES.items()])
SERVED = frozenset({NAMES["Bergheim"], NAMES["Bedburg"], NAMES["Mülheim an der Ruhr"]})
SEAT = NAMES["Bergheim"]


def found(
    name: str | None = None, place: str | None = None, postcode: str | None = None
) -> str | None:
    return FINDER.find(VenueText(name, postcode, place), SERVED, SEAT).ags


@pytest.mark.parametrize(
    ("place", "municipality"),
    [
        ("Bergheim", "Bergheim"),
        ("50126 Bergheim", "Bergheim"),
        ("bergheim ", "Bergheim"),
        ("Erftstadt-Liblar", "Erftstadt"),
        ("Erftstadt - Liblar", "Erftstadt"),
        ("Köln, Ehrenfeld", "Köln"),
        ("Koeln", "Köln"),
        ("Bedburg-Hau", "Bedburg-Hau"),
        ("Bedburg", "Bedburg"),
        ("Castrop-Rauxel", "Castrop-Rauxel"),
        ("Essen-Kettwig", "Essen"),
        ("Halle (Westf.)", "Halle (Westf.)"),
        ("Halle/Westf.", "Halle (Westf.)"),
        ("Mülheim", "Mülheim an der Ruhr"),
    ],
)
def test_a_place_names_its_municipality(place: str, municipality: str) -> None:
    assert found(place=place) == NAMES[municipality]


@pytest.mark.parametrize(
    "place",
    [
        "Stuttgart",
        "Liblar",
        "06108 Halle",
        "Halle (Saale)",
        "Köln/Havel",
        "Köln, Bergheim",
        "online",
        "-",
    ],
)
def test_a_place_that_is_not_sure_stays_unknown(place: str) -> None:
    assert found(place=place) is None


def test_a_postcode_outside_nrw_beats_the_name() -> None:
    assert found(place="Münster", postcode="64839") is None
    assert found(place="Münster", postcode="48143") == NAMES["Münster"]


@pytest.mark.parametrize(
    ("name", "municipality"),
    [
        ("VHS, Raum 3", "Bergheim"),
        ("vhs-Haus", "Bergheim"),
        ("Volkshochschulgebäude", "Bergheim"),
        ("Rathaus Bedburg", "Bedburg"),
        ("VHS Köln, Raum 1", "Köln"),
        ("Forum, 50667 Köln", "Köln"),
    ],
)
def test_the_name_of_a_venue_can_name_the_municipality(name: str, municipality: str) -> None:
    assert found(name=name) == NAMES[municipality]


@pytest.mark.parametrize(
    "name",
    [
        "Raum B06",
        "Rathaus Gütersloh",
        "Halle 3",
        "Gutes Essen",
        "VHS im Rathaus Gütersloh",
        "Bergheim oder Bedburg",
        "Kölner Straße 5",
        "VHS online",
        "vhs-Webinar",
    ],
)
def test_the_seat_is_never_a_guess(name: str) -> None:
    assert found(name=name) is None


def test_a_named_but_unknown_place_is_not_replaced_by_the_seat() -> None:
    assert found(name="VHS", place="Stuttgart") is None


def test_an_online_course_has_no_municipality() -> None:
    venue = VenueText("VHS", None, "Bergheim", is_online=True)
    assert FINDER.find(venue, SERVED, SEAT).ags is None
