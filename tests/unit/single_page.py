"""Reads a page written in a test with the page object for its kind."""

from __future__ import annotations

from datetime import date
from typing import Literal

from web_poet import HttpResponse

from scrapers.pages.base import AnyRecord, PageContext, RecordPage
from scrapers.pages.single import single_page_for

URL = "https://www.stadt.example/seite"
Kind = Literal["overview", "page", "directory"]


def page(kind: Kind, body: str) -> RecordPage:
    response = HttpResponse(
        URL,
        body=f"<html><body><main>{body}</main></body></html>".encode(),
        headers={"Content-Type": "text/html; charset=utf-8"},
    )
    context = PageContext(today=date(2026, 1, 15), provider_name="Ein Träger")
    return single_page_for(kind)(response, context)


def read(kind: Kind, body: str) -> list[AnyRecord]:
    return list(page(kind, body).records())
