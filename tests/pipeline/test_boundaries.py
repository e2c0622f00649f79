"""The official boundaries: read and checked as what they claim to be, and nothing lost when not."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyproj
import pytest
import shapefile
import shapely
from shapely.geometry import box, mapping, shape
from shapely.geometry.base import BaseGeometry

from pipeline import boundaries as reading
from pipeline.boundaries import load_boundaries, make_boundaries
from pipeline.boundaries_archive import MAX_MEMBERS, BoundaryError, read_layer
from pipeline.boundaries_download import (
    OFFICIAL_ADDRESS,
    DownloadError,
    Limits,
    boundaries_address,
    download,
)
from pipeline.boundaries_kept import kept_boundaries, kept_file
from pipeline.doctor import Finding, examine
from pipeline.reference import load_reference
from pipeline.register import load_register
from tests.atlas import Atlas
from tests.loopback import Answer, site
from tests.pipeline.landing_builder import World
from warehouse.store import open_work

NOW = datetime(2026, 3, 14, 9, 0, tzinfo=UTC)
UTM = pyproj.CRS.from_epsg(25832).to_wkt("WKT1_ESRI")
# The four municipalities of the small register, as squares around their points.
PLACES = {
    "05111000": (7.0, 51.0),
    "05112000": (7.5, 51.5),
    "05113000": (8.0, 52.0),
    "05114000": (6.5, 51.2),
}


def squares() -> dict[str, BaseGeometry]:
    return {
        ags: box(longitude - 0.05, latitude - 0.05, longitude + 0.05, latitude + 0.05)
        for ags, (longitude, latitude) in PLACES.items()
    }


def archive_of(
    shapes: Sequence[tuple[str, BaseGeometry]],
    *,
    prj: str = UTM,
    layer: str = "dvg2gem_nw",
    field: str = "KN",
    extra: Mapping[str, bytes] | None = None,
    leave_out: str = "",
) -> bytes:
    """A zip as Geobasis NRW publishes it, from areas in degrees."""
    to_metres = pyproj.Transformer.from_crs(4326, 25832, always_xy=True)
    parts = {suffix: io.BytesIO() for suffix in ("shp", "shx", "dbf")}
    with shapefile.Writer(**parts, shapeType=shapefile.POLYGON, encoding="utf-8") as writer:
        writer.field(field, "C", 8)
        writer.field("GN", "C", 50)
        writer.field("STAND", "C", 10)
        for ags, area in shapes:
            projected = shapely.transform(area, to_metres.transform, interleaved=False)
            writer.shape(mapping(shapely.orient_polygons(projected, exterior_cw=True)))
            writer.record(ags, f"Gemeinde {ags}", "20260101")
    files = {f"{layer}.{suffix}": stream.getvalue() for suffix, stream in parts.items()}
    files |= {f"{layer}.prj": prj.encode(), f"{layer}.cpg": b"UTF-8", **(extra or {})}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            if not name.endswith(leave_out or "\0"):
                archive.writestr(name, content)
    return packed.getvalue()


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path / "world")


def zip_file(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "dvg2.zip"
    path.write_bytes(content)
    return path


def rings(geojson: str) -> list[Any]:
    geometry = json.loads(geojson)
    polygons = geometry["coordinates"]
    return [polygons] if geometry["type"] == "Polygon" else polygons


# ---------------------------------------------------------------- what is good


def test_areas_come_in_degrees_clockwise_and_at_their_places(tmp_path: Path, world: World) -> None:
    given = archive_of(list(squares().items()))
    made = make_boundaries(
        zip_file(tmp_path, given), world.register.municipalities, "https://example.org/dvg2", NOW
    )
    assert made.as_of == "2026-01-01"
    assert "Geobasis NRW" in made.attribution and "Zero" in made.attribution
    for ags, wanted in squares().items():
        found = shape(json.loads(made.shapes[ags]))
        assert found.symmetric_difference(wanted).area < 0.01 * wanted.area, ags
        for polygon in rings(made.shapes[ags]):
            assert not shapely.is_ccw(shapely.LinearRing(polygon[0])), ags


def test_neighbours_keep_their_common_line_and_no_hole_opens(
    tmp_path: Path, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two municipalities with a wiggling line between them, simplified on both sides alike."""
    wiggle = [(7.0 + 0.0005 * (step % 2), 50.9 + step * 0.01) for step in range(21)]
    west = shapely.Polygon([(6.9, 50.9), *wiggle, (6.9, 51.1)])
    east = shapely.Polygon([(7.1, 51.1), *reversed(wiggle), (7.1, 50.9)])
    shapes = {**squares(), "05111000": west, "05112000": east}
    monkeypatch.setattr(reading, "_FAR_DEGREES", 5.0)
    made = make_boundaries(
        zip_file(tmp_path, archive_of(list(shapes.items()))),
        world.register.municipalities,
        "",
        NOW,
    )
    one, other = (shape(json.loads(made.shapes[ags])) for ags in ("05111000", "05112000"))
    assert len(one.exterior.coords) < len(west.exterior.coords)
    assert shapely.coverage_is_valid([one, other])
    assert isinstance(one.union(other), shapely.Polygon)
    assert not one.union(other).interiors


