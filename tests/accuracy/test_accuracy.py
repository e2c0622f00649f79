"""Reading is good enough to be believed: the same bars as `python -m tests.accuracy`."""

from __future__ import annotations

import pytest

from tests.accuracy.__main__ import faults_of
from tests.accuracy.measure import Measured, measure
from tests.accuracy.score import Tally


@pytest.fixture(scope="module")
def measured() -> Measured:
    return measure()


def test_reading_meets_every_bar(measured: Measured) -> None:
    assert faults_of(measured) == []


def test_enough_was_measured(measured: Measured) -> None:
    assert measured.decoys >= 200
    assert measured.pages >= 500
    named = {name for _, name in measured.fields}
    assert {"start_date", "sessions", "venue_street", "places_free", "price_eur"} <= named


def test_a_wrong_value_weighs_ten_missing_ones() -> None:
    missing, wrong, invented = Tally(right=90), Tally(right=99), Tally(right=99)
    for _ in range(10):
        missing.count("8", None, "page")
    wrong.count("8", "9", "page")
    invented.count(None, "9", "page")
    assert missing.score == wrong.score == invented.score == pytest.approx(0.9)
    assert missing.precision == 1
    assert missing.recall == pytest.approx(0.9)
    assert invented.precision == pytest.approx(0.99)
    assert invented.recall == 1


def test_faults_name_what_is_wrong() -> None:
    bad = Measured(decoys=200)
    bad.relevance.count(None, "council", "Integrationskurs A1")
    tally = bad.fields.setdefault(("kuferweb", "price_eur"), Tally(right=999))
    tally.count(None, 5, "page")
    faults = faults_of(bad)
    assert len(faults) == 2
    assert "Integrationskurs A1" in faults[0]
    assert "price_eur has a value where it should be NULL" in faults[1]
