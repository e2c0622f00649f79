"""Sixty days of a little land: as many nights, second crawls, re-readings and relaunches."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from random import Random

from tests.property.nightly import SEEDS, assert_history, days

SUMMER_TIME = date(2026, 3, 29)


def test_sixty_nights_and_building_anew_are_the_same(tmp_path: Path) -> None:
    dice = Random(60)
    seeds = [[dice.getrandbits(32) for _ in range(SEEDS)] for _ in range(60)]
    history = days(60, SUMMER_TIME - timedelta(days=20), seeds)
    crawls = [crawl for day in history for crawl in day]
    assert len(crawls) > 60 and any(crawl.again for crawl in crawls)
    warehouse = assert_history(tmp_path, history, changes_register=True, mart_every=6)
    ((moved,),) = warehouse.rows(
        "SELECT count(*) FROM core.merge_decisions WHERE rule = 'moved' AND is_merged"
    )
    assert moved > 20
