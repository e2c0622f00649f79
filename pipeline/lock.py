"""No two nights at once: a lock on the data folder that ends with its process, however it ends."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from warehouse.nights import lock_file
from warehouse.settings import Settings

_TRIES, _PAUSE_SECONDS = 5, 0.1
"""Whoever only asks whether a night is running holds the lock for a moment."""


class NightRunning(Exception):
    """Another process already crawls, loads or publishes on this data folder."""


@contextmanager
def night_lock(settings: Settings) -> Iterator[None]:
    """Holds the lock for as long as the block runs. Raises NightRunning."""
    path = lock_file(settings)
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
        yield


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
