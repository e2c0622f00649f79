"""Reads archived pages again with today's page objects: to compare, or as a new landing.

A page is read as on the day of its visit: same context, same headers, same body. What is written
keeps page, time and content hash of the visit; it is a new reading, never a new visit.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from scrapers.landing import (
    PAGES,
    PLAN,
    RECORDS,
    REPORTS,
    LandingWriter,
    PageArchive,
    record_hash,
    seal,
)
from scrapers.pages.base import AnyRecord, RecordPage
from scrapers.readers import (
    context_of,
    kept_response,
    read_kept,
    reader_named,
    title_of,
    with_calendar_of,
)
from scrapers.records import (
    ArchivedPage,
    Contract,
    CrawlPlan,
    RereadDifference,
    RereadOrder,
    RereadResult,
    RereadSource,
    Sighting,
    SourceReport,
    SourceSpec,
)
from scrapers.spiders.visit import CrawlClock

ModelT = TypeVar("ModelT", bound=Contract)


class KeptFileError(Exception):
    """A landing cannot be read again; the message names file, line and what to do."""


@dataclass
class VisitAgain:
    """One visit read again: what is known of it, what today's code makes of the same pages."""

    source: SourceSpec
    report: SourceReport
    before: list[Sighting]
    after: list[Sighting] = field(default_factory=list)
    pages: list[ArchivedPage] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    unknown_readers: Counter[str] = field(default_factory=Counter)
    missing_pages: int = 0

    def summary(self) -> RereadSource:
        return RereadSource(
            crawl_id=self.report.crawl_id,
            source_id=self.source.source_id,
            pages=len(self.pages),
            records_before=len(self.before),
            records_after=len(self.after),
            failures=tuple(self.failures),
            unknown_readers=dict(self.unknown_readers),
            missing_pages=self.missing_pages,
        )

    def differences(self) -> list[RereadDifference]:
        """On the pages that could be read again; the others say nothing."""
        read = {(page.url, page.content_sha256) for page in self.pages}
        before = [s for s in self.before if (s.page_url, s.content_sha256) in read]
        return differences(before, self.after)

    @property
    def is_news(self) -> bool:
        """Whether a page that gave records gives others now, or by another version."""

        def said(sightings: Iterable[Sighting]) -> set[tuple[str, str, str]]:
            return {(s.page_url, s.record_sha256, s.extractor) for s in sightings}

        return not said(self.after) <= said(self.before)


def reread(order: RereadOrder, landing_dir: Path, archive_dir: Path) -> RereadResult:
    """Reads the ordered visits again and, where the order says so, writes the new landing.

    Raises KeptFileError, and FileExistsError if the id of the new landing was used before.
    """
    clock = CrawlClock(order.started_at)
    archive = PageArchive(archive_dir)
    plans: list[CrawlPlan] = []
    visits: list[VisitAgain] = []
    for crawl_id, source_ids in sorted(order.visits.items()):
        plan = read_plan(landing_dir / crawl_id)
        plans.append(plan)
        again = [landing_dir / later for later in order.rereadings.get(crawl_id, ())]
        later = _pages_of_later_visits(landing_dir, order.later, source_ids)
        visits.extend(
            _read_visits(landing_dir / crawl_id, again, plan, set(source_ids), later, archive)
        )
    written = order.write_as is not None and any(visit.is_news for visit in visits)
    if written:
        writer = LandingWriter.begin(landing_dir, archive_dir, _new_plan(order, plans[-1], visits))
        for visit in visits:
            _write(writer, visit, str(order.write_as))
        seal(writer.folder, clock.now())
    return RereadResult(
        sources=tuple(visit.summary() for visit in visits),
        differences=tuple(difference for visit in visits for difference in visit.differences()),
        written=written,
    )


