"""From staging to core: night by night, identity, merging, history.

Each crawl is applied in one transaction, in the order of the crawls. What a night does depends
only on staging and on the register, so building the core anew gives the same as the nights did;
that is what happens when the register or the rules of resolving have changed.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import groupby
from typing import cast

import duckdb

from pipeline.deciding import decide_identities, prepare_roles
from pipeline.entry_moves import follow_moves
from pipeline.register import Register
from pipeline.resolve.identity import KeyKind, Known, Seen, place
from pipeline.resolve.merging import changed_fields_sql, merge_sql
from pipeline.resolve.providers import ProviderFacts, ProviderFinder, endpoint
from pipeline.resolve.silence import kept_tonight_sql, kept_values_sql
from pipeline.resolve.venues import Municipality, VenueFinder, VenueText
from warehouse.store import create_table, model_sql, run_models

# To be raised when the rules of resolving change, so that existing warehouses apply them too.
RULES_VERSION = 5

CORE_TABLES = (
    "state",
    "applied_crawls",
    "readings",
    "entries",
    "kept",
    "merge_decisions",
    "offer_versions",
    "offer_changes",
    "touched_offers",
    "guard_overrides",
)
# An override by a person cannot be computed again.
_LASTING_TABLES = frozenset({"guard_overrides"})


@contextmanager
def transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Everything in the block happens, or nothing does."""
    connection.execute("BEGIN TRANSACTION")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def apply_crawls(connection: duckdb.DuckDBPyConnection, register: Register) -> list[str]:
    """Applies the staged crawls that the core does not contain yet; returns their ids, in order."""
    wanted = hashlib.sha256(f"{RULES_VERSION}:{register.resolution_hash}".encode()).hexdigest()
    with transaction(connection):
        _prepare(connection, wanted)
    run_models(connection, "core", ("canonical_link", "described_readings"))
    connection.execute(f"CREATE OR REPLACE TEMP VIEW kept_values AS {kept_values_sql()}")
    prepare_roles(connection, register)
    resolver = Resolver(register)
    waiting = connection.execute(
        "SELECT seq, crawl_id, finished_at FROM staging.crawls "
        "WHERE seq NOT IN (SELECT crawl_seq FROM core.applied_crawls) ORDER BY seq"
    ).fetchall()
    for seq, _, finished_at in waiting:
        with transaction(connection):
            _apply(connection, resolver, seq, finished_at)
    return [crawl_id for _, crawl_id, _ in waiting]


def _prepare(connection: duckdb.DuckDBPyConnection, wanted: str) -> None:
    connection.execute("CREATE SCHEMA IF NOT EXISTS core")
    run_models(connection, "core", ("state",))
    row = connection.execute("SELECT any_value(resolution_hash) FROM core.state").fetchone()
    is_current = row is not None and row[0] == wanted
    if not is_current:
        for table in CORE_TABLES:
            if table not in _LASTING_TABLES:
                connection.execute(f"DROP TABLE IF EXISTS core.{table}")
    run_models(connection, "core", CORE_TABLES)
    if not is_current:
        connection.execute("INSERT INTO core.state VALUES ($1)", [wanted])


def _apply(
    connection: duckdb.DuckDBPyConnection, resolver: Resolver, seq: int, finished_at: datetime
) -> None:
    def step(*names: str) -> None:
        for name in names:
            connection.execute(model_sql("core/apply", name))

    def variable(name: str, value: object) -> None:
        connection.execute(f"SET VARIABLE {name} = $1", [value])

    variable("seq", seq)
    variable("finished_at", finished_at)
    step("night_seen", "night_readings")
    resolver.resolve_providers(connection)
    resolver.resolve_venues(connection)
    step("readings", "night_hits", "night_rest", "night_rivals")
    _place_rivals(connection)
    step("night_sightings")
    follow_moves(connection)
    step("night_before", "entries", "own_keys", "night_turned")
    connection.execute(f"CREATE OR REPLACE TEMP TABLE night_kept AS {kept_tonight_sql()}")
    step("kept")
    if _is_anything_else(connection):
        decide_identities(connection)
    step("night_touched", "touched_offers")

    connection.execute(
        "CREATE OR REPLACE TEMP VIEW touched_entries AS "
        "SELECT * FROM core.entries WHERE offer_id IN (SELECT offer_id FROM night_touched)"
    )
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE night_merged AS {merge_sql('touched_entries')}"
    )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE night_old AS SELECT * FROM core.offer_versions "
        "WHERE valid_to_seq IS NULL AND offer_id IN (SELECT offer_id FROM night_touched)"
    )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE night_changed_fields AS "
        + changed_fields_sql("night_old", "night_merged")
    )
    step("night_changes", "offer_versions")
    connection.execute("INSERT INTO core.applied_crawls VALUES ($1)", [seq])


