"""A schematic map: cells around the points of the municipalities, inside a coarse outline.

No official boundaries are used, so nobody takes these cells for them; but every municipality has
a shape, and neighbours lie beside each other.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence

import shapely
import shapely.geometry
from shapely import MultiPolygon, Point, Polygon
from shapely.affinity import scale
from shapely.geometry.base import BaseGeometry

# A degree of longitude is shorter than one of latitude; cells are drawn where both are equal.
_LONGITUDE_SCALE = math.cos(math.radians(51.5))
_GRID_DEGREES = 1e-4
_APART_DEGREES = 1e-3
_SMALL_CELL_DEGREES = 0.01


def municipality_cells(
    points: Mapping[str, tuple[float, float]], outline: Sequence[tuple[float, float]]
) -> dict[str, str]:
    """GeoJSON (EPSG:4326, exterior rings clockwise) by AGS for points as (longitude, latitude).

    Every municipality gets a valid area that is not empty, also where it lies outside the outline
    or on the same point as another.
    """
    if not points:
        return {}
    land = shapely.make_valid(Polygon(outline)) if len(outline) >= 3 else Polygon()
    land = _squeezed(land)
    placed = _kept_apart(points)
    cells = _voronoi(placed, land)
    return {ags: _geojson(ags, cells[ags], placed[ags], land) for ags in sorted(points)}


def _squeezed(shape: BaseGeometry) -> BaseGeometry:
    return scale(shape, xfact=_LONGITUDE_SCALE, yfact=1, origin=(0, 0))


def _kept_apart(points: Mapping[str, tuple[float, float]]) -> dict[str, Point]:
    """Squeezed points; one on the place of another steps aside, in the order of the AGS."""
    taken: set[tuple[float, float]] = set()
    placed = {}
    for ags in sorted(points):
        longitude, latitude = points[ags]
        place = (round(longitude * _LONGITUDE_SCALE, 5), round(latitude, 5))
        while place in taken:
            place = (round(place[0] + _APART_DEGREES, 5), place[1])
        taken.add(place)
        placed[ags] = Point(place)
    return placed


def _voronoi(placed: Mapping[str, Point], land: BaseGeometry) -> dict[str, BaseGeometry]:
    everything = shapely.union_all([land, *placed.values()]).envelope.buffer(1)
    if len(placed) == 1:
        return dict.fromkeys(placed, everything)
    diagram = shapely.voronoi_polygons(
        shapely.MultiPoint(list(placed.values())), extend_to=everything
    )
    cells: list[BaseGeometry] = list(diagram.geoms)
    tree = shapely.STRtree(cells)
    return {ags: cells[int(tree.nearest(point))] for ags, point in placed.items()}


def _geojson(ags: str, cell: BaseGeometry, point: Point, land: BaseGeometry) -> str:
    areas = _on_grid(cell.intersection(land))
    if not areas:
        # Outside the outline, or so little inside that nothing is left of it on the grid.
        areas = _on_grid(cell.intersection(point.buffer(_SMALL_CELL_DEGREES)))
    clockwise = [shapely.orient_polygons(polygon, exterior_cw=True) for polygon in areas]
    geometry = clockwise[0] if len(clockwise) == 1 else MultiPolygon(clockwise)
    return json.dumps(_rounded(shapely.geometry.mapping(geometry)))


def _on_grid(shape: BaseGeometry) -> list[Polygon]:
    """The areas of a squeezed shape in degrees, on the grid of the map."""
    unsqueezed = scale(MultiPolygon(_areas(shape)), xfact=1 / _LONGITUDE_SCALE, origin=(0, 0))
    return _areas(shapely.set_precision(unsqueezed, _GRID_DEGREES))


def _areas(shape: BaseGeometry) -> list[Polygon]:
    parts = getattr(shape, "geoms", [shape])
    return [part for part in parts if isinstance(part, Polygon) and part.area > 0]


def _rounded(value: object) -> object:
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, list | tuple):
        return [_rounded(part) for part in value]
    if isinstance(value, dict):
        return {key: _rounded(part) for key, part in value.items()}
    return value