def read_plan(folder: Path) -> CrawlPlan:
    """The plan of a landing. Raises KeptFileError."""
    path = folder / PLAN
    try:
        return CrawlPlan.model_validate_json(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise KeptFileError(
            f"{folder.name}/{PLAN} is missing; put it back, or name another crawl"
        ) from None
    except ValidationError as error:
        raise KeptFileError(f"{folder.name}/{PLAN}: {_problem(error)}") from None


def kept_lines(folder: Path, name: str, model: type[ModelT]) -> list[ModelT]:
    """The models of one file of a landing. Raises KeptFileError."""
    models = []
    try:
        lines = (folder / name).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        raise KeptFileError(
            f"{folder.name}/{name} is missing; put it back, or name another crawl"
        ) from None
    for number, line in enumerate(lines, start=1):
        try:
            models.append(model.model_validate_json(line))
        except ValidationError as error:
            raise KeptFileError(f"{folder.name}/{name}, line {number}, {_problem(error)}") from None
    return models


def _problem(error: ValidationError) -> str:
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"]) or "(whole line)"
    return f"field {place}: {first['msg'].lower()}; put the whole file back"


def _read_visits(
    folder: Path,
    again: Sequence[Path],
    plan: CrawlPlan,
    source_ids: set[str],
    later: set[tuple[str, str]],
    archive: PageArchive,
) -> list[VisitAgain]:
    specs = {source.source_id: source for source in plan.sources}
    pages = [
        page
        for page in kept_lines(folder, PAGES, ArchivedPage)
        if page.source_id in source_ids and (page.source_id, page.url) not in later
    ]
    before = _known(folder, again, {(p.source_id, p.url, p.fetched_at) for p in pages})
    visits = {
        report.source_id: VisitAgain(
            specs[report.source_id], report, before.get(report.source_id, [])
        )
        for report in kept_lines(folder, REPORTS, SourceReport)
        if report.source_id in source_ids and report.source_id in specs
    }
    for page in pages:
        if page.source_id in visits:
            _read_page(visits[page.source_id], page, plan, archive)
    return list(visits.values())


def _pages_of_later_visits(
    landing_dir: Path, later: Mapping[str, Sequence[str]], source_ids: Iterable[str]
) -> set[tuple[str, str]]:
    """Source and address of the pages that later visits to these sources have fetched."""
    return {
        (page.source_id, page.url)
        for source_id in source_ids
        for crawl_id in later.get(source_id, ())
        for page in kept_lines(landing_dir / crawl_id, PAGES, ArchivedPage)
        if page.source_id == source_id
    }


def _known(
    folder: Path, again: Sequence[Path], pages: set[tuple[str, str, datetime]]
) -> dict[str, list[Sighting]]:
    """What is known from these pages, by source: of each page its newest reading that gave any
    record, as the warehouse has it."""
    readings: dict[tuple[str, str, datetime], list[Sighting]] = {}
    for landing in (folder, *again):
        here: dict[tuple[str, str, datetime], list[Sighting]] = defaultdict(list)
        for sighting in kept_lines(landing, RECORDS, Sighting):
            page = (sighting.source_id, sighting.page_url, sighting.fetched_at)
            if page in pages:
                here[page].append(sighting)
        readings.update(here)
    known: dict[str, list[Sighting]] = defaultdict(list)
    for (source_id, _, _), sightings in readings.items():
        known[source_id].extend(sightings)
    return known


def _read_page(
    visit: VisitAgain, page: ArchivedPage, plan: CrawlPlan, archive: PageArchive
) -> None:
    reader = reader_named(page.reader)
    if reader is None:
        visit.unknown_readers[page.reader] += 1
        return
    if not issubclass(reader, RecordPage):
        return  # a result list: no record comes from it
    body = archive.find(page.content_sha256)
    calendar = archive.find(page.calendar_sha256) if page.calendar_sha256 else None
    if body is None or (page.calendar_sha256 and calendar is None):
        visit.missing_pages += 1
        return
    context = context_of(page, plan.today, visit.source.provider_name)
    reading = read_kept(reader, kept_response(page, body), context)
    records = reading.records
    if calendar is not None:
        records = with_calendar_of(records, calendar)
    if reading.doubts:
        # A reading that is doubted corrects nothing.
        visit.failures.append(f"{page.url}: markup_changed: {reading.doubts[0]}")
        return
    if reading.failure_class:
        visit.failures.append(f"{page.url}: {reading.failure_class}: {reading.message}")
    visit.pages.append(page.model_copy(update={"reader": reader.extractor()}))
    visit.after.extend(
        Sighting(
            crawl_id=page.crawl_id,
            source_id=page.source_id,
            provider_id=visit.source.provider_id,
            page_url=page.url,
            fetched_at=page.fetched_at,
            content_sha256=page.content_sha256,
            extractor=reader.extractor(),
            record_sha256=record_hash(record),
            record=record,
        )
        for record in records
    )


def _new_plan(order: RereadOrder, latest: CrawlPlan, visits: Sequence[VisitAgain]) -> CrawlPlan:
    return latest.model_copy(
        update={
            "crawl_id": order.write_as,
            "today": order.today,
            "started_at": order.started_at,
            "sources": tuple(visit.source for visit in visits),
        }
    )


def _write(writer: LandingWriter, visit: VisitAgain, crawl_id: str) -> None:
    origin = visit.report.crawl_id
    note = f"not visited: the pages of crawl {origin} were read again"
    detail = f"{note}; that visit: {visit.report.detail}" if visit.report.detail else note
    report = visit.report.model_copy(
        update={
            "crawl_id": crawl_id,
            "records": len(visit.after),
            "detail": detail,
            "reparsed_from": origin,
        }
    )
    mark = {"crawl_id": crawl_id}
    writer.add_source(
        report,
        [sighting.model_copy(update=mark) for sighting in visit.after],
        [page.model_copy(update=mark) for page in visit.pages],
    )


def differences(before: Sequence[Sighting], after: Sequence[Sighting]) -> list[RereadDifference]:
    """What differs, page by page. Records of one page are paired by what names them, then by
    their order; a record without a partner is `lost` or `found`."""
    pages: dict[tuple[str, str], tuple[list[Sighting], list[Sighting]]] = {}
    for side, sightings in enumerate((before, after)):
        for sighting in sightings:
            key = (sighting.page_url, sighting.content_sha256)
            pages.setdefault(key, ([], []))[side].append(sighting)
    found: list[RereadDifference] = []
    for old, new in pages.values():
        for a, b in _pairs(old, new):
            found.extend(_compare(a, b))
    return found


def _pairs(
    old: Sequence[Sighting], new: Sequence[Sighting]
) -> list[tuple[Sighting | None, Sighting | None]]:
    pairs: list[tuple[Sighting | None, Sighting | None]] = []
    left, right = list(old), list(new)
    for name_of in (_hash, _number_and_title, _title, _number, _type):
        waiting: dict[object, list[Sighting]] = defaultdict(list)
        for sighting in right:
            waiting[name_of(sighting)].append(sighting)
        unpaired = []
        for sighting in left:
            partners = waiting[name_of(sighting)]
            if partners:
                partner = partners.pop(0)
                right.remove(partner)
                pairs.append((sighting, partner))
            else:
                unpaired.append(sighting)
        left = unpaired
    return [*pairs, *((s, None) for s in left), *((None, s) for s in right)]


def _hash(sighting: Sighting) -> object:
    return sighting.record_sha256


def _type(sighting: Sighting) -> object:
    return sighting.record.record_type


def _title(sighting: Sighting) -> object:
    position = getattr(sighting.record, "position", 0)
    return (_type(sighting), title_of(sighting.record), position)


def _number(sighting: Sighting) -> object:
    number = getattr(sighting.record, "course_number", None)
    # Without a number nothing is named: such a record pairs with nothing here.
    return (_type(sighting), number) if number else id(sighting)


def _number_and_title(sighting: Sighting) -> object:
    return (_number(sighting), _title(sighting))


def _compare(old: Sighting | None, new: Sighting | None) -> list[RereadDifference]:
    if old is None or new is None:
        only = old or new
        assert only is not None
        title = title_of(only.record)
        return [
            RereadDifference(
                source_id=only.source_id,
                page_url=only.page_url,
                kind="found" if old is None else "lost",
                title=title,
                field=only.record.record_type,
                before=None if old is None else title,
                after=None if new is None else title,
            )
        ]
    if old.record_sha256 == new.record_sha256:
        return []
    was, is_now = _fields(old.record), _fields(new.record)
    return [
        RereadDifference(
            source_id=new.source_id,
            page_url=new.page_url,
            kind="changed",
            title=title_of(new.record),
            field=name,
            before=was.get(name),
            after=is_now.get(name),
        )
        for name in dict.fromkeys((*was, *is_now))
        if was.get(name) != is_now.get(name)
    ]


def _fields(record: AnyRecord) -> dict[str, Any]:
    """Every field by its name; the words behind a value as `origins.<field>`."""
    fields = record.model_dump(mode="json")
    origins = fields.pop("origins", {})
    fields.pop("evidence", None)
    return fields | {f"origins.{name}": words for name, words in origins.items()}
