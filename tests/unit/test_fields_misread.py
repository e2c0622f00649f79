"""What text recognition has damaged is unknown: never another day, hour, sum or number."""

from __future__ import annotations

from datetime import date, time

import pytest

from scrapers.fields.dates import read_schedule
from scrapers.fields.places import read_places
from scrapers.fields.prices import read_price

TODAY = date(2026, 1, 15)


@pytest.mark.parametrize(
    "text",
    ["l8.04.2026", "am I8.04.2026", "O8.04.2026", "18.O4.2026", "18.04.2O26", "l8. April 2026"],
)
def test_a_damaged_day_is_no_other_day(text: str) -> None:
    assert read_schedule(text, today=TODAY).value is None


@pytest.mark.parametrize("hours", ["l0–16 Uhr", "10–l6 Uhr", "1O–16 Uhr"])
def test_a_damaged_hour_is_no_other_hour(hours: str) -> None:
    schedule = read_schedule(f"Sa., 18.04.2026, {hours}", today=TODAY).value
    assert schedule is not None
    assert [(s.day, s.starts) for s in schedule.sessions] == [(date(2026, 4, 18), None)]


@pytest.mark.parametrize("text", ["Sa.18.04.2026", "|18.04.2026", "Termin18.04.2026"])
def test_words_and_bars_before_a_day_do_not_damage_it(text: str) -> None:
    schedule = read_schedule(text, today=TODAY).value
    assert schedule is not None
    assert schedule.start_date == date(2026, 4, 18)


def test_hours_beside_a_bar_are_read() -> None:
    schedule = read_schedule("|18.04.2026|10–16 Uhr", today=TODAY).value
    assert schedule is not None
    assert schedule.sessions[0].starts == time(10)


@pytest.mark.parametrize("text", ["6 000 €", "6\u00a0000 Euro", "6.0OO €", "l20 €"])
def test_a_damaged_sum_is_unknown_and_never_free(text: str) -> None:
    assert read_price(text, labelled=True).value is None


def test_a_damaged_number_of_places_is_unknown() -> None:
    assert read_places("maximal 4O TN").value is None
