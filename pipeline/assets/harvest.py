"""The crawl: any set of sources in one run and one Scrapy process."""

import subprocess

import dagster as dg
from dagster._core.errors import DagsterPipesExecutionError
from pydantic import Field

from pipeline.crawling import crawl_command, make_plan, new_crawl_id, seal_command
from pipeline.landing_reader import read_reports
from pipeline.partitions import sources_partitions
from pipeline.resources import Atlas
from scrapers.records import SourceReport


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
    """Visits the sources and leaves a landing. Each source in it is a partition of its own."""
    settings, register = atlas.settings(), atlas.register()
    sources = register.select(config.sources or _chosen_partitions(context))
    context.instance.add_dynamic_partitions(
        str(sources_partitions.name), [source.source_id for source in register.sources]
    )

    plan = make_plan(settings, register, sources, config.crawl_id or new_crawl_id(settings.now()))
    logs = settings.data_dir / "logs"
    plans = settings.data_dir / "work" / "plans"
    for folder in (logs, plans):
        folder.mkdir(parents=True, exist_ok=True)
    plan_file = plans / f"{plan.crawl_id}.json"
    plan_file.write_text(plan.model_dump_json(), encoding="utf-8")

    log_file = logs / f"{plan.crawl_id}.log"
    landing = settings.landing_dir / plan.crawl_id
    try:
        pipes.run(context=context, command=crawl_command(settings, plan_file, log_file))
    except DagsterPipesExecutionError as error:
        context.log.warning(f"the crawl process ended early, its log is {log_file}: {error}")
        if not landing.exists():
            raise dg.Failure(
                f"the crawl process did not begin; its log is {log_file}", allow_retries=False
            ) from error
    subprocess.run(seal_command(landing, settings.now()), check=True)

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
    }
    event = dg.AssetMaterialization if report.state == "complete" else dg.AssetObservation
    context.log_event(
        event(asset_key=context.asset_key, partition=report.source_id, metadata=metadata)
    )
