"""The field readers on the real texts beside the project."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from pathlib import Path

import pytest

from scrapers.fields.contacts import is_functional_email, read_emails, read_fax, read_phone
from scrapers.fields.course_numbers import number_from_url
from scrapers.fields.dates import SessionTime, read_schedule
from scrapers.fields.places import read_places
from scrapers.fields.prices import read_price
from scrapers.fields.relevance import judge_module, judge_relevance
from scrapers.fields.venues import Venue, read_delivery_mode, read_venue

pytestmark = pytest.mark.shared


@pytest.fixture
def seeds(shared_dir: Path) -> dict[str, list[str]]:
    files = sorted((shared_dir / "seeds").glob("00*.txt"))
    return {path.name[:3]: path.read_text(encoding="utf-8").splitlines() for path in files}


def lines_with(lines: list[str], word: str) -> list[str]:
    return [line for line in lines if word in line]


def test_the_overview(seeds: dict[str, list[str]]) -> None:
    lines = seeds["000"]
    planned = [read_places(line).value for line in lines_with(lines, "Geplante TN")]
    assert [p.planned for p in planned if p] == [8, 8, 20, 20, 10]
    links = [line.split(": ", 1)[1] for line in lines_with(lines, "Anmeldelink:")]
    assert [number_from_url(link) for link in links] == ["252-1031", "252-1032", "2500001001"]
    assert [read_emails(line) for line in lines_with(lines, "per E-Mail")] == [
        ("fb4@vhs-wesel.de",)
    ] * 2
    assert is_functional_email("fb4@vhs-wesel.de")
    [mode] = lines_with(lines, "Präsenzveranstaltung")
    assert read_delivery_mode(mode).value == "in_person"
    assert [judge_module(line).value for line in lines_with(lines, "MODUL:")] == ["basis", "aufbau"]
    assert judge_module(links[2].split("/")[-2]).value == "basis"
    assert judge_relevance(lines[0], " ".join(lines)).category == "series"


def test_the_workshops_of_the_foundation(seeds: dict[str, list[str]]) -> None:
    lines = seeds["001"]
    for line in lines_with(lines, "6.000"):
        price = read_price(line).value
        assert price is not None
        assert (price.amount, price.is_free) == (Decimal("6000.00"), False)
        assert price.note is not None
        assert "Fahrtkosten" in price.note
        places = read_places(line).value
        assert places is not None
        assert places.total == 40
    assert judge_relevance("Workshops", " ".join(lines)).category == "adjacent"
    assert read_schedule(" ".join(lines)).value is None


def test_the_coaching_of_the_state_council(seeds: dict[str, list[str]]) -> None:
    title = next(line for line in seeds["002"] if "Coaching" in line)
    assert judge_relevance(title).category == "council"


def test_the_programme_of_the_university(seeds: dict[str, list[str]]) -> None:
    lines = seeds["003"]
    [workshop] = lines_with(lines, "7. und 8.")
    sentence = next(s for s in workshop.split(". ") if "November" in s)
    schedule = read_schedule(f"Am 7. und 8. November{sentence.split('November', 1)[1]}").value
    assert schedule is not None
    assert [s.day for s in schedule.sessions] == [date(2024, 11, 7), date(2024, 11, 8)]
    for line in lines_with(lines, "8. November 2024 ab") + lines_with(lines, "8. November 2024 um"):
        schedule = read_schedule(line).value
        assert schedule is not None
        assert schedule.sessions == (SessionTime(date(2024, 11, 8), time(17), None),)
    [venue_line] = lines_with(lines, "Presselstr")
    inside = venue_line.split("im ", 1)[1].split(")", 1)[0]
    assert read_venue(inside).value == Venue(
        "Futurum Zukunftszentrum", "Presselstr. 29", None, "Stuttgart"
    )
    price = read_price(venue_line).value
    assert price is not None
    assert price.is_free is True
    text = " ".join(lines)
    assert judge_relevance(lines[0], text).category == "adjacent"


def test_the_directory(seeds: dict[str, list[str]]) -> None:
    text = "\n".join(seeds["004"])
    assert read_emails(text) == (
        "poststelle@bezreg-arnsberg.nrw.de",
        "info@jugendmigrationsdienste.de",
    )
    [line] = lines_with(seeds["004"], "02931")
    assert (read_phone(line).value, read_fax(line).value) == (
        "02931 / 82-2900",
        "02931 / 82-2909",
    )
    assert read_venue("Seibertzstr. 1, 59821 Arnsberg").value == Venue(
        None, "Seibertzstr. 1", "59821", "Arnsberg"
    )
