"""A real dashboard process and a real Chromium for tests that look at what readers see."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.views import PATIENCE
from tests.browser.visit import Visit
from tests.dashboard_fixture import DAY

CHROMIUM_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
SECONDS_TO_START = 180
# A busy machine may draw a page again under a test's hands. What fails three times in a row is
# wrong; what failed once is named at the end of the run.
RERUNS = 2


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("browser") is not None:
            item.add_marker(pytest.mark.flaky(reruns=RERUNS))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium; without one the browser tests are left out, and say so."""
    executable = next((found for name in CHROMIUM_NAMES if (found := shutil.which(name))), None)
    if executable is None:
        pytest.skip("no Chromium on this machine: what readers see in a browser is not tested")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_until_up(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"the dashboard did not start:\n{log.read_text(encoding='utf-8')}")


@pytest.fixture(scope="session")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Path], str]]:
    """Starts `python -m dashboard` over a data folder, one process each; gives its address."""
    running: dict[Path, tuple[str, subprocess.Popen[bytes]]] = {}
    logs = tmp_path_factory.mktemp("dashboard-logs")

    def start(data_dir: Path) -> str:
        if data_dir not in running:
            port = free_port()
            url = f"http://127.0.0.1:{port}"
            log = logs / f"{port}.txt"
            command = [sys.executable, "-m", "dashboard", "--port", str(port)]
            environment = os.environ | {
                "ATLAS_DATA": str(data_dir),
                "ATLAS_TODAY": DAY.isoformat(),
            }
            with log.open("wb") as output:
                process = subprocess.Popen(
                    command, env=environment, stdout=output, stderr=subprocess.STDOUT, cwd=logs
                )
            running[data_dir] = (url, process)
            wait_until_up(url, process, log)
        return running[data_dir][0]

    yield start
    for _, process in running.values():
        process.terminate()
    for _, process in running.values():
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Visit]]:
    """Opens an address in a fresh page, at a given width and in light or dark."""
    open_pages: list[Page] = []

    def start(url: str, width: int = 1440, dark: bool = False) -> Visit:
        page = browser.new_page(
            viewport={"width": width, "height": 900}, color_scheme="dark" if dark else "light"
        )
        page.set_default_timeout(PATIENCE)
        open_pages.append(page)
        made = Visit(page)
        host = url.split("//")[1].split("/")[0].split("?")[0]

        def note_request(address: str) -> None:
            scheme, _, rest = address.partition(":")
            if scheme not in ("data", "blob") and rest.lstrip("/").split("/")[0] != host:
                made.foreign_requests.append(address)

        page.on("request", lambda request: note_request(request.url))
        page.on("websocket", lambda socket: note_request(socket.url))
        page.on("pageerror", lambda error: made.complaints.append(str(error)))
        page.on(
            "console",
            lambda message: (
                made.complaints.append(message.text) if message.type == "error" else None
            ),
        )
        page.goto(url)
        return made

    yield start
    for page in open_pages:
        page.close()
