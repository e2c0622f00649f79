"""The sources, how the last visit to each ended, and what people should look at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dashboard.data.published import PublishedFile


@dataclass(frozen=True, slots=True)
class Source:
    """How the last visit to a source ended; `is_fresh` is None where no council depends on it."""

    source_id: str
    provider_name: str | None
    kind: str
    url: str | None
    state: str | None
    failure_class: str | None
    detail: str | None
    last_crawl_at: datetime | None
    last_complete_at: datetime | None
    is_fresh: bool | None
    is_statewide: bool
    council_count: int
    failing_since: datetime | None


@dataclass(frozen=True, slots=True)
class Issue:
    """Something that people should look at, beside the failing sources."""

    kind: str
    subject: str
    message: str
    opened_at: datetime


_SOURCES = """
SELECT h.source_id, p.name AS provider_name, h.kind, h.url, h.state, h.failure_class, h.detail,
       h.last_crawl_at, h.last_complete_at, c.is_fresh, coalesce(c.is_statewide, false),
       coalesce(c.council_count, 0), i.failing_since
FROM mart.source_health h
LEFT JOIN mart.providers p USING (provider_id)
LEFT JOIN (
    SELECT cs.source_id, bool_and(cs.is_fresh) AS is_fresh,
           bool_or(cs.is_statewide) AS is_statewide,
           count(DISTINCT cs.ags) FILTER (WHERE k.counts_as_p27 = 'yes') AS council_count
    FROM mart.council_sources cs JOIN mart.councils k USING (ags) GROUP BY cs.source_id
) c USING (source_id)
LEFT JOIN (
    SELECT subject AS source_id, min(opened_at) AS failing_since
    FROM mart.issues WHERE kind = 'source_failing' GROUP BY subject
) i USING (source_id)
ORDER BY h.source_id"""

_ISSUES = """
SELECT kind, subject, message, opened_at FROM mart.issues
WHERE kind <> 'source_failing' ORDER BY opened_at DESC, issue_id"""


def sources(file: PublishedFile) -> tuple[Source, ...]:
    """All sources with what depends on them."""
    return file.rows(Source, _SOURCES)


def issues(file: PublishedFile) -> tuple[Issue, ...]:
    """The open issues, newest first; failing sources stand among the sources."""
    return file.rows(Issue, _ISSUES)
