"""The last good boundaries of the municipalities, kept in the data folder.

They are only ever replaced by a whole and checked new set; without any the schematic map stays.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from pipeline.publish import sync
from warehouse.settings import Settings

ATTRIBUTION = "Land NRW / Geobasis NRW (DVG2), Datenlizenz Deutschland – Zero – Version 2.0"
LICENCE_URL = "https://www.govdata.de/dl-de/zero-2-0"


@dataclass(frozen=True)
class Boundaries:
    """`shapes`: GeoJSON geometry (EPSG:4326, exterior rings clockwise) by AGS.

    `as_of`: the newest day that the file states for a boundary, None if it states none.
    `archive_sha256` is the check sum of the zip that was read.
    """

    shapes: Mapping[str, str]
    as_of: str | None
    source: str
    archive_sha256: str
    loaded_at: str
    attribution: str = ATTRIBUTION
    licence_url: str = LICENCE_URL


def kept_file(settings: Settings) -> Path:
    """Where the last good boundaries are kept."""
    return settings.data_dir / "boundaries" / "municipalities.json"


def keep_boundaries(settings: Settings, boundaries: Boundaries) -> Path:
    """Puts these in the place of the last good ones in one move."""
    path = kept_file(settings)
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        temporary.write_text(json.dumps(asdict(boundaries), ensure_ascii=False), encoding="utf-8")
        sync(temporary)
        temporary.replace(path)
        sync(path.parent)
    finally:
        temporary.unlink(missing_ok=True)
    return path


def kept_boundaries(settings: Settings) -> Boundaries | None:
    """The last good boundaries; None if there are none, or what is there is not whole."""
    try:
        kept = json.loads(kept_file(settings).read_text(encoding="utf-8"))
        boundaries = Boundaries(**kept)
        is_whole = all(_is_area(json.loads(shape)) for shape in boundaries.shapes.values())
    except (OSError, ValueError, TypeError, AttributeError, KeyError):
        return None
    return boundaries if is_whole and boundaries.shapes else None


def are_kept_boundaries_broken(settings: Settings) -> bool:
    """Whether a file is there that cannot be used, so that the map is schematic again."""
    return kept_file(settings).exists() and kept_boundaries(settings) is None


def _is_area(geometry: Mapping[str, object]) -> bool:
    return geometry["type"] in ("Polygon", "MultiPolygon") and bool(geometry["coordinates"])
