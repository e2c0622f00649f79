"""The crawl: any set of sources in one run and one Scrapy process."""

import dagster as dg
from dagster._core.errors import DagsterPipesExecutionError
from pydantic import Field

from pipeline.continuing import seal, still_to_read
from pipeline.crawling import (
    crawl_command,
    make_plan,
    new_crawl_id,
    plan_file,
    require_clock,
    require_same_web,
)
from pipeline.landing_reader import read_reports
from pipeline.night_settings import load_night_settings
from pipeline.partitions import sources_partitions
from pipeline.resources import Atlas
from scrapers.records import SourceReport
from warehouse.nights import note_crawl, started_night


class HarvestConfig(dg.Config):
    """`sources`: ids of the sources to visit, none means all active ones. `crawl_id`: given by
    whoever wants to follow the crawl while it runs."""

    sources: list[str] = Field(default_factory=list)
    crawl_id: str = ""


@dg.asset(
    partitions_def=sources_partitions,
    backfill_policy=dg.BackfillPolicy.single_run(),
    kinds={"scrapy"},
    group_name="night",
)
def harvest(
    context: dg.AssetExecutionContext,
    config: HarvestConfig,
    atlas: Atlas,
    pipes: dg.PipesSubprocessClient,
) -> dg.MaterializeResult:  # type: ignore[type-arg]
    """Visits the sources and leaves a landing. Each source in it is a partition of its own.

    An interrupted night of the same day is continued: what it has read whole is not asked again.
    """
    settings, register = atlas.settings(), atlas.register()
    require_clock(settings)
    require_same_web(settings, register)
    sources = register.select(config.sources or _chosen_partitions(context))
    context.instance.add_dynamic_partitions(
        str(sources_partitions.name), [source.source_id for source in register.sources]
    )

    crawl_id = config.crawl_id or new_crawl_id(settings.now())
    asked = still_to_read(settings, started_night(settings), sources) if atlas.is_night else sources
    if sources and not asked:
        context.log.info("an interrupted night of today had read every source: none is asked again")
        return dg.MaterializeResult(metadata={"sources": 0})
    plan = make_plan(settings, load_night_settings(), register, asked, crawl_id)
    log_file = settings.data_dir / "logs" / f"{crawl_id}.log"
    for path in (plan_file(settings, crawl_id), log_file):
        path.parent.mkdir(parents=True, exist_ok=True)
    plan_file(settings, crawl_id).write_text(plan.model_dump_json(), encoding="utf-8")

    landing = settings.landing_dir / crawl_id
    if atlas.is_night:
        note_crawl(settings, crawl_id, [source.source_id for source in sources])
    try:
        pipes.run(context=context, command=crawl_command(settings, crawl_id, log_file))
    except DagsterPipesExecutionError as error:
        context.log.warning(f"the crawl process ended early, its log is {log_file}: {error}")
        if not landing.exists():
            # Without its cause, which would only say that a process has ended.
            raise dg.Failure(
                f"the crawl process did not begin; what it said stands above and in {log_file}",
                allow_retries=False,
            ) from None
    seal(landing)

    reports = read_reports(landing)
    for report in reports:
        _log_source_event(context, report)
    return dg.MaterializeResult(
        metadata={
            "crawl_id": plan.crawl_id,
            "sources": len(plan.sources),
            "complete": sum(report.state == "complete" for report in reports),
            "records": sum(report.records for report in reports),
            "landing": dg.MetadataValue.path(str(landing)),
        }
    )


def _chosen_partitions(context: dg.AssetExecutionContext) -> list[str]:
    if context.has_partition_key or context.has_partition_key_range:
        return list(context.partition_keys)
    return []


def _log_source_event(context: dg.AssetExecutionContext, report: SourceReport) -> None:
    """A complete source is materialised; one that is not is only observed, so that Dagster never
    shows a failed check as fresh."""
    metadata: dict[str, str | int] = {
        "state": report.state,
        "failure_class": report.failure_class or "",
        "detail": report.detail or "",
        "requests": report.requests,
        "records": report.records,
        "attempts": report.attempts,
    }
    event = dg.AssetMaterialization if report.state == "complete" else dg.AssetObservation
    context.log_event(
        event(asset_key=context.asset_key, partition=report.source_id, metadata=metadata)
    )