def _is_anything_else(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether an entry is new, gone, back, or says something else: else all decisions stand."""
    row = connection.execute(model_sql("core/apply", "night_differs")).fetchone()
    return row is not None and bool(row[0])


def _place_rivals(connection: duckdb.DuckDBPyConnection) -> None:
    """Decides the records that share their key with others; creates `night_placed`."""
    rows = connection.execute(
        "SELECT source_id, base_key, role, ordinal, record_sha256, title, module, start_date, "
        "position, missed FROM night_rivals ORDER BY source_id, base_key"
    ).fetchall()
    placed: list[Sequence[object]] = []
    for (source_id, base_key), group in groupby(rows, key=lambda row: (row[0], row[1])):
        known: list[Known] = []
        seen: list[Seen] = []
        for _, _, role, ordinal, sha, title, module, start_date, position, missed in group:
            if role == "known":
                known.append(Known(ordinal, title, module, start_date, position, missed))
            else:
                seen.append(Seen(sha, title, module, start_date, position, ordinal))
        kind = cast(KeyKind, base_key.split(":", 1)[0])
        placed.extend(
            (source_id, decision.record_sha256, decision.ordinal, decision.is_new)
            for decision in place(kind, known, seen)
        )
    create_table(
        connection,
        "night_placed",
        {
            "source_id": "VARCHAR",
            "record_sha256": "VARCHAR",
            "ordinal": "INTEGER",
            "is_new": "BOOLEAN",
        },
        placed,
        temporary=True,
    )


class Resolver:
    """Finds providers and municipalities for new readings, with what the register knows."""

    def __init__(self, register: Register) -> None:
        self._providers = ProviderFinder(
            [
                ProviderFacts(row.provider_id, row.name, row.website, row.kind == "vhs")
                for row in register.providers
            ]
        )
        self._vhs = {row.provider_id for row in register.providers if row.kind == "vhs"}
        self._venues = VenueFinder(
            [Municipality(row.ags, row.name) for row in register.municipalities]
        )
        self._seats = {row.provider_id: row.seat_ags for row in register.providers}
        self._served: dict[str, set[str]] = defaultdict(set)
        for area in register.service_areas:
            self._served[area.provider_id].add(area.ags)
        for provider_id, seat in self._seats.items():
            if seat is not None:
                self._served[provider_id].add(seat)
        self._own_endpoints = {
            source.source_id: frozenset(
                place for url in source.start_urls if (place := endpoint(url)) is not None
            )
            for source in (*register.sources, *register.inactive_sources)
        }

    def resolve_providers(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Creates `night_providers`. A catalogue speaks for its own provider only; a page does
        where it names nobody else, or is a VHS's own and names one by a name that the register
        does not know; the overview never does."""
        rows = connection.execute(
            "SELECT source_id, record_sha256, kind, source_provider_id, registration_url, "
            "detail_url, registration_email, announced_by FROM night_readings "
            "WHERE kind <> 'catalogue'"
        ).fetchall()
        resolved: list[Sequence[object]] = []
        for source_id, sha, kind, own, registration_url, detail_url, email, announced in rows:
            found = self._providers.find(
                (registration_url, detail_url),
                email,
                announced,
                self._own_endpoints.get(source_id, frozenset()),
            )
            provider_id, reason = found.provider_id, found.reason
            names_another = announced is not None and own not in self._vhs
            if provider_id is None and kind == "page" and not names_another:
                provider_id, reason = own, None
            resolved.append((source_id, sha, provider_id, reason))
        create_table(
            connection,
            "night_providers",
            {
                "source_id": "VARCHAR",
                "record_sha256": "VARCHAR",
                "provider_id": "VARCHAR",
                "provider_reason": "VARCHAR",
            },
            resolved,
            temporary=True,
        )
        connection.execute(
            "INSERT INTO night_providers SELECT source_id, record_sha256, source_provider_id, "
            "NULL FROM night_readings WHERE kind = 'catalogue'"
        )

    def resolve_venues(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Creates `night_venues`: the municipality of every distinct venue of a provider."""
        rows = connection.execute(
            "SELECT DISTINCT p.provider_id, n.venue_name, n.venue_postcode, n.venue_place, "
            "n.delivery_mode = 'online' FROM night_readings n "
            "JOIN night_providers p USING (source_id, record_sha256)"
        ).fetchall()
        located: list[Sequence[object]] = []
        for provider_id, name, postcode, place_name, is_online in rows:
            found = self._venues.find(
                VenueText(name, postcode, place_name, is_online),
                frozenset(self._served.get(provider_id, ())),
                self._seats.get(provider_id),
            )
            located.append(
                (provider_id, name, postcode, place_name, is_online, found.ags, found.reason)
            )
        create_table(
            connection,
            "night_venues",
            {
                "provider_id": "VARCHAR",
                "venue_name": "VARCHAR",
                "venue_postcode": "VARCHAR",
                "venue_place": "VARCHAR",
                "is_online": "BOOLEAN",
                "venue_ags": "VARCHAR",
                "venue_reason": "VARCHAR",
            },
            located,
            temporary=True,
        )
