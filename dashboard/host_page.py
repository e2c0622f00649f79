"""The HTML page in which Streamlit draws every view, with what its scripts would find out later.

Streamlit's own page is English and bears Streamlit's name until its scripts have run. And below the
address of a view they look for the server in vain before they look where it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import streamlit
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

INDEX = Path(streamlit.__file__).parent / "static" / "index.html"
# Views lie directly below the address of the dashboard, be it a folder behind a proxy.
_SERVER = (
    "<script>window.__streamlit = {BACKEND_BASE_URL: new URL('.', location.href).href}</script>"
)
_SAID = {
    '<html lang="en">': '<html lang="de">',
    "<title>Streamlit</title>": "<title>Qualifizierungsatlas NRW</title>" + _SERVER,
    "You need to enable JavaScript to run this app.": (
        "Der Qualifizierungsatlas braucht JavaScript. Bitte erlauben Sie es in Ihrem Browser."
    ),
}


def host_page(index: str) -> str:
    """Streamlit's page in German and with the server's address. What another version of Streamlit
    says otherwise stays as it is: then its scripts find out for themselves."""
    for theirs, ours in _SAID.items():
        index = index.replace(theirs, ours, 1)
    return index


def routes(paths: Iterable[str]) -> list[Route]:
    """Answers with this page below each of these addresses, the bare one included."""
    page = host_page(INDEX.read_text(encoding="utf-8"))

    async def answer(_: Request) -> Response:
        # A later version has other scripts: browsers shall ask each time.
        return HTMLResponse(page, headers={"Cache-Control": "no-cache"})

    return [Route(f"/{path}", answer) for path in ("", *paths)]
