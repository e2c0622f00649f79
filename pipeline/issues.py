"""What people should look at: each issue says what is the matter and what to do.

An issue stands as long as its cause does; none is ticked off by hand.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import duckdb

from pipeline.continuing import unfinished_landings
from pipeline.mart_filling import MartFiller
from pipeline.resolve.failure_texts import failure_text
from warehouse.settings import Settings
from warehouse.store import create_table, run_models

Issue = tuple[str, str, str, str, datetime]
"""issue_id, kind, subject, message (German), opened_at"""

_VIEWS = ("failing_sources", "unvisited_sources", "changed_platforms", "duplicate_candidates")
_COLUMNS = {
    "issue_id": "VARCHAR",
    "kind": "VARCHAR",
    "subject": "VARCHAR",
    "message": "VARCHAR",
    "opened_at": "TIMESTAMPTZ",
}


def fill_issues(
    connection: duckdb.DuckDBPyConnection, filler: MartFiller, settings: Settings
) -> None:
    """Fills `mart.issues`, all but what the guards find later."""
    run_models(connection, "mart/views", _VIEWS)
    issues = [
        *_failing_sources(connection),
        *_unvisited_sources(connection),
        *_changed_platforms(connection),
        *_unresolved_providers(connection),
        *_duplicate_candidates(connection),
        *_orphan_landings(settings),
    ]
    create_table(connection, "found_issues", _COLUMNS, issues, temporary=True)
    filler.whole("issues", "SELECT * FROM found_issues ORDER BY issue_id")


def _issue(kind: str, subject: str, message: str, opened_at: datetime) -> Issue:
    return (f"{kind}:{subject}", kind, subject, message, opened_at)


def _failing_sources(connection: duckdb.DuckDBPyConnection) -> Iterator[Issue]:
    for source_id, opened_at, state, failure_class, detail in connection.execute(
        "SELECT source_id, opened_at, state, failure_class, detail FROM failing_sources"
    ).fetchall():
        message = (
            f"{failure_text(failure_class, detail, state)}. Die Quelle wird seit mindestens "
            "zwei Tagen nicht vollständig gelesen: Adresse und Aufbau der Seite prüfen."
        )
        yield _issue("source_failing", source_id, message, opened_at)


def _unvisited_sources(connection: duckdb.DuckDBPyConnection) -> Iterator[Issue]:
    for source_id, opened_at, last_day in connection.execute(
        "SELECT source_id, opened_at, last_day FROM unvisited_sources"
    ).fetchall():
        message = (
            f"Die Quelle wurde zuletzt am {last_day:%d.%m.%Y} besucht, andere seitdem schon: "
            "nachts alle Quellen besuchen, oder diese im Register abschalten."
        )
        yield _issue("source_unvisited", source_id, message, opened_at)


def _changed_platforms(connection: duckdb.DuckDBPyConnection) -> Iterator[Issue]:
    for source_id, opened_at, day, before, now in connection.execute(
        "SELECT source_id, opened_at, day, platform_before, platform FROM changed_platforms"
    ).fetchall():
        message = (
            f"Seit dem {day:%d.%m.%Y} wird ein anderes Kurssystem erkannt ({now} statt {before}): "
            "stichprobenweise ansehen, ob die Angebote noch richtig gelesen werden. Dieser "
            "Hinweis steht zwei Wochen."
        )
        yield _issue("platform_changed", source_id, message, opened_at)


def _unresolved_providers(connection: duckdb.DuckDBPyConnection) -> Iterator[Issue]:
    for offer_id, title, opened_at in connection.execute(
        "SELECT offer_id, title, first_seen_at FROM mart.offers WHERE provider_id IS NULL"
    ).fetchall():
        message = (
            f"Wer „{title}“ anbietet, ist nicht sicher erkennbar: Webseite oder Name des "
            "Anbieters im Register ergänzen."
        )
        yield _issue("provider_unresolved", offer_id, message, opened_at)


def _duplicate_candidates(connection: duckdb.DuckDBPyConnection) -> Iterator[Issue]:
    for offer_id, title, other_id, reason, others, opened_at in connection.execute(
        "SELECT offer_id, title, other_id, reason, others, opened_at FROM duplicate_candidates"
    ).fetchall():
        message = (
            f"„{title}“ könnte dasselbe Angebot sein wie {other_id} (Kandidaten: {others}). "
            f"{reason} Beide bleiben stehen, bis das geklärt ist."
        )
        yield _issue("duplicate_candidate", offer_id, message, opened_at)


def _orphan_landings(settings: Settings) -> Iterator[Issue]:
    """A killed crawl that no later night could complete any more."""
    for folder in unfinished_landings(settings):
        message = (
            f"Der Besuch {folder.name} wurde abgebrochen und zählt nicht. Der nächste vollständige "
            "Besuch liest seine Quellen neu; danach kann der Ordner gelöscht werden."
        )
        modified = datetime.fromtimestamp(folder.stat().st_mtime, UTC)
        yield _issue("orphan_landing", folder.name, message, modified)
