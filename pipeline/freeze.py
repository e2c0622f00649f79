"""`atlas sources freeze`: kept pages of a source become golden files, for a person to review."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console

from pipeline.asking import ask_scrapers
from pipeline.landing_reader import list_landings
from pipeline.reparse import RereadError, newest_visits
from scrapers.records import FreezeResult
from warehouse.settings import REFERENCE_DIR, Settings

GOLDEN_DIR = REFERENCE_DIR.parents[1] / "tests" / "golden"
LIVE_DIR = GOLDEN_DIR / "live"


@dataclass(frozen=True)
class Frozen:
    """The saved pages of one source and the folder above them."""

    folder: Path
    result: FreezeResult

    def as_dict(self) -> dict[str, Any]:
        return {"folder": str(self.folder), **self.result.model_dump(mode="json")}

    def print_to(self, console: Console) -> None:
        for page in self.result.pages:
            said = ", ".join(page.titles) or page.failure_class or "no records"
            state = "to be reviewed" if page.is_new else "as it was"
            console.print(f"{page.file}: {said} ({state})", markup=False)
        if any(page.is_new for page in self.result.pages):
            console.print(
                "compare each result with its page, take out what concerns private persons, and "
                "set reviewed to true; until then the tests fail"
            )


def freeze(
    settings: Settings, source_id: str, crawl_id: str | None, out: Path | None, most_pages: int
) -> Frozen:
    """Saves pages of this source's newest visit, or of the given crawl.

    Raises RereadError, LandingError and ScrapersRefused.
    """
    if out is None and not GOLDEN_DIR.is_dir():
        raise RereadError(
            f"{GOLDEN_DIR} does not exist: this installation has no tests; name a folder with --out"
        )
    folder = LIVE_DIR if out is None else out
    if folder.exists() and not folder.is_dir():
        raise RereadError(f"--out: {folder} is a file; name a folder")
    chosen = crawl_id or _newest_crawl(settings, source_id)
    landing = settings.landing_dir / chosen
    if not (landing / "manifest.json").exists():
        raise RereadError(f"--crawl {chosen}: there is no whole landing of this crawl")
    arguments = ["--landing", str(landing), "--archive", str(settings.archive_dir)]
    arguments += ["--source", source_id, "--out", str(folder), "--pages", str(most_pages)]
    return Frozen(folder, FreezeResult.model_validate_json(ask_scrapers("freeze", *arguments)))


def _newest_crawl(settings: Settings, source_id: str) -> str:
    for crawl_id, sources in newest_visits(list_landings(settings.landing_dir)).items():
        if source_id in sources:
            return crawl_id
    raise RereadError(
        f"source {source_id!r} has not been visited yet; start `atlas crawl --source {source_id}`"
    )
