"""What enters and what leaves the room `scrapers`: the crawl plan, the records, the source report.

These models are the contract between the crawl and the pipeline and the format of the landing
files. A change that an old landing file does not satisfy needs a new `LANDING_FORMAT`.
"""

from __future__ import annotations

import operator
from datetime import date, datetime, time
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue

LANDING_FORMAT = 1

SourceKind = Literal["catalogue", "overview", "page", "directory"]
PlatformName = Literal["auto", "kuferweb", "itm_connect", "cmx", "webbasys", "openvhs", "generic"]
Module = Literal["basis", "aufbau", "other"]
Relevance = Literal["series", "council", "adjacent"]
OfferStatus = Literal[
    "open", "few", "waitlist", "full", "closed", "cancelled", "finished", "unknown"
]
DeliveryMode = Literal["in_person", "online", "hybrid", "unknown"]
# How a value was read: from a row of a table of dates, under a label, from structured data
# (JSON-LD), from running text, from the row of a result list.
Evidence = Literal["table", "label", "structured_data", "prose", "list"]
SourceState = Literal["complete", "partial", "failed", "blocked"]
FailureClass = Literal[
    "dns",
    "refused",
    "timeout",
    "tls",
    "http_4xx",
    "http_5xx",
    "rate_limited",
    "blocked_robots",
    "blocked_bot",
    "blocked_private_address",
    "login_wall",
    "redirect_loop",
    "not_html",
    "too_large",
    "decode",
    "markup_changed",
    "unknown_platform",
    "count_mismatch",
    "no_results",
    "parser_error",
    "budget_spent",
    "interrupted",
    "connection_lost",
]


class Contract(BaseModel):
    """Base of all models that cross the border of the room: strict about names, immutable."""

    model_config = ConfigDict(extra="forbid", frozen=True)


# ---------------------------------------------------------------- what enters: the plan


class SourceSpec(Contract):
    """One source as the crawl needs to know it.

    `search` is a URL with the placeholder `{term}` where a site's search address must be named
    by hand; `expected_min`/`expected_max` bound the number of records; `crawl_delay` is in seconds.
    """

    source_id: str
    provider_id: str
    provider_name: str
    kind: SourceKind
    platform: PlatformName = "auto"
    start_urls: tuple[str, ...]
    search: str | None = None
    crawl_delay: float | None = None
    expected_min: int | None = None
    expected_max: int | None = None
    request_budget: int = 400


class CrawlPlan(Contract):
    """One crawl: which sources, for which day, and which addresses the register itself names.

    `started_at` sets the clock of the crawl: later times are this one plus the time elapsed, so
    that a crawl on a fixed day bears the times of that day. `timeout_seconds` is the longest that
    one request may take, its whole body included; `backoff_seconds` the first pause after a site
    has complained (HTTP 429 or 503) without saying how long to wait. A source that failed for a
    passing reason is visited again up to `retries` times, first after `retry_pause_seconds`, then
    after growing pauses. After `most_seconds` the crawl is ended in order.
    """

    crawl_id: str
    today: date
    started_at: datetime
    is_sample: bool
    user_agent: str
    trusted_origins: tuple[str, ...]
    sources: tuple[SourceSpec, ...]
    timeout_seconds: float = 30.0
    backoff_seconds: float = 5.0
    retries: int = 0
    retry_pause_seconds: float = 600.0
    most_seconds: float = 4 * 3600.0


# ---------------------------------------------------------------- what leaves: records


class Session(Contract):
    """One date of an offer. Times are wall-clock times in Europe/Berlin; unknown stays None."""

    day: date
    starts: time | None = None
    ends: time | None = None
    venue_name: str | None = None
    venue_place: str | None = None


class Course(Contract):
    """One run of a training as one page shows it. None means that the page does not say.

    `origins` maps a field's name to the words on the page from which it was read.
    `announced_by` is the provider as the page names it, where the page speaks for someone else
    (the overview speaks for the VHS). `position` tells apart entries of one page that differ in
    nothing: it counts from 0 among the entries with equal content.

    `evidence` maps a field's name to how its value was read. `stated_none` names the fields of
    which the page says in so many words that there is none or none yet ("Ort: N.N."); being silent
    about a field is something else. Both stand in a record only where there is something to tell.
    """

    record_type: Literal["course"] = "course"
    detail_url: str | None = None
    course_number: str | None = None
    position: int = 0
    title: str
    subtitle: str | None = None
    description: str | None = None
    topics: tuple[str, ...] = ()
    target_group: str | None = None
    module: Module = "other"
    relevance: Relevance
    relevance_terms: tuple[str, ...] = ()
    sessions: tuple[Session, ...] = ()
    start_date: date | None = None
    end_date: date | None = None
    session_count: int | None = None
    venue_name: str | None = None
    venue_street: str | None = None
    venue_postcode: str | None = None
    venue_place: str | None = None
    delivery_mode: DeliveryMode = "unknown"
    places_planned: int | None = None
    places_total: int | None = None
    places_taken: int | None = None
    places_free: int | None = None
    status: OfferStatus = "unknown"
    price_eur: Decimal | None = None
    is_free: bool | None = None
    price_note: str | None = None
    registration_url: str | None = None
    registration_email: str | None = None
    announced_by: str | None = None
    origins: dict[str, str] = Field(default_factory=dict)
    evidence: dict[str, Evidence] = Field(default_factory=dict, exclude_if=operator.not_)
    stated_none: tuple[str, ...] = Field(default=(), exclude_if=operator.not_)


