"""From staging and core to the mart: every table of the dictionary.

The mart depends on the day, the register and what was loaded, and on nothing else: filled night by
night it is the same as filled at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from importlib.metadata import version

import duckdb

from pipeline.core import transaction
from pipeline.issues import fill_issues
from pipeline.mart_filling import MartFiller, begin_filling, mark_changed
from pipeline.register import Register
from pipeline.resolve.completeness import advice_sql, gaps_sql, score_sql
from pipeline.resolve.coverage import AssignedSource, Offers, ServingProvider, decide
from pipeline.resolve.merging import said_values_sql
from pipeline.row_counts import count_for_comparison
from warehouse.dictionary import load_dictionary
from warehouse.macros import create_macros
from warehouse.settings import Settings
from warehouse.store import create_table, model_sql, run_models

DISTRIBUTION = "qualifizierungsatlas"

# What a table reads from comes before it.
_REFERENCE = (
    "municipalities",
    "municipality_shapes",
    "councils",
    "council_totals",
    "providers",
    "service_areas",
)
_SOURCES = ("source_health", "council_sources", "source_checks")
_BY_OFFER = ("offers", "offer_sessions", "offer_changes", "offer_versions", "provenance")
_TEXTS = (
    "announcements",
    "announcement_events",
    "organisations",
    "text_provenance",
    "series_modules",
)


class MartError(Exception):
    """Data that must not be shown together; the message says what to do."""


def build_mart(
    connection: duckdb.DuckDBPyConnection, register: Register, settings: Settings
) -> None:
    """Fills all tables of the mart for the settings' day, in one transaction.

    Raises MartError when the register is one of the sample web and the data are not, or the other
    way round.
    """
    dictionary = load_dictionary()
    _check_world(connection, register)
    scored = (
        f"SELECT *, {score_sql()} AS completeness_score FROM wanted_offer_versions "
        "WHERE valid_to_seq IS NULL"
    )
    said_values = said_values_sql("shown_entries")
    gaps = gaps_sql("scored_versions")
    advice = advice_sql()
    made_of = (register.content_hash, version(DISTRIBUTION), scored, said_values, gaps, advice)
    with transaction(connection):
        filler = begin_filling(connection, dictionary, made_of)
        for name, value in {
            "data_day": settings.today(),
            "published_at": settings.now(),
            "is_sample": register.is_sample,
            "software_version": version(DISTRIBUTION),
        }.items():
            connection.execute(f"SET VARIABLE {name} = $1", [value])
        create_macros(connection)
        shown = "SELECT * FROM wanted_entries SEMI JOIN mart.offers USING (offer_id)"
        views = {
            "scored_versions": scored,
            "shown_entries": shown,
            "said_values": said_values,
            "offer_advice": advice,
        }
        for view, sql in views.items():
            connection.execute(f"CREATE OR REPLACE TEMP VIEW {view} AS {sql}")
        _fill(connection, filler)
        filler.by_offer("offer_gaps", gaps)
        filler.whole("provider_quality", model_sql("mart", "provider_quality"))
        _fill_coverage(connection, filler)
        filler.whole("coverage_history", model_sql("mart", "coverage_history"))
        fill_issues(connection, filler, settings)
        filler.always("publication", model_sql("mart", "publication"))
        count_for_comparison(connection, dictionary, settings.published_dir)
        filler.always("row_counts", "FROM counted_rows")


def _check_world(connection: duckdb.DuckDBPyConnection, register: Register) -> None:
    row = connection.execute("SELECT any_value(is_sample) FROM staging.crawls").fetchone()
    if row is None or row[0] is None or row[0] == register.is_sample:
        return
    data, names = ("sample", "real") if row[0] else ("real", "sample")
    raise MartError(
        f"this warehouse holds {data} data and the register names {names} sources; "
        "set ATLAS_DATA to another folder for one of them"
    )


def _fill(connection: duckdb.DuckDBPyConnection, filler: MartFiller) -> None:
    def whole(*names: str) -> None:
        for name in names:
            filler.whole(name, model_sql("mart", name))

    whole(*_REFERENCE)
    run_models(connection, "mart/views", ("crawl_days", "source_checks", "newest_readings"))
    whole(*_SOURCES)
    run_models(connection, "mart/views", ("last_day",))
    for name in _BY_OFFER:
        filler.by_offer(name, model_sql("mart", name))
    _follow_the_day(connection)
    whole("council_offers", "merge_decisions", "offer_links")
    run_models(connection, "mart/views", ("latest_announcements", "latest_organisations"))
    whole(*_TEXTS)


def _follow_the_day(connection: duckdb.DuckDBPyConnection) -> None:
    """A day and a visit that changed nothing else still move some columns of the offers."""
    row = connection.execute(model_sql("mart", "offers_today")).fetchone()
    if row is not None and row[0]:
        mark_changed(connection, "offers", has_same_keys=True)


def _fill_coverage(connection: duckdb.DuckDBPyConnection, filler: MartFiller) -> None:
    run_models(
        connection,
        "mart/views",
        ("coverage_evidence", "nearest_offers", "council_providers"),
    )
    sources: dict[str, list[AssignedSource]] = defaultdict(list)
    for ags, *facts in connection.execute(
        "SELECT c.ags, p.name, c.is_statewide, c.is_fresh, h.state, h.failure_class, h.detail, "
        "k.last_complete_day, k.last_complete_at "
        "FROM mart.council_sources c JOIN mart.source_health h USING (source_id) "
        "JOIN mart.providers p ON p.provider_id = h.provider_id "
        "LEFT JOIN source_checks k ON k.source_id = c.source_id "
        "ORDER BY c.ags, c.is_statewide, c.source_id"
    ).fetchall():
        sources[ags].append(AssignedSource(*facts))
    providers: dict[str, list[ServingProvider]] = defaultdict(list)
    for ags, *facts in connection.execute(
        "SELECT ags, name, has_website, is_switched_off FROM council_providers ORDER BY ALL"
    ).fetchall():
        providers[ags].append(ServingProvider(*facts))

    rows: list[Sequence[object]] = []
    for ags, module, *numbers in connection.execute(
        "SELECT ags, module, offer_count, open_offer_count, free_offer_count, full_offer_count, "
        "waitlist_offer_count, series_offers_without_module, vanished_offer_count, "
        "vanished_first_day, vanished_last_day, cancelled_offer_count "
        "FROM coverage_evidence ORDER BY ags, module"
    ).fetchall():
        coverage = decide(Offers(*numbers), sources[ags], providers[ags])
        rows.append((ags, module, coverage.state, coverage.reason, coverage.checked_at))
    create_table(
        connection,
        "decided_coverage",
        {
            "ags": "VARCHAR",
            "module": "VARCHAR",
            "state": "VARCHAR",
            "reason": "VARCHAR",
            "checked_at": "TIMESTAMPTZ",
        },
        rows,
        temporary=True,
    )
    filler.whole(
        "council_coverage",
        "SELECT d.*, e.offer_count, e.open_offer_count, e.next_start, e.past_offer_count, "
        "n.nearest_offer_id, n.nearest_km FROM decided_coverage d "
        "JOIN coverage_evidence e USING (ags, module) "
        "LEFT JOIN nearest_offers n USING (ags, module) ORDER BY ags, module",
    )
