"""Which entries of which sources are one offer, decided anew in a night in which anything changed.

The rules of number and link are SQL over all entries (`core/apply/identity.sql`); likeness looks
at the few that are left (`resolve/likeness.py`). Every decision is kept in `core.merge_decisions`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import duckdb

from pipeline.entry_moves import described, doubtful_moves
from pipeline.register import Register
from pipeline.resolve.likeness import Described, Verdict, judge
from warehouse.store import create_table, model_sql, run_models

# Further catalogues of a provider may lead to its first one, pages to both, the overview to all:
# decided in this order.
_ORDER: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("catalogue",), ()),
    (("second_catalogue",), ("catalogue",)),
    (("page",), ("catalogue", "second_catalogue")),
    (("overview", "directory"), ("catalogue", "second_catalogue", "page")),
)
_ROLES = [role for roles, _ in _ORDER for role in roles]

_DECIDED = {
    "source_id": "VARCHAR",
    "base_key": "VARCHAR",
    "ordinal": "INTEGER",
    "identity_key": "VARCHAR",
    "score": "DOUBLE",
    "reason": "VARCHAR",
}


def prepare_roles(connection: duckdb.DuckDBPyConnection, register: Register) -> None:
    """Creates what the decisions read: the view `entry_roles`."""
    first: dict[str, str] = {}
    catalogues = [
        source
        for source in (*register.sources, *register.inactive_sources)
        if source.kind == "catalogue"
    ]
    for source in sorted(catalogues, key=lambda s: (s.source_id != s.provider_id, s.source_id)):
        first.setdefault(source.provider_id, source.source_id)
    second = [(s.source_id,) for s in catalogues if first[s.provider_id] != s.source_id]
    columns = {"source_id": "VARCHAR"}
    create_table(connection, "second_catalogues", columns, second, temporary=True)
    run_models(connection, "core", ("entry_roles",))


def decide_identities(connection: duckdb.DuckDBPyConnection) -> None:
    """Gives every entry its offer; needs `prepare_roles`, and the variables of the night."""
    candidates: list[Verdict] = []
    for kinds, targets in _ORDER:
        connection.execute("SET VARIABLE kinds = $1", [list(kinds)])
        connection.execute("SET VARIABLE targets = $1", [list(targets)])
        connection.execute(model_sql("core/apply", "identity"))
        verdicts = _judge_pairs(connection) if targets else []
        alike = [verdict for verdict in verdicts if verdict.is_merged]
        candidates += [verdict for verdict in verdicts if not verdict.is_merged]
        _create(connection, "night_alike", alike)
        connection.execute(model_sql("core/apply", "entries_identity"))
    candidates += doubtful_moves(connection)
    _create(connection, "night_candidates", candidates)
    connection.execute("SET VARIABLE roles = $1", [_ROLES])
    connection.execute(model_sql("core/apply", "merge_decisions"))


def _judge_pairs(connection: duckdb.DuckDBPyConnection) -> list[Verdict]:
    connection.execute(model_sql("core/apply", "night_pairs"))
    pairs: list[tuple[Described, Described]] = []
    merged_before: dict[tuple[str, str, int], str] = {}
    for entry, target in connection.execute("SELECT entry, target FROM night_pairs").fetchall():
        one, other = _whole(entry), _whole(target)
        pairs.append((one, other))
        if entry["identity_rule"] == "similarity":
            merged_before[one.key] = one.offer
    return judge(pairs, merged_before)


def _whole(row: dict[str, Any]) -> Described:
    return described(row, row, row["identity_key"] or "")


def _create(connection: duckdb.DuckDBPyConnection, name: str, verdicts: Sequence[Verdict]) -> None:
    rows = [(*v.key, v.offer, v.score, v.reason) for v in verdicts]
    create_table(connection, name, _DECIDED, rows, temporary=True)
