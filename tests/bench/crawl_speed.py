"""The whole sample NRW in one crawl process, against the slowest polite host by itself."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from scrapers.records import CrawlPlan, SourceReport, SourceSpec
from tests.bench.many_hosts import HOSTS, TODAY, serving

MOST_RATIO = 1.10
MOST_MEGABYTES = 400
CRAWL_DELAY = 1.2
TIMEOUT_SECONDS = 6.0


@dataclass(frozen=True)
class Run:
    """One crawl process: its time from start to end, its peak memory, its reports."""

    seconds: float
    megabytes: float
    reports: tuple[SourceReport, ...]


def measure_crawl() -> int:
    """Crawls all hosts, then the slowest one alone; prints and judges. Takes about 90 seconds."""
    with serving(CRAWL_DELAY) as hosts, tempfile.TemporaryDirectory() as folder:
        sources = [host.source for host in hosts]
        behaviours = {host.source.source_id: host.behaviour for host in hosts}
        whole = _crawl("whole", sources, Path(folder))
        polite = [r for r in whole.reports if behaviours[r.source_id] == "answers"]
        slowest = max(polite, key=lambda report: report.finished_at - report.started_at)
        alone = _crawl(
            "alone", [s for s in sources if s.source_id == slowest.source_id], Path(folder)
        )
    ratio = whole.seconds / alone.seconds
    states = Counter((report.state, report.failure_class or "") for report in whole.reports)
    requests = sum(report.requests for report in whole.reports)
    print(f"{len(whole.reports)} hosts, {requests} requests: {whole.seconds:.1f} s")
    print(f"slowest polite host ({slowest.source_id}) by itself: {alone.seconds:.1f} s")
    print(f"ratio {ratio:.3f} (at most {MOST_RATIO})")
    print(f"peak memory {whole.megabytes:.0f} MB (under {MOST_MEGABYTES})")
    for (state, failure), count in sorted(states.items()):
        print(f"{count:4d} {state} {failure}".rstrip())
    unexpected = [
        f"{report.source_id} ({behaviours[report.source_id]}): {report.state} {report.detail or ''}"
        for report in whole.reports
        if (report.state == "complete") != (behaviours[report.source_id] == "answers")
    ]
    print("\n".join(unexpected))
    good = ratio <= MOST_RATIO and whole.megabytes < MOST_MEGABYTES and not unexpected
    return 0 if good and len(whole.reports) == HOSTS else 1


def _crawl(name: str, sources: Sequence[SourceSpec], folder: Path) -> Run:
    plan = CrawlPlan(
        crawl_id=f"20260314T013000Z-{name}",
        today=TODAY,
        started_at=datetime(2026, 3, 14, 1, 30, tzinfo=UTC),
        is_sample=True,
        user_agent="QualifizierungsatlasNRW/bench (+contact@example.org)",
        trusted_origins=tuple(source.start_urls[0].rstrip("/") for source in sources),
        sources=tuple(sources),
        timeout_seconds=TIMEOUT_SECONDS,
    )
    plan_file = folder / f"{name}.json"
    plan_file.write_text(plan.model_dump_json(), encoding="utf-8")
    command = [sys.executable, "-m", "scrapers", "crawl", "--plan", str(plan_file)]
    command += ["--landing", str(folder / "landing"), "--archive", str(folder / "archive")]
    began = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.monotonic() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"the crawl ended with exit code {process.returncode}")
    lines = (folder / "landing" / plan.crawl_id / "reports.jsonl").read_text().splitlines()
    reports = tuple(map(SourceReport.model_validate_json, lines))
    return Run(seconds, usage.ru_maxrss / 1024, reports)