def test_the_official_areas_of_all_municipalities_are_taken(
    tmp_path: Path, shared_dir: Path
) -> None:
    known = json.loads((shared_dir / "reference" / "nrw_gemeinden.geojson").read_text())
    areas = [(f["properties"]["ags"], shape(f["geometry"])) for f in known["features"]]
    register = load_register(None)
    given = zip_file(tmp_path, archive_of(areas))
    made = make_boundaries(given, register.municipalities, "", NOW)
    assert set(made.shapes) == {row.ags for row in register.municipalities}
    assert len(made.shapes) == 396
    shapes = {ags: shape(json.loads(text)) for ags, text in made.shapes.items()}
    assert all(area.is_valid and not area.is_empty for area in shapes.values())
    official = dict(areas)
    lost = [ags for ags, area in shapes.items() if not 0.9 < area.area / official[ags].area < 1.1]
    assert lost == []
    assert len(json.dumps(made.shapes)) < 600_000, "the map must stay small"


def test_good_boundaries_become_the_shapes_of_the_mart(tmp_path: Path, world: World) -> None:
    with site({"/dvg2.zip": Answer(archive_of(list(squares().items())))}) as server:
        load_boundaries(world.settings, world.register, url=f"{server.origin}/dvg2.zip")
    kept = kept_boundaries(world.settings)
    assert kept is not None and set(kept.shapes) == set(PLACES)
    assert [path.name for path in kept_file(world.settings).parent.iterdir()] == [
        kept_file(world.settings).name
    ]
    world.night(world.today, {"vhs-adorf": []})
    world.load()
    assert world.rows("SELECT DISTINCT shape_kind FROM mart.municipality_shapes") == [("official",)]
    assert dict(world.rows("SELECT ags, geojson FROM mart.municipality_shapes")) == kept.shapes


def test_the_schematic_map_stays_where_one_municipality_has_no_boundary(
    tmp_path: Path, world: World
) -> None:
    given = zip_file(tmp_path, archive_of(list(squares().items())))
    made = make_boundaries(given, world.register.municipalities, "", NOW)
    fewer = replace(made, shapes={ags: made.shapes[ags] for ags in list(made.shapes)[1:]})
    connection = open_work(tmp_path / "work.duckdb")
    load_reference(connection, world.register, fewer)
    kinds = connection.execute("SELECT DISTINCT shape_kind FROM staging.municipality_shapes")
    assert kinds.fetchall() == [("schematic",)]
    connection.close()


