"""The register as tables in staging, replaced whole at each load."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import duckdb

from pipeline.boundaries_kept import Boundaries
from pipeline.core import transaction
from pipeline.register import Register
from pipeline.register_rows import Row
from pipeline.resolve.geometry import municipality_cells
from warehouse.store import create_table

_COUNCILS = {
    "ags": "VARCHAR",
    "municipality": "VARCHAR",
    "body_name": "VARCHAR",
    "body_type": "VARCHAR",
    "members_total": "INTEGER",
    "members_elected": "INTEGER",
    "members_as_of": "VARCHAR",
    "website": "VARCHAR",
    "evidence_level": "VARCHAR",
    "source_url": "VARCHAR",
    "counts_as_p27": "VARCHAR",
    "note": "VARCHAR",
}
_TOTALS = {
    "as_of": "DATE",
    "total": "INTEGER",
    "integrationsraete": "INTEGER",
    "integrationsausschuesse": "INTEGER",
    "meaning": "VARCHAR",
    "source_url": "VARCHAR",
}
_MUNICIPALITIES = {
    "ags": "VARCHAR",
    "name": "VARCHAR",
    "official_name": "VARCHAR",
    "kreis_ags": "VARCHAR",
    "kreis": "VARCHAR",
    "regierungsbezirk": "VARCHAR",
    "type": "VARCHAR",
    "population": "INTEGER",
    "population_date": "DATE",
    "foreign_share_pct": "DOUBLE",
    "foreign_residents_est": "INTEGER",
    "lat": "DOUBLE",
    "lon": "DOUBLE",
    "area_km2": "DOUBLE",
    "website": "VARCHAR",
}
_PROVIDERS = {
    "provider_id": "VARCHAR",
    "name": "VARCHAR",
    "kind": "VARCHAR",
    "seat_ags": "VARCHAR",
    "website": "VARCHAR",
    "platform": "VARCHAR",
    "evidence_level": "VARCHAR",
    "source_url": "VARCHAR",
}
_SERVICE_AREAS = {
    "provider_id": "VARCHAR",
    "ags": "VARCHAR",
    "reason": "VARCHAR",
    "source_url": "VARCHAR",
}
_SOURCES = {
    "source_id": "VARCHAR",
    "provider_id": "VARCHAR",
    "kind": "VARCHAR",
    "platform": "VARCHAR",
    "url": "VARCHAR",
    "expected_min": "INTEGER",
    "expected_max": "INTEGER",
    "is_active": "BOOLEAN",
}
_SHAPES = {"ags": "VARCHAR", "shape_kind": "VARCHAR", "geojson": "VARCHAR"}


def load_reference(
    connection: duckdb.DuckDBPyConnection,
    register: Register,
    boundaries: Boundaries | None = None,
) -> None:
    """Writes the register and the shapes of the map into staging.

    The official boundaries are taken where they have every municipality of the register, for a map
    of two kinds of shapes would be neither; otherwise the cells of the schematic map.
    """
    sources = [
        (
            source.source_id,
            source.provider_id,
            source.kind,
            source.platform,
            source.start_urls[0],
            source.expected_min,
            source.expected_max,
            is_active,
        )
        for is_active, group in ((True, register.sources), (False, register.inactive_sources))
        for source in group
    ]
    shapes = _shapes(register, boundaries)
    with transaction(connection):
        connection.execute("CREATE SCHEMA IF NOT EXISTS staging")
        tables: tuple[tuple[str, dict[str, str], Iterable[Sequence[object]]], ...] = (
            ("councils", _COUNCILS, _cells(register.councils, _COUNCILS)),
            ("council_totals", _TOTALS, _cells(register.council_totals, _TOTALS)),
            ("municipalities", _MUNICIPALITIES, _cells(register.municipalities, _MUNICIPALITIES)),
            ("providers", _PROVIDERS, _cells(register.providers, _PROVIDERS)),
            ("service_areas", _SERVICE_AREAS, _cells(register.service_areas, _SERVICE_AREAS)),
            ("sources", _SOURCES, sources),
            ("municipality_shapes", _SHAPES, shapes),
        )
        for name, columns, rows in tables:
            create_table(connection, f"staging.{name}", columns, rows)


def _shapes(register: Register, boundaries: Boundaries | None) -> list[Sequence[object]]:
    places = {row.ags: (row.lon, row.lat) for row in register.municipalities}
    if boundaries is not None and set(places) <= set(boundaries.shapes):
        return [(ags, "official", boundaries.shapes[ags]) for ags in sorted(places)]
    outline = [(point.lon, point.lat) for point in register.outline]
    cells = municipality_cells(places, outline)
    return [(ags, "schematic", geojson) for ags, geojson in cells.items()]


def _cells(rows: Sequence[Row], columns: dict[str, str]) -> Iterable[Sequence[object]]:
    return ([getattr(row, column) for column in columns] for row in rows)
