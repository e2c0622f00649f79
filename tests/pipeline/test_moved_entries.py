"""The same training under another number or link of its source stays one offer."""

from __future__ import annotations

from datetime import time, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipeline import deciding
from scrapers.records import Course, Session
from tests.pipeline.kept_visits import Page, read_again, visit
from tests.pipeline.landing_builder import DAY, Outcome, World, course

SITE = "http://127.0.0.1:9001"
LATER = DAY + timedelta(days=30)
RUN: dict[str, Any] = {
    "title": "Basismodul: Kommunalpolitik verstehen",
    "detail_url": f"{SITE}/kurs/1",
    "start_date": LATER,
    "venue_name": "Rathaus",
    "price_eur": "12.50",
}


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def load(world: World, nights: int, *records: Course, partial: bool = False) -> None:
    """Loads night number `nights` of VHS Adorf."""
    world.today = DAY + timedelta(days=nights)
    seen = Outcome("partial", "timeout", None, records) if partial else list(records)
    world.night(world.today, {"vhs-adorf": seen})
    world.load()


def offers(world: World) -> list[tuple[Any, ...]]:
    return world.rows(
        "SELECT course_number, detail_url, lifecycle, first_seen_at::DATE FROM mart.offers "
        "ORDER BY ALL"
    )


def appeared(world: World) -> int:
    return len(world.rows("SELECT 1 FROM mart.offer_changes WHERE kind = 'appeared'"))


@pytest.mark.parametrize("partial", [False, True])
@pytest.mark.parametrize("numbers", [(None, "1-1"), ("1-1", None), (None, "1-1", None, "1-1")])
def test_a_number_that_comes_or_goes_on_a_page_makes_no_second_offer(
    world: World, numbers: tuple[str | None, ...], partial: bool
) -> None:
    for night, number in enumerate(numbers):
        load(world, night, course(**RUN, course_number=number), partial=partial)
        ((_, url, lifecycle, first_seen),) = offers(world)
        assert (url, lifecycle, first_seen) == (RUN["detail_url"], "current", DAY)
    assert appeared(world) == 1


def test_what_the_page_fell_silent_about_stays_kept_under_the_new_number(world: World) -> None:
    load(world, 0, course(**RUN))
    silent = {name: value for name, value in RUN.items() if name != "price_eur"}
    load(world, 1, course(**silent))
    load(world, 2, course(**silent, course_number="1-1"))
    assert world.rows("SELECT course_number, price_eur::VARCHAR FROM mart.offers") == [
        ("1-1", "12.50")
    ]


def test_the_overview_finds_an_offer_by_a_number_its_page_has_stopped_to_give(
    world: World,
) -> None:
    told = course(title="Modul", course_number="1-1", announced_by="VHS Adorf")
    for night, number in enumerate((None, "1-1", None)):
        world.today = DAY + timedelta(days=night)
        world.night(
            world.today,
            {"vhs-adorf": [course(**RUN, course_number=number)], "uebersicht": [told]},
        )
        world.load()
    assert len(offers(world)) == 1


def test_another_run_on_the_same_page_is_another_offer(world: World) -> None:
    load(world, 0, course(**RUN))
    load(world, 1, course(**{**RUN, "start_date": LATER + timedelta(7), "course_number": "1-2"}))
    assert [(number, lifecycle) for number, _, lifecycle, _ in offers(world)] == [
        ("1-2", "current"),
        (None, "vanished"),
    ]


def relaunched(number: int, **fields: Any) -> Course:
    return course(
        **{
            **RUN,
            "title": f"Basismodul {number}: {'abcdefghijklmnop'[number] * 9}",
            "start_date": LATER + timedelta(days=number),
            "course_number": f"A{number}",
            "detail_url": f"{SITE}/kurs/{number}",
            **fields,
        }
    )


def moved(number: int, **fields: Any) -> Course:
    return relaunched(
        number,
        **{"course_number": f"B{99 - number}", "detail_url": f"{SITE}/neu/{99 - number}", **fields},
    )


def test_a_relaunch_keeps_every_offer_and_writes_what_has_changed(world: World) -> None:
    load(world, 0, *[relaunched(n) for n in range(12)])
    before = world.rows("SELECT title, offer_id FROM mart.offers ORDER BY ALL")
    load(world, 1, *[moved(n) for n in range(12)])
    assert world.rows("SELECT title, offer_id FROM mart.offers ORDER BY ALL") == before
    assert {lifecycle for _, _, lifecycle, _ in offers(world)} == {"current"}
    assert appeared(world) == 12
    assert world.rows(
        "SELECT field, old_value, new_value FROM mart.offer_changes JOIN mart.offers "
        "USING (offer_id) WHERE kind = 'changed' AND title LIKE 'Basismodul 3:%' ORDER BY field"
    ) == [
        ("course_number", "A3", "B96"),
        ("detail_url", f"{SITE}/kurs/3", f"{SITE}/neu/96"),
    ]
    decisions = world.rows("SELECT rule, is_merged, reason FROM mart.merge_decisions")
    assert [decision[:2] for decision in decisions] == [("moved", True)] * 12
    assert all("neuer Nummer oder Adresse" in reason for _, _, reason in decisions)
    load(world, 2, *[moved(n) for n in range(12)])
    assert len(world.rows("SELECT 1 FROM mart.merge_decisions")) == 12


