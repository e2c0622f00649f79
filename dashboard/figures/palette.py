"""The colours of the states in light and dark. The page's style sheet names the same values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dashboard.map_words import Shown

Theme = Literal["light", "dark"]


@dataclass(frozen=True)
class Palette:
    """`strong` is for points and text (contrast at least 4.5 to 1), `fill` for areas."""

    strong: dict[Shown, str]
    fill: dict[Shown, str]
    pattern: dict[Shown, str]
    no_council: str
    border: str
    label: str
    hover_background: str


PALETTES: dict[Theme, Palette] = {
    "light": Palette(
        strong={
            "offered": "#0b6b66",
            "none_found": "#9c3f12",
            "unknown": "#5a45a3",
            "not_configured": "#4d5b69",
            "reachable": "#1d4f91",
            "other_time": "#6b5300",
        },
        fill={
            "offered": "#6cc6bb",
            "none_found": "#efb48f",
            "unknown": "#d3c9f1",
            "not_configured": "#cfd6dd",
            "reachable": "#a9c9ef",
            "other_time": "#f0dc8a",
        },
        pattern={
            "offered": "#6cc6bb",
            "none_found": "#dd9468",
            "unknown": "#9c89da",
            "not_configured": "#8896a4",
            "reachable": "#6f9fd8",
            "other_time": "#cdae3c",
        },
        no_council="#eeece6",
        border="#ffffff",
        label="#1d2733",
        hover_background="#ffffff",
    ),
    "dark": Palette(
        strong={
            "offered": "#6fd6c9",
            "none_found": "#f5a67c",
            "unknown": "#bfb0f5",
            "not_configured": "#b4c0cc",
            "reachable": "#9cc4f5",
            "other_time": "#ecd07a",
        },
        fill={
            "offered": "#1a756c",
            "none_found": "#7d3f1d",
            "unknown": "#43377a",
            "not_configured": "#414d59",
            "reachable": "#1f4a80",
            "other_time": "#5e4b0c",
        },
        pattern={
            "offered": "#1a756c",
            "none_found": "#a85b30",
            "unknown": "#7c6cc4",
            "not_configured": "#73818f",
            "reachable": "#4a82c8",
            "other_time": "#96792a",
        },
        no_council="#232a31",
        border="#12171c",
        label="#eef1f4",
        hover_background="#1c232a",
    ),
}
