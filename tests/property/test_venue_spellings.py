"""All 396 municipalities in the spellings that pages use: found or unknown, never wrong."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import warehouse
from pipeline.resolve.providers import fold
from pipeline.resolve.venues import Municipality, VenueFinder, VenueText

REFERENCE = Path(warehouse.__file__).parent / "reference" / "municipalities.csv"
with REFERENCE.open(encoding="utf-8") as file:
    MUNICIPALITIES = [Municipality(row["ags"], row["name"]) for row in csv.DictReader(file)]
FINDER = VenueFinder(MUNICIPALITIES)
NAMES = {municipality.ags: municipality.name for municipality in MUNICIPALITIES}
# Another municipality has a district of that name.
NOT_SURE = frozenset({"Neuenkirchen", "Langenberg"})
NOBODY: frozenset[str] = frozenset()

some_municipality = st.sampled_from([m for m in MUNICIPALITIES if m.name not in NOT_SURE])


def found(place: str, served: frozenset[str] = NOBODY) -> str | None:
    return FINDER.find(VenueText(None, None, place), served, None).ags


def spellings(name: str) -> Iterator[str]:
    folded = fold(name).replace("ß", "ss")
    yield from (name, name.upper(), name.lower(), folded, name.replace("ß", "ss"))
    yield from (name.replace("-", " "), name.replace("-", " - "), name.replace("-", "–"))
    yield from (f"50126 {name}", f"D-50126 {name}", f" {name} ", f"Stadt {name}")
    yield f"Gemeinde {name}"
    if not set("(/") & set(name):
        yield from (f"{name}-Mitte", f"{name}, Innenstadt")
    yield from (name.replace("Sankt ", "St. "), name.replace("Sankt ", "St."))
    yield name.replace(" (", "/").replace(")", "")
    yield from (name.replace(" an der ", to) for to in (" a. d. ", " a.d. ", "/"))
    yield from (name.replace(" am Rhein", to) for to in (" a. Rh.", "/Rhein"))


@pytest.mark.parametrize("municipality", MUNICIPALITIES, ids=lambda m: m.ags)
def test_every_spelling_is_found(municipality: Municipality) -> None:
    served = frozenset({municipality.ags}) if municipality.name in NOT_SURE else NOBODY
    for text in spellings(municipality.name):
        assert found(text, served) == municipality.ags, text


@given(some_municipality, st.data())
def test_a_name_that_is_written_otherwise_is_no_other_municipality(
    municipality: Municipality, data: st.DataObject
) -> None:
    """One letter more, less or another: unknown, unless it happens to be another name."""
    name = municipality.name
    place = data.draw(st.integers(0, len(name) - 1))
    letter = data.draw(st.sampled_from(["", "x", "e"]))
    changed = name[:place] + letter + name[place + 1 :]
    ags = found(changed)
    assert ags in (None, municipality.ags) or NAMES[ags].lower().startswith(
        changed.split("(")[0].split("-")[0].split("/")[0].strip().lower()[:4]
    )


@given(some_municipality, some_municipality, st.sampled_from([", ", " / ", "; ", " | "]))
def test_two_municipalities_are_none(one: Municipality, other: Municipality, between: str) -> None:
    expected = one.ags if one == other else None
    assert found(f"{one.name}{between}{other.name}") in (None, expected)


@given(some_municipality, st.sampled_from(["06108", "20095", "99084", "10115", "80331"]))
def test_a_postcode_elsewhere_beats_every_name(municipality: Municipality, code: str) -> None:
    assert found(f"{code} {municipality.name}") is None


@settings(max_examples=300)
@given(st.text(max_size=40), st.text(max_size=40))
def test_any_text_is_located_or_not(name: str, place: str) -> None:
    located = FINDER.find(VenueText(name, None, place), NOBODY, None)
    assert located.ags is None or located.ags in NAMES


@pytest.mark.parametrize(
    "place",
    ["Neuenkirchen", "Langenberg", "Halle/Saale", "Halle, Saale", "Stolberg/Harz", "Rhein", "Bad"],
)
def test_what_is_ambiguous_stays_unknown(place: str) -> None:
    assert found(place) is None


@given(some_municipality, st.sampled_from(["VHS", "vhs-Haus", "Volkshochschule, Raum 3"]))
def test_the_seat_counts_only_for_the_vhs_itself(municipality: Municipality, name: str) -> None:
    served = frozenset({municipality.ags})
    find = FINDER.find
    assert find(VenueText(name, None, None), served, municipality.ags).ags == municipality.ags
    assert find(VenueText("Raum 3", None, None), served, municipality.ags).ags is None
    assert find(VenueText(name, None, "Nirgendwo"), served, municipality.ags).ags is None
