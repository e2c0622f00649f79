"""Random nights around the end of summer time; the other half of `test_warehouse_nights.py`."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.property.nightly import assert_history, histories
from tests.property.simulated_land import Crawl

WINTER_TIME = date(2026, 10, 25)


@settings(
    max_examples=7,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    derandomize=True,
)
@given(histories(WINTER_TIME), st.booleans())
def test_nights_and_building_anew_are_the_same(
    history: list[list[Crawl]], changes_register: bool
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        assert_history(Path(folder), history, changes_register=changes_register)
