"""Reads what a crawl has left: only whole landings, and a clear word about those that are not.

The format is written by `scrapers.landing` and defined by `scrapers.records`.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from scrapers.records import LANDING_FORMAT, Contract, Manifest, Sighting, SourceReport

RECORDS, REPORTS, MANIFEST = "records.jsonl", "reports.jsonl", "manifest.json"
_MODELS: dict[str, type[Contract]] = {RECORDS: Sighting, REPORTS: SourceReport}
_ADVICE = "put the whole file back, or move the folder of this crawl away, and start again"


class LandingError(Exception):
    """A landing that cannot be read; the message names file, line and field where known."""


@dataclass(frozen=True)
class Landing:
    """A landing whose manifest is there. `manifest_sha256` tells apart two of the same crawl id."""

    folder: Path
    manifest: Manifest
    manifest_sha256: str

    @property
    def order(self) -> tuple[object, ...]:
        """Nights are applied in this order."""
        return (self.manifest.started_at, self.manifest.crawl_id)

    def file(self, name: str) -> Path:
        return self.folder / name


def list_landings(landing_dir: Path) -> list[Landing]:
    """All landings with a manifest, oldest first. A folder without one is not a landing yet."""
    if not landing_dir.is_dir():
        return []
    manifests = sorted(landing_dir.glob(f"*/{MANIFEST}"))
    return sorted((_read_manifest(path) for path in manifests), key=lambda landing: landing.order)


def _read_manifest(path: Path) -> Landing:
    where = f"{path.parent.name}/{MANIFEST}"
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise LandingError(
            f"{where}: cannot be read ({error.strerror}); check the permissions"
        ) from None
    try:
        manifest = Manifest.model_validate_json(raw)
    except ValidationError as error:
        raise LandingError(f"{where}, {_first_problem(error)}; {_ADVICE}") from None
    if manifest.landing_format != LANDING_FORMAT:
        raise LandingError(
            f"{where}, field landing_format: {manifest.landing_format} is not the format "
            f"{LANDING_FORMAT} of this version; read it with the version that wrote it"
        )
    if manifest.crawl_id != path.parent.name:
        raise LandingError(
            f"{where}, field crawl_id: {manifest.crawl_id!r} is not the folder's name; "
            "give the folder the name of its crawl"
        )
    listed = {file.name for file in manifest.files}
    for name in _MODELS:
        if name not in listed:
            raise LandingError(f"{where}, field files: {name} is not listed; {_ADVICE}")
    return Landing(path.parent, manifest, hashlib.sha256(raw).hexdigest())


def verify(landing: Landing) -> None:
    """Checks that the record and report files are those that the manifest vouches for. Raises
    LandingError."""
    for expected in landing.manifest.files:
        if expected.name not in _MODELS:
            continue
        path = landing.file(expected.name)
        where = f"{landing.folder.name}/{expected.name}"
        try:
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            if digest == expected.sha256:
                continue
            lines = path.read_bytes().count(b"\n")
        except OSError as error:
            raise LandingError(f"{where}: cannot be read ({error.strerror}); {_ADVICE}") from None
        diagnose(landing, expected.name)
        if lines != expected.lines:
            raise LandingError(
                f"{where}, line {min(lines, expected.lines) + 1}, field lines: the file has "
                f"{lines} lines and its manifest says {expected.lines}; {_ADVICE}"
            )
        raise LandingError(
            f"{where}, line 1, field sha256: the content is not the one its manifest vouches "
            f"for; {_ADVICE}"
        )


def diagnose(landing: Landing, name: str) -> None:
    """Raises LandingError for the first line that is no record; returns if there is none."""
    where = f"{landing.folder.name}/{name}"
    for number, line in enumerate(landing.file(name).read_bytes().splitlines(), start=1):
        try:
            _MODELS[name].model_validate_json(line)
        except ValidationError as error:
            raise LandingError(
                f"{where}, line {number}, {_first_problem(error)}; {_ADVICE}"
            ) from None


def _first_problem(error: ValidationError) -> str:
    first = error.errors()[0]
    field = ".".join(str(part) for part in first["loc"]) or "(whole line)"
    return f"field {field}: {first['msg'].lower()}"


def read_reports(folder: Path) -> list[SourceReport]:
    """The source reports of one landing folder. Raises LandingError."""
    path = folder / REPORTS
    reports = []
    for number, line in enumerate(path.read_bytes().splitlines(), start=1):
        try:
            reports.append(SourceReport.model_validate_json(line))
        except ValidationError as error:
            raise LandingError(
                f"{folder.name}/{REPORTS}, line {number}, {_first_problem(error)}; {_ADVICE}"
            ) from None
    return reports
