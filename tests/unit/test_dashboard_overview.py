"""The sentences and figures of the page Überblick, made from rows."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as values

from dashboard.blocks.summary import news_sentence, seats_sentences
from dashboard.data.overview import HistoryDay, Members, Seats
from dashboard.figures.development import (
    DevelopmentDay,
    development,
    development_figure,
    development_sentence,
)
from dashboard.figures.german import CONFIG
from dashboard.formats import last_working_day

DAY = date(2026, 3, 14)
NOBODY = Members(councils=9, with_members=0, members=0)


@pytest.mark.parametrize(
    ("day", "before"),
    [
        (date(2026, 3, 16), date(2026, 3, 13)),  # Monday: the Friday
        (date(2026, 3, 15), date(2026, 3, 13)),  # Sunday
        (date(2026, 3, 14), date(2026, 3, 13)),  # Saturday
        (date(2026, 3, 13), date(2026, 3, 12)),
    ],
)
def test_the_working_day_before(day: date, before: date) -> None:
    assert last_working_day(day) == before


@given(values.dates(date(2020, 1, 1), date(2035, 1, 1)))
def test_the_working_day_before_is_a_weekday_and_near(day: date) -> None:
    before = last_working_day(day)
    assert before.weekday() < 5
    assert timedelta(0) < day - before <= timedelta(days=3)


@pytest.mark.parametrize(
    ("seats", "sentence"),
    [
        (Seats(0, 0, 0, 0, 0), "Zurzeit ist kein Angebot bekannt, das zählt"),
        (Seats(3, 0, 0, 0, 0), "Keines der 3 Angebote nennt eine Platzzahl."),
        (Seats(3, 1, 12, 0, 0), "12 Plätze in 1 Angebot; 2 weitere nennen keine Zahl."),
        (Seats(2, 1, 12, 0, 0), "12 Plätze in 1 Angebot; 1 weiteres nennt keine Zahl."),
        (Seats(2, 2, 1234, 1, 1), "1.234 Plätze in 2 Angeboten. Freie Plätze nennt 1 Angebot, "),
    ],
)
def test_places_are_told_only_as_far_as_they_are_known(seats: Seats, sentence: str) -> None:
    assert seats_sentences(seats, NOBODY).startswith(sentence)


def test_members_are_told_with_those_that_are_missing() -> None:
    told = seats_sentences(Seats(1, 1, 10, 0, 0), Members(108, 58, 1037))
    assert "1.037 Mitglieder in 58 Gremien gegenüber; für 50 weitere" in told


def test_news_in_words() -> None:
    assert news_sentence({}, "dem 13.03.2026") == (
        "Seit dem 13.03.2026 hat sich an den Angeboten nichts geändert."
    )
    assert news_sentence({"changed": 2, "appeared": 1, "withdrawn": 1200}, "gestern") == (
        "Angebote seit gestern: 1 neu, 2 geändert und 1.200 vom Anbieter entfernt."
    )


def history(*counts: tuple[int, int]) -> list[HistoryDay]:
    return [
        HistoryDay(DAY + timedelta(days=number), module, state, count)
        for number, pair in enumerate(counts)
        for module, count in zip(("basis", "aufbau"), pair, strict=True)
        for state in ("offered", "unknown")
    ]


def test_only_councils_with_an_offer_are_counted_over_time() -> None:
    rows = development(history((0, 1), (3, 2))[::-1])
    assert rows == (
        DevelopmentDay(DAY, 0, 1),
        DevelopmentDay(DAY + timedelta(days=1), 3, 2),
    )


def test_the_figure_shows_exactly_the_rows_and_differs_not_by_colour_alone() -> None:
    rows = development(history((0, 1), (3, 2), (4, 2)))
    for theme in ("light", "dark"):
        figure = development_figure(rows, theme)  # type: ignore[arg-type]
        assert [list(trace.y) for trace in figure.data] == [[0, 3, 4], [1, 2, 2]]
        assert [trace.name for trace in figure.data] == ["Basismodul", "Aufbaumodul"]
        assert len({trace.line.dash for trace in figure.data}) == 2
        assert figure.layout.yaxis.range[0] == 0


def test_the_development_in_words() -> None:
    assert "liegt noch kein Tag vor" in development_sentence(())
    one = development_sentence(development(history((1, 0))))
    assert one == (
        "Am 14.03.2026 hat 1 Gremium ein Angebot im Basismodul und 0 Gremien eines im "
        "Aufbaumodul. Es ist der erste Tag der Beobachtung."
    )
    two = development_sentence(development(history((1, 0), (3, 2))))
    assert two.endswith("Am 14.03.2026 waren es 1 und 0.")


def test_plotly_speaks_german() -> None:
    german = CONFIG["locales"][CONFIG["locale"]]
    assert german["format"]["months"][2] == "März"
    assert german["format"]["shortDays"][0] == "So"
    assert german["format"]["decimal"] == ","
