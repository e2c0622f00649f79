"""The dashboard over a large warehouse, in a real browser, beside the least that Streamlit can do.

All is measured in one run on one computer, and times by the browser's own clock: from the beginning
of a visit, or of a click, until what is asked for stands in the page.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
from playwright.sync_api import Browser, sync_playwright

from tests.bench.dashboard_visits import (
    CHOROPLETH,
    EMPTY,
    FIRST_VIEW,
    MAP,
    first_visit,
    seconds_of_filters,
    sessions_at_once,
)
from tests.bench.large_warehouse import DAY, publish_large_warehouse
from tests.bench.official_shapes import official_shapes
from tests.browser.conftest import CHROMIUM_FLAGS, CHROMIUM_NAMES, free_port, wait_until_up

MOST_FIRST_VIEW_RATIO = 1.5
MOST_MAP_RATIO = 1.3
MOST_FILTER_SECONDS = 0.4
MOST_QUERY_MILLISECONDS = 50.0
MOST_SESSION_MEGABYTES = 30.0
SESSIONS = 20
ROUNDS = 7
SLOWEST_SHOWN = 8

_BARE = Path(__file__).parent / "bare_pages"


@dataclass(frozen=True)
class Server:
    """A running process that serves pages."""

    url: str
    pid: int
    log: Path

    def megabytes(self) -> float:
        """The memory that the process holds now, as Linux tells it."""
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii")
        (line,) = (line for line in status.splitlines() if line.startswith("VmRSS:"))
        return int(line.split()[1]) / 1024


def measure_dashboard() -> int:
    """Prints every figure beside its target; 0 when all are met."""
    with tempfile.TemporaryDirectory(prefix="atlas-bench-") as kept, ExitStack() as stack:
        folder = Path(kept)
        path = publish_large_warehouse(folder / "published")
        environment = os.environ | {"ATLAS_DATA": kept, "ATLAS_TODAY": DAY.isoformat()}
        good = [_measure_queries(environment)]

        def serve(*command: str, data: Path = folder) -> Server:
            given = environment | {"ATLAS_DATA": str(data)}
            return stack.enter_context(_server(folder, given, command))

        def serve_choropleth(published: Path, areas: Path) -> Server:
            _write_geojson(published, areas)
            return serve(*_streamlit("choropleth.py", str(areas)))

        atlas = serve("dashboard", "--port")
        empty = serve(*_streamlit("empty.py"))
        maps = {"map of the first view that has one": (atlas, serve_choropleth(path, folder / "a"))}
        if official := official_shapes():
            data = folder / "official"
            path = publish_large_warehouse(data / "published", official)
            maps["the same with the official areas"] = (
                serve("dashboard", "--port", data=data),
                serve_choropleth(path, folder / "b"),
            )
        playwright = stack.enter_context(sync_playwright())
        executable = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
        if executable is None:
            print("no Chromium on this machine: only the questions were measured")
            return 1
        browser = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_FLAGS)
        stack.callback(browser.close)
        good += [
            _compare(
                browser,
                "numbers and table of the first view",
                (f"{atlas.url}/", FIRST_VIEW),
                (empty.url, EMPTY),
                MOST_FIRST_VIEW_RATIO,
            ),
            *(
                _compare(
                    browser,
                    name,
                    (f"{ours.url}/karte", MAP),
                    (choropleth.url, CHOROPLETH),
                    MOST_MAP_RATIO,
                )
                for name, (ours, choropleth) in maps.items()
            ),
            *_measure_filters(browser, atlas),
            *_measure_sessions(browser, atlas),
        ]
    return 0 if all(good) else 1


def _told(name: str, value: float, most: float, unit: str, more: str = "") -> bool:
    good = value <= most
    verdict = "good" if good else "missed"
    print(f"{name}: {value:.2f}{unit} (at most {most:g}{unit}) {verdict}{more}", flush=True)
    return good


def _measure_queries(environment: dict[str, str]) -> bool:
    result = subprocess.run(
        [sys.executable, "-m", "tests.bench.dashboard_queries"],
        env=environment,
        check=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    timed = json.loads(result.stdout)
    timed.sort(key=lambda one: -one["milliseconds"])
    slow = sum(one["milliseconds"] > MOST_QUERY_MILLISECONDS for one in timed)
    good = _told(
        f"slowest of {len(timed)} questions",
        timed[0]["milliseconds"],
        MOST_QUERY_MILLISECONDS,
        " ms",
        f", {slow} above" if slow else "",
    )
    for one in timed[:SLOWEST_SHOWN]:
        sql = one["sql"] if len(one["sql"]) < 90 else f"{one['sql'][:50]} … {one['sql'][-36:]}"
        print(f"  {one['milliseconds']:6.1f} ms  {one['page']}: {sql}")
    return good


def _compare(
    browser: Browser, name: str, ours: tuple[str, str], bare: tuple[str, str], most: float
) -> bool:
    """Visits in turns, each in a fresh browser context; the first of each only warms the server."""
    taken = [(first_visit(browser, *ours), first_visit(browser, *bare)) for _ in range(ROUNDS + 1)]
    mine, least = (statistics.median(times) for times in zip(*taken[1:], strict=True))
    return _told(name, mine / least, most, " times", f": {mine:.2f} s against {least:.2f} s")


def _measure_filters(browser: Browser, atlas: Server) -> Iterator[bool]:
    for view, seconds in seconds_of_filters(browser, atlas.url).items():
        high = statistics.quantiles(seconds, n=20, method="inclusive")[-1]
        middle = statistics.median(seconds)
        more = f", median {middle:.2f} s of {len(seconds)}"
        yield _told(f"effect of a filter, {view}, p95", high, MOST_FILTER_SECONDS, " s", more)


def _measure_sessions(browser: Browser, atlas: Server) -> Iterator[bool]:
    # The first two see all views, so that what all sessions share is there.
    complaints = [
        complaint
        for _ in range(2)
        for complaint in sessions_at_once(browser, atlas.url, 1, lambda: None)
    ]
    before = atlas.megabytes()
    held: list[float] = []
    complaints += sessions_at_once(
        browser, atlas.url, SESSIONS, lambda: held.append(atlas.megabytes())
    )
    logged = [line for line in atlas.log.read_text(encoding="utf-8").splitlines() if "Err" in line]
    each = (held[0] - before) / SESSIONS
    yield _told("memory of a further session", each, MOST_SESSION_MEGABYTES, " MB")
    yield _told(f"errors in {SESSIONS} sessions at once", len(complaints + logged), 0, "")
    for line in (complaints + logged)[:SLOWEST_SHOWN]:
        print(f"  {line}")


def _streamlit(page: str, *arguments: str) -> tuple[str, ...]:
    settings = ("--server.headless=true", "--server.fileWatcherType=none")
    rest = ("--", *arguments) if arguments else ()
    return (
        *("streamlit", "run", str(_BARE / page), *settings, "--server.address=127.0.0.1"),
        *("--browser.gatherUsageStats=false", "--server.port", *rest),
    )


@contextmanager
def _server(
    folder: Path, environment: dict[str, str], command: tuple[str, ...]
) -> Iterator[Server]:
    """`python -m COMMAND`, with a free port after the argument that asks for one."""
    port = free_port()
    place = next(number for number, word in enumerate(command) if word.endswith("port")) + 1
    words = [sys.executable, "-m", *command[:place], str(port), *command[place:]]
    log = folder / f"{port}.txt"
    with log.open("wb") as output:
        process = subprocess.Popen(words, env=environment, stdout=output, stderr=subprocess.STDOUT)
    try:
        url = f"http://127.0.0.1:{port}"
        wait_until_up(url, process, log)
        yield Server(url, process.pid, log)
    finally:
        process.terminate()
        process.wait(20)


def _write_geojson(published: Path, path: Path) -> None:
    with duckdb.connect(str(published), read_only=True) as connection:
        rows = connection.execute("SELECT ags, geojson FROM mart.municipality_shapes").fetchall()
    features = [
        {"type": "Feature", "id": ags, "properties": {}, "geometry": json.loads(geojson)}
        for ags, geojson in rows
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
