"""Opens one view of the dashboard through Streamlit's own test runner, and reads what it says."""

from __future__ import annotations

import html
import re
from pathlib import Path

from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

import dashboard

APP = Path(dashboard.__file__).parent / "app.py"


def open_view(path: str = "start", **query: str) -> AppTest:
    """The view after one run, with this address."""
    app = AppTest.from_file(str(APP), default_timeout=60)
    # The runner knows pages only as files; this is the name that a browser would send.
    app._page_hash = calc_hash(path)
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()


def html_of(app: AppTest) -> str:
    """Everything that the page hands to the browser as HTML, without our style sheet."""
    bodies = [element.proto.body for element in app.get("html")]
    return "\n".join(body for body in bodies if not body.startswith("<style>"))


def text_of(app: AppTest) -> str:
    """The words of the page, as a reader sees them."""
    bodies = [html_of(app), *(element.value for element in app.markdown)]
    words = re.sub(r"<[^>]*>", " ", "\n".join(bodies))
    return " ".join(html.unescape(words).split())


def no_technical_words(app: AppTest) -> bool:
    """True if neither Streamlit nor Python shows through."""
    return not app.exception and "Traceback" not in text_of(app)
