"""The official areas of the municipalities, where the folder ../shared is, as a published file has
them: simplified together, as much as `atlas boundaries` does."""

from __future__ import annotations

import json
from pathlib import Path

import shapely
import shapely.geometry

from pipeline.boundaries import TOLERANCE_METRES

_FILE = Path(__file__).parents[3] / "shared" / "reference" / "nrw_gemeinden.geojson"
_METRES_A_DEGREE = 111_320


def official_shapes() -> dict[str, str]:
    """GeoJSON by AGS; nothing where the file is not there."""
    if not _FILE.is_file():
        return {}
    features = json.loads(_FILE.read_text(encoding="utf-8"))["features"]
    areas = shapely.coverage_simplify(
        [shapely.geometry.shape(feature["geometry"]) for feature in features],
        TOLERANCE_METRES / _METRES_A_DEGREE,
    )
    # A choropleth takes what lies within a ring that runs the other way for all else on earth.
    return {
        feature["properties"]["ags"]: shapely.to_geojson(
            shapely.orient_polygons(area, exterior_cw=True)
        )
        for feature, area in zip(features, areas, strict=True)
    }
