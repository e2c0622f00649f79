"""A source that failed for a passing reason is tried again later in the same crawl, others not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers.attempts import PASSING_CLASSES, pause_before_retry
from scrapers.guest.failures import Failure
from scrapers.records import CrawlPlan, FailureClass
from tests.loopback import Answer, crawl, site, source
from tests.pipeline.small_catalogue import BASIS, catalogue, course_path

ANNOUNCED = """<html><body><main><h1>Workshop für Integrationsausschüsse</h1><p>Die Stadt lädt alle
Mitglieder der Integrationsausschüsse zu einem Workshop ein. Er findet am 18. April 2026 von 10 bis
16 Uhr im Haus der Bildung statt, die Teilnahme ist kostenlos.</p></main></body></html>"""
QUICK = {"retries": 2, "retry_pause_seconds": 0.05}


def failing_first(times: int, answer: Answer, then: Answer) -> Callable[[str], Answer | None]:
    """Answers the page so often with `answer`, later with `then`; there is no robots.txt."""
    asked: Counter[str] = Counter()

    def answers(path: str) -> Answer | None:
        if path == "/robots.txt":
            return None
        asked[path] += 1
        return answer if asked[path] <= times else then

    return answers


def test_a_source_that_stumbles_is_read_in_a_later_attempt_and_the_others_once(
    tmp_path: Path,
) -> None:
    broken = Answer("kaputt", status=500)
    # Within one attempt a fault is asked for twice, so three faults outlast the first.
    with (
        site(failing_first(3, broken, Answer(ANNOUNCED))) as stumbling,
        site({"/": Answer(ANNOUNCED)}) as well,
    ):
        crawled = crawl(
            tmp_path,
            source("stumbling", f"{stumbling.origin}/"),
            source("well", f"{well.origin}/"),
            **QUICK,
        )
        assert well.paths.count("/") == 1
        assert stumbling.paths.count("/") == 4
    report = crawled.reports["stumbling"]
    assert (report.state, report.failure_class, report.attempts) == ("complete", None, 2)
    assert report.requests == len(stumbling.paths), "the cost of all attempts"
    assert (crawled.reports["well"].state, crawled.reports["well"].attempts) == ("complete", 1)
    assert {s.source_id for s in crawled.sightings} == {"stumbling", "well"}


def test_attempts_end_with_their_number_and_nothing_is_told_twice(tmp_path: Path) -> None:
    with site({"/": Answer("kaputt", status=500)}) as broken:
        crawled = crawl(tmp_path, source("broken", f"{broken.origin}/"), **QUICK)
        assert broken.paths.count("/") == 3 * 2
    report = crawled.reports["broken"]
    assert (report.state, report.failure_class, report.attempts) == ("failed", "http_5xx", 3)
    lines = (crawled.landing / "reports.jsonl").read_text().splitlines()
    assert len(lines) == 1


@pytest.mark.parametrize(
    ("answers", "failure_class"),
    [
        ({"/robots.txt": Answer("User-agent: *\nDisallow: /")}, "blocked_robots"),
        ({"/": Answer("x", status=401)}, "login_wall"),
        ({"/": Answer("x", status=404)}, "http_4xx"),
    ],
)
def test_what_does_not_pass_by_itself_is_asked_once(
    tmp_path: Path, answers: dict[str, Answer], failure_class: FailureClass
) -> None:
    with site(answers) as host:
        crawled = crawl(tmp_path, source("host", f"{host.origin}/"), **QUICK)
        assert len(host.paths) <= 2
    report = crawled.reports["host"]
    assert (report.failure_class, report.attempts) == (failure_class, 1)


def test_a_worse_attempt_does_not_displace_a_better_one(tmp_path: Path) -> None:
    """The course page is gone in the first attempt's end; in the second the whole site is."""
    numbers = (BASIS, ("252-1044", "Fortbildung für den Integrationsrat: Aufbaumodul"))
    answers = catalogue({"Integrationsrat": numbers})
    missing = course_path(numbers[1][0])
    gone: list[bool] = []

    def worse(path: str) -> Answer | None:
        if path == missing:
            gone.append(True)
            return Answer("kaputt", status=500)
        if len(gone) >= 2 and path != "/robots.txt":
            return Answer("kaputt", status=500)
        return answers(path) if callable(answers) else None

    with site(worse) as vhs:
        crawled = crawl(
            tmp_path,
            source("vhs", f"{vhs.origin}/", "catalogue"),
            retries=1,
            retry_pause_seconds=0.05,
        )
    report = crawled.reports["vhs"]
    assert (report.state, report.attempts, report.records) == ("partial", 2, 1)
    assert [s.page_url for s in crawled.sightings] == [f"{vhs.origin}{course_path(BASIS[0])}"]


def test_attempts_stay_within_the_budget(tmp_path: Path) -> None:
    with site({"/": Answer("kaputt", status=500)}) as broken:
        spec = source("broken", f"{broken.origin}/", request_budget=5)
        crawled = crawl(tmp_path, spec, **QUICK)
        assert len(broken.paths) <= 5
    assert crawled.reports["broken"].attempts == 1, "a second one may cost three more"


def test_a_crawl_whose_time_is_up_ends_in_order(tmp_path: Path) -> None:
    with (
        site({"/": Answer(ANNOUNCED, drip_seconds=5)}) as slow,
        site({"/": Answer("kaputt", status=500)}) as broken,
        site({"/": Answer(ANNOUNCED)}) as well,
    ):
        crawled = crawl(
            tmp_path,
            source("slow", f"{slow.origin}/"),
            source("broken", f"{broken.origin}/"),
            source("well", f"{well.origin}/"),
            retries=2,
            retry_pause_seconds=60.0,
            most_seconds=2.0,
            timeout_seconds=6.0,
        )
    ends = {k: (r.state, r.failure_class, r.attempts) for k, r in crawled.reports.items()}
    assert ends == {
        "slow": ("failed", "budget_spent", 1),
        "broken": ("failed", "http_5xx", 1),
        "well": ("complete", None, 1),
    }
    assert "the time of this night was up" in str(crawled.reports["slow"].detail)


def plan(retries: int, pause: float) -> CrawlPlan:
    return CrawlPlan(
        crawl_id="x",
        today=datetime(2026, 3, 14, tzinfo=UTC).date(),
        started_at=datetime(2026, 3, 14, tzinfo=UTC),
        is_sample=True,
        user_agent="test",
        trusted_origins=(),
        sources=(),
        retries=retries,
        retry_pause_seconds=pause,
    )


@given(
    st.lists(st.sampled_from(get_args(FailureClass)), max_size=4),
    st.integers(1, 6),
    st.integers(0, 5),
    st.none() | st.floats(0, 10_000),
)
def test_another_attempt_is_made_only_where_all_may_pass(
    classes: list[FailureClass], attempts: int, retries: int, asked: float | None
) -> None:
    failures = [Failure(name, "x", asked) for name in classes]
    pause = pause_before_retry(failures, attempts, plan(retries, 10.0))
    wanted = bool(classes) and set(classes) <= PASSING_CLASSES and attempts <= retries
    assert (pause is not None) is wanted
    if pause is not None:
        assert pause >= max(asked or 0.0, 10.0)
        later = pause_before_retry(failures, attempts, plan(retries, 20.0))
        assert later is not None
        assert later >= pause
