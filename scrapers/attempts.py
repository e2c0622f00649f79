"""Sources that failed for a passing reason are visited again at the end of the crawl.

A visit that might go better later is not reported yet: it waits here until its pause is over, and
the other sources go on meanwhile. What counts in the end is the best attempt.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from scrapers.guest.failures import Failure
from scrapers.landing import LandingWriter
from scrapers.records import CrawlPlan, FailureClass, SourceReport, SourceSpec, SourceState
from scrapers.spiders.visit import CrawlClock, Visit

PASSING_CLASSES: frozenset[FailureClass] = frozenset(
    {"timeout", "refused", "dns", "http_5xx", "rate_limited", "connection_lost"}
)
PAUSE_GROWTH = 3.0

_RANKS: dict[SourceState, int] = {"complete": 2, "partial": 1, "failed": 0, "blocked": 0}


def pause_before_retry(failures: Sequence[Failure], attempts: int, plan: CrawlPlan) -> float | None:
    """Seconds until the next attempt after so many; None where another one is of no use.

    Of use it is only when everything that went wrong may pass by itself: a visit that also met
    something else cannot become complete. A longer pause that the site asks for is kept.
    """
    if not failures or attempts > plan.retries:
        return None
    if any(failure.failure_class not in PASSING_CLASSES for failure in failures):
        return None
    asked = max(failure.retry_after or 0.0 for failure in failures)
    return max(asked, plan.retry_pause_seconds * PAUSE_GROWTH ** (attempts - 1))


@dataclass
class Tries:
    """The visits to one source so far, of which the best is kept; `due` is when the next may
    begin, on the monotonic clock."""

    source: SourceSpec
    best: Visit
    reports: list[SourceReport]
    due: float = 0.0

    @property
    def spent(self) -> int:
        return sum(report.requests for report in self.reports)

    def add(self, visit: Visit) -> None:
        """Takes in a later visit."""
        self.reports.append(visit.report())
        if _rank(visit) >= _rank(self.best):
            self.best = visit

    def report(self) -> SourceReport:
        """What is told of the source: the best visit, with the cost of all."""
        steps: Counter[str] = Counter()
        for report in self.reports:
            steps.update(report.requests_by_step)
        return self.best.report().model_copy(
            update={
                "attempts": len(self.reports),
                "started_at": self.reports[0].started_at,
                "finished_at": self.reports[-1].finished_at,
                "requests": self.spent,
                "bytes": sum(report.bytes for report in self.reports),
                "requests_by_step": dict(steps),
            }
        )


def _rank(visit: Visit) -> tuple[int, int]:
    return (_RANKS[visit.report().state], len(visit.sightings))


class VisitBook:
    """Takes in each visit that has ended: into the landing, or to be tried again.

    `on_report` hears each source once, when its last attempt has ended; `on_disk_error` what keeps
    a source from being written.
    """

    def __init__(
        self,
        plan: CrawlPlan,
        landing: LandingWriter,
        clock: CrawlClock,
        on_report: Callable[[SourceReport], None],
        on_disk_error: Callable[[OSError], None],
    ) -> None:
        self._plan = plan
        self._landing = landing
        self._clock = clock
        self._on_report = on_report
        self._on_disk_error = on_disk_error
        self._planned = {source.source_id: source for source in plan.sources}
        self._tries: dict[str, Tries] = {}
        self._waiting: set[str] = set()

    def visit_ended(self, visit: Visit) -> None:
        """To be called once for each visit."""
        source_id = visit.source.source_id
        if source_id in self._tries:
            self._tries[source_id].add(visit)
        else:
            self._tries[source_id] = Tries(self._planned[source_id], visit, [visit.report()])
        tries = self._tries[source_id]
        pause = pause_before_retry(visit.failures, len(tries.reports), self._plan)
        if pause is None or not self._may_try(tries, pause):
            self._write(tries)
        else:
            tries.due = time.monotonic() + pause
            self._waiting.add(source_id)

    def seconds_to_next(self) -> float | None:
        """How long until a waiting source may be visited again, None where none waits."""
        if not self._waiting:
            return None
        return max(0.0, min(self._tries[name].due for name in self._waiting) - time.monotonic())

    def take_due(self) -> list[SourceSpec]:
        """The sources to be visited again now, each with what is left of its budget."""
        now = time.monotonic()
        due = sorted(name for name in self._waiting if self._tries[name].due <= now)
        self._waiting.difference_update(due)
        return [_with_rest_of_budget(self._tries[name]) for name in due]

    def write_waiting(self) -> None:
        """Writes what still waits, because the crawl ends."""
        for name in sorted(self._waiting):
            self._write(self._tries[name])
        self._waiting.clear()

    def _may_try(self, tries: Tries, pause: float) -> bool:
        """Another attempt may cost as much as the last, and must begin before the crawl's end."""
        budget, last = tries.source.request_budget, tries.reports[-1].requests
        is_affordable = tries.spent + max(1, last) <= budget
        return is_affordable and self._clock.elapsed() + pause < self._plan.most_seconds

    def _write(self, tries: Tries) -> None:
        report = tries.report()
        try:
            self._landing.add_source(report, tries.best.sightings, tries.best.pages)
        except OSError as error:
            self._on_disk_error(error)
            raise
        self._on_report(report)


def _with_rest_of_budget(tries: Tries) -> SourceSpec:
    rest = tries.source.request_budget - tries.spent
    return tries.source.model_copy(update={"request_budget": rest})
