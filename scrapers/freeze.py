"""Golden files of real pages: a kept page, its headers, and what its reader makes of it.

A person reads the result beside the page and sets `reviewed`; from then on a test holds that
today's code still reads it so. The day is that of the visit, so the result never depends on now.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import attrs
from pydantic import Field, JsonValue, ValidationError

from scrapers.landing import PAGES, PageArchive
from scrapers.pages.base import ListPage, PageError, RecordPage
from scrapers.readers import context_of, kept_response, read_kept, reader_named, with_calendar_of
from scrapers.records import ArchivedPage, Contract, FailureClass, FrozenPage
from scrapers.reparse import KeptFileError, kept_lines, read_plan

SUFFIXES: Mapping[str, str] = {
    "application/pdf": ".pdf",
    "application/xml": ".xml",
    "text/xml": ".xml",
    "text/calendar": ".ics",
    "application/json": ".txt",
}
DEFAULT_SUFFIX = ".html"
# Belongs to one visitor and one visit, and no reader looks at it.
_PRIVATE_HEADERS = frozenset({"set-cookie"})


class GoldenResult(Contract):
    """What a reader makes of a page: records as JSON has them, or the class of the failure; of a
    result list its rows, and the number of hits that it states."""

    records: tuple[dict[str, JsonValue], ...] = ()
    failure_class: FailureClass | None = None
    entries: tuple[dict[str, JsonValue], ...] = ()
    stated_count: int | None = None


class GoldenCase(Contract):
    """One saved page without its body, which stands beside it in the file `body`, as the calendar
    that fills the course's times does in the file `calendar`.

    `frozen_from` is the crawl that fetched it, None for a page of our own. `reviewed` is set by
    the person who has compared `result` with the page.
    """

    source_id: str
    url: str
    reader: str
    today: date
    provider_name: str
    list_facts: tuple[tuple[str, str], ...] = ()
    status: int = 200
    headers: dict[str, str] = Field(default_factory=dict)
    body: str
    calendar: str | None = None
    frozen_from: str | None = None
    reviewed: bool = False
    result: GoldenResult


def load_case(path: Path) -> GoldenCase:
    """Raises KeptFileError with file and field."""
    try:
        return GoldenCase.model_validate_json(path.read_text(encoding="utf-8"))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise KeptFileError(f"{path.name}, field {place}: {first['msg'].lower()}") from None


def freeze(
    landing: Path, archive_dir: Path, source_id: str, out: Path, most_pages: int
) -> list[FrozenPage]:
    """Saves pages of one source's visit under `out/<source_id>/`, those with records first.

    A page that is saved already and reads the same stays as it is, with its review. Raises
    KeptFileError.
    """
    plan = read_plan(landing)
    source = next((spec for spec in plan.sources if spec.source_id == source_id), None)
    pages = [p for p in kept_lines(landing, PAGES, ArchivedPage) if p.source_id == source_id]
    if source is None or not pages:
        raise KeptFileError(
            f"{landing.name}/{PAGES}: this crawl kept no page of {source_id}; name another one"
        )
    archive = PageArchive(archive_dir)
    found: list[tuple[GoldenCase, bytes, bytes | None]] = []
    named: Counter[str] = Counter()
    for page in pages:
        # A search that is sent by POST has one address for all words.
        named[page.url] += 1
        name = _name(page) + (f"-{named[page.url]}" if named[page.url] > 1 else "")
        body = _kept(archive, page, page.content_sha256)
        calendar = _kept(archive, page, page.calendar_sha256) if page.calendar_sha256 else None
        case = GoldenCase(
            source_id=source_id,
            url=page.url,
            reader=page.reader.partition("/")[0],
            today=plan.today,
            provider_name=source.provider_name,
            list_facts=page.list_facts,
            status=page.status,
            headers={k: v for k, v in page.headers.items() if k.lower() not in _PRIVATE_HEADERS},
            body=name + _suffix(page.headers),
            calendar=None if calendar is None else f"{name}.ics",
            frozen_from=page.crawl_id,
            result=golden_result(page, body, calendar, plan.today, source.provider_name),
        )
        found.append((case, body, calendar))
    found.sort(key=lambda saved: (not saved[0].result.records, not saved[0].result.entries))
    return [_save(*saved, out / source_id) for saved in found[:most_pages]]


def _kept(archive: PageArchive, page: ArchivedPage, content_sha256: str) -> bytes:
    body = archive.find(content_sha256)
    if body is None:
        raise KeptFileError(f"{page.url}: its body is not whole in the archive")
    return body


def golden_result(
    page: ArchivedPage, body: bytes, calendar: bytes | None, today: date, provider_name: str
) -> GoldenResult:
    """What today's code makes of a kept page. Raises KeptFileError."""
    reader = reader_named(page.reader)
    if reader is None:
        raise KeptFileError(f"{page.url}: this version has no reader {page.reader}")
    context = context_of(page, today, provider_name)
    response = kept_response(page, body)
    if issubclass(reader, ListPage):
        return _result_of_list(reader(response, context))
    assert issubclass(reader, RecordPage)
    reading = read_kept(reader, response, context)
    read = reading.records if calendar is None else with_calendar_of(reading.records, calendar)
    records = tuple(record.model_dump(mode="json") for record in read)
    return GoldenResult(records=records, failure_class=reading.failure_class)


def _result_of_list(page: ListPage) -> GoldenResult:
    try:
        entries = tuple(json.loads(json.dumps(attrs.asdict(entry))) for entry in page.entries())
        return GoldenResult(entries=entries, stated_count=page.stated_count())
    except PageError as error:
        return GoldenResult(failure_class=error.failure_class)


def _save(case: GoldenCase, body: bytes, calendar: bytes | None, folder: Path) -> FrozenPage:
    folder.mkdir(parents=True, exist_ok=True)
    path = (folder / case.body).with_suffix(".json")
    body_path = folder / case.body
    known = load_case(path) if path.exists() else None
    is_new = known is None or known.result != case.result or body_path.read_bytes() != body
    if is_new:
        body_path.write_bytes(body)
        if calendar is not None and case.calendar is not None:
            (folder / case.calendar).write_bytes(calendar)
        write_case(case, path)
    return FrozenPage(
        url=case.url,
        file=f"{folder.name}/{path.name}",
        titles=tuple(
            str(told.get("title") or told.get("name"))
            for told in (*case.result.records, *case.result.entries)
        ),
        failure_class=case.result.failure_class,
        is_new=is_new,
    )


def write_case(case: GoldenCase, path: Path) -> None:
    """As a person reads it beside the page: one value a line."""
    text = json.dumps(case.model_dump(mode="json"), ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8")


def _name(page: ArchivedPage) -> str:
    """A file name that stays the same for an address and can be read."""
    words = re.findall(r"[a-z0-9]+", urlsplit(page.url).path.lower())
    readable = "-".join(words)[-40:].strip("-")
    digest = hashlib.sha256(page.url.encode()).hexdigest()[:8]
    return f"{readable}-{digest}" if readable else digest


def _suffix(headers: Mapping[str, str]) -> str:
    kinds: Sequence[str] = [v for k, v in headers.items() if k.lower() == "content-type"]
    kind = kinds[0].partition(";")[0].strip().lower() if kinds else ""
    return SUFFIXES.get(kind, DEFAULT_SUFFIX)
