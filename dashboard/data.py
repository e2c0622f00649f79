"""The only place of the dashboard that reads the warehouse: a published file in, plain rows out.

A published file never changes, so what was read from it is kept as long as it is the current one.
A connection lives only while rows are fetched: no night ever waits for a reader.
"""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import duckdb

from warehouse.store import POINTER, StoreError, current_publication, open_file_read_only

log = logging.getLogger(__name__)

Ring = tuple[tuple[float, float], ...]


class NoPublication(Exception):
    """Nothing has been published yet."""


class UnreadablePublication(Exception):
    """The published file is missing, damaged or of another make. `name` is its file name."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


@dataclass(frozen=True, slots=True)
class Publication:
    """What a publication says about itself. `stated_council_total` is the denominator, 111."""

    published_at: datetime
    data_day: date
    is_sample: bool
    stated_council_total: int | None
    stated_council_total_as_of: date | None
    stated_council_total_source_url: str | None


@dataclass(frozen=True, slots=True)
class Council:
    """One body; `presumed` ones are listed but never counted. Degrees are WGS 84."""

    ags: str
    municipality: str
    kreis: str | None
    regierungsbezirk: str | None
    body_name: str | None
    presumed: bool
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Coverage:
    """The state of one council for one module."""

    ags: str
    module: str
    state: str
    reason: str
    offer_count: int
    open_offer_count: int
    next_start: date | None
    checked_at: datetime | None


@dataclass(frozen=True, slots=True)
class Shape:
    """The outline of one municipality as closed rings of (longitude, latitude)."""

    ags: str
    is_schematic: bool
    rings: tuple[Ring, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality's name and point, for orientation on the map."""

    ags: str
    name: str
    population: int | None
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Session:
    """One date of an offer in German local time."""

    offer_id: str
    session_date: date
    starts_at: datetime | None
    ends_at: datetime | None


@dataclass(frozen=True, slots=True)
class Offer:
    """One offer as the mart has it; `council_count` says for how many councils it counts."""

    offer_id: str
    provider_name: str | None
    module: str
    relevance: str
    title: str
    course_number: str | None
    start_date: date | None
    end_date: date | None
    session_count: int | None
    venue_name: str | None
    venue_street: str | None
    venue_postcode: str | None
    venue_place: str | None
    delivery_mode: str
    places_planned: int | None
    places_total: int | None
    places_taken: int | None
    places_free: int | None
    status: str
    price_eur: Decimal | None
    is_free: bool | None
    registration_url: str | None
    registration_email: str | None
    detail_url: str | None
    lifecycle: str
    last_day: date | None
    council_count: int


@dataclass(frozen=True, slots=True)
class Source:
    """How the last visit to a source ended; `is_fresh` is None where no council depends on it."""

    source_id: str
    provider_name: str | None
    kind: str
    url: str | None
    state: str | None
    failure_class: str | None
    detail: str | None
    last_crawl_at: datetime | None
    last_complete_at: datetime | None
    is_fresh: bool | None
    is_statewide: bool
    council_count: int
    failing_since: datetime | None


@dataclass(frozen=True, slots=True)
class Issue:
    """Something that people should look at, beside the failing sources."""

    kind: str
    subject: str
    message: str
    opened_at: datetime


@dataclass(frozen=True, slots=True, eq=False)
class Overview:
    """Everything that the page Überblick shows.

    There is one object per published file; it is told apart by identity, so that what is worked
    out from it can be kept.
    """

    publication: Publication
    councils: tuple[Council, ...]
    coverage: tuple[Coverage, ...]
    places: tuple[Place, ...]
    shapes: tuple[Shape, ...]
    offers: tuple[Offer, ...]
    sessions: tuple[Session, ...]
    sources: tuple[Source, ...]
    issues: tuple[Issue, ...]


_PUBLICATION = """
SELECT published_at, data_day, is_sample, stated_council_total, stated_council_total_as_of,
       stated_council_total_source_url
FROM mart.publication ORDER BY published_at DESC LIMIT 1"""

_COUNCILS = """
SELECT ags, municipality, kreis, regierungsbezirk, body_name,
       counts_as_p27 = 'presumed' AS presumed, latitude, longitude
FROM mart.councils ORDER BY ags"""

_COVERAGE = """
SELECT ags, module, state, reason, offer_count, open_offer_count, next_start, checked_at
FROM mart.council_coverage ORDER BY ags, module"""

_PLACES = """
SELECT ags, name, population, latitude, longitude FROM mart.municipalities ORDER BY ags"""

_SHAPES = """
SELECT ags, shape_kind = 'schematic' AS is_schematic, geojson
FROM mart.municipality_shapes ORDER BY ags"""

