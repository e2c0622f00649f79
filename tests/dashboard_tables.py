"""Rows for the tables around the offers: history, visits, evidence, quality, network.

They belong to the offers and sources of `tests.dashboard_fixture.normal_rows`.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

Row = dict[str, Any]
# mart.offers has more columns than a version keeps.
_IN_VERSIONS = (
    *("offer_id", "provider_id", "module", "relevance", "title", "course_number"),
    *("start_date", "end_date", "last_day", "venue_name", "venue_place", "venue_ags"),
    *("delivery_mode", "places_planned", "places_total", "places_taken", "places_free"),
    *("status", "price_eur", "is_free", "detail_url"),
)


def offer_versions(offers: list[Row], night: datetime, day: date) -> list[Row]:
    """One version of each offer since `day`; the first offer was `closed` ten days before."""
    versions = [
        {name: row[name] for name in _IN_VERSIONS if name in row}
        | {"valid_from": night, "valid_from_day": day, "presence": "current"}
        for row in offers
    ]
    before = versions[0] | {
        "valid_from": night - timedelta(days=10),
        "valid_to": night,
        "valid_from_day": day - timedelta(days=10),
        "valid_to_day": day,
        "status": "closed",
    }
    return [before, *versions]


def source_checks(sources: list[Row], night: datetime, day: date, nights: int = 11) -> list[Row]:
    """The visits of the last nights to each source that was ever visited."""
    return [
        {
            "source_id": row["source_id"],
            "crawl_id": f"c{nights - back}",
            "day": day - timedelta(days=back),
            "started_at": night - timedelta(days=back, minutes=3),
            "finished_at": night - timedelta(days=back),
            "state": row["state"] if back < 5 else "complete",
            "failure_class": row.get("failure_class") if back < 5 else None,
            "requests": 12,
            "pages": 9,
            "records": 2,
            "stated_count": 2,
            "parsed_count": 2,
        }
        for row in sources
        if row.get("state")
        for back in range(nights)
    ]


def coverage_history(states: dict[str, tuple[str, ...]], day: date, nights: int = 11) -> list[Row]:
    """The same states on every day, but no offer at all on the first five days."""
    rows: list[Row] = []
    for back in range(nights):
        for place, module in enumerate(("basis", "aufbau", "other")):
            found = [several[place] for several in states.values()]
            if back > 5:
                found = ["unknown" if state == "offered" else state for state in found]
            rows += [
                {
                    "day": day - timedelta(days=back),
                    "module": module,
                    "state": state,
                    "council_count": found.count(state),
                }
                for state in ("offered", "none_found", "unknown", "not_configured")
            ]
    return rows


def further_tables(night: datetime, day: date) -> dict[str, list[Row]]:
    """Evidence, changes, quality, decisions, announcements and organisations."""
    page = "https://vhs-rheine.example/kurs/2500001001"
    lineage = {
        "offer_id": "o1",
        "source_id": "vhs-rheine",
        "source_url": page,
        "fetched_at": night,
        "content_sha256": "0" * 64,
        "extractor": "kuferweb 1",
        "is_used": True,
    }
    seen = {"first_seen_at": night, "last_seen_at": night}
    return {
        "provenance": [
            lineage
            | {"field": "start_date", "value": "2026-04-18", "original_text": "Sa. 18.04.26"},
            lineage | {"field": "title", "value": "Basismodul", "original_text": "Basismodul"},
        ],
        "offer_changes": [
            {
                "changed_at": night,
                "day": day,
                "offer_id": "o1",
                "kind": "changed",
                "field": "status",
                "old_value": "closed",
                "new_value": "open",
            },
            {
                "changed_at": night - timedelta(days=1),
                "day": day - timedelta(days=1),
                "offer_id": "o2",
                "kind": "appeared",
                "field": "lifecycle",
            },
        ],
        "offer_gaps": [
            {
                "offer_id": "o3",
                "field": "start_date",
                "points": 25,
                "sentence": "Bitte den ersten Termin angeben.",
            }
        ],
        "provider_quality": [
            {
                "provider_id": "vhs-koeln",
                "offer_count": 1,
                "completeness_score": 40,
                "gap_count": 1,
                "message": "Bitte den ersten Termin angeben.",
            }
        ],
        "merge_decisions": [
            {
                "decision_id": "d1",
                "offer_id": "o1",
                "source_id": "lv",
                "rule": "number",
                "is_merged": True,
                "reason": "Gleiche Kursnummer beim selben Anbieter.",
                "decided_at": night,
            }
        ],
        "row_counts": [{"table_name": "offers", "row_count": 5, "previous_row_count": 4}],
        "announcements": [
            {
                "announcement_id": "a1",
                "provider_id": "lv",
                "source_id": "lv",
                "title": "Fortbildung für Mitglieder der Ausschüsse",
                "summary": "Im Frühjahr beginnen neue Kurse.",
                "url": "https://lv.example/meldung",
                "published_on": date(2026, 3, 1),
                "relevance": "council",
                "is_current": True,
                **seen,
            }
        ],
        "announcement_events": [
            {
                "announcement_id": "a1",
                "event_no": 1,
                "title": "Auftakt",
                "start_date": date(2026, 4, 2),
                "venue_place": "Köln",
            }
        ],
        "organisations": [
            {
                "organisation_id": "g1",
                "source_id": "lv",
                "name": "Integrationsagentur Musterstadt",
                "place": "Rheine",
                "email": "info@agentur.example",
                "website": "https://agentur.example/",
                "source_url": "https://lv.example/verzeichnis",
                "last_seen_at": night,
            }
        ],
        "text_provenance": [
            {
                "subject_kind": kind,
                "subject_id": subject,
                "part_no": part,
                "field": field,
                "value": value,
                "original_text": words,
                "source_id": "lv",
                "source_url": "https://lv.example/meldung",
                "fetched_at": night,
                "content_sha256": "ab",
                "extractor": "ContentPage/3",
            }
            for kind, subject, part, field, value, words in (
                ("announcement", "a1", 0, "published_on", "2026-03-01", "Meldung vom 1. März"),
                ("event", "a1", 1, "start_date", "2026-04-02", "am 2. April 2026"),
                ("event", "a1", 1, "venue_place", "Köln", None),
                ("organisation", "g1", 0, "email", "info@agentur.example", "info [at] agentur"),
            )
        ],
        "council_totals": [
            {
                "as_of": date(2025, 11, 1),
                "total": 111,
                "meaning": "Ausschüsse und Räte nach § 27 GO NRW",
                "source_url": "https://www.vhs-nrw.example/?p=27930",
                "is_denominator": True,
            },
            {
                "as_of": date(2020, 9, 13),
                "total": 105,
                "integrationsraete": 95,
                "integrationsausschuesse": 10,
                "meaning": "Integrationsräte und Integrationsausschüsse nach der Wahl",
                "source_url": "https://lir.example/zahlen",
                "is_denominator": False,
            },
        ],
        "series_modules": [
            {
                "source_id": "lv",
                "module": "basis",
                "title": "Basismodul",
                "topics": ["Kommunalrecht", "Haushalt"],
                "source_url": "https://lv.example/reihe",
                "last_seen_at": night,
            }
        ],
    }
