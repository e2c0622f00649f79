"""Asks the scrapers for something that is no crawl: `python -m scrapers …` as a process."""

from __future__ import annotations

import subprocess
import sys

REFUSED = 2


class ScrapersRefused(Exception):
    """The scrapers cannot do what was asked; the message is their sentence."""


class ScrapersBroke(Exception):
    """The process ended where it should not have; the message is the last that it said."""


def ask_scrapers(command: str, *arguments: str, said: str = "") -> str:
    """What the process answers on stdout; `said` is its stdin. Raises ScrapersRefused and
    ScrapersBroke."""
    done = subprocess.run(
        [sys.executable, "-m", "scrapers", command, *arguments],
        input=said,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode == 0:
        return done.stdout
    words = done.stderr.strip().splitlines() or ["it said nothing"]
    if done.returncode == REFUSED:
        raise ScrapersRefused(words[-1])
    raise ScrapersBroke(f"`python -m scrapers {command}` broke: {words[-1]}")
