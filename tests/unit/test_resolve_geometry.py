"""The schematic map: every municipality has a shape, whatever the register says."""

from __future__ import annotations

import json

import shapely
from hypothesis import example, given, settings
from hypothesis import strategies as st
from shapely.geometry import Point, shape

from pipeline.register import load_register
from pipeline.resolve.geometry import municipality_cells

SQUARE = [(6.0, 51.0), (9.0, 51.0), (9.0, 52.0), (6.0, 52.0)]


def test_every_shipped_municipality_lies_in_its_own_cell() -> None:
    register = load_register(None)
    points = {row.ags: (row.lon, row.lat) for row in register.municipalities}
    outline = [(point.lon, point.lat) for point in register.outline]
    cells = {
        ags: shape(json.loads(text)) for ags, text in municipality_cells(points, outline).items()
    }
    assert cells.keys() == points.keys()
    assert all(cells[ags].contains(Point(points[ags])) for ags in points)
    overlap = (
        sum(cell.area for cell in cells.values()) - shapely.union_all(list(cells.values())).area
    )
    assert overlap < 0.01


@settings(max_examples=60, deadline=None)
@example([(5.5, 51.0), (5.9, 51.0), (6.1, 51.0)])  # a sliver inside the outline, gone on the grid
@given(
    st.lists(
        st.tuples(st.floats(5.5, 9.5).map(lambda x: round(x, 3)),
                  st.floats(50.5, 52.5).map(lambda y: round(y, 3))),
        min_size=1, max_size=12,
    )
)  # fmt: skip
def test_shapes_are_valid_not_empty_and_clockwise(points: list[tuple[float, float]]) -> None:
    given_points = {f"{number:08}": point for number, point in enumerate([*points, points[0]])}
    cells = municipality_cells(given_points, SQUARE)
    assert cells.keys() == given_points.keys()
    for text in cells.values():
        cell = shape(json.loads(text))
        assert cell.is_valid
        assert cell.area > 0
        parts = getattr(cell, "geoms", [cell])
        assert all(not shapely.is_ccw(part.exterior) for part in parts)
