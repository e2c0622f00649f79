"""No two nights at once: a lock on the data folder that ends with its process, however it ends."""

from __future__ import annotations

import fcntl
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from warehouse.nights import lock_file
from warehouse.settings import Settings

_held = threading.local()
_TRIES, _PAUSE_SECONDS = 5, 0.1
"""Whoever only asks whether a night is running holds the lock for a moment."""


class NightRunning(Exception):
    """Another process already crawls, loads or publishes on this data folder."""


@contextmanager
def night_lock(settings: Settings) -> Iterator[None]:
    """Holds the lock for as long as the block runs. Raises NightRunning.

    A thread that holds it already goes on holding it: a night is more than its crawl, and nothing
    may come in between.
    """
    path = lock_file(settings)
    held: set[Path] = _held.__dict__.setdefault("paths", set())
    if path in held:
        yield
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+", encoding="utf-8") as file:
        if not _take(file):
            file.seek(0)
            holder = file.read().strip() or "unknown"
            raise NightRunning(
                f"{path}: another night is running (process {holder}); wait until it has ended"
            )
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        held.add(path)
        try:
            yield
        finally:
            held.remove(path)


def _take(file: IO[str]) -> bool:
    for left in reversed(range(_TRIES)):
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if left:
                time.sleep(_PAUSE_SECONDS)
        else:
            return True
    return False
