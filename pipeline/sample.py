"""The sample web as a process of its own, for as long as it is needed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from warehouse.settings import REFERENCE_DIR, Settings

STOP_SECONDS = 5


class SampleWebError(Exception):
    """The sample web did not start; the message says why."""


@dataclass(frozen=True)
class SampleWeb:
    """A running sample web: its register and its sites by id."""

    register_dir: Path
    sites: dict[str, str]


@contextmanager
def running_sample_web(settings: Settings) -> Iterator[SampleWeb]:
    """Starts the sample web and stops it at the end. Raises SampleWebError."""
    register_dir = settings.data_dir / "sample" / "register"
    command = [
        sys.executable,
        "-m",
        "scrapers.sample_web",
        "--base-register",
        str(REFERENCE_DIR),
        "--register-out",
        str(register_dir),
        "--today",
        settings.today().isoformat(),
        "--parent-pid",
        str(os.getpid()),
    ]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        first_line = process.stdout.readline()
        if not first_line:
            raise SampleWebError(f"the sample web ended with code {process.wait()}, see above")
        ready = json.loads(first_line)
        yield SampleWeb(Path(ready["register"]), ready["sites"])
    finally:
        stop_process(process)


def stop_process(process: subprocess.Popen[str] | subprocess.Popen[bytes]) -> None:
    """Asks a child process to end, and ends it if it does not."""
    if process.poll() is not None:
        return
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
