"""Shows how a crawl goes on: a bar on a terminal, plain lines elsewhere.

The crawl appends a report to its landing as each source ends; this reads along.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from scrapers.records import SourceReport

POLL_SECONDS = 0.3


@contextmanager
def crawl_progress(reports_file: Path, total: int, console: Console) -> Iterator[None]:
    """Follows `reports_file` until the block ends."""
    stop = threading.Event()
    follow = _follow_with_bar if console.is_terminal else _follow_with_lines
    thread = threading.Thread(target=follow, args=(reports_file, total, console, stop), daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _follow_with_bar(
    reports_file: Path, total: int, console: Console, stop: threading.Event
) -> None:
    columns = (
        TextColumn("reading"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.description}"),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("", total=total)
        for report in _new_reports(reports_file, stop):
            progress.update(task, advance=1, description=f"{report.source_id}: {report.state}")


def _follow_with_lines(
    reports_file: Path, total: int, console: Console, stop: threading.Event
) -> None:
    for number, report in enumerate(_new_reports(reports_file, stop), start=1):
        tries = f", tried {report.attempts} times" if report.attempts > 1 else ""
        detail = f" ({report.detail})" if report.detail else ""
        line = f"[{number}/{total}] {report.source_id}: {report.state}{tries}{detail}"
        console.print(line, markup=False, highlight=False, soft_wrap=True)


def _new_reports(reports_file: Path, stop: threading.Event) -> Iterator[SourceReport]:
    """Yields each report once as its line is complete; ends after the last look once stopped."""
    done = 0
    last_look = False
    while True:
        if reports_file.exists():
            whole = reports_file.read_text(encoding="utf-8").split("\n")[:-1]
            for line in whole[done:]:
                yield SourceReport.model_validate_json(line)
            done = max(done, len(whole))
        if last_look:
            return
        last_look = stop.wait(POLL_SECONDS)