_OFFERS = """
SELECT o.offer_id, p.name AS provider_name, o.module, o.relevance, o.title, o.course_number,
       o.start_date, o.end_date, o.session_count, o.venue_name, o.venue_street, o.venue_postcode,
       o.venue_place, o.delivery_mode, o.places_planned, o.places_total, o.places_taken,
       o.places_free, o.status, o.price_eur, o.is_free, o.registration_url,
       o.registration_email, o.detail_url, o.lifecycle, o.last_day,
       coalesce(c.council_count, 0)
FROM mart.offers o
LEFT JOIN mart.providers p USING (provider_id)
LEFT JOIN (
    SELECT co.offer_id, count(DISTINCT co.ags) AS council_count
    FROM mart.council_offers co JOIN mart.councils k USING (ags)
    WHERE co.covers AND k.counts_as_p27 = 'yes' GROUP BY co.offer_id
) c USING (offer_id)
ORDER BY o.start_date NULLS LAST, o.title, o.offer_id"""

_SESSIONS = """
SELECT offer_id, session_date, starts_at, ends_at
FROM mart.offer_sessions ORDER BY offer_id, session_no"""

_SOURCES = """
SELECT h.source_id, p.name AS provider_name, h.kind, h.url, h.state, h.failure_class, h.detail,
       h.last_crawl_at, h.last_complete_at, c.is_fresh, coalesce(c.is_statewide, false),
       coalesce(c.council_count, 0), i.failing_since
FROM mart.source_health h
LEFT JOIN mart.providers p USING (provider_id)
LEFT JOIN (
    SELECT cs.source_id, bool_and(cs.is_fresh) AS is_fresh,
           bool_or(cs.is_statewide) AS is_statewide,
           count(DISTINCT cs.ags) FILTER (WHERE k.counts_as_p27 = 'yes') AS council_count
    FROM mart.council_sources cs JOIN mart.councils k USING (ags) GROUP BY cs.source_id
) c USING (source_id)
LEFT JOIN (
    SELECT subject AS source_id, min(opened_at) AS failing_since
    FROM mart.issues WHERE kind = 'source_failing' GROUP BY subject
) i USING (source_id)
ORDER BY h.source_id"""

_ISSUES = """
SELECT kind, subject, message, opened_at FROM mart.issues
WHERE kind <> 'source_failing' ORDER BY opened_at DESC, issue_id"""

Row = TypeVar("Row")


def _rows(connection: duckdb.DuckDBPyConnection, sql: str, row: type[Row]) -> tuple[Row, ...]:
    return tuple(row(*values) for values in connection.execute(sql).fetchall())


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


def _read(connection: duckdb.DuckDBPyConnection) -> Overview:
    publications = _rows(connection, _PUBLICATION, Publication)
    if not publications:
        raise ValueError("mart.publication is empty")
    return Overview(
        publication=publications[0],
        councils=_rows(connection, _COUNCILS, Council),
        coverage=_rows(connection, _COVERAGE, Coverage),
        places=_rows(connection, _PLACES, Place),
        shapes=tuple(
            Shape(ags, is_schematic, rings_of(geojson))
            for ags, is_schematic, geojson in connection.execute(_SHAPES).fetchall()
        ),
        offers=_rows(connection, _OFFERS, Offer),
        sessions=_rows(connection, _SESSIONS, Session),
        sources=_rows(connection, _SOURCES, Source),
        issues=_rows(connection, _ISSUES, Issue),
    )


@lru_cache(maxsize=2)
def _read_file(path: Path, size: int, changed_ns: int) -> Overview:
    connection = open_file_read_only(path)
    try:
        return _read(connection)
    finally:
        connection.close()


def _current_path(published_dir: Path) -> Path | None:
    try:
        return current_publication(published_dir)
    except (StoreError, OSError, ValueError) as error:
        log.warning("the pointer to the current publication cannot be read: %s", error)
        raise UnreadablePublication(POINTER) from error


def current_name(published_dir: Path) -> str | None:
    """The file name of the current publication, None where there is none: what a page watches."""
    try:
        path = _current_path(published_dir)
    except UnreadablePublication:
        return None
    return path.name if path is not None else None


def load_overview(published_dir: Path) -> Overview:
    """What the page Überblick needs, from the current publication.

    Raises NoPublication or UnreadablePublication. A publication that was replaced and cleared away
    between looking and opening is not an error: the newer one is read.
    """
    path = _current_path(published_dir)
    while path is not None:
        try:
            state = path.stat()
            return _read_file(path, state.st_size, state.st_mtime_ns)
        except (duckdb.Error, OSError, ValueError, TypeError, KeyError, IndexError) as error:
            newer = _current_path(published_dir)
            if newer is None or newer == path:
                log.warning("publication %s cannot be read: %s", path.name, error)
                raise UnreadablePublication(path.name) from error
            path = newer
    raise NoPublication
