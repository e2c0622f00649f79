"""Random nights around the beginning of summer time: building anew gives what the nights gave,
nothing is lost, doubled or made up.

Every example holds the histories of sixteen VHS, independent of each other, read in the same
nights by one warehouse. The 7 examples here and the 7 of `test_winter_nights.py` are 224 histories
of sites in 14 histories of a warehouse.
"""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.landing_reader import list_landings
from pipeline.load import LoadError, apply_crawls, load_reference, stage
from tests.pipeline.landing_builder import World
from tests.property.nightly import (
    SEEDS,
    Warehouse,
    assert_history,
    days,
    histories,
    land_night,
)
from tests.property.simulated_land import Crawl, register_texts

SUMMER_TIME = date(2026, 3, 29)


@settings(
    max_examples=7,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    derandomize=True,
)
@given(histories(SUMMER_TIME), st.booleans())
def test_nights_and_building_anew_are_the_same(
    history: list[list[Crawl]], changes_register: bool
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        assert_history(Path(folder), history, changes_register=changes_register)


def test_a_night_that_comes_too_late_is_refused_whole(tmp_path: Path) -> None:
    world = World(tmp_path, register_texts=register_texts())
    dice = Random(3)
    seeds = [[dice.getrandbits(32) for _ in range(SEEDS)] for _ in range(4)]
    for crawls in days(4, SUMMER_TIME, seeds):
        land_night(world, crawls[0])
    landings = list_landings(world.settings.landing_dir)
    in_order, late = Warehouse(tmp_path), Warehouse(tmp_path)
    in_order.load(world.register, world.settings)
    stage(late.connection, [landings[0], landings[2]])
    load_reference(late.connection, world.register)
    apply_crawls(late.connection, world.register)
    before = late.rows("SELECT * FROM staging.crawls")
    with pytest.raises(LoadError, match="already loaded"):
        stage(late.connection, landings)
    assert late.rows("SELECT * FROM staging.crawls") == before
    shuffled = Warehouse(tmp_path)
    stage(shuffled.connection, landings[::-1])
    shuffled.load(world.register, world.settings)
    assert shuffled.contents() == in_order.contents()
