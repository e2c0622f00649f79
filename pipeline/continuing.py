"""What an interrupted night has left is made whole, and what it has read is not asked again.

The rule: an interrupted night is continued by the next one of the same day over the same sources;
a night that ended, however it ended, is followed by a new one.
"""

from __future__ import annotations

import subprocess
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from pipeline.crawling import plan_file, seal_command
from pipeline.landing_reader import MANIFEST, list_landings, read_reports
from scrapers.records import CrawlPlan, SourceReport, SourceSpec
from warehouse.nights import StartedNight
from warehouse.settings import Settings


class SealError(Exception):
    """What a crawl has left could not be made whole; the message says why."""


def seal_leftovers(settings: Settings) -> list[str]:
    """Makes whole landings of what killed crawls have left; returns their ids.

    Only the holder of the night lock may call this. A crawl older than a whole landing stays as it
    is, because history is written in order. Raises SealError.
    """
    whole = list_landings(settings.landing_dir)
    newest = whole[-1].manifest.started_at if whole else None
    sealed = []
    for folder in unfinished_landings(settings):
        plan = _plan_of(settings, folder.name)
        if plan is None or not (folder / "plan.json").exists():
            continue
        if newest is None or plan.started_at > newest:
            seal(folder)
            sealed.append(folder.name)
    return sealed


def unfinished_landings(settings: Settings) -> list[Path]:
    """Folders of crawls that were killed before their manifest, oldest first."""
    if not settings.landing_dir.is_dir():
        return []
    return sorted(
        folder
        for folder in settings.landing_dir.iterdir()
        if folder.is_dir() and not (folder / MANIFEST).exists()
    )


def seal(folder: Path) -> None:
    """Makes a landing whole, once the process that wrote it has ended. Raises SealError."""
    done = subprocess.run(seal_command(folder), capture_output=True, text=True, check=False)
    if done.returncode:
        words = done.stderr.strip().splitlines() or ["it said nothing"]
        raise SealError(
            f"{folder}: what the crawl has left could not be completed ({words[-1]}); check free "
            "space and permissions, then start `atlas run` again: nothing that was read is lost"
        )


def still_to_read(
    settings: Settings, night: StartedNight | None, sources: Sequence[SourceSpec]
) -> list[SourceSpec]:
    """The sources that this night has not read whole yet, of those chosen for it."""
    if night is None or night.day != settings.today():
        return list(sources)
    chosen = {source.source_id for source in sources}
    crawls = [crawl_id for crawl_id, ids in night.crawls.items() if set(ids) == chosen]
    read = {
        report.source_id for report in reports_of(settings, crawls) if report.state == "complete"
    }
    return [source for source in sources if source.source_id not in read]


def reports_of(settings: Settings, crawl_ids: Iterable[str]) -> tuple[SourceReport, ...]:
    """How the sources of these crawls ended, each as its last visit among them says."""
    reports: dict[str, SourceReport] = {}
    for crawl_id in crawl_ids:
        folder = settings.landing_dir / crawl_id
        if (folder / MANIFEST).exists():
            reports.update({report.source_id: report for report in read_reports(folder)})
    return tuple(reports.values())


def read_before(
    settings: Settings, crawl_ids: Collection[str], this_crawl: str | None
) -> frozenset[str]:
    """The sources that earlier crawls of a night had read whole."""
    earlier = [crawl_id for crawl_id in crawl_ids if crawl_id != this_crawl]
    reports = reports_of(settings, earlier)
    return frozenset(report.source_id for report in reports if report.state == "complete")


def _plan_of(settings: Settings, crawl_id: str) -> CrawlPlan | None:
    """The plan that this crawl was started with; None for what is no crawl."""
    try:
        return CrawlPlan.model_validate_json(plan_file(settings, crawl_id).read_bytes())
    except (OSError, ValueError):
        return None
