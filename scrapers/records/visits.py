"""What is told of a visit: records with their lineage, the report, what was kept, the manifest."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import Field

from scrapers.records.base import Contract, FailureClass, SourceKind, SourceState
from scrapers.records.offers import Record


class Sighting(Contract):
    """One record read from one page in one crawl: the record with its lineage, one landing line.

    `content_sha256` addresses the page in the archive; `record_sha256` covers the record alone,
    so that reading the same words on another night gives the same hash.
    """

    crawl_id: str
    source_id: str
    provider_id: str
    page_url: str
    fetched_at: datetime
    content_sha256: str
    extractor: str
    record_sha256: str
    record: Record


class SourceReport(Contract):
    """How the visit to one source ended, with its cost.

    `stated_count` and `parsed_count` are sums over all searches of the visit: what the site says
    it has found, and what was read from its lists. `requests_by_step` tells the cost of discovery.
    `unchanged_pages` counts the pages that are the same as at the visit before; `field_shares` says
    for each field of a course which share of the source's courses fills it (0 to 1).
    `attempts` counts the visits of this crawl to the source: after a passing failure it is visited
    again, the costs are those of all attempts, everything else is that of the best.
    `detail` is one sentence for people who mend sources. `reparsed_from` names the crawl whose
    archived pages of this source were read again: then this tells of no visit, state, times and
    costs are those of that crawl, and only the records are new.
    """

    crawl_id: str
    source_id: str
    provider_id: str
    kind: SourceKind
    platform: str
    state: SourceState
    failure_class: FailureClass | None = None
    detail: str | None = None
    started_at: datetime
    finished_at: datetime
    requests: int = 0
    bytes: int = 0
    pages: int = 0
    candidates: int = 0
    records: int = 0
    stated_count: int | None = None
    parsed_count: int | None = None
    requests_by_step: dict[str, int] = Field(default_factory=dict)
    unchanged_pages: int = 0
    field_shares: dict[str, float] = Field(default_factory=dict)
    attempts: int = 1
    reparsed_from: str | None = None


class ArchivedPage(Contract):
    """A page that was kept: where it came from, how it was answered, its body by content hash.

    `list_facts` are title and labelled values of the list row that led to the page; its reader uses
    them, so whoever reads the page again must hand them over again. `calendar_sha256` addresses
    the body of the course's calendar, where it was asked for to fill what the page leaves open.
    """

    crawl_id: str
    source_id: str
    url: str
    reader: str
    status: int
    headers: dict[str, str]
    fetched_at: datetime
    content_sha256: str
    list_facts: tuple[tuple[str, str], ...] = ()
    calendar_sha256: str | None = None


class LandingFile(Contract):
    """A file of a landing with what proves that it is whole."""

    name: str
    lines: int
    sha256: str


class Manifest(Contract):
    """Written last: a landing without it does not count."""

    landing_format: int
    crawl_id: str
    today: date
    is_sample: bool
    started_at: datetime
    finished_at: datetime
    sources: tuple[str, ...]
    files: tuple[LandingFile, ...]
