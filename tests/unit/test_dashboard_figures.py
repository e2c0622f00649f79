"""The map as a pure function: traces by state, marks besides colour, contrast, no markup."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import dashboard
from dashboard.council_states import CouncilState
from dashboard.data.councils import Council
from dashboard.data.geography import Place, Shape, rings_of
from dashboard.figures.coverage_map import PATTERNS, coverage_map, hover_text, map_sentence
from dashboard.figures.palette import PALETTES, Theme
from dashboard.wording import STATE_WORDS, STATES, State

SQUARE = ((7.0, 51.0), (7.0, 51.1), (7.1, 51.1), (7.1, 51.0), (7.0, 51.0))


def row(ags: str, state: State, presumed: bool = False, reason: str = "Grund.") -> CouncilState:
    council = Council(ags, f"Ort {ags}", None, "Köln", None, presumed, 51.05, 7.05)
    return CouncilState(council, state, reason, 0, 0, None, None)


def shape(ags: str, rings: int = 1) -> Shape:
    return Shape(ags, True, (SQUARE,) * rings)


def test_one_area_trace_per_state_with_rings_divided_by_none() -> None:
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
    assert list(areas) == ["Ohne Gremium", "Angebot vorhanden", "Nicht sicher"]
    assert list(areas["Angebot vorhanden"].x).count(None) == 3
    assert list(areas["Ohne Gremium"].x).count(None) == 2
    points = {trace.name: trace for trace in figure.data if trace.mode == "markers"}
    assert len(points["Angebot vorhanden"].x) == 2
    assert points["Angebot vorhanden, vermutet"].marker.symbol == "circle-open"


def test_states_differ_in_more_than_colour() -> None:
    assert len({words.map_symbol for words in STATE_WORDS.values()}) == len(STATES)
    assert len({words.symbol for words in STATE_WORDS.values()}) == len(STATES)
    assert len(set(PATTERNS.values())) == len(STATES)


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
    for state in STATES:
        assert style_colour(state, theme) == palette.strong[state]
        assert style_colour(f"fill-{state}", theme) == palette.fill[state]
        assert contrast(palette.strong[state], card) >= 4.5
        assert contrast(palette.strong[state], page) >= 4.5
        assert contrast(palette.strong[state], palette.fill[state]) >= 3
    for text in ("ink", "soft", "link"):
        assert contrast(style_colour(text, theme), card) >= 4.5
        assert contrast(style_colour(text, theme), page) >= 4.5
    assert contrast(style_colour("notice-ink", theme), style_colour("notice", theme)) >= 4.5
