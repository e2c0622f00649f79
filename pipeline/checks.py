"""Guards as asset checks: the dictionary's rules and the rules about sources (DESIGN §5.2).

Each mart table has one check of all its rules. A blocking finding ends the night before the
publication; a finding that does not block is a warning. Beside them one check warns of sources that
have not been read completely for more than three days; it never holds a publication, because
coverage calls what depends on them unknown.
"""

from collections.abc import Iterator

import dagster as dg

from pipeline.assets.warehouse import MART_TABLES
from pipeline.freshness import stale_sources, stale_text
from pipeline.guards import GuardFinding, check_before_publication, record_override
from pipeline.resources import Atlas
from warehouse.dictionary import load_dictionary

CHECK_NAME = "guards"
FRESHNESS_NAME = "freshness"


@dg.multi_asset_check(
    specs=[
        dg.AssetCheckSpec(
            CHECK_NAME,
            asset=dg.AssetKey(["mart", table.name]),
            description="keys, required values, ranges, references, and the rules about sources",
            blocking=True,
        )
        for table in MART_TABLES
    ],
)
def guards(atlas: Atlas) -> Iterator[dg.AssetCheckResult]:
    """Everything that must hold before the pointer may move."""
    with atlas.work_database() as connection:
        findings = check_before_publication(
            connection, load_dictionary(), atlas.register(), atlas.settings().published_dir
        )
        blocking = [finding for finding in findings if finding.blocking]
        if blocking and atlas.override_reason:
            record_override(connection, blocking, atlas.override_reason, atlas.settings().now())
    for table in MART_TABLES:
        own = [finding for finding in findings if finding.table == table.name]
        yield _result(table.name, own, overridden=bool(atlas.override_reason))


def _result(table: str, findings: list[GuardFinding], overridden: bool) -> dg.AssetCheckResult:
    stops = any(finding.blocking for finding in findings) and not overridden
    return dg.AssetCheckResult(
        asset_key=["mart", table],
        check_name=CHECK_NAME,
        passed=not findings,
        severity=dg.AssetCheckSeverity.ERROR if stops else dg.AssetCheckSeverity.WARN,
        description="; ".join(finding.message for finding in findings) or None,
        metadata={"rules": [finding.rule for finding in findings]},
    )


@dg.asset_check(
    asset=dg.AssetKey(["mart", "source_health"]),
    name=FRESHNESS_NAME,
    description="every source was read completely within three days",
)
def freshness(atlas: Atlas) -> dg.AssetCheckResult:
    """Warns once, with all sources that are not fresh."""
    with atlas.work_database() as connection:
        stale = stale_sources(connection)
    return dg.AssetCheckResult(
        passed=not stale,
        severity=dg.AssetCheckSeverity.WARN,
        description=stale_text(stale) if stale else None,
        metadata={
            source.source_id: f"{source.last_complete_day:%d.%m.%Y}"
            if source.last_complete_day
            else "noch nie"
            for source in stale
        },
    )
