"""Another night that is running: the lock of the data folder, held by somebody else."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from pipeline.lock import night_lock
from warehouse.settings import Settings


@contextmanager
def another_night(settings: Settings) -> Iterator[None]:
    """In a thread of its own, because the thread that holds the lock may take it again."""
    lock = night_lock(settings)
    with ThreadPoolExecutor(1) as other:
        other.submit(lock.__enter__).result()
        try:
            yield
        finally:
            other.submit(lock.__exit__, None, None, None).result()
