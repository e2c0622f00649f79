"""The map as a pure function: traces by state, marks besides colour, contrast, no markup."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import dashboard
from dashboard.council_states import CouncilState
from dashboard.data.councils import Council
from dashboard.data.geography import Place, Shape, rings_of
from dashboard.data.map_offers import Elsewhere, Nearest, OwnOffers, Venue
from dashboard.figures.coverage_map import (
    PATTERNS,
    VENUES_NAME,
    coverage_map,
    hover_text,
    with_legend,
)
from dashboard.figures.palette import PALETTES, Theme
from dashboard.map_sentences import map_sentence, venue_sentence
from dashboard.map_states import MapRow, map_rows
from dashboard.map_words import MAP_WORDS, SHOWN
from dashboard.wording import STATES, State

SQUARE = ((7.0, 51.0), (7.0, 51.1), (7.1, 51.1), (7.1, 51.0), (7.0, 51.0))


def told(ags: str, state: State, presumed: bool = False, reason: str = "Grund.") -> CouncilState:
    council = Council(ags, f"Ort {ags}", None, "Köln", None, presumed, 51.05, 7.05)
    return CouncilState(council, state, reason, int(state == "offered"), 0, None, None)


def row(ags: str, state: State, presumed: bool = False, reason: str = "Grund.") -> MapRow:
    return map_rows([told(ags, state, presumed, reason)], {}, 0)[0]


def near(ags: str, km: float) -> dict[str, Nearest]:
    return {ags: Nearest(ags, "9", "Anderswo", km)}


def rings_in(trace: Any) -> int:
    """Each ring ends with a coordinate that is no number."""
    assert list(np.isnan(trace.x)) == list(np.isnan(trace.y))
    return int(np.isnan(trace.x).sum())


def shape(ags: str, rings: int = 1) -> Shape:
    return Shape(ags, True, (SQUARE,) * rings)


def test_one_area_trace_per_state_with_divided_rings() -> None:
    states = [
        row("1", "offered"),
        row("2", "offered"),
        row("3", "unknown"),
        row("4", "offered", True),
    ]
    figure = coverage_map(
        states, [shape("1"), shape("2", 2), shape("3"), shape("4"), shape("5")], []
    )
    areas = {trace.name: trace for trace in figure.data if trace.fill == "toself"}
    without = "Kommune ohne belegtes Gremium"
    assert list(areas) == [without, "Angebot vorhanden", "Nicht sicher"]
    assert rings_in(areas["Angebot vorhanden"]) == 3
    assert rings_in(areas[without]) == 2
    points = {trace.name: trace for trace in figure.data if trace.mode == "markers"}
    assert len(points["Angebot vorhanden"].x) == 2
    assert points["Angebot vorhanden, vermutet"].marker.symbol == "circle-open"


def test_states_differ_in_more_than_colour() -> None:
    assert len({words.map_symbol for words in MAP_WORDS.values()}) == len(SHOWN)
    assert len({words.symbol for words in MAP_WORDS.values()}) == len(SHOWN)
    assert len(set(PATTERNS.values())) == len(SHOWN)
    assert set(STATES) < set(SHOWN) == set(MAP_WORDS)


def test_coordinates_are_packed_and_stay_exact() -> None:
    exact = ((7.12345, 51.54321), (7.2, 51.6), (7.3, 51.5), (7.12345, 51.54321))
    figure = coverage_map([row("1", "offered")], [Shape("1", False, (exact,))], [])
    area = figure.data[0]
    assert area.x.dtype == area.y.dtype == np.float32
    assert float(area.x[0]) == pytest.approx(7.12345, abs=1e-5)
    assert float(area.y[0]) == pytest.approx(51.54321, abs=1e-5)
    assert "bdata" in figure.to_plotly_json()["data"][0]["x"]


def test_a_click_can_lead_to_councils_and_only_to_them() -> None:
    places = [Place("1", "Mit", 900, 51.05, 7.05), Place("2", "Ohne <b>", 5, 51.0, 7.0)]
    venues = [Venue("2", "Ohne", 51.0, 7.0, 3, None)]
    figure = coverage_map(
        [row("1", "unknown"), row("3", "offered", True)],
        [shape("1"), shape("2")],
        places,
        venues,
        opens="/gremien?gremium=",
    )
    leading = {key: trace.meta for trace in figure.data for key in trace.customdata or ()}
    assert leading == {"1": {"open": "/gremien?gremium="}, "3": {"open": "/gremien?gremium="}}
    silent = next(trace for trace in figure.data if trace.name == "Kommunen ohne Gremium")
    assert silent.mode == "none"
    assert list(silent.hovertext) == [
        "<b>Ohne &#60;b&#62;</b><br>Kein Gremium bekannt<br>◯ Hier finden 3 Angebote statt"
    ]


def test_a_region_cuts_everything_and_widens_the_reach_of_the_pointer() -> None:
    far = tuple((x + 2, y + 1) for x, y in SQUARE)
    rows = [row("1", "offered"), row("2", "unknown")]
    shapes = [shape("1"), Shape("2", True, (far,))]
    places = [Place("1", "Hier", 9, 51.05, 7.05), Place("2", "Dort", 9, 52.05, 9.05)]
    venues = [Venue("2", "Dort", 52.05, 9.05, 1, None)]
    whole = coverage_map(rows, shapes, places, venues)
    cut = coverage_map(rows, shapes, places, venues, only={"1"})
    assert VENUES_NAME in {trace.name for trace in whole.data}
    assert {trace.name for trace in cut.data} == {"Angebot vorhanden", "Orte"}
    assert cut.layout.xaxis.range[1] < 7.2 < whole.layout.xaxis.range[1]
    assert cut.layout.hoverdistance > whole.layout.hoverdistance


def test_the_picture_explains_its_marks_once_each() -> None:
    rows = [row("1", "offered"), row("2", "offered", True), row("3", "unknown")]
    alone = with_legend(coverage_map(rows, [shape("1"), shape("3")], []), "Modul: Alle <x>")
    named = [trace.name for trace in alone.data if trace.showlegend]
    assert alone.layout.showlegend
    assert sorted(named) == ["Angebot vorhanden", "Angebot vorhanden, vermutet", "Nicht sicher"]
    assert alone.layout.annotations[0].text == "Modul&#58; Alle &#60;x&#62;"


def test_a_map_without_anything_can_be_drawn() -> None:
    assert coverage_map([], [], []).data


def test_degrees_are_stretched_by_the_latitude_and_nothing_is_loaded() -> None:
    figure = coverage_map([row("1", "offered")], [shape("1")], [])
    assert figure.layout.yaxis.scaleanchor == "x"
    assert figure.layout.yaxis.scaleratio == pytest.approx(1.59, abs=0.02)
    text = json.dumps(json.loads(figure.to_json())["data"])
    assert "http" not in text
    assert {trace.type for trace in figure.data} == {"scatter"}


def test_only_large_cities_with_room_are_named() -> None:
    places = [
        Place("1", "Groß", 900, 51.0, 7.0),
        Place("2", "Daneben", 800, 51.01, 7.01),
        Place("3", "Fern", 700, 52.0, 8.0),
        Place("4", "Unbekannt", None, 50.5, 6.0),
    ]
    assert list(coverage_map([], [], places).data[-1].text) == ["Groß", "Fern"]


def test_hover_text_holds_no_markup_from_outside() -> None:
    text = hover_text(
        row("1", "unknown", reason="<a href='javascript:x'>klick</a> %{x} " + "W" * 500)
    )
    assert re.findall(r"<(?!/?b>|br>)", text) == []
    assert max(len(line) for line in text.split("<br>")) < 400


def test_the_sentence_says_what_the_map_shows() -> None:
    states = [row("1", "offered"), row("2", "unknown"), row("3", "offered", presumed=True)]
    sentence = map_sentence(states)
    assert sentence == (
        "1 Gremium hat ein Angebot, und zwar im Regierungsbezirk Köln (1). "
        "Bei 1 Gremium ist das Ergebnis nicht sicher."
    )
    rest = [row("1", "none_found"), row("2", "none_found"), row("3", "not_configured")]
    assert map_sentence(rest) == (
        "Für kein Gremium ist zurzeit ein Angebot bekannt. "
        "Bei 2 Gremien wurde alles geprüft und kein Angebot gefunden. "
        "Für 1 Gremium ist noch keine Quelle bekannt."
    )
    assert map_sentence([]) == "Es ist noch kein Gremium eingetragen."
    assert map_sentence([], region="Kreis Unna") == "Kreis Unna: Hier ist kein Gremium belegt."


@pytest.mark.parametrize(
    ("state", "km", "within", "shown"),
    [
        ("none_found", 30.0, 30, "reachable"),
        ("unknown", 30.1, 30, "unknown"),
        ("not_configured", 0.5, 0, "not_configured"),
        ("offered", 5.0, 30, "offered"),
    ],
)
def test_within_reach_is_only_what_has_no_offer_of_its_own(
    state: State, km: float, within: int, shown: str
) -> None:
    found = map_rows([told("1", state)], near("1", km), within)[0]
    assert found.shown == shown
    assert found.council_state.state == state


def test_a_period_leaves_offers_at_another_time_apart_and_hides_no_doubt() -> None:
    states = [told("1", "offered"), told("2", "offered"), told("3", "unknown")]
    in_period = {"1": OwnOffers("1", 2, None)}
    shown = [one.shown for one in map_rows(states, {}, 0, in_period)]
    assert shown == ["offered", "other_time", "unknown"]
    assert [one.offers for one in map_rows(states, {}, 0, in_period)] == [2, 0, 0]
    reached = map_rows(states, near("2", 12.0), 20, in_period)
    assert [one.shown for one in reached] == ["offered", "reachable", "unknown"]
    assert map_sentence(reached, 20, "ab dem 01.04.2026") == (
        "1 Gremium hat ab dem 01.04.2026 ein Angebot, und zwar im Regierungsbezirk Köln (1). "
        "Für 1 Gremium ohne passendes eigenes Angebot ist eines in einer anderen Kommune "
        "höchstens 20 km entfernt (Luftlinie). "
        "Bei 1 weiteren Gremium ist das Ergebnis nicht sicher."
    )


def test_a_council_within_reach_says_its_own_state_and_where() -> None:
    found = map_rows([told("1", "unknown")], near("1", 12.34), 20)[0]
    text = hover_text(found)
    assert "★ Angebot nur anderswo erreichbar" in text
    assert "Das Gremium selbst: Nicht sicher" in text
    assert "Nächstes Angebot anderswo: 12,3 km, Anderswo" in text


def test_offers_that_have_no_point_are_told() -> None:
    venues = [Venue("1", "Hier", 51.0, 7.0, 3, None)]
    assert venue_sentence(venues, Elsewhere(0, 0)) == (
        "3 Angebote finden in 1 Kommune statt; der Ring steht in deren Mitte."
    )
    assert venue_sentence([], Elsewhere(1, 2), "Kreis Unna") == (
        "Kein Ort, an dem ein Angebot stattfindet, ist hier bekannt (Kreis Unna). "
        "Nicht auf der Karte stehen 3 weitere Angebote: 1 nur online und 2 ohne bekannten Ort."
    )


def test_shapes_are_read_from_geojson() -> None:
    polygon = {"type": "Polygon", "coordinates": [[[7, 51], [7, 52], [8, 52], [7, 51]]]}
    assert rings_of(json.dumps(polygon)) == (((7, 51), (7, 52), (8, 52), (7, 51)),)
    several = {"type": "MultiPolygon", "coordinates": [polygon["coordinates"]] * 2}
    assert len(rings_of(json.dumps(several))) == 2
    with pytest.raises(ValueError, match="Polygon"):
        rings_of('{"type": "Point", "coordinates": [7, 51]}')


def luminance(colour: str) -> float:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


STYLE = (Path(dashboard.__file__).parent / "style.css").read_text(encoding="utf-8")


def style_colour(name: str, theme: Theme) -> str:
    found = re.search(rf"--qa-{name}: light-dark\((#\w+), (#\w+)\)", STYLE)
    assert found, f"style.css does not define --qa-{name}"
    return found.group(1 if theme == "light" else 2)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_colours_pass_contrast_and_are_the_same_on_map_and_page(theme: Theme) -> None:
    palette = PALETTES[theme]
    page, card = style_colour("page", theme), style_colour("card", theme)
    for state in SHOWN:
        if PATTERNS[state]:
            assert style_colour(f"pattern-{state}", theme) == palette.pattern[state]
        assert style_colour(state, theme) == palette.strong[state]
        assert style_colour(f"fill-{state}", theme) == palette.fill[state]
        assert contrast(palette.strong[state], card) >= 4.5
        assert contrast(palette.strong[state], page) >= 4.5
        assert contrast(palette.strong[state], palette.fill[state]) >= 3
    for text in ("ink", "soft", "link"):
        assert contrast(style_colour(text, theme), card) >= 4.5
        assert contrast(style_colour(text, theme), page) >= 4.5
    assert contrast(style_colour("notice-ink", theme), style_colour("notice", theme)) >= 4.5
