"""A published file as large as the dashboard must carry: Germany's 850 VHS, a year of nights.

Deterministic, written by SQL within seconds; the rows are described in `large_warehouse.sql`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import duckdb

from pipeline.register import load_register
from pipeline.resolve.geometry import municipality_cells
from warehouse.dictionary import Table, create_table_sql, load_dictionary
from warehouse.macros import create_macros
from warehouse.settings import REFERENCE_DIR
from warehouse.store import POINTER, create_table

OFFERS = 50_000
PROVIDERS = 850
NIGHTS = 365
DAY = date(2026, 3, 14)
FIRST_DAY = DAY - timedelta(days=NIGHTS - 1)

_ROWS = Path(__file__).with_suffix(".sql")
_FILE = "atlas-20260314T014000000000Z.duckdb"
# How an offer stands at last: of twenty that were ever found, these many are gone.
_PRESENCES = ["current"] * 17 + ["vanished"] * 2 + ["withdrawn"]
_FROM_REGISTER = {
    "municipalities": """
        SELECT * RENAME (lat AS latitude, lon AS longitude)
        FROM read_csv($1, all_varchar = true)""",
    "councils": """
        SELECT c.* EXCLUDE (foreign_residents_est), m.kreis, m.regierungsbezirk,
            m.latitude, m.longitude
        FROM read_csv($1, all_varchar = true) c
        JOIN mart.municipalities m USING (ags) WHERE c.counts_as_p27 <> 'no' ORDER BY ags""",
    "council_totals": """
        SELECT *, as_of = '2025-11-01' AND total = '111' AS is_denominator
        FROM read_csv($1, all_varchar = true)""",
}


def publish_large_warehouse(
    published_dir: Path, official_shapes: Mapping[str, str] | None = None
) -> Path:
    """Writes the file with all tables of the dictionary and lets the pointer name it.

    The map is schematic, or of these official shapes (GeoJSON by AGS).
    """
    published_dir.mkdir(parents=True)
    path = published_dir / _FILE
    tables = {table.name: table for table in load_dictionary().tables}
    with duckdb.connect(str(path)) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute("CREATE SCHEMA mart")
        for table in tables.values():
            connection.execute(create_table_sql(table))
        create_macros(connection)
        for name, sql in _FROM_REGISTER.items():
            _insert_csv(connection, tables[name], sql)
        if official_shapes:
            _insert_shapes(connection, "official", official_shapes)
        else:
            _insert_shapes(connection, "schematic", _schematic_shapes())
        for name, value in _variables().items():
            connection.execute(f"SET VARIABLE {name} = $1", [value])
        connection.execute(_ROWS.read_text(encoding="utf-8"))
        for name in tables:
            connection.execute(
                f"INSERT INTO mart.row_counts SELECT '{name}', count(*), count(*) FROM mart.{name}"
            )
    (published_dir / POINTER).write_text(_FILE, encoding="utf-8")
    return path


def _variables() -> dict[str, object]:
    return {
        "today": DAY,
        "first_day": FIRST_DAY,
        "nights": NIGHTS,
        "offers": OFFERS,
        "providers": PROVIDERS,
        "presences": _PRESENCES,
    }


def _insert_csv(connection: duckdb.DuckDBPyConnection, table: Table, sql: str) -> None:
    """The columns that the file has; all are text there and become what the table says."""
    source = REFERENCE_DIR / f"{table.name}.csv"
    connection.execute(f"CREATE OR REPLACE TEMP TABLE read AS {sql}", [str(source)])
    found = {name for (name, *_) in connection.execute("DESCRIBE read").fetchall()}
    names = [column.name for column in table.columns if column.name in found]
    connection.execute(f"INSERT INTO mart.{table.name} BY NAME SELECT {', '.join(names)} FROM read")


def _schematic_shapes() -> dict[str, str]:
    register = load_register(None)
    points = {row.ags: (row.lon, row.lat) for row in register.municipalities}
    return municipality_cells(points, [(point.lon, point.lat) for point in register.outline])


def _insert_shapes(
    connection: duckdb.DuckDBPyConnection, kind: str, shapes: Mapping[str, str]
) -> None:
    create_table(
        connection,
        "shapes",
        {"ags": "VARCHAR", "shape_kind": "VARCHAR", "geojson": "VARCHAR"},
        [(ags, kind, geojson) for ags, geojson in shapes.items()],
        temporary=True,
    )
    connection.execute("INSERT INTO mart.municipality_shapes BY NAME SELECT * FROM shapes")
