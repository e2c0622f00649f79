"""Builds a small published warehouse, so that the dashboard can be tested without a crawl.

The tables come from `warehouse/dictionary.yaml`; the rows are invented around a few real cities.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb

from tests.dashboard_tables import (
    coverage_history,
    further_tables,
    offer_versions,
    source_checks,
)
from warehouse.dictionary import Column, Table, create_table_sql, load_dictionary
from warehouse.macros import create_macros
from warehouse.store import POINTER

DAY = date(2026, 3, 14)
NIGHT = datetime(2026, 3, 14, 1, 41, tzinfo=UTC)
Rows = dict[str, list[dict[str, Any]]]

# ags, name, regierungsbezirk, latitude, longitude, population
PLACES = (
    ("05315000", "Köln", "Köln", 50.938, 6.957, 1017355),
    ("05111000", "Düsseldorf", "Düsseldorf", 51.236, 6.810, 611258),
    ("05515000", "Münster", "Münster", 51.962, 7.626, 303772),
    ("05711000", "Bielefeld", "Detmold", 52.020, 8.532, 330072),
    ("05913000", "Dortmund", "Arnsberg", 51.514, 7.465, 593317),
    ("05566076", "Rheine", "Münster", 52.280, 7.440, 75000),
    ("05362020", "Erftstadt", "Köln", 50.820, 6.770, 50000),
    ("05382056", "Sankt Augustin", "Köln", 50.770, 7.190, 55000),
    ("05774032", "Paderborn", "Detmold", 51.718, 8.754, 150000),
    ("05170048", "Wesel", "Düsseldorf", 51.660, 6.620, 60000),
    ("05334002", "Aachen", "Köln", 50.775, 6.083, 247000),
    ("05970040", "Siegen", "Arnsberg", 50.875, 8.016, 102000),
)
# ags -> state of basis, aufbau, other
STATES = {
    "05315000": ("offered", "none_found", "none_found"),
    "05111000": ("none_found", "none_found", "none_found"),
    "05515000": ("unknown", "unknown", "unknown"),
    "05711000": ("none_found", "none_found", "none_found"),
    "05913000": ("not_configured", "not_configured", "not_configured"),
    "05566076": ("offered", "offered", "none_found"),
    "05362020": ("unknown", "offered", "unknown"),
    "05382056": ("unknown", "unknown", "unknown"),
    "05774032": ("not_configured", "not_configured", "not_configured"),
    "05170048": ("offered", "none_found", "none_found"),
}
PRESUMED = "05170048"
REASONS = {
    "offered": "Die VHS hat ein kommendes Angebot.",
    "none_found": "Alle zugeordneten Quellen wurden vollständig geprüft.",
    "unknown": "Eine Quelle konnte nicht vollständig geprüft werden.",
    "not_configured": "Für dieses Gremium ist keine lesbare Quelle bekannt.",
}


def _square(latitude: float, longitude: float) -> str:
    west, east = longitude - 0.14, longitude + 0.14
    south, north = latitude - 0.09, latitude + 0.09
    ring = [[west, south], [west, north], [east, north], [east, south], [west, south]]
    return json.dumps({"type": "Polygon", "coordinates": [ring]})


def offer(offer_id: str, **values: Any) -> dict[str, Any]:
    """One row of mart.offers with everything a test does not care about."""
    return {
        "offer_id": offer_id,
        "provider_id": "vhs-rheine",
        "module": "basis",
        "relevance": "series",
        "title": "Kommunale Integration gestalten",
        "delivery_mode": "in_person",
        "status": "unknown",
        "lifecycle": "current",
        "first_seen_at": NIGHT,
        "last_seen_at": NIGHT,
        "last_changed_at": NIGHT,
    } | values


def _offers() -> list[dict[str, Any]]:
    return [
        offer(
            "o1",
            title="Basismodul: Wie Kommunalpolitik funktioniert",
            course_number="2500001001",
            start_date=date(2026, 4, 18),
            end_date=date(2026, 4, 19),
            session_count=2,
            venue_name="VHS-Haus",
            venue_street="Am Markt 1",
            venue_postcode="48431",
            venue_place="Rheine",
            places_total=10,
            places_free=4,
            status="open",
            is_free=True,
            registration_url="https://vhs-rheine.example/kurs/2500001001",
        ),
        offer(
            "o2",
            module="aufbau",
            provider_id="vhs-rhein-erft",
            title="Aufbaumodul: Anträge und Haushalt",
            start_date=date(2026, 5, 9),
            venue_place="Erftstadt",
            places_total=12,
            status="full",
            price_eur=20,
            registration_email="kurse@vhs-rhein-erft.example",
        ),
        offer("o3", provider_id="vhs-koeln", title="Basismodul ohne Termin", places_planned=8),
        offer(
            "o4",
            title="Basismodul im Herbst",
            start_date=date(2025, 10, 11),
            status="finished",
            lifecycle="past",
        ),
        offer(
            "o5",
            module="other",
            relevance="adjacent",
            provider_id=None,
            title="Werkstatt Vielfalt",
            start_date=date(2026, 6, 1),
            delivery_mode="online",
        ),
    ]


def normal_rows() -> Rows:
    """A small night: 9 evidenced councils and one presumed, of 111."""
    councils = [
        {
            "ags": ags,
            "municipality": name,
            "kreis": name,
            "regierungsbezirk": district,
            "body_name": "Ausschuss für Chancengerechtigkeit und Integration",
            "counts_as_p27": "presumed" if ags == PRESUMED else "yes",
            "evidence_level": "election_2025_official",
            "latitude": latitude,
            "longitude": longitude,
        }
        for ags, name, district, latitude, longitude, _ in PLACES
        if ags in STATES
    ]
    coverage = [
        {
            "ags": ags,
            "module": module,
            "state": state,
            "reason": REASONS[state],
            "offer_count": int(state == "offered"),
            "open_offer_count": int(state == "offered"),
            "next_start": date(2026, 4, 18) if state == "offered" else None,
            "past_offer_count": 0,
            "checked_at": NIGHT if state == "none_found" else None,
        }
        for ags, states in STATES.items()
        for module, state in zip(("basis", "aufbau", "other"), states, strict=True)
    ]
    providers = [
        {"provider_id": key, "name": name, "kind": kind}
        for key, name, kind in (
            ("vhs-rheine", "VHS Rheine", "vhs"),
            ("vhs-rhein-erft", "VHS Rhein-Erft", "vhs"),
            ("vhs-koeln", "VHS Köln", "vhs"),
            ("vhs-muenster", "VHS Münster", "vhs"),
            ("lv", "Landesverband der VHS von NRW", "association"),
        )
    ]
    fine = {"state": "complete", "last_crawl_at": NIGHT, "last_complete_at": NIGHT}
    sources: list[dict[str, Any]] = [
        {"source_id": "vhs-rheine", "provider_id": "vhs-rheine", "kind": "catalogue", **fine},
        {"source_id": "lv", "provider_id": "lv", "kind": "overview", **fine},
        {
            "source_id": "vhs-muenster",
            "provider_id": "vhs-muenster",
            "kind": "catalogue",
            "url": "https://vhs-muenster.example/programm",
            "state": "failed",
            "failure_class": "http_5xx",
            "detail": "HTTP 500 at /suche",
            "last_crawl_at": NIGHT,
            "last_complete_at": NIGHT - timedelta(days=5),
        },
        {"source_id": "vhs-rhein-erft", "provider_id": "vhs-rhein-erft", "kind": "catalogue"},
    ]
    return {
        "publication": [
            {
                "published_at": NIGHT,
                "data_day": DAY,
                "crawl_id": "c1",
                "is_sample": True,
                "stated_council_total": 111,
                "stated_council_total_as_of": date(2025, 11, 1),
                "stated_council_total_source_url": "https://www.vhs-nrw.example/?p=27930",
                "software_version": "0",
            }
        ],
        "municipalities": [
            {
                "ags": ags,
                "name": name,
                "regierungsbezirk": district,
                "population": population,
                "latitude": latitude,
                "longitude": longitude,
            }
            for ags, name, district, latitude, longitude, population in PLACES
        ],
        "municipality_shapes": [
            {"ags": ags, "shape_kind": "schematic", "geojson": _square(latitude, longitude)}
            for ags, _, _, latitude, longitude, _ in PLACES
        ],
        "councils": councils,
        "council_coverage": coverage,
        "providers": providers,
        "source_health": sources,
        "council_sources": [
            {
                "ags": "05515000",
                "source_id": "vhs-muenster",
                "provider_id": "vhs-muenster",
                "reason": "Sitz",
                "is_statewide": False,
                "last_complete_at": NIGHT - timedelta(days=5),
                "is_fresh": False,
            },
            {
                "ags": "05566076",
                "source_id": "vhs-rheine",
                "provider_id": "vhs-rheine",
                "reason": "Sitz",
                "is_statewide": False,
                "last_complete_at": NIGHT,
                "is_fresh": True,
            },
        ],
        "offers": _offers(),
        "offer_versions": offer_versions(_offers(), NIGHT, DAY),
        "source_checks": source_checks(sources, NIGHT, DAY),
        "coverage_history": coverage_history(
            {ags: states for ags, states in STATES.items() if ags != PRESUMED}, DAY
        ),
        **further_tables(NIGHT, DAY),
        "offer_sessions": [
            {
                "offer_id": "o1",
                "session_no": number,
                "session_date": day,
                "starts_at": datetime.combine(day, datetime.min.time()).replace(hour=10),
                "ends_at": datetime.combine(day, datetime.min.time()).replace(hour=16),
            }
            for number, day in enumerate((date(2026, 4, 18), date(2026, 4, 19)), start=1)
        ],
        "council_offers": [
            {"ags": "05566076", "offer_id": "o1", "reason": "service_area", "covers": True}
        ],
        "issues": [
            {
                "issue_id": "i1",
                "kind": "source_failing",
                "subject": "vhs-muenster",
                "message": "Die Quelle ist seit zwei Nächten gestört.",
                "opened_at": NIGHT - timedelta(days=2),
            },
            {
                "issue_id": "i2",
                "kind": "provider_unresolved",
                "subject": "o5",
                "message": "Der Anbieter eines Angebots ließ sich nicht sicher zuordnen.",
                "opened_at": NIGHT,
            },
        ],
    }


HOSTILE_TEXT = (
    "<script>window.pwned = true</script><img src=x onerror='window.pwned = true'> "
    '[klick](javascript:window.pwned=true) =HYPERLINK("http://evil.example") '
    "**fett** $x^2$ :red[rot] \u202egedreht\u202c 🎉"
)


LONG_HOSTILE_TEXT = HOSTILE_TEXT + " A" * 5000
# What the program itself writes: names of things, never a sentence from outside.
_OUR_OWN = {"crawl_id", "failure_class", "kind", "platform", "rule", "field", "table_name"}


def _is_foreign(table: Table, column: Column) -> bool:
    """True for text that the web or the register may have written."""
    return (
        column.type == "VARCHAR"
        and not column.allowed
        and column.references is None
        and column.name not in table.key
        and column.name not in _OUR_OWN
        and not column.name.endswith(("_id", "_sha256", "geojson"))
    )


def hostile_rows() -> Rows:
    """The normal night with hostile words wherever anybody else may write."""
    rows = normal_rows()
    for table in load_dictionary().tables:
        for number, row in enumerate(rows.get(table.name, [])):
            for column in table.columns:
                if column.name in row and _is_foreign(table, column):
                    row[column.name] = LONG_HOSTILE_TEXT if number % 2 else HOSTILE_TEXT
    for row in rows["offers"]:
        row.update(
            title=LONG_HOSTILE_TEXT,
            course_number=HOSTILE_TEXT,
            venue_name=HOSTILE_TEXT,
            venue_place="B" * 3000,
            registration_url="javascript:window.pwned=true",
            registration_email="x@evil.example?body=<script>",
            detail_url='https://evil.example/"onmouseover="window.pwned=true',
        )
    for row in rows["source_health"]:
        row.update(
            detail=LONG_HOSTILE_TEXT, url="data:text/html,<script>window.pwned=true</script>"
        )
    for row in rows["councils"]:
        row["municipality"] = f"{row['municipality'][:20]} {HOSTILE_TEXT}"
    return rows


def empty_rows() -> Rows:
    """A first night that found nothing: councils without a source, no offer, no history."""
    rows = normal_rows()
    kept = ("publication", "municipalities", "municipality_shapes", "councils", "council_totals")
    coverage = [
        row
        | {"state": "not_configured", "reason": REASONS["not_configured"], "next_start": None}
        | {"offer_count": 0, "open_offer_count": 0, "checked_at": None}
        for row in rows["council_coverage"]
    ]
    return {name: rows[name] for name in kept} | {"council_coverage": coverage}


def _insert(
    connection: duckdb.DuckDBPyConnection, table: str, rows: Iterable[Mapping[str, Any]]
) -> None:
    for row in rows:
        columns = ", ".join(f'"{name}"' for name in row)
        marks = ", ".join("?" for _ in row)
        connection.execute(
            f"INSERT INTO mart.{table} ({columns}) VALUES ({marks})", list(row.values())
        )


def publish(published_dir: Path, rows: Rows, name: str = "atlas-20260314T014100Z.duckdb") -> Path:
    """Writes a published file with these rows and moves the pointer to it."""
    published_dir.mkdir(parents=True, exist_ok=True)
    path = published_dir / name
    connection = duckdb.connect(str(path))
    try:
        connection.execute("CREATE SCHEMA mart")
        for table in load_dictionary().tables:
            connection.execute(create_table_sql(table))
        create_macros(connection)
        for table_name, table_rows in rows.items():
            _insert(connection, table_name, table_rows)
    finally:
        connection.close()
    pointer = published_dir / f"{POINTER}.new"
    pointer.write_text(name, encoding="utf-8")
    pointer.replace(published_dir / POINTER)
    return path
