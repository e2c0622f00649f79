"""Runs the command `atlas` as a person would: as a process, with its own data folder and day."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TODAY = "2026-03-14"


@dataclass(frozen=True)
class Finished:
    """A command that has ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass(frozen=True)
class Atlas:
    """An installation with its own data folder, on a fixed day."""

    data_dir: Path
    today: str = TODAY

    @property
    def environment(self) -> dict[str, str]:
        inherited = {k: v for k, v in os.environ.items() if not k.startswith(("ATLAS_", "DAGSTER"))}
        return {**inherited, "ATLAS_DATA": str(self.data_dir), "ATLAS_TODAY": self.today}

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "pipeline", *arguments]

    def run(self, *arguments: str, timeout: float = 170) -> Finished:
        done = subprocess.run(
            self.command(*arguments),
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )
        return Finished(done.returncode, done.stdout, done.stderr)

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            self.command(*arguments),
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def sql(self, query: str) -> list[dict[str, Any]]:
        """Rows of a query on the current publication."""
        done = self.run("sql", query, "--format", "json")
        assert done.code == 0, done.err
        rows: list[dict[str, Any]] = done.json
        return rows
