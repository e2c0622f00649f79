"""The sources: how the visits to each ended, what depends on them, what people should look at.

There is one source for each provider at most twice over, so all are read at once; their visits are
read for the sources that are shown. On a past day the last visit until then is told, and what only
today's warehouse knows is None.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from dashboard.data.published import PublishedFile

VISITS_SHOWN = 21
# Visits further back than this stand on the page of the source only.
STRIP_DAYS = 90


@dataclass(frozen=True, slots=True)
class Source:
    """How the last visit to a source ended; `state` is None where there was none."""

    source_id: str
    provider_id: str
    provider_name: str | None
    kind: str
    url: str | None
    platform: str | None
    state: str | None
    failure_class: str | None
    detail: str | None
    last_crawl_at: datetime | None
    last_complete_at: datetime | None
    is_fresh: bool | None
    failing_since: datetime | None
    requests: int | None
    pages: int | None
    records: int | None
    stated_count: int | None
    parsed_count: int | None
    is_statewide: bool
    council_count: int

    @property
    def is_safe(self) -> bool:
        """True if the last visit was complete and is recent."""
        return self.state == "complete" and self.is_fresh is not False


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit to a source. `day` is the Stand of the night."""

    source_id: str
    day: date
    finished_at: datetime
    state: str
    failure_class: str | None
    detail: str | None
    requests: int | None
    pages: int | None
    records: int | None
    stated_count: int | None
    parsed_count: int | None


@dataclass(frozen=True, slots=True)
class Share:
    """One number of the last visit by its name: requests of a step, or the share of courses (0 to
    1) in which a value was found."""

    name: str
    number: float


@dataclass(frozen=True, slots=True)
class Issue:
    """Something that people should look at; `offer_title` where it concerns an offer."""

    kind: str
    subject: str
    message: str
    opened_at: datetime
    offer_title: str | None


_CONCERNED = """
LEFT JOIN mart.providers p ON p.provider_id = h.provider_id
LEFT JOIN (
    SELECT cs.source_id, bool_or(cs.is_statewide) AS is_statewide,
           count(DISTINCT cs.ags) FILTER (WHERE k.counts_as_p27 = 'yes') AS council_count
    FROM mart.council_sources cs JOIN mart.councils k USING (ags) GROUP BY cs.source_id
) c ON c.source_id = h.source_id
ORDER BY h.source_id"""

_SOURCES = f"""
SELECT h.source_id, h.provider_id, p.name, h.kind, h.url, h.platform, h.state, h.failure_class,
       h.detail, h.last_crawl_at, h.last_complete_at, h.is_fresh, h.failing_since, h.requests,
       h.pages, h.records, h.stated_count, h.parsed_count, coalesce(c.is_statewide, false),
       coalesce(c.council_count, 0)
FROM mart.source_health h {_CONCERNED}"""

_SOURCES_ON = f"""
SELECT h.source_id, h.provider_id, p.name, h.kind, h.url, v.platform, v.state, v.failure_class,
       v.detail, v.finished_at, l.last_complete_at, NULL, NULL, v.requests, v.pages, v.records,
       v.stated_count, v.parsed_count, coalesce(c.is_statewide, false),
       coalesce(c.council_count, 0)
FROM mart.source_health h
LEFT JOIN (
    SELECT source_id, max(finished_at) AS finished_at,
           max(finished_at) FILTER (WHERE state = 'complete') AS last_complete_at
    FROM mart.source_checks WHERE day <= $day GROUP BY source_id
) l ON l.source_id = h.source_id
LEFT JOIN mart.source_checks v
    ON v.source_id = h.source_id AND v.finished_at = l.finished_at AND v.day <= $day
{_CONCERNED}"""

_VISIT = """
SELECT source_id, day, finished_at, state, failure_class, detail, requests, pages, records,
       stated_count, parsed_count
FROM mart.source_checks"""

_STRIPS = f"""{_VISIT}
WHERE day BETWEEN $since AND $day AND list_contains($sources::VARCHAR[], source_id)
QUALIFY row_number() OVER (PARTITION BY source_id ORDER BY finished_at DESC) <= $shown
ORDER BY source_id, finished_at"""

_VISITS = f"""{_VISIT}
WHERE source_id = $source AND day <= $day ORDER BY finished_at DESC"""

_VISIT_COUNT = """
SELECT count(*) FROM mart.source_checks WHERE source_id = $source AND day <= $day"""

_STEPS = """
SELECT step.key, step.value::DOUBLE
FROM mart.source_health, json_each(requests_by_step) AS step WHERE source_id = $source
ORDER BY step.value::DOUBLE DESC, step.key"""

_FIELDS = """
SELECT field.key, field.value::DOUBLE
FROM mart.source_health, json_each(field_shares) AS field WHERE source_id = $source
ORDER BY field.value::DOUBLE DESC, field.key"""

_ISSUES = """
SELECT i.kind, i.subject, i.message, i.opened_at, o.title
FROM mart.issues i LEFT JOIN mart.offers o ON o.offer_id = i.subject
ORDER BY i.opened_at DESC, i.issue_id"""


def sources(file: PublishedFile, past_day: date | None = None) -> tuple[Source, ...]:
    """All sources with what depends on them, as they are or as they were on a past day."""
    if past_day is None:
        return file.rows(Source, _SOURCES)
    return file.rows(Source, _SOURCES_ON, day=past_day)


def strips(file: PublishedFile, day: date, source_ids: tuple[str, ...]) -> dict[str, list[Visit]]:
    """The last visits until `day` to each of the sources, the oldest first."""
    found: dict[str, list[Visit]] = {}
    since = day - timedelta(days=STRIP_DAYS)
    asked = {"since": since, "day": day, "sources": source_ids, "shown": VISITS_SHOWN}
    for visit in file.rows(Visit, _STRIPS, **asked):
        found.setdefault(visit.source_id, []).append(visit)
    return found


def visit_count(file: PublishedFile, source_id: str, day: date) -> int:
    """How often a source was visited until `day`."""
    return int(file.value(_VISIT_COUNT, source=source_id, day=day))


def visits(
    file: PublishedFile, source_id: str, day: date, limit: int, offset: int
) -> tuple[Visit, ...]:
    """The visits to one source until `day`, the newest first."""
    sql = f"{_VISITS} LIMIT $limit OFFSET $offset"
    return file.rows(Visit, sql, source=source_id, day=day, limit=limit, offset=offset)


def all_visits(file: PublishedFile, source_id: str, day: date) -> tuple[Visit, ...]:
    """The same for a file to take along."""
    return file.all_rows(Visit, _VISITS, source=source_id, day=day)


def steps(file: PublishedFile, source_id: str) -> tuple[Share, ...]:
    """The requests of the newest visit by step."""
    return file.rows(Share, _STEPS, source=source_id)


def field_shares(file: PublishedFile, source_id: str) -> tuple[Share, ...]:
    """In which share of the courses of the newest visit each value was found."""
    return file.rows(Share, _FIELDS, source=source_id)


def issues(file: PublishedFile) -> tuple[Issue, ...]:
    """All that is open, newest first."""
    return file.rows(Issue, _ISSUES)
