"""Outlines and points of the municipalities, for the map."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from dashboard.data.published import OPEN_FILES, PublishedFile, UnreadablePublication

Ring = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """The outline of one municipality as closed rings of (longitude, latitude)."""

    ags: str
    is_schematic: bool
    rings: tuple[Ring, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality: its name, point and region, for orientation on the map."""

    ags: str
    name: str
    population: int | None
    latitude: float
    longitude: float
    kreis: str | None = None
    regierungsbezirk: str | None = None


_PLACES = """
SELECT ags, name, population, latitude, longitude, kreis, regierungsbezirk
FROM mart.municipalities ORDER BY ags"""

_SHAPES = """
SELECT ags, shape_kind = 'schematic' AS is_schematic, geojson
FROM mart.municipality_shapes ORDER BY ags"""


def rings_of(geojson: str) -> tuple[Ring, ...]:
    """All rings of a GeoJSON Polygon or MultiPolygon; raises ValueError for anything else."""
    geometry: dict[str, Any] = json.loads(geojson)
    if geometry.get("type") == "Polygon":
        polygons = [geometry["coordinates"]]
    elif geometry.get("type") == "MultiPolygon":
        polygons = geometry["coordinates"]
    else:
        raise ValueError(f"a shape must be a Polygon or MultiPolygon, not {geometry.get('type')!r}")
    return tuple(
        tuple((float(point[0]), float(point[1])) for point in ring)
        for polygon in polygons
        for ring in polygon
    )


@lru_cache(maxsize=OPEN_FILES)
def shapes(file: PublishedFile) -> tuple[Shape, ...]:
    """The outline of every municipality. Raises UnreadablePublication."""
    try:
        return tuple(
            Shape(ags, is_schematic, rings_of(geojson))
            for ags, is_schematic, geojson in file.all_rows(_triple, _SHAPES)
        )
    except (ValueError, TypeError, KeyError, IndexError) as error:
        raise UnreadablePublication(file.path.name) from error


def places(file: PublishedFile) -> tuple[Place, ...]:
    """All municipalities by their key."""
    return file.rows(Place, _PLACES)


def _triple(ags: str, is_schematic: bool, geojson: str) -> tuple[str, bool, str]:
    return ags, is_schematic, geojson
