"""Twenty readers open and query while thirty publications happen."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from pathlib import Path

from pipeline.publish import publish
from tests.faults.night_processes import quick_folder, read_on, server
from tests.pipeline.landing_builder import DAY, World, course
from warehouse.store import open_published

READERS, PUBLICATIONS, OFFERS = 20, 30, 3
PUBLICATIONS_PER_NIGHT = 3


def publish_again(world: World, number: int) -> datetime:
    """A publication, every third one after a new night, whose day its offers bear."""
    if number % PUBLICATIONS_PER_NIGHT == 0:
        world.today = DAY + timedelta(days=number)
        title = f"Fortbildung {world.today}"
        courses = [course(course_number=str(n), title=title) for n in range(OFFERS)]
        world.night(world.today, {"vhs-adorf": courses})
        world.load()
    publish(world.settings)
    with open_published(world.settings.published_dir) as connection:
        row = connection.execute("SELECT published_at FROM mart.publication").fetchone()
    assert row is not None
    at: datetime = row[0]
    return at


def test_no_reader_is_disturbed_and_each_sees_the_newest(tmp_path: Path) -> None:
    with quick_folder(tmp_path) as folder:
        publish_among_readers(World(folder))


def publish_among_readers(world: World) -> None:
    published = [(0.0, publish_again(world, 0))]
    context = server()
    answers, stop = context.Queue(), context.Event()
    begun = [context.Event() for _ in range(READERS)]
    readers = [
        context.Process(
            target=read_on,
            args=(world.settings.published_dir, number, event, stop, answers),
            daemon=True,
        )
        for number, event in enumerate(begun)
    ]
    for reader in readers:
        reader.start()
    assert all(event.wait(60) for event in begun)
    for number in range(1, PUBLICATIONS + 1):
        at = publish_again(world, number)
        published.append((time.monotonic(), at))
    stop.set()
    told = [answers.get(timeout=60) for _ in readers]
    for reader in readers:
        reader.join(60)
        assert reader.exitcode == 0

    for seen, errors in told:
        assert errors == []
        assert seen
        for began, (published_at, day, lowest, highest, count) in seen:
            assert lowest == highest == f"Fortbildung {day}", "torn"
            assert count == OFFERS
            newest = max(known for since, known in published if since <= began)
            assert published_at >= newest, "an older one, although a newer one was there"
    numbers = {published_at for seen, _ in told for _, (published_at, *_) in seen}
    assert len(numbers) > PUBLICATIONS / 2, "the readers looked while it was published"
