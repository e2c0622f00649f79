"""No two nights at once: a lock on the data folder that ends with its process, however it ends."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

from warehouse.settings import Settings


class NightRunning(Exception):
    """Another process already crawls, loads or publishes on this data folder."""


@contextmanager
def night_lock(settings: Settings) -> Iterator[None]:
    """Holds the lock for as long as the block runs. Raises NightRunning."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    path = settings.data_dir / "night.lock"
    with path.open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            holder = file.read().strip() or "unknown"
            raise NightRunning(
                f"{path}: another night is running (process {holder}); wait until it has ended"
            ) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield
