"""Landings with archived pages, and what reading them again leaves, for tests of the warehouse."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from scrapers.landing import LandingWriter, record_hash, seal
from scrapers.records import ArchivedPage, CrawlPlan, Sighting, SourceReport, SourceState
from tests.pipeline.landing_builder import DAY, AnyRecord, World

URL = "http://127.0.0.1:9001/kurssuche/kurs/Basismodul/261-1001"
NOTED = datetime.combine(DAY, time(20, 0), UTC)


@dataclass(frozen=True)
class Page:
    """A page of a kept visit: its reader, what was read from it then, its body."""

    reader: str
    records: Sequence[AnyRecord] = ()
    url: str = URL
    body: bytes = b""


def visit(
    world: World, day: date, pages: Mapping[str, Sequence[Page]], state: SourceState = "complete"
) -> str:
    """A landing with archived pages, as the crawl of that day left it; returns its crawl id."""
    started = datetime.combine(day, time(1, 30), UTC)
    specs = {source.source_id: source for source in world.register.sources}
    plan = CrawlPlan(
        crawl_id=f"{started:%Y%m%dT%H%M%SZ}",
        today=day,
        started_at=started,
        is_sample=True,
        user_agent="test",
        trusted_origins=(),
        sources=tuple(specs[source_id] for source_id in pages),
    )
    writer = LandingWriter.begin(world.settings.landing_dir, world.settings.archive_dir, plan)
    for source_id, kept in pages.items():
        spec = specs[source_id]
        archived, sightings = [], []
        for page in kept:
            digest = writer.archive.keep(page.body or page.url.encode())
            archived.append(
                ArchivedPage(
                    crawl_id=plan.crawl_id,
                    source_id=source_id,
                    url=page.url,
                    reader=page.reader,
                    status=200,
                    headers={"Content-Type": "text/html; charset=utf-8"},
                    fetched_at=started,
                    content_sha256=digest,
                )
            )
            sightings += [
                Sighting(
                    crawl_id=plan.crawl_id,
                    source_id=source_id,
                    provider_id=spec.provider_id,
                    page_url=page.url,
                    fetched_at=started,
                    content_sha256=digest,
                    extractor=page.reader,
                    record_sha256=record_hash(record),
                    record=record,
                )
                for record in page.records
            ]
        report = SourceReport(
            crawl_id=plan.crawl_id,
            source_id=source_id,
            provider_id=spec.provider_id,
            kind=spec.kind,
            platform=spec.platform,
            state=state,
            failure_class=None if state == "complete" else "timeout",
            started_at=started,
            finished_at=started + timedelta(minutes=1),
            records=len(sightings),
        )
        writer.add_source(report, sightings, archived)
    seal(writer.folder, started + timedelta(hours=1))
    return plan.crawl_id


def read_again(
    world: World,
    crawl_id: str,
    records: Mapping[str, Sequence[AnyRecord]],
    noted: datetime = NOTED,
) -> None:
    """Writes what `atlas reparse` writes at `noted`: each source's records instead of those that
    its pages gave in that crawl, page by page."""
    origin = world.settings.landing_dir / crawl_id
    plan = CrawlPlan.model_validate_json((origin / "plan.json").read_text())
    kept = [Sighting.model_validate_json(line) for line in lines(origin / "records.jsonl")]
    reports = [SourceReport.model_validate_json(line) for line in lines(origin / "reports.jsonl")]
    new_id = f"{noted:%Y%m%dT%H%M%SZ}-again"
    new_plan = plan.model_copy(
        update={"crawl_id": new_id, "started_at": noted, "today": noted.date()}
    )
    writer = LandingWriter.begin(world.settings.landing_dir, world.settings.archive_dir, new_plan)
    for report in reports:
        own = [s for s in kept if s.source_id == report.source_id]
        given = records.get(report.source_id, [])
        again = [
            was.model_copy(
                update={
                    "crawl_id": new_id,
                    "record": record,
                    "record_sha256": record_hash(record),
                    "extractor": "test 2",
                }
            )
            for was, record in zip(own or kept, given, strict=False)
        ]
        writer.add_source(
            report.model_copy(update={"crawl_id": new_id, "reparsed_from": crawl_id}), again, []
        )
    seal(writer.folder, noted + timedelta(minutes=1))


def lines(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines()
