"""Golden files as `atlas sources freeze` writes them, read with today's code."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, time
from pathlib import Path

from scrapers.freeze import GoldenCase, GoldenResult, golden_result
from scrapers.records import ArchivedPage


def read_again(case: GoldenCase, folder: Path) -> GoldenResult:
    """What today's code makes of the saved page; `folder` holds its body and its calendar."""
    body = (folder / case.body).read_bytes()
    page = ArchivedPage(
        crawl_id=case.frozen_from or "",
        source_id=case.source_id,
        url=case.url,
        reader=case.reader,
        status=case.status,
        headers=case.headers,
        fetched_at=datetime.combine(case.today, time(), UTC),
        content_sha256=hashlib.sha256(body).hexdigest(),
        list_facts=case.list_facts,
    )
    calendar = (folder / case.calendar).read_bytes() if case.calendar else None
    return golden_result(page, body, calendar, case.today, case.provider_name)
