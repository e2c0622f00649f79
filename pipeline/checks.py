"""Guards as asset checks: the dictionary's rules and the rules about sources (DESIGN §5.2).

Each mart table has one check. A blocking finding ends the night before the publication; a finding
that does not block is a warning.
"""

from collections.abc import Iterator

import dagster as dg

from pipeline.assets.warehouse import MART_TABLES
from pipeline.guards import GuardFinding, check_before_publication, record_override
from pipeline.resources import Atlas
from warehouse.dictionary import load_dictionary

CHECK_NAME = "guards"


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
