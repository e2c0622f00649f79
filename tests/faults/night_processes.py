"""Processes of their own for tests: one that loads and publishes, one that reads.

They come from a fork server that has everything imported, so that a kill hits the work and not the
imports.
"""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from multiprocessing.context import ForkServerContext, ForkServerProcess
from multiprocessing.synchronize import Event
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pipeline.publish import publish
from tests.pipeline.landing_builder import World
from warehouse.store import open_published

READER_REST = 20
"""A reader rests so many times as long as it has looked, so that twenty leave room to publish."""
_IN_MEMORY = Path("/dev/shm")


@contextmanager
def quick_folder(otherwise: Path) -> Iterator[Path]:
    """A folder in memory where there is one: these tests write much and are not about the disk."""
    if not (_IN_MEMORY.is_dir() and os.access(_IN_MEMORY, os.W_OK)):
        yield otherwise
        return
    with TemporaryDirectory(dir=_IN_MEMORY) as folder:
        yield Path(folder)


def server() -> ForkServerContext:
    """Where the processes come from."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    return context


def start_load(context: ForkServerContext, folder: Path, today: date) -> ForkServerProcess:
    """A process that loads what has landed, and publishes. Returns when it has begun."""
    begun = context.Event()
    process = context.Process(target=_load_and_publish, args=(folder, today, begun), daemon=True)
    process.start()
    assert begun.wait(60)
    return process


def _load_and_publish(folder: Path, today: date, begun: Event) -> None:
    world = World(folder, today)
    begun.set()
    world.load()
    publish(world.settings)


def read_on(published: Path, number: int, begun: Event, stop: Event, answers: Any) -> None:
    """Opens and queries until it is told to stop; answers with a list of (when the query began,
    what it saw) and the errors. Every second reader keeps its connection over some queries."""
    seen: list[tuple[float, tuple[Any, ...]]] = []
    errors: list[str] = []
    held = None
    begun.set()
    while not stop.is_set():
        at = time.monotonic()
        try:
            if held is None:
                held = open_published(published)
                seen.append((at, _look(held)))
            else:
                before, now = seen[-1][1], _look(held)
                if before != now:
                    errors.append(f"one connection saw {before} and then {now}")
            if number % 2 == 0 or len(seen) % 5 == 0 or at - seen[-1][0] > 1:
                held.close()
                held = None
        except Exception as error:
            errors.append(f"{type(error).__name__}: {error}")
            held = None
        stop.wait(READER_REST * (time.monotonic() - at))
    answers.put((seen, errors))


def _look(connection: Any) -> tuple[Any, ...]:
    row: tuple[Any, ...] = connection.execute(
        "SELECT max(published_at), max(data_day), (SELECT min(title) FROM mart.offers), "
        "(SELECT max(title) FROM mart.offers), (SELECT count(*) FROM mart.offers) "
        "FROM mart.publication"
    ).fetchone()
    return row