@pytest.mark.parametrize(
    "text",
    [
        '{"shapes": {',
        '{"shapes": {"05111000": "{"}, "as_of": null, "source": "", "archive_sha256": "", '
        '"loaded_at": ""}',
        '{"shapes": ["x"], "as_of": null, "source": "", "archive_sha256": "", "loaded_at": ""}',
    ],
)
def test_a_kept_file_that_is_not_whole_counts_as_none_and_the_doctor_says_so(
    world: World, text: str
) -> None:
    assert kept_boundaries(world.settings) is None
    assert [finding.level for finding in _boundary_findings(world)] == ["ok"]
    kept_file(world.settings).parent.mkdir(parents=True)
    kept_file(world.settings).write_text(text)
    assert kept_boundaries(world.settings) is None
    (finding,) = _boundary_findings(world)
    assert finding.level == "warning"
    assert str(kept_file(world.settings)) in finding.message
    assert "`atlas boundaries`" in finding.message


def _boundary_findings(world: World) -> list[Finding]:
    found = examine(world.settings).findings
    return [finding for finding in found if finding.subject == "boundaries"]


# ---------------------------------------------------------------- what is not


def without_one() -> bytes:
    return archive_of(list(squares().items())[1:])


def with_a_stranger() -> bytes:
    return archive_of([*squares().items(), ("05999999", box(7.7, 50.9, 7.8, 51.0))])


def with_one_twice() -> bytes:
    return archive_of([*squares().items(), ("05111000", box(7.7, 50.9, 7.8, 51.0))])


def overlapping() -> bytes:
    shapes = squares()
    shapes["05112000"] = box(6.97, 50.97, 7.5, 51.5)
    return archive_of(list(shapes.items()))


def with_mixed_up_keys() -> bytes:
    shapes = squares()
    shapes["05111000"], shapes["05113000"] = shapes["05113000"], shapes["05111000"]
    return archive_of(list(shapes.items()))


BAD = {
    "one missing": (without_one, "1 municipalities are missing in it: 05111000 Adorf"),
    "a stranger": (with_a_stranger, "1 are not in the register: 05999999"),
    "one twice": (with_one_twice, "stand twice in it: 05111000"),
    "overlap": (overlapping, "overlap each other: 05111000, 05112000"),
    "mixed up": (with_mixed_up_keys, "elsewhere than the register has the place: 05111000 Adorf"),
    "no zip": (lambda: b"<html>Wartung</html>", "no whole zip file"),
    "half a zip": (lambda: archive_of(list(squares().items()))[:900], "no whole zip file"),
    "broken shapes": (
        lambda: archive_of([], extra={"dvg2gem_nw.shp": b"nothing", "dvg2gem_nw.dbf": b"\x03"}),
        "the shapefile cannot be read",
    ),
    "no projection": (
        lambda: archive_of(list(squares().items()), leave_out=".prj"),
        "dvg2gem_nw.prj is missing",
    ),
    "another projection": (
        lambda: archive_of(
            list(squares().items()), prj=pyproj.CRS.from_epsg(31467).to_wkt("WKT1_ESRI")
        ),
        "and not EPSG:25832",
    ),
    "a projection of nonsense": (
        lambda: archive_of(list(squares().items()), prj="UTM 32"),
        "and not EPSG:25832",
    ),
    "another layer": (
        lambda: archive_of(list(squares().items()), layer="dvg2krs_nw"),
        "dvg2gem_nw.shp is missing",
    ),
    "no key": (
        lambda: archive_of(list(squares().items()), field="SCHLUESSEL"),
        "no field KN",
    ),
    "a way out": (
        lambda: archive_of(list(squares().items()), extra={"../../dvg2gem_nw.shp": b"x"}),
        "points out of the archive",
    ),
    "too many files": (
        lambda: archive_of(
            list(squares().items()), extra={f"{number}.txt": b"" for number in range(MAX_MEMBERS)}
        ),
        "files are in it",
    ),
}