def test_a_relaunch_lets_publish_and_a_real_loss_does_not(world: World) -> None:
    load(world, 0, *[relaunched(n) for n in range(12)])
    load(world, 1, *[moved(n) for n in range(12)])
    lost = "SELECT count(*) FROM core.entries WHERE vanished_seq IS NOT NULL"
    assert world.rows(lost) == [(0,)]
    load(world, 2, *[moved(n) for n in range(9)])
    assert world.rows(lost) == [(3,)]


def test_a_rewritten_title_does_not_hide_a_relaunch(world: World) -> None:
    load(world, 0, course(**RUN))
    load(world, 1, course(**{**RUN, "detail_url": f"{SITE}/neu", "title": RUN["title"] + " (neu)"}))
    assert len(offers(world)) == 1


def test_what_could_be_either_of_two_stays_apart_and_is_shown_to_people(world: World) -> None:
    load(world, 0, course(**RUN, course_number="1"))
    twins = [
        course(**{**RUN, "course_number": str(n), "detail_url": f"{SITE}/neu/{n}"}) for n in (2, 3)
    ]
    for night in (1, 2):
        load(world, night, *twins, partial=night == 2)
        assert [lifecycle for _, _, lifecycle, _ in offers(world)] == [
            "vanished",
            "current",
            "current",
        ]
        assert (
            world.rows(
                "SELECT is_merged, reason LIKE '%mehrere Angebote%' FROM mart.merge_decisions"
            )
            == [(False, True)] * 2
        )


@pytest.mark.parametrize(
    "differing",
    [
        {"module": "aufbau"},
        {"start_date": LATER + timedelta(1)},
        {"venue_postcode": "50126"},
        {"sessions": (Session(day=LATER, starts=time(14)),)},
        {"title": "Rhetorik für Frauen"},
        {"title": "Basismodul 2: Kommunalpolitik verstehen"},
        {"delivery_mode": "online"},
    ],
)
def test_another_training_is_no_relaunch(world: World, differing: dict[str, Any]) -> None:
    old = {
        "sessions": (Session(day=LATER, starts=time(10)),),
        "venue_postcode": "50127",
        "delivery_mode": "in_person",
    }
    load(world, 0, course(**RUN | old))
    load(world, 1, course(**(RUN | old | {"detail_url": f"{SITE}/neu"} | differing)))
    assert len(offers(world)) == 2


def test_in_a_partial_visit_the_old_one_may_still_be_there(world: World) -> None:
    load(world, 0, relaunched(1))
    load(world, 1, moved(1), partial=True)
    assert len(offers(world)) == 2
    load(world, 2, moved(1))
    ((number, _, lifecycle, first_seen),) = offers(world)
    assert (number, lifecycle, first_seen) == ("B98", "current", DAY)
    assert world.rows("SELECT count(*) FROM core.offer_versions WHERE valid_to_seq IS NULL") == [
        (1,)
    ]


def test_one_that_was_seen_beside_it_is_another_one(world: World) -> None:
    load(world, 0, relaunched(1), moved(1))
    load(world, 1, moved(1))
    assert len(offers(world)) == 2


def test_a_number_given_away_again_does_not_join_two_trainings(world: World) -> None:
    load(world, 0, relaunched(1))
    load(world, 1, moved(1))
    load(world, 2, moved(1), relaunched(2, course_number="A1"))
    assert sorted(number for number, *_ in offers(world)) == ["A1", "B98"]
    assert appeared(world) == 2


def test_a_page_read_again_under_a_number_stays_the_same_offer(world: World) -> None:
    page = Page("t", [course(**RUN)], RUN["detail_url"])
    crawl_id = visit(world, DAY, {"vhs-adorf": [page]})
    world.load()
    before = world.rows("SELECT offer_id FROM mart.offers")
    read_again(world, crawl_id, {"vhs-adorf": [course(**RUN, course_number="1-1")]})
    world.load()
    assert world.rows("SELECT offer_id FROM mart.offers") == before
    assert appeared(world) == 1


def test_an_overview_that_gives_its_entries_new_links_keeps_the_offers(world: World) -> None:
    for night, link in enumerate(("alt", "neu")):
        world.today = DAY + timedelta(days=night)
        told = course(**{**RUN, "detail_url": f"http://127.0.0.1:9009/{link}"})
        world.night(world.today, {"uebersicht": [told]})
        world.load()
    ((_, url, lifecycle, first_seen),) = offers(world)
    assert (url, lifecycle, first_seen) == ("http://127.0.0.1:9009/neu", "current", DAY)
    assert appeared(world) == 1


def test_a_night_in_which_nothing_changed_decides_nothing_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    decided: list[int] = []
    decide = deciding.decide_identities

    def counted(connection: duckdb.DuckDBPyConnection) -> None:
        decided.append(1)
        decide(connection)

    monkeypatch.setattr("pipeline.core.decide_identities", counted)
    for night, free in enumerate((5, 5, 5, 4)):
        load(world, night, course(**RUN, places_free=free))
    assert len(decided) == 2
    load(world, 4)
    assert len(decided) == 3
