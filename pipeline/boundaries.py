"""The official municipality boundaries: read, checked, and simplified for the map.

Source: Geobasis NRW, product DVG2 (Digitale Verwaltungsgrenzen), EPSG:25832, Datenlizenz
Deutschland – Zero – Version 2.0.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy
import pyproj
import shapefile
import shapely
import shapely.geometry
from shapely import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from pipeline.boundaries_archive import BoundaryError, Layer, read_layer
from pipeline.boundaries_download import boundaries_address, download
from pipeline.boundaries_kept import Boundaries, keep_boundaries, kept_file
from pipeline.mart import DISTRIBUTION
from pipeline.register import Register
from pipeline.register_rows import MunicipalityRow
from warehouse.settings import Settings

EPSG = 25832
TOLERANCE_METRES = 300.0
"""On a map of the land 300 m are about a pixel."""

_AGS_FIELD, _DATE_FIELD = "KN", "STAND"
_SNAP_METRES = 1.0
_DEGREE_DECIMALS = 5
_FAR_DEGREES = 0.1
_NAMED = 5


def load_boundaries(
    settings: Settings, register: Register, *, url: str = "", file: Path | None = None
) -> Boundaries:
    """Loads from an address, or from a file that is there already, and keeps what is good.

    Raises BoundaryError or DownloadError; then the last good ones stay.
    """
    if file is not None:
        made = make_boundaries(file, register.municipalities, file.name, settings.now())
    else:
        address = url or boundaries_address()
        archive = kept_file(settings).with_name(f".download-{os.getpid()}.zip")
        agent = f"QualifizierungsatlasNRW/{version(DISTRIBUTION)}"
        try:
            download(address, archive, f"{agent} (+{settings.contact})")
            made = make_boundaries(archive, register.municipalities, address, settings.now())
        finally:
            archive.unlink(missing_ok=True)
    keep_boundaries(settings, made)
    return made


def make_boundaries(
    archive: Path, municipalities: Sequence[MunicipalityRow], source: str, now: datetime
) -> Boundaries:
    """Reads a zip and checks it against the register. Raises BoundaryError."""
    layer = read_layer(archive)
    _require_projection(layer.prj)
    polygons, as_of = _read_shapes(layer)
    _require_same_municipalities(polygons, municipalities)
    shapes = _for_the_map(polygons)
    _require_places(shapes, municipalities)
    return Boundaries(
        shapes={ags: _geojson(shapes[ags]) for ags in sorted(shapes)},
        as_of=as_of.isoformat() if as_of else None,
        source=source,
        archive_sha256=hashlib.sha256(archive.read_bytes()).hexdigest(),
        loaded_at=now.isoformat(timespec="seconds"),
    )


def _require_projection(prj: str) -> None:
    try:
        system = pyproj.CRS.from_wkt(prj)
        found = system.to_epsg(min_confidence=70)
        name = system.name
    except pyproj.exceptions.CRSError:
        found, name = None, prj[:40]
    if found != EPSG:
        raise BoundaryError(
            f"the projection file says {name!r} and not EPSG:{EPSG} (ETRS89 / UTM zone 32N); "
            "load the edition in EPSG:25832"
        )


def _read_shapes(layer: Layer) -> tuple[dict[str, BaseGeometry], date | None]:
    """The areas by AGS in metres, and the newest day stated for one."""
    polygons: dict[str, BaseGeometry] = {}
    duplicates: list[str] = []
    days: list[date] = []
    try:
        reader = shapefile.Reader(
            shp=io.BytesIO(layer.shp),
            dbf=io.BytesIO(layer.dbf),
            encoding=layer.cpg or "utf-8",
            encodingErrors="replace",
        )
        names = [field[0] for field in reader.fields]
        if _AGS_FIELD not in names:
            raise BoundaryError(
                f"the layer has no field {_AGS_FIELD} with the official key; "
                f"it has {', '.join(names)}"
            )
        for record in reader.iterShapeRecords():
            fields = record.record.as_dict()
            ags = str(fields[_AGS_FIELD]).strip().zfill(8)
            if ags in polygons:
                duplicates.append(ags)
            polygons[ags] = _polygons(shapely.geometry.shape(record.shape.__geo_interface__))
            if day := _day(fields.get(_DATE_FIELD)):
                days.append(day)
    except BoundaryError:
        raise
    except Exception as error:
        # The reader of shapefiles meets foreign bytes with whatever they make it stumble over.
        raise BoundaryError(
            f"the shapefile cannot be read ({type(error).__name__}: {error}); load it again"
        ) from None
    if duplicates:
        raise BoundaryError(f"municipalities stand twice in it: {_listed(duplicates)}")
    return polygons, max(days, default=None)


def _day(value: Any) -> date | None:
    if isinstance(value, date):
        return value
    text = str(value or "").strip()
    for pattern in ("%Y%m%d", "%Y-%m-%d", "%d.%m.%Y"):
        try:
            return datetime.strptime(text, pattern).date()
        except ValueError:
            continue
    return None


def _polygons(shape: BaseGeometry) -> BaseGeometry:
    whole = shape if shape.is_valid else shapely.make_valid(shape)
    return MultiPolygon(_areas(whole))


def _areas(shape: BaseGeometry) -> list[Polygon]:
    parts = getattr(shape, "geoms", [shape])
    areas: list[Polygon] = []
    for part in parts:
        if isinstance(part, Polygon):
            if part.area > 0:
                areas.append(part)
        elif hasattr(part, "geoms"):
            areas.extend(_areas(part))
    return areas


def _require_same_municipalities(
    polygons: Mapping[str, BaseGeometry], municipalities: Sequence[MunicipalityRow]
) -> None:
    names = {row.ags: row.name for row in municipalities}
    problems = []
    missing = sorted(set(names) - {ags for ags, shape in polygons.items() if not shape.is_empty})
    if missing:
        listed = _listed([f"{ags} {names[ags]}" for ags in missing])
        problems.append(f"{len(missing)} municipalities are missing in it: {listed}")
    unknown = sorted(set(polygons) - set(names))
    if unknown:
        problems.append(f"{len(unknown)} are not in the register: {_listed(unknown)}")
    if problems:
        raise BoundaryError(
            f"the boundaries do not fit the register of {len(names)} municipalities: "
            f"{'; '.join(problems)}. After a reform update municipalities.csv first"
        )


def _for_the_map(polygons: Mapping[str, BaseGeometry]) -> dict[str, BaseGeometry]:
    """Simplified together, so that neighbours keep their common line, then in degrees."""
    keys = sorted(polygons)
    areas = _coverage([polygons[key] for key in keys], keys)
    simplified = shapely.coverage_simplify(areas, TOLERANCE_METRES)
    to_degrees = pyproj.Transformer.from_crs(EPSG, 4326, always_xy=True)

    def project(points: Any) -> Any:
        longitude, latitude = to_degrees.transform(points[:, 0], points[:, 1])
        return numpy.round(numpy.column_stack([longitude, latitude]), _DEGREE_DECIMALS)

    shapes: dict[str, BaseGeometry] = {}
    for key, shape in zip(keys, simplified, strict=True):
        projected = _areas(_polygons(shapely.transform(shape, project)))
        if not projected:
            raise BoundaryError(f"{key}: nothing is left of its area")
        clockwise = [shapely.orient_polygons(part, exterior_cw=True) for part in projected]
        shapes[key] = clockwise[0] if len(clockwise) == 1 else MultiPolygon(clockwise)
    return shapes


def _coverage(areas: list[BaseGeometry], keys: Sequence[str]) -> list[BaseGeometry]:
    """Areas of which none overlaps another; lines that lie a little apart are put on one grid."""
    if shapely.coverage_is_valid(areas):
        return areas
    snapped = [_polygons(shapely.set_precision(area, _SNAP_METRES)) for area in areas]
    if shapely.coverage_is_valid(snapped):
        return snapped
    edges = shapely.coverage_invalid_edges(snapped)
    wrong = [key for key, edge in zip(keys, edges, strict=True) if not edge.is_empty]
    raise BoundaryError(f"municipalities overlap each other: {_listed(wrong)}")


def _require_places(
    shapes: Mapping[str, BaseGeometry], municipalities: Sequence[MunicipalityRow]
) -> None:
    """Each area must be where the register has the municipality, or keys have been mixed up."""
    far = [
        f"{row.ags} {row.name}"
        for row in municipalities
        if shapes[row.ags].distance(shapely.Point(row.lon, row.lat)) > _FAR_DEGREES
    ]
    if far:
        raise BoundaryError(f"areas lie elsewhere than the register has the place: {_listed(far)}")


def _geojson(shape: BaseGeometry) -> str:
    return json.dumps(shapely.geometry.mapping(shape), separators=(",", ":"))


def _listed(names: Sequence[str]) -> str:
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {more} more" if more > 0 else "")
