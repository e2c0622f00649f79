"""One course on the sites of two VHS is linked; what only resembles another is not."""

from __future__ import annotations

from datetime import time, timedelta
from pathlib import Path
from typing import Any

import pytest

from scrapers.records import Session
from tests.pipeline.landing_builder import DAY, World, course

START = DAY + timedelta(days=20)
ADORF: dict[str, Any] = {
    "title": "Reden vor dem Rat",
    "course_number": "K-7",
    "detail_url": "http://127.0.0.1:9001/kurs/7",
    "start_date": START,
    "delivery_mode": "in_person",
    "venue_name": "Rathaus",
    "venue_place": "Adorf",
    "sessions": (Session(day=START, starts=time(18)),),
}
BESTADT = ADORF | {"course_number": "K-7", "detail_url": "http://127.0.0.1:9002/kurs/7"}
ONLINE = {"delivery_mode": "online", "venue_name": None, "venue_place": None}
NOWHERE = {"delivery_mode": "unknown", "venue_name": None, "venue_place": None}
SAME_PAGE = {"detail_url": ADORF["detail_url"]}


@pytest.mark.parametrize(
    ("adorf", "bestadt", "rule"),
    [
        ({}, SAME_PAGE | NOWHERE | {"sessions": ()}, "page"),
        ({}, SAME_PAGE, "page"),
        ({}, {}, "hours"),
        ({}, {"title": "REDEN vor dem Rat"}, "hours"),
        (ONLINE, ONLINE, "hours"),
        (ONLINE, {}, None),
        (NOWHERE, NOWHERE, None),
        ({}, {"venue_name": "Haus der Bildung"}, None),
        ({}, {"sessions": (Session(day=START, starts=time(19)),)}, None),
        ({"sessions": (Session(day=START),)}, {"sessions": (Session(day=START),)}, None),
        ({}, {"title": "Reden im Rat"} | SAME_PAGE, None),
        ({}, {"start_date": START + timedelta(days=7), "sessions": ()} | SAME_PAGE, None),
    ],
)
def test_what_is_linked(
    tmp_path: Path, adorf: dict[str, Any], bestadt: dict[str, Any], rule: str | None
) -> None:
    world = World(tmp_path)
    world.night(
        DAY,
        {"vhs-adorf": [course(**ADORF | adorf)], "vhs-bestadt": [course(**BESTADT | bestadt)]},
    )
    world.load()
    assert world.rows("SELECT count(*) FROM mart.offers") == [(2,)]
    linked = world.rows(
        "SELECT a.provider_id, b.provider_id, rule FROM mart.offer_links l "
        "JOIN mart.offers a USING (offer_id) JOIN mart.offers b ON b.offer_id = l.linked_offer_id "
        "ORDER BY ALL"
    )
    both = [("vhs-adorf", "vhs-bestadt", rule), ("vhs-bestadt", "vhs-adorf", rule)]
    assert linked == (both if rule else [])


def test_two_runs_of_one_provider_are_not_linked(tmp_path: Path) -> None:
    world = World(tmp_path)
    again = course(**ADORF | {"course_number": "K-8", "detail_url": BESTADT["detail_url"]})
    world.night(DAY, {"vhs-adorf": [course(**ADORF), again]})
    world.load()
    assert world.rows("SELECT count(*) FROM mart.offers") == [(2,)]
    assert world.rows("SELECT * FROM mart.offer_links") == []
