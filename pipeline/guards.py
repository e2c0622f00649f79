"""What must hold before a publication: the dictionary's rules, and no sudden loss in a source.

A finding that blocks keeps the last good publication. A person may let it pass with a reason,
which is recorded. All findings also stand in `mart.issues`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from pipeline.core import transaction
from pipeline.mart_filling import TableVersion, mark_changed, mart_versions
from pipeline.register import Register
from pipeline.row_counts import shrunken_tables
from warehouse.dictionary import DataCheck, Dictionary, checks
from warehouse.store import StoreError, create_table, open_published, run_models

LOSS_RATIO = 0.10
LOSS_MINIMUM_COUNT = 10
"""A ratio says nothing about fewer entries than this."""

_RULE_TEXTS = {
    "required": "Die Tabelle {table} ist leer und darf so nicht veröffentlicht werden",
    "key": "{table}: {count} Schlüssel ({subject}) kommen mehrfach vor, zum Beispiel {example}",
    "not_null": "{table}.{subject}: {count} Zeilen ohne Wert, zum Beispiel {example}",
    "allowed": "{table}.{subject}: {count} Zeilen mit unbekanntem Wert, zum Beispiel {example}",
    "min": "{table}.{subject}: {count} Zeilen mit zu kleinem Wert, zum Beispiel {example}",
    "max": "{table}.{subject}: {count} Zeilen mit zu großem Wert, zum Beispiel {example}",
    "references": "{table}.{subject}: {count} Zeilen verweisen ins Leere, zum Beispiel {example}",
}


@dataclass(frozen=True)
class GuardFinding:
    """A rule that does not hold. `table` is a name without schema; `message` is German."""

    table: str
    rule: str
    message: str
    blocking: bool


def check_before_publication(
    connection: duckdb.DuckDBPyConnection,
    dictionary: Dictionary,
    register: Register,
    published_dir: Path | None = None,
) -> list[GuardFinding]:
    """All rules that do not hold, also written to `mart.issues`.

    Losses are counted since the publication in `published_dir`; without one, there are none.
    """
    findings = [
        *_dictionary_findings(connection, dictionary),
        *_expectation_findings(connection, register),
        *_loss_findings(connection, published_dir),
        *_shrink_findings(connection, dictionary),
    ]
    with transaction(connection):
        connection.execute("DELETE FROM mart.issues WHERE kind = 'guard'")
        for finding in findings:
            connection.execute(
                "INSERT INTO mart.issues BY NAME (SELECT $1 AS issue_id, 'guard' AS kind, "
                "$2 AS subject, $3 AS message, max(published_at) AS opened_at "
                "FROM mart.publication HAVING max(published_at) IS NOT NULL)",
                [
                    f"guard:{finding.table}:{finding.rule}",
                    f"mart.{finding.table}",
                    finding.message,
                ],
            )
        if findings:
            mark_changed(connection, "issues")
    return findings


def record_override(
    connection: duckdb.DuckDBPyConnection,
    findings: Sequence[GuardFinding],
    reason: str,
    now: datetime,
) -> None:
    """Records that a person lets these findings pass. Raises ValueError without a reason."""
    if not reason.strip():
        raise ValueError("an override needs a reason; write why this publication may pass")
    with transaction(connection):
        for finding in findings:
            connection.execute(
                "INSERT INTO core.guard_overrides VALUES ($1, $2, $3, $4, $5)",
                [now, finding.table, finding.rule, finding.message, reason.strip()],
            )


def _dictionary_findings(
    connection: duckdb.DuckDBPyConnection, dictionary: Dictionary
) -> Iterator[GuardFinding]:
    """What held for the same contents on an earlier night is not asked again."""
    versions = mart_versions(connection)
    held = {digest for (digest,) in connection.execute("FROM core.held_checks").fetchall()}
    holding: list[Sequence[object]] = []
    for table in dictionary.tables:
        for check in checks(table):
            digest = _digest(check, versions)
            if digest in held:
                holding.append((digest,))
                continue
            row = connection.execute(check.sql).fetchone()
            if row is not None and row[0]:
                yield GuardFinding(
                    table.name, f"{check.rule}:{check.subject}", _rule_text(check, row), True
                )
            elif digest is not None:
                holding.append((digest,))
    create_table(connection, "core.held_checks", {"digest": "VARCHAR"}, holding)


def _digest(check: DataCheck, versions: Mapping[str, TableVersion]) -> str | None:
    """What a check and all that it looks at make together; None where it may change unnoticed."""
    own = versions.get(check.table.rpartition(".")[2])
    other = versions.get(check.refers_to.rpartition(".")[2]) if check.refers_to else own
    if own is None or other is None:
        return None
    text = f"{check.sql} {own.contents} {other.keys if check.refers_to else ''}"
    return hashlib.sha256(text.encode()).hexdigest()


def _rule_text(check: DataCheck, row: tuple[int, str | None]) -> str:
    return _RULE_TEXTS[check.rule].format(
        table=check.table, subject=check.subject, count=row[0], example=row[1]
    )


def _expectation_findings(
    connection: duckdb.DuckDBPyConnection, register: Register
) -> Iterator[GuardFinding]:
    """A complete visit with fewer records than the register expects stops the publication; more
    only warn. A visit that was not complete promises nothing, so nothing is missed."""
    records = dict(
        connection.execute(
            "SELECT source_id, records FROM mart.source_health WHERE state = 'complete'"
        ).fetchall()
    )
    for source in register.sources:
        count = records.get(source.source_id)
        if count is None:
            continue
        if source.expected_min is not None and count < source.expected_min:
            yield GuardFinding(
                "source_health",
                f"expected_min:{source.source_id}",
                f"{source.source_id}: nur {count} Datensätze, erwartet werden mindestens "
                f"{source.expected_min}. Seite prüfen, oder expect.min im Register ändern.",
                True,
            )
        if source.expected_max is not None and count > source.expected_max:
            yield GuardFinding(
                "source_health",
                f"expected_max:{source.source_id}",
                f"{source.source_id}: {count} Datensätze, erwartet werden höchstens "
                f"{source.expected_max}. Seite prüfen, oder expect.max im Register ändern.",
                False,
            )


def _loss_findings(
    connection: duckdb.DuckDBPyConnection, published_dir: Path | None
) -> Iterator[GuardFinding]:
    baseline = _published_crawl(connection, published_dir)
    if baseline is None:
        return
    connection.execute("SET VARIABLE baseline_seq = $1", [baseline])
    run_models(connection, "mart/views", ("source_losses",))
    for source_id, present, lost in connection.execute(
        "SELECT source_id, present, lost FROM source_losses "
        "WHERE present >= $1 AND lost > $2 * present ORDER BY source_id",
        [LOSS_MINIMUM_COUNT, LOSS_RATIO],
    ).fetchall():
        yield GuardFinding(
            "offers",
            f"loss:{source_id}",
            f"{source_id}: {lost} von {present} Angeboten sind auf einmal verschwunden. Seite "
            "prüfen; wenn es stimmt, mit Begründung veröffentlichen.",
            True,
        )


def _shrink_findings(
    connection: duckdb.DuckDBPyConnection, dictionary: Dictionary
) -> Iterator[GuardFinding]:
    for shrunken in shrunken_tables(connection, dictionary):
        yield GuardFinding(
            shrunken.table,
            "shrunken",
            f"{shrunken.table}: {shrunken.now} Zeilen, in der letzten Veröffentlichung waren es "
            f"{shrunken.before}. Prüfen, ob am Register oder beim Lesen etwas verloren ging; wenn "
            "es stimmt, mit Begründung veröffentlichen.",
            shrunken.stops,
        )


def _published_crawl(
    connection: duckdb.DuckDBPyConnection, published_dir: Path | None
) -> int | None:
    """The number of the last crawl that readers see; None if there is none in this warehouse."""
    if published_dir is None:
        return None
    try:
        with open_published(published_dir) as published:
            crawl = published.execute("SELECT crawl_id FROM mart.publication").fetchone()
    except (StoreError, duckdb.Error):
        return None
    if crawl is None:
        return None
    row = connection.execute(
        "SELECT seq FROM staging.crawls WHERE crawl_id = $1", [crawl[0]]
    ).fetchone()
    return None if row is None else int(row[0])
