"""Where a crawl leaves what it read: record files per crawl and a page archive by content hash.

    landing/<crawl_id>/plan.json       what was to be read
                       records.jsonl   one Sighting a line
                       pages.jsonl     one ArchivedPage a line
                       reports.jsonl   one SourceReport a line
                       manifest.json   written last; without it the landing does not count
    archive/ab/abcd….zst               page bodies

A source's records and pages are appended when its visit has ended, its report after them. So a
crawl that is killed leaves whole sources, and `seal` makes a whole landing of what is there.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import zstandard
from pydantic import BaseModel, ValidationError

from scrapers.records import (
    LANDING_FORMAT,
    ArchivedPage,
    Contract,
    CrawlPlan,
    LandingFile,
    Manifest,
    Sighting,
    SourceReport,
)

RECORDS, PAGES, REPORTS = "records.jsonl", "pages.jsonl", "reports.jsonl"
PLAN, MANIFEST = "plan.json", "manifest.json"
ZSTD_LEVEL = 3

ModelT = TypeVar("ModelT", bound=Contract)


def content_hash(body: bytes) -> str:
    """The name under which the archive keeps a body."""
    return hashlib.sha256(body).hexdigest()


def record_hash(record: BaseModel) -> str:
    """Hash of what was read. A record bears no crawl time, so equal words give equal hashes."""
    canonical = json.dumps(record.model_dump(mode="json"), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(canonical.encode()).hexdigest()


class PageArchive:
    """Bodies of pages, each kept once."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    def path_of(self, content_sha256: str) -> Path:
        return self.directory / content_sha256[:2] / f"{content_sha256}.zst"

    def keep(self, body: bytes) -> str:
        """Stores a body if it is new and returns its hash."""
        digest = content_hash(body)
        target = self.path_of(digest)
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            _write_whole(target, zstandard.ZstdCompressor(level=ZSTD_LEVEL).compress(body))
        return digest

    def read(self, content_sha256: str) -> bytes:
        """The body with this hash. Raises FileNotFoundError."""
        compressed = self.path_of(content_sha256).read_bytes()
        return zstandard.ZstdDecompressor().decompress(compressed)

    def find(self, content_sha256: str) -> bytes | None:
        """The body with this hash, None where it is not there or damaged."""
        try:
            body = self.read(content_sha256)
        except (OSError, zstandard.ZstdError):
            return None
        return body if content_hash(body) == content_sha256 else None


class LandingWriter:
    """Appends the results of one crawl to its landing folder."""

    def __init__(self, folder: Path, archive: PageArchive) -> None:
        self.folder = folder
        self.archive = archive
        # Held until this process ends, so that nobody seals while it may still write.
        self._claim = (folder / PLAN).open("rb")
        fcntl.flock(self._claim, fcntl.LOCK_EX)

    @classmethod
    def begin(cls, landing_dir: Path, archive_dir: Path, plan: CrawlPlan) -> LandingWriter:
        """Makes the folder of a new crawl. FileExistsError if the crawl id was used before."""
        folder = landing_dir / plan.crawl_id
        folder.mkdir(parents=True)
        _write_whole(folder / PLAN, plan.model_dump_json(indent=1).encode())
        for name in (RECORDS, PAGES, REPORTS):
            (folder / name).touch()
        return cls(folder, PageArchive(archive_dir))

    def add_source(
        self,
        report: SourceReport,
        sightings: Sequence[Sighting],
        pages: Sequence[ArchivedPage],
    ) -> None:
        """Appends one finished source. The report comes last: it says that the rest is there."""
        self._append(RECORDS, sightings)
        self._append(PAGES, pages)
        self._append(REPORTS, [report])

    def _append(self, name: str, models: Sequence[Contract]) -> None:
        if models:
            with (self.folder / name).open("a", encoding="utf-8") as file:
                file.writelines(model.model_dump_json() + "\n" for model in models)


def wait_for_writer(folder: Path) -> None:
    """Returns when the process that writes this landing has ended. FileNotFoundError without a
    plan."""
    with (folder / PLAN).open("rb") as plan:
        fcntl.flock(plan, fcntl.LOCK_EX)


def seal(folder: Path, finished_at: datetime | None = None) -> Manifest:
    """Makes a landing complete: whole lines only, a report for every planned source, the manifest.

    A source whose report is missing was interrupted: it is reported as failed, and what it had
    already written is dropped, because it is not known to be all. Sealing twice changes nothing.
    Without `finished_at` the crawl ended with its last whole source.
    """
    if (folder / MANIFEST).exists():
        return Manifest.model_validate_json((folder / MANIFEST).read_text(encoding="utf-8"))
    plan = CrawlPlan.model_validate_json((folder / PLAN).read_text(encoding="utf-8"))

    reports = {report.source_id: report for report in _whole_lines(folder / REPORTS, SourceReport)}
    sightings = [s for s in _whole_lines(folder / RECORDS, Sighting) if s.source_id in reports]
    pages = [p for p in _whole_lines(folder / PAGES, ArchivedPage) if p.source_id in reports]
    if finished_at is None:
        ends = (report.finished_at for report in reports.values())
        finished_at = max(ends, default=plan.started_at)
    for source in plan.sources:
        if source.source_id not in reports:
            reports[source.source_id] = SourceReport(
                crawl_id=plan.crawl_id,
                source_id=source.source_id,
                provider_id=source.provider_id,
                kind=source.kind,
                platform=source.platform,
                state="failed",
                failure_class="interrupted",
                detail="the crawl ended before this source was read to the end",
                started_at=plan.started_at,
                finished_at=finished_at,
            )

    contents: dict[str, Iterable[Contract]] = {
        RECORDS: sightings,
        PAGES: pages,
        REPORTS: list(reports.values()),
    }
    files = tuple(_rewrite(folder / name, models) for name, models in contents.items())
    manifest = Manifest(
        landing_format=LANDING_FORMAT,
        crawl_id=plan.crawl_id,
        today=plan.today,
        is_sample=plan.is_sample,
        started_at=plan.started_at,
        finished_at=finished_at,
        sources=tuple(source.source_id for source in plan.sources),
        files=files,
    )
    _write_whole(folder / MANIFEST, manifest.model_dump_json(indent=1).encode())
    return manifest


def _whole_lines(path: Path, model: type[ModelT]) -> Iterator[ModelT]:
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        try:
            yield model.model_validate_json(line)
        except ValidationError:
            # The line that a killed crawl did not finish; everything after it is not there.
            return


def _rewrite(path: Path, models: Iterable[Contract]) -> LandingFile:
    lines = [model.model_dump_json() for model in models]
    body = "".join(line + "\n" for line in lines).encode()
    _write_whole(path, body)
    return LandingFile(name=path.name, lines=len(lines), sha256=hashlib.sha256(body).hexdigest())


def _write_whole(path: Path, body: bytes) -> None:
    """Writes under another name and moves the whole file into place, so no half file is seen."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    with temporary.open("wb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
