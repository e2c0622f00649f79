"""Which entry of a source a record is."""

from __future__ import annotations

import itertools
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from pipeline.resolve.identity import Known, Placed, Seen, place

A, B, C = date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1)


def seen(
    sha: str,
    day: date | None = None,
    *,
    title: str = "T",
    position: int = 0,
    ordinal: int | None = None,
) -> Seen:
    return Seen(sha, title, "basis", day, position, ordinal)


def known(
    ordinal: int, day: date | None = None, *, title: str = "T", position: int = 0, missed: int = 0
) -> Known:
    return Known(ordinal, title, "basis", day, position, missed)


def test_two_that_differ_in_nothing_but_their_position_stay_two() -> None:
    placed = place("mail", [], [seen("x", position=0), seen("y", position=1)])
    assert {p.record_sha256: p.ordinal for p in placed} == {"x": 0, "y": 1}


def test_one_of_two_look_alikes_gets_a_date_and_stays_itself() -> None:
    entries = [known(0, position=0), known(1, position=1)]
    placed = place("mail", entries, [seen("x", ordinal=0), seen("dated", A)])
    assert placed == [Placed("dated", 1, is_new=False)]


def test_a_new_title_with_the_same_address_is_a_new_entry() -> None:
    assert place("mail", [known(0, A)], [seen("x", B, title="Anderes")])[0].is_new


def test_a_page_with_one_offer_keeps_it_when_everything_is_rewritten() -> None:
    assert place("link", [known(0, A)], [seen("x", B, title="Neu")]) == [Placed("x", 0, False)]


def test_one_number_on_two_pages_is_one_run() -> None:
    placed = place("number", [], [seen("x", A), seen("y", A), seen("z", None)])
    assert len(placed) == 1


def test_one_number_on_two_days_is_two_runs_and_loses_none() -> None:
    placed = place("number", [], [seen("x", A), seen("y", B)])
    assert {p.ordinal for p in placed} == {0, 1}


def test_a_run_that_moves_stays_itself() -> None:
    assert place("number", [known(0, A)], [seen("x", B)]) == [Placed("x", 0, False)]


def test_of_two_runs_the_one_that_is_left_keeps_its_identity() -> None:
    assert place("number", [known(0, A), known(1, B)], [seen("y", B)]) == [Placed("y", 1, False)]


def test_a_second_page_of_a_known_run_adds_nothing() -> None:
    assert place("number", [known(0, A)], [seen("x", A, ordinal=0), seen("y", A)]) == []


days = st.sampled_from([None, A, B, C])
records = st.lists(st.tuples(days, st.sampled_from("TU"), st.integers(0, 2)), max_size=5)


@given(
    kind=st.sampled_from(["number", "link", "mail", "title"]),
    before=records,
    tonight=records,
    hits=st.integers(0, 3),
)
def test_no_two_records_share_an_entry_and_order_does_not_matter(
    kind: str, before: list[tuple], tonight: list[tuple], hits: int
) -> None:
    entries = [
        known(number, day, title=title, position=position)
        for number, (day, title, position) in enumerate(before)
    ]
    hits = min(hits, len(entries))
    given_records = [
        seen(f"hit{n}", entries[n].start_date, title=entries[n].title, ordinal=n)
        for n in range(hits)
    ] + [
        seen(f"new{n}", day, title=title, position=position)
        for n, (day, title, position) in enumerate(tonight)
    ]
    results = [
        sorted(place(kind, list(known_order), list(seen_order)), key=lambda p: p.record_sha256)
        for known_order, seen_order in itertools.product(
            (entries, entries[::-1]), (given_records, given_records[::-1])
        )
    ]
    assert all(result == results[0] for result in results)
    ordinals = [p.ordinal for p in results[0]] + list(range(hits))
    assert len(ordinals) == len(set(ordinals))
    assert all(p.is_new == (p.ordinal >= len(entries)) for p in results[0])
    if kind != "number":
        assert len(results[0]) == len(tonight)
    else:
        dated = {record.start_date for record in given_records if record.start_date}
        assert len(ordinals) >= len(dated)
