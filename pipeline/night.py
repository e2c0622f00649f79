"""Runs a night (or a part of it) through Dagster in this process and says how it ended."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import dagster as dg
from dagster_shared.error import SerializableErrorInfo
from rich.console import Console

from pipeline.continuing import read_before, reports_of
from pipeline.crawling import new_crawl_id
from pipeline.exit_codes import ExitCode
from pipeline.instance import open_instance
from pipeline.lock import night_lock
from pipeline.night_end import check_messages, error_sentence
from pipeline.progress import crawl_progress
from pipeline.register import Register
from pipeline.status import read_status
from scrapers.records import SourceReport
from warehouse.nights import last_night
from warehouse.settings import Settings
from warehouse.store import current_publication

Part = Literal["night", "crawl", "load"]


@dataclass(frozen=True)
class Outcome:
    """How a night ended. `problems` are sentences about what stopped it, empty when all went.

    `incomplete` names the sources that are not complete: of those visited, where any were, else of
    all that the publication knows.
    """

    part: Part
    crawl_id: str | None
    published: Path | None
    reports: tuple[SourceReport, ...]
    incomplete: tuple[str, ...]
    problems: tuple[str, ...]
    warnings: tuple[str, ...]

    @property
    def exit_code(self) -> ExitCode:
        if self.problems or (self.part != "crawl" and self.published is None):
            return ExitCode.NOTHING_PUBLISHED
        return ExitCode.INCOMPLETE if self.incomplete else ExitCode.ALL_WELL

    def as_dict(self) -> dict[str, Any]:
        return {
            "exit_code": int(self.exit_code),
            "crawl_id": self.crawl_id,
            "published": self.published.name if self.published else None,
            "problems": list(self.problems),
            "warnings": list(self.warnings),
            "incomplete": list(self.incomplete),
            "sources": [report.model_dump(mode="json") for report in self.reports],
        }


def run_part(
    part: Part,
    settings: Settings,
    register: Register,
    register_dir: Path | None,
    sources: Sequence[str],
    console: Console,
    override_reason: str = "",
) -> Outcome:
    """Executes the job of this part. Raises NightRunning; everything else is in the outcome."""
    from pipeline.definitions import definitions

    with night_lock(settings):
        instance = open_instance(settings)
    crawl_id = new_crawl_id(settings.now()) if part != "load" else None
    reports_file = settings.landing_dir / str(crawl_id) / "reports.jsonl"
    before, began = current_publication(settings.published_dir), settings.now()
    watching = (
        crawl_progress(reports_file, len(register.select(sources)), console)
        if crawl_id
        else nullcontext()
    )
    with instance, watching:
        result = definitions.resolve_job_def(part).execute_in_process(
            instance=instance,
            run_config=_run_config(part, register_dir, sources, crawl_id, override_reason),
            raise_on_error=False,
        )
    after = current_publication(settings.published_dir)
    published = after if after != before else None
    crawl_ids: tuple[str, ...] = (crawl_id,) if crawl_id else ()
    night = last_night(settings)
    if part == "night" and night is not None and night.finished_at >= began:
        # A continued night has more than one crawl.
        crawl_ids = night.crawl_ids or crawl_ids
    reports = reports_of(settings, crawl_ids) if part != "load" else ()
    if part == "load" and published:
        incomplete = [s.source_id for s in read_status(settings).sources if s.state != "complete"]
    else:
        incomplete = [report.source_id for report in reports if report.state != "complete"]
    return Outcome(
        part=part,
        crawl_id=crawl_id,
        published=published,
        reports=reports,
        incomplete=tuple(incomplete),
        problems=tuple(_problems(result)),
        warnings=(
            *_continued(len(read_before(settings, crawl_ids, crawl_id))),
            *check_messages(result.get_asset_check_evaluations(), dg.AssetCheckSeverity.WARN),
        ),
    )


def _run_config(
    part: Part,
    register_dir: Path | None,
    sources: Sequence[str],
    crawl_id: str | None,
    override_reason: str,
) -> dict[str, Any]:
    ops: dict[str, Any] = {}
    if part != "load":
        ops["harvest"] = {"config": {"sources": list(sources), "crawl_id": crawl_id}}
    resource = {"register_dir": str(register_dir or ""), "override_reason": override_reason}
    return {
        "ops": ops,
        "resources": {"atlas": {"config": resource}},
        "loggers": {"console": {"config": {"log_level": "CRITICAL"}}},
    }


def _problems(result: dg.ExecuteInProcessResult) -> list[str]:
    """One sentence per cause: a failed guard speaks for itself, anything else by its exception."""
    if result.success:
        return []
    guards = check_messages(result.get_asset_check_evaluations(), dg.AssetCheckSeverity.ERROR)
    if guards:
        return guards
    errors = (
        getattr(event.event_specific_data, "error", None)
        for event in result.all_events
        if event.is_step_failure or event.is_run_failure
    )
    sentences = [_sentence(error.cause or error) for error in errors if error is not None]
    return list(dict.fromkeys(sentences)) or ["the night failed without a message"]


def _continued(count: int) -> list[str]:
    if not count:
        return []
    return [
        f"an interrupted night of this day was continued: {count} sources that it had read whole "
        "were not asked again"
    ]


def _sentence(error: SerializableErrorInfo) -> str:
    return error_sentence(error.cls_name or "", error.message)