class AnnouncedEvent(Contract):
    """One date that an announcement names: a workshop, a lecture."""

    title: str
    start_date: date | None = None
    end_date: date | None = None
    starts: time | None = None
    venue_name: str | None = None
    venue_street: str | None = None
    venue_place: str | None = None
    is_free: bool | None = None
    origin: str = ""


class Announcement(Contract):
    """A text that announces something. Offers that it carries are records of their own."""

    record_type: Literal["announcement"] = "announcement"
    url: str
    title: str
    published_on: date | None = None
    summary: str | None = None
    relevance: Relevance | None = None
    relevance_terms: tuple[str, ...] = ()
    events: tuple[AnnouncedEvent, ...] = ()


class Organisation(Contract):
    """An entry of a directory, with the functional contacts that the page gives."""

    record_type: Literal["organisation"] = "organisation"
    name: str
    short_name: str | None = None
    summary: str | None = None
    street: str | None = None
    postcode: str | None = None
    place: str | None = None
    phone: str | None = None
    fax: str | None = None
    email: str | None = None
    website: str | None = None


class SeriesModule(Contract):
    """One module of the series as the overview describes it."""

    module: Module
    title: str
    topics: tuple[str, ...] = ()


class Series(Contract):
    """What the overview says about the series itself, beside its offers."""

    record_type: Literal["series"] = "series"
    url: str
    title: str
    modules: tuple[SeriesModule, ...] = ()
    stated_council_total: int | None = None
    stated_council_total_text: str | None = None


Record = Annotated[
    Course | Announcement | Organisation | Series, Field(discriminator="record_type")
]


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

    `list_facts` are the labelled values of the list row that led to the page; its reader uses
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


# ---------------------------------------------------------------- the archive read again


class RereadOrder(Contract):
    """Which visits are to be read again: source ids by crawl.

    `later` names the later crawls of a source: pages that these fetched as well are left out.
    `rereadings` names the landings, oldest first, in which pages of a crawl were read again before:
    what they say is what is compared with. `write_as` is the id of the landing that takes what is
    read, begun at `started_at` on the day `today`; None for a shadow run, which writes nothing.
    """

    visits: dict[str, tuple[str, ...]]
    later: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    rereadings: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    today: date
    started_at: datetime
    write_as: str | None = None


class RereadDifference(Contract):
    """What today's code reads otherwise on one page. `changed`: one field of a record; `found` and
    `lost`: a whole record, whose title stands in `after` or `before`."""

    source_id: str
    page_url: str
    kind: Literal["changed", "found", "lost"]
    title: str
    field: str
    before: JsonValue = None
    after: JsonValue = None


class RereadSource(Contract):
    """One visit read again. `failures`: pages that their readers cannot read today, or doubt, with
    the reason: what is known of these stays as it is; `unknown_readers`: pages by reader that this
    version does not have; `missing_pages`: bodies that the archive does not hold, or damaged."""

    crawl_id: str
    source_id: str
    pages: int = 0
    records_before: int = 0
    records_after: int = 0
    failures: tuple[str, ...] = ()
    unknown_readers: dict[str, int] = Field(default_factory=dict)
    missing_pages: int = 0


class RereadResult(Contract):
    """What reading again gave. `written`: whether there is a new landing; there is none where
    every record is the same and bears the same extractor."""

    sources: tuple[RereadSource, ...]
    differences: tuple[RereadDifference, ...]
    written: bool


class FrozenPage(Contract):
    """A page saved as golden file: what was read from it, and whether the file is new or another
    than before, so that a person has to look at it."""

    url: str
    file: str
    titles: tuple[str, ...]
    failure_class: FailureClass | None = None
    is_new: bool


class FreezeResult(Contract):
    """All pages that were saved of one source."""

    pages: tuple[FrozenPage, ...]


# ---------------------------------------------------------------- a look at a new site

RobotsVerdict = Literal["allowed", "no robots.txt", "forbidden", "unreadable"]


class ProbedSearch(Contract):
    """What the first page of hits for one search term says. `failure` is why it could not be
    read."""

    term: str
    url: str
    stated_count: int | None = None
    read_count: int = 0
    candidates: tuple[str, ...] = ()
    failure: str | None = None


class ProbeResult(Contract):
    """What a first look at a site found; None is what it did not find.

    `name` is the site's name as its home page gives it; `platform` the make that was recognised;
    `search_url` the address of the search for the first term; `crawl_delay` is in seconds. A site
    whose start page is the whole catalogue has no searches, but `stated_count` and `candidates`.
    """

    url: str
    name: str | None = None
    platform: str | None = None
    robots_home: RobotsVerdict | None = None
    robots_search: RobotsVerdict | None = None
    crawl_delay: float | None = None
    search_url: str | None = None
    searches: tuple[ProbedSearch, ...] = ()
    is_whole_catalogue: bool = False
    stated_count: int | None = None
    candidates: tuple[str, ...] = ()
    failures: tuple[str, ...] = ()
    requests: int = 0
