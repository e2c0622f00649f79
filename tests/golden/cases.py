"""The golden pages as data: which page, which reader, which result a person has confirmed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from web_poet import HttpResponse

from scrapers.pages.base import AnyRecord, ListEntry, ListPage, PageContext, RecordPage
from scrapers.pages.platforms import PLATFORMS

FOLDER = Path(__file__).parent / "catalogues"
CONTEXT = PageContext(today=date(2026, 1, 15), provider_name="vhs Musterstadt")


@dataclass(frozen=True)
class GoldenPage:
    """One saved page. `result` is what its reader must give, as JSON has it."""

    name: str
    platform: str
    reader: str
    url: str
    body: bytes
    result: dict[str, Any]

    @property
    def html(self) -> str:
        return self.body.decode("utf-8")

    @property
    def is_unreadable(self) -> bool:
        """True where the right answer is that the page cannot be read."""
        entries = self.result.get("entries")
        return "error" in self.result or (isinstance(entries, dict) and "error" in entries)

    def response(self, body: bytes | None = None) -> HttpResponse:
        return HttpResponse(
            self.url, body=self.body if body is None else body, status=200, encoding="utf-8"
        )

    def list_page(self, body: bytes | None = None) -> ListPage:
        return PLATFORMS[self.platform].list_page(self.response(body), CONTEXT)

    def course_page(self, body: bytes | None = None) -> RecordPage:
        return PLATFORMS[self.platform].course_page(self.response(body), CONTEXT)

    def read(self, body: bytes | None = None) -> Sequence[AnyRecord] | Sequence[ListEntry]:
        """The entries of a list, the records of any other page; `body` replaces the page's own.
        Raises PageError."""
        if self.reader == "list":
            return self.list_page(body).entries()
        return self.course_page(body).records()


def golden_pages(reader: str | None = None) -> list[GoldenPage]:
    """All saved catalogue pages in the order of their names, or those of one reader."""
    pages = []
    for path in sorted(FOLDER.glob("*.json")):
        case = json.loads(path.read_text("utf-8"))
        if reader in (None, case["reader"]):
            body = path.with_suffix(".html").read_bytes()
            pages.append(
                GoldenPage(
                    path.stem,
                    case["platform"],
                    case["reader"],
                    case["url"],
                    body,
                    case.get("result", {}),
                )
            )
    return pages
