"""`python -m dashboard --host 127.0.0.1 --port 8501`: serves the dashboard until it is ended.

Ends by itself when its parent has died, so that no server stays behind.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import os
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import streamlit as st

from dashboard import host_page

APP = Path(__file__).with_name("app.py")
# What the first page would load: DuckDB asks for pandas when a question has parameters, Streamlit
# for Plotly's tools when there is a figure.
LOADED_EARLY = ("dashboard.views", "pandas", "plotly.tools")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m dashboard", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8501)
    parser.add_argument("--parent-pid", type=int, help="end when this parent is gone")
    arguments = parser.parse_args()
    if arguments.parent_pid is not None:
        _end_with_parent(arguments.parent_pid)
    load_early()
    # The arguments are told; Streamlit would hand them on to the page's script.
    del sys.argv[1:]
    # Everything else is set in .streamlit/config.toml beside the script.
    settings = {
        "server.address": arguments.host,
        "server.port": arguments.port,
        "logger.level": "warning",
        "logger.hideWelcomeMessage": True,
    }
    # Ctrl+C is how people end it, and no mistake that needs a traceback.
    with suppress(KeyboardInterrupt):
        _app().run(config=settings)


def _app() -> st.App:
    from dashboard.views import VIEWS

    return st.App(APP, routes=host_page.routes(view.path for view in VIEWS))


def load_early() -> None:
    """Loads before the first visit what every visit needs, and lets no page wait for it again.

    Streamlit collects garbage in full after each drawing of a page, and until that is done neither
    the rest of the page nor the files that it asks for are sent. What is loaded here stays for as
    long as the server runs: looked through each time, it would cost more than most pages.
    """
    for name in LOADED_EARLY:
        importlib.import_module(name)
    gc.collect()
    gc.freeze()


def _end_with_parent(parent_pid: int) -> None:
    def watch() -> None:
        while os.getppid() == parent_pid:
            time.sleep(1)
        os._exit(70)

    threading.Thread(target=watch, daemon=True, name="parent-watch").start()


if __name__ == "__main__":
    main()
