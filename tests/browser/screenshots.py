"""Pictures of every view: `python -m tests.browser.screenshots --out DIR [--data DIR]`.

Without `--data` a night over the sample web is run first, in a folder that is thrown away. Each
view is taken at three widths, in light and dark: `<view>-<width>-<light|dark>.png`.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from dashboard.views import VIEWS
from tests.browser.conftest import CHROMIUM_FLAGS, CHROMIUM_NAMES, free_port, wait_until_up
from tests.browser.views import wait_for_view
from tests.dashboard_fixture import DAY

WIDTHS = (1440, 1024, 390)
HEIGHT = 900


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.browser.screenshots")
    parser.add_argument("--out", type=Path, required=True, help="folder for the pictures")
    parser.add_argument("--data", type=Path, help="data folder with a publication")
    arguments = parser.parse_args()
    chromium = next((found for name in CHROMIUM_NAMES if (found := shutil.which(name))), None)
    if chromium is None:
        print("no Chromium on this machine; on Debian: apt-get install chromium", file=sys.stderr)
        return 2
    arguments.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="atlas-pictures-") as scratch:
        data_dir = arguments.data or Path(scratch) / "data"
        environment = os.environ | {"ATLAS_DATA": str(data_dir), "ATLAS_TODAY": DAY.isoformat()}
        if arguments.data is None:
            # 3: published, some sources of the sample web are broken on purpose.
            night = subprocess.run([sys.executable, "-m", "pipeline", "run"], env=environment)
            if night.returncode not in (0, 3):
                return night.returncode
        with _dashboard(environment, Path(scratch)) as url, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_FLAGS)
            for name in _pictures(browser, url, arguments.out):
                print(name)
            browser.close()
    return 0


@contextmanager
def _dashboard(environment: dict[str, str], scratch: Path) -> Iterator[str]:
    port = free_port()
    log = scratch / "dashboard.txt"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "dashboard", "--port", str(port)],
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        wait_until_up(f"http://127.0.0.1:{port}", process, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)


def _pictures(browser: Browser, url: str, out: Path) -> Iterator[str]:
    for dark in (False, True):
        scheme = "dark" if dark else "light"
        for width in WIDTHS:
            page = browser.new_page(
                viewport={"width": width, "height": HEIGHT},
                color_scheme="dark" if dark else "light",
            )
            for view in VIEWS:
                page.set_viewport_size({"width": width, "height": HEIGHT})
                page.goto(f"{url}/{view.path}")
                wait_for_view(page)
                # Streamlit scrolls inside the window: the whole page is seen in a high one.
                height = page.evaluate(
                    "document.querySelector('[data-testid=stMain]').scrollHeight"
                )
                page.set_viewport_size({"width": width, "height": max(HEIGHT, int(height))})
                page.wait_for_timeout(700)
                name = f"{view.path}-{width}-{scheme}.png"
                page.screenshot(path=out / name)
                yield name
            page.close()


if __name__ == "__main__":
    sys.exit(main())
