"""A killed crawl leaves whole sources; sealing makes a whole landing of them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from scrapers.landing import LandingWriter, PageArchive, content_hash, record_hash, seal
from scrapers.records import (
    ArchivedPage,
    Course,
    CrawlPlan,
    Sighting,
    SourceReport,
    SourceSpec,
)

STARTED = datetime(2026, 3, 14, 1, 30, tzinfo=UTC)
FINISHED = datetime(2026, 3, 14, 1, 40, tzinfo=UTC)
CRAWL = "20260314T013000Z-abcd"


def plan(*source_ids: str) -> CrawlPlan:
    return CrawlPlan(
        crawl_id=CRAWL,
        today=date(2026, 3, 14),
        started_at=STARTED,
        is_sample=True,
        user_agent="test",
        trusted_origins=(),
        sources=tuple(
            SourceSpec(
                source_id=source_id,
                provider_id=source_id,
                provider_name=source_id,
                kind="catalogue",
                start_urls=(f"http://{source_id}.example/",),
            )
            for source_id in source_ids
        ),
    )


def report(source_id: str) -> SourceReport:
    return SourceReport(
        crawl_id=CRAWL,
        source_id=source_id,
        provider_id=source_id,
        kind="catalogue",
        platform="kuferweb",
        state="complete",
        started_at=STARTED,
        finished_at=FINISHED,
        records=1,
    )


def sighting(source_id: str, title: str = "Basismodul") -> Sighting:
    record = Course(title=title, relevance="series")
    return Sighting(
        crawl_id=CRAWL,
        source_id=source_id,
        provider_id=source_id,
        page_url=f"http://{source_id}.example/kurs/1",
        fetched_at=STARTED,
        content_sha256="0" * 64,
        extractor="Reader/1",
        record_sha256=record_hash(record),
        record=record,
    )


def page(source_id: str) -> ArchivedPage:
    return ArchivedPage(
        crawl_id=CRAWL,
        source_id=source_id,
        url=f"http://{source_id}.example/kurs/1",
        reader="Reader/1",
        status=200,
        headers={"Content-Type": "text/html"},
        fetched_at=STARTED,
        content_sha256="0" * 64,
    )


@pytest.fixture
def landing(tmp_path: Path) -> LandingWriter:
    return LandingWriter.begin(tmp_path / "landing", tmp_path / "archive", plan("a", "b"))


def test_a_crawl_id_is_used_once(tmp_path: Path, landing: LandingWriter) -> None:
    with pytest.raises(FileExistsError):
        LandingWriter.begin(tmp_path / "landing", tmp_path / "archive", plan("a"))


def test_sealing_reports_unfinished_sources_as_interrupted(landing: LandingWriter) -> None:
    landing.add_source(report("a"), [sighting("a")], [page("a")])

    manifest = seal(landing.folder, FINISHED)

    lines = (landing.folder / "reports.jsonl").read_text().splitlines()
    reports = {r.source_id: r for r in map(SourceReport.model_validate_json, lines)}
    assert reports["a"].state == "complete"
    assert (reports["b"].state, reports["b"].failure_class) == ("failed", "interrupted")
    assert {f.name: f.lines for f in manifest.files} == {
        "records.jsonl": 1,
        "pages.jsonl": 1,
        "reports.jsonl": 2,
    }


def test_a_torn_line_and_records_without_a_report_are_dropped(landing: LandingWriter) -> None:
    landing.add_source(report("a"), [sighting("a")], [page("a")])
    with (landing.folder / "records.jsonl").open("a") as file:
        file.write(sighting("b").model_dump_json() + "\n")
        file.write(sighting("b").model_dump_json()[:50])

    seal(landing.folder, FINISHED)

    lines = (landing.folder / "records.jsonl").read_text().splitlines()
    assert [Sighting.model_validate_json(line).source_id for line in lines] == ["a"]


def test_sealing_twice_changes_nothing(landing: LandingWriter) -> None:
    landing.add_source(report("a"), [sighting("a")], [page("a")])
    first = seal(landing.folder, FINISHED)
    before = {p.name: p.read_bytes() for p in landing.folder.iterdir()}

    second = seal(landing.folder, datetime(2027, 1, 1, tzinfo=UTC))

    assert second == first
    assert {p.name: p.read_bytes() for p in landing.folder.iterdir()} == before


def test_the_archive_keeps_each_body_once_and_gives_it_back(tmp_path: Path) -> None:
    archive = PageArchive(tmp_path)
    body = "Grüße".encode() * 100
    digest = archive.keep(body)
    archive.keep(body)
    assert digest == content_hash(body)
    assert archive.read(digest) == body
    assert len([p for p in tmp_path.rglob("*") if p.is_file()]) == 1


def test_the_record_hash_knows_content_only() -> None:
    assert sighting("a").record_sha256 == sighting("b").record_sha256
    assert sighting("a").record_sha256 != sighting("a", title="Aufbaumodul").record_sha256
