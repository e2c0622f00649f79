"""Reads a page written in a test with the page object for its kind."""

from __future__ import annotations

from datetime import date
from typing import Literal

from web_poet import HttpResponse

from scrapers.pages.base import AnyRecord, PageContext
from scrapers.pages.single import single_page_for

URL = "https://www.stadt.example/seite"


def read(kind: Literal["overview", "page", "directory"], body: str) -> list[AnyRecord]:
    response = HttpResponse(
        URL,
        body=f"<html><body><main>{body}</main></body></html>".encode(),
        headers={"Content-Type": "text/html; charset=utf-8"},
    )
    context = PageContext(today=date(2026, 1, 15), provider_name="Ein Träger")
    return list(single_page_for(kind)(response, context).records())
