"""A web server's answer as the page that readers get: the same when fetched and when kept."""

from __future__ import annotations

import re
from collections.abc import Mapping

from web_poet import HttpResponse, HttpResponseHeaders

_WESTERN = "cp1252"
_LEAST_WIDE = 0.2
"""The least share of NUL bytes in a German page of two bytes a letter."""
_DECLARED_UTF16 = re.compile(r"""((?:encoding|charset)\s*=\s*["']?)utf-16(?:le|be)?""", re.I)


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


def as_utf8(body: bytes, content_type: str) -> tuple[bytes, str]:
    """A text in UTF-16 as UTF-8, with the content type that says so; any other as it is.

    Told by the mark at its beginning, by the type together with NUL bytes, or by a first "<" of
    two bytes. A text that is declared as UTF-16 and has no NUL byte is none.
    """
    kind = content_type.partition(";")[0].strip()
    is_declared = "utf-16" in content_type
    begins_wide = body[:200].lstrip(b" \t\r\n\0").startswith(b"<\0")
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif (begins_wide or is_declared) and body.count(b"\0") > len(body) * _LEAST_WIDE:
        encoding = "utf-16-be" if body[:1] == b"\0" else "utf-16-le"
    else:
        return body, f"{kind}; charset=utf-8" if is_declared else content_type
    text = body.decode(encoding, errors="replace")
    text = _DECLARED_UTF16.sub(r"\g<1>utf-8", text[:1000]) + text[1000:]
    return text.encode("utf-8", errors="replace"), f"{kind}; charset=utf-8"


def _is_hardly_utf8(body: bytes) -> bool:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        text = body.decode("utf-8", errors="replace")
        damaged = text.count("\ufffd")
        return damaged > sum(character > "\x7f" for character in text) - damaged
    return False
