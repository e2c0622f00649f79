"""From landing to publication with 100,000 courses, against DuckDB that only reads the lines.

The second night brings the same courses again, so all that may cost is to notice that.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

from tests.bench.many_courses import FIRST_DAY, RECORDS_IN_ALL, SOURCES
from tests.bench.warehouse_steps import Measured

MOST_RATIO = 10.0
AIM_RATIO = 3.0
MOST_MEGABYTES = 1500
MOST_UNCHANGED_SHARE = 0.20
BARE_ROUNDS = 3


def measure_warehouse() -> int:
    """Prints the ratios and the share of each step; 0 when all stay within their targets."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _run("generate", folder, FIRST_DAY)
        bare = [_run("bare", folder, FIRST_DAY) for _ in range(BARE_ROUNDS)]
        full = _run("night", folder, FIRST_DAY)
        unchanged = _run("night", folder, FIRST_DAY + timedelta(days=1))

    ratios = {name: _least(full.seconds, bare, name) for name in ("typed", "text")}
    share = unchanged.seconds / full.seconds
    megabytes = max(full.megabytes, unchanged.megabytes)
    print(f"{RECORDS_IN_ALL} records of {SOURCES} sources")
    _print_night("first night", full)
    _print_night("unchanged night", unchanged)
    print(
        f"first night {ratios['typed']:.1f} times DuckDB alone, lines into typed columns, written "
        f"as a database and as Parquet (at most {MOST_RATIO:.0f}, aim {AIM_RATIO:.0f})"
    )
    print(f"first night {ratios['text']:.1f} times DuckDB alone where records stay unread text")
    print(f"unchanged night {share:.0%} of the first (at most {MOST_UNCHANGED_SHARE:.0%})")
    typed = min(run.processor_steps["typed"] for run in bare)
    print(
        f"by processor time {full.processor_seconds / typed:.1f} times DuckDB alone (typed), "
        f"unchanged {unchanged.processor_seconds / full.processor_seconds:.0%} of the first"
    )
    print(f"peak memory {megabytes:.0f} MB (under {MOST_MEGABYTES})")
    good = (
        ratios["typed"] <= MOST_RATIO
        and share <= MOST_UNCHANGED_SHARE
        and megabytes < MOST_MEGABYTES
    )
    return 0 if good else 1


def _least(seconds: float, bare: list[Measured], step: str) -> float:
    """How many times as long as the fastest of the bare rounds."""
    return seconds / min(run.steps[step] for run in bare)


def _run(task: str, folder: Path, day: date) -> Measured:
    command = [sys.executable, "-m", "tests.bench.warehouse_steps", task, str(folder), str(day)]
    result = subprocess.run(command, check=True, capture_output=True, text=True)
    return Measured(**json.loads(result.stdout.splitlines()[-1]))


def _print_night(name: str, measured: Measured) -> None:
    steps = ", ".join(
        f"{step} {seconds / measured.seconds:.0%}" for step, seconds in measured.steps.items()
    )
    print(f"{name}: {measured.seconds:.1f} s, {measured.megabytes:.0f} MB ({steps})")