@pytest.mark.parametrize("case", list(BAD))
def test_bad_boundaries_are_refused_and_the_last_good_ones_stay(
    tmp_path: Path, world: World, case: str
) -> None:
    good = zip_file(tmp_path, archive_of(list(squares().items())))
    load_boundaries(world.settings, world.register, file=good)
    before = kept_file(world.settings).read_bytes()
    make, sentence = BAD[case]
    with (
        site({"/dvg2.zip": Answer(make())}) as server,
        pytest.raises(BoundaryError, match=sentence),
    ):
        load_boundaries(world.settings, world.register, url=f"{server.origin}/dvg2.zip")
    assert kept_file(world.settings).read_bytes() == before
    assert list(kept_file(world.settings).parent.iterdir()) == [kept_file(world.settings)]
    assert not list(tmp_path.parent.glob("dvg2gem_nw*")), "nothing is ever unpacked to the disk"


def test_a_small_zip_cannot_fill_the_memory(tmp_path: Path) -> None:
    bomb = archive_of(list(squares().items()), extra={"dvg2gem_nw.shp": bytes(5_000_000)})
    assert len(bomb) < 50_000
    with pytest.raises(BoundaryError, match="unpacked, the archive is too large"):
        read_layer(zip_file(tmp_path, bomb), max_bytes=1_000_000)


# ---------------------------------------------------------------- the way


def test_the_address_is_the_official_one_unless_set() -> None:
    assert boundaries_address({}) == OFFICIAL_ADDRESS
    assert OFFICIAL_ADDRESS.startswith("https://www.opengeodata.nrw.de/")
    assert boundaries_address({"ATLAS_BOUNDARIES_URL": "https://b.example/x.zip"}) == (
        "https://b.example/x.zip"
    )


LIMITS = Limits(max_bytes=1_000, answer_seconds=0.5, total_seconds=1.0)
WAYS: dict[str, tuple[Answer, str]] = {
    "not there": (Answer("nothing", status=404), "the server answers 404"),
    "too large": (Answer(bytes(2_000)), "larger than 1,000 bytes"),
    "too large, untold": (
        Answer(bytes(2_000), headers={"Connection": "close"}),
        "larger than 1,000 bytes",
    ),
    "silence": (Answer(bytes(10), drip_seconds=60), "timed out"),
    "dripping": (Answer(bytes(900), drip_seconds=0.1), "not loaded after 1 seconds"),
    "cut": (Answer(bytes(900), headers={"Content-Length": "900"}, cut_after=100), "reset|came"),
    "elsewhere": (
        Answer("", status=302, headers={"Location": "http://elsewhere.example/x.zip"}),
        "another host",
    ),
}


@pytest.mark.parametrize("case", list(WAYS))
def test_what_cannot_be_loaded_is_said_in_a_sentence(tmp_path: Path, case: str) -> None:
    answer, sentence = WAYS[case]
    target = tmp_path / "folder" / "x.zip"
    with (
        site({"/x.zip": answer}) as server,
        pytest.raises(DownloadError, match=sentence) as refused,
    ):
        download(f"{server.origin}/x.zip", target, "test", LIMITS)
    assert "/x.zip" in str(refused.value)
    assert list(target.parent.iterdir()) == []


@pytest.mark.parametrize("url", ["file:///etc/hostname", "dvg2.zip", "ftp://a.example/x"])
def test_only_the_web_is_an_address(tmp_path: Path, url: str) -> None:
    with pytest.raises(BoundaryError, match="this is no address"):
        download(url, tmp_path / "x.zip", "test")


def test_the_command_says_what_is_wrong_and_ends_with_its_code(tmp_path: Path) -> None:
    atlas = Atlas(tmp_path / "data")
    given = zip_file(tmp_path, archive_of(list(squares().items())))
    wrong = atlas.run("boundaries", "--file", str(given))
    assert wrong.code == 2
    assert "do not fit the register of 396 municipalities: 39" in wrong.err
    with site({}) as server:
        missing = atlas.run("boundaries", "--url", f"{server.origin}/dvg2.zip")
    assert missing.code == 1 and "the server answers 404" in missing.err
    assert not kept_boundaries_there(atlas)


def kept_boundaries_there(atlas: Atlas) -> bool:
    return (atlas.data_dir / "boundaries" / "municipalities.json").exists()


@pytest.fixture(autouse=True)
def _fixed_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATLAS_TODAY", date(2026, 3, 14).isoformat())
