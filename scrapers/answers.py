"""A web server's answer as the page that readers get: the same when fetched and when kept."""

from __future__ import annotations

from collections.abc import Mapping

from web_poet import HttpResponse, HttpResponseHeaders

_WESTERN = "cp1252"


def page_of(url: str, body: bytes, status: int, headers: Mapping[str, str]) -> HttpResponse:
    """The page, in the encoding that it declares, or in windows-1252 where that is plainly wrong.

    German pages that declare UTF-8 and are not are windows-1252. A page that is UTF-8 but for a
    few damaged letters stays UTF-8.
    """
    kept = HttpResponseHeaders(headers)
    page = HttpResponse(url, body=body, status=status, headers=kept)
    if page.encoding == "utf-8" and _is_hardly_utf8(body):
        return HttpResponse(url, body=body, status=status, headers=kept, encoding=_WESTERN)
    return page


def _is_hardly_utf8(body: bytes) -> bool:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        text = body.decode("utf-8", errors="replace")
        damaged = text.count("\ufffd")
        return damaged > sum(character > "\x7f" for character in text) - damaged
    return False
