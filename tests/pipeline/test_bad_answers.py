"""Answers that no honest site gives: each ends in its failure class, the others are untouched."""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import pairwise
from pathlib import Path

import pytest

from scrapers.records import Course
from tests.loopback import Answer, Crawled, crawl, site, source
from tests.pipeline.small_catalogue import (
    AUFBAU,
    BASIS,
    SEARCH,
    catalogue,
    course_page,
    course_path,
    page,
    result_list,
)

MEGABYTE = 1024 * 1024
HEALTHY = """<html><body><main><h1>Workshop für Integrationsausschüsse</h1><p>Die Stadt lädt alle
Mitglieder der Integrationsausschüsse zu einem Workshop ein. Er findet am 18. April 2026 von 10 bis
16 Uhr im Haus der Bildung statt, die Teilnahme ist kostenlos.</p></main></body></html>"""


def redirect(to: str) -> Answer:
    return Answer("", status=302, headers={"Location": to})


def packed(size: int) -> Answer:
    return Answer(gzip.compress(b" " * size), headers={"Content-Encoding": "gzip"})


BAD: dict[str, tuple[Answer, tuple[str, str]]] = {
    "fifty-megabytes": (Answer(b"<p>" * (50 * MEGABYTE // 3)), ("failed", "too_large")),
    "unannounced-megabytes": (
        Answer(b"<p>" * (10 * MEGABYTE // 3), headers={"Connection": "close"}),
        ("failed", "too_large"),
    ),
    "gzip-bomb": (packed(200 * MEGABYTE), ("failed", "too_large")),
    "broken-gzip": (
        Answer(b"\x1f\x8b\x08\x00garbage", headers={"Content-Encoding": "gzip"}),
        ("failed", "decode"),
    ),
    "nothing-but-nul": (Answer(b"\0" * 5000), ("failed", "decode")),
    "to-this-computer": (redirect("http://127.0.0.1:9/"), ("blocked", "blocked_private_address")),
    "to-the-intranet": (redirect("http://10.1.2.3/"), ("blocked", "blocked_private_address")),
    "to-a-number": (redirect("http://2130706433/"), ("blocked", "blocked_private_address")),
    "to-a-file": (redirect("file:///etc/hostname"), ("blocked", "blocked_private_address")),
    "to-a-long-address": (redirect("/" + "a" * 10_000), ("failed", "too_large")),
    "without-end": (redirect("/"), ("failed", "redirect_loop")),
    "byte-by-byte": (Answer(HEALTHY, drip_seconds=1.0), ("failed", "timeout")),
    "cut-off": (Answer(HEALTHY * 50, cut_after=2000), ("failed", "connection_lost")),
    "come-back-tomorrow": (
        Answer("later", status=503, headers={"Retry-After": "86400"}),
        ("failed", "rate_limited"),
    ),
    "prove-you-are-human": (
        Answer("<title>Just a moment...</title><script>window._cf_chl_opt={}</script>"),
        ("blocked", "blocked_bot"),
    ),
    "log-in-first": (
        Answer("<h1>Anmelden</h1><form method=post><input type=password name=p></form>"),
        ("blocked", "login_wall"),
    ),
    "under-maintenance": (
        Answer("<h1>Wartungsarbeiten</h1><p>Wir sind gleich wieder da.</p>"),
        ("failed", "http_5xx"),
    ),
}


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    with ExitStack() as stack:
        sites = {
            name: stack.enter_context(site({"/": answer})) for name, (answer, _) in BAD.items()
        }
        sites["healthy"] = stack.enter_context(site({"/": Answer(HEALTHY)}))
        yield crawl(
            tmp_path_factory.mktemp("bad answers"),
            *(source(name, f"{running.origin}/") for name, running in sites.items()),
            timeout_seconds=3.0,
        )


@pytest.mark.parametrize("name", BAD)
def test_a_bad_answer_ends_in_its_class_with_a_short_sentence(crawled: Crawled, name: str) -> None:
    report = crawled.reports[name]
    assert (report.state, report.failure_class) == BAD[name][1]
    assert 0 < len(report.detail or "") < 1000
    assert [s for s in crawled.sightings if s.source_id == name] == []


def test_the_healthy_neighbour_is_read_completely(crawled: Crawled) -> None:
    assert crawled.reports["healthy"].state == "complete"
    assert [s for s in crawled.sightings if s.source_id == "healthy"]


def test_nothing_is_kept_of_what_was_refused(crawled: Crawled) -> None:
    assert crawled.reports["fifty-megabytes"].bytes < MEGABYTE
    assert crawled.reports["gzip-bomb"].pages == 0


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [("utf-8", "windows-1252"), ("iso-8859-1", "utf-8"), ("utf-8", "utf-8"), ("", "windows-1252")],
)
def test_umlauts_survive_a_wrong_charset(tmp_path: Path, declared: str, encoding: str) -> None:
    title = "Grundzüge für Integrationsräte: größere Städte"
    charset = f"; charset={declared}" if declared else ""
    answer = Answer(
        course_page("252-1031", title).encode(encoding),
        headers={"Content-Type": f"text/html{charset}"},
    )
    hits = {"Integrationsräte": [("252-1031", title)]}
    with site(catalogue(hits, {course_path("252-1031"): answer})) as vhs:
        crawled = crawl(tmp_path, source("vhs", f"{vhs.origin}/", "catalogue"))
    assert [s.record.title for s in crawled.sightings if isinstance(s.record, Course)] == [title]
    assert crawled.reports["vhs"].state == "complete"


def test_letters_that_are_lost_are_a_failure_of_their_class(tmp_path: Path) -> None:
    damaged = course_page(*BASIS).encode().replace(b"Basismodul", b"Basis\xffmodul")
    hits = {"Integrationsrat": [BASIS]}
    with site(catalogue(hits, {course_path(BASIS[0]): Answer(damaged)})) as vhs:
        crawled = crawl(tmp_path, source("vhs", f"{vhs.origin}/", "catalogue"))
    report = crawled.reports["vhs"]
    assert (report.state, report.failure_class) == ("partial", "decode")


def test_single_nul_bytes_leave_the_words_whole(tmp_path: Path) -> None:
    strewn = course_page(*BASIS).encode().replace(b"Basismodul", b"Basis\0modul")
    hits = {"Integrationsrat": [BASIS]}
    with site(catalogue(hits, {course_path(BASIS[0]): Answer(strewn)})) as vhs:
        crawled = crawl(tmp_path, source("vhs", f"{vhs.origin}/", "catalogue"))
    assert [s.record.title for s in crawled.sightings if isinstance(s.record, Course)] == [BASIS[1]]
    assert crawled.reports["vhs"].state == "complete"


def test_a_link_of_ten_thousand_characters_costs_no_request(tmp_path: Path) -> None:
    long = ("9" * 10_000, "Integrationsrat: Aufbau")

    def answers(path: str) -> Answer | None:
        if path.startswith(SEARCH):
            return Answer(result_list([BASIS, long]))
        return catalogue({"": [BASIS]})(path)  # type: ignore[operator]

    with site(answers) as vhs:
        crawled = crawl(tmp_path, source("vhs", f"{vhs.origin}/", "catalogue"))
        assert max(map(len, vhs.paths)) < 200
    report = crawled.reports["vhs"]
    assert (report.state, report.failure_class) == ("partial", "too_large")
    assert len(report.detail or "") < 1000
    assert [getattr(s.record, "course_number", "") for s in crawled.sightings] == [BASIS[0]]


def test_a_link_of_a_result_list_into_the_intranet_is_refused(tmp_path: Path) -> None:
    row = page(
        '<p>1 Treffer</p><div class="kw-table-row"><a class="kw-kurstitel" '
        'href="http://192.168.1.1/kurssuche/kurs/x/252-1031">Integrationsrat</a></div>'
    )

    def answers(path: str) -> Answer | None:
        return Answer(row) if path.startswith(SEARCH) else catalogue({})(path)  # type: ignore[operator]

    with site(answers) as vhs:
        crawled = crawl(tmp_path, source("vhs", f"{vhs.origin}/", "catalogue"))
    report = crawled.reports["vhs"]
    assert (report.state, report.failure_class) == ("partial", "blocked_private_address")


def test_a_complaint_is_heard_and_the_page_asked_for_again_later(tmp_path: Path) -> None:
    tries: Counter[str] = Counter()

    def complaining_once(complaint: Answer) -> object:
        def answers(path: str) -> Answer | None:
            tries[path] += 1
            return None if path == "/robots.txt" else healthy(complaint, tries[path])

        return answers

    def healthy(complaint: Answer, number: int) -> Answer:
        return complaint if number == 1 else Answer(HEALTHY)

    limit = Answer("", status=429, headers={"Retry-After": "1"})
    with site(complaining_once(limit)) as host:  # type: ignore[arg-type]
        crawled = crawl(tmp_path, source("host", f"{host.origin}/"))
        times = [when for when, path, _ in host.requests if path == "/"]
    assert crawled.reports["host"].state == "complete"
    assert [later - earlier >= 1.0 for earlier, later in pairwise(times)] == [True]


def test_a_site_that_recovers_from_503_is_read_and_slowly_from_then_on(tmp_path: Path) -> None:
    complaints = iter(range(2))
    whole = catalogue({"Integrationsrat": [BASIS, AUFBAU]})

    def answers(path: str) -> Answer | None:
        if path.startswith(SEARCH) and next(complaints, None) is not None:
            return Answer("", status=503)
        return whole(path)  # type: ignore[operator]

    with site(answers) as vhs:
        crawled = crawl(tmp_path, source("vhs", f"{vhs.origin}/", "catalogue"))
        last = [when for when, path, _ in vhs.requests if path.startswith("/kurssuche/kurs/")]
    assert crawled.reports["vhs"].state == "complete"
    assert len(crawled.sightings) == 2
    assert last[1] - last[0] >= 0.1, "the pace after two complaints, twice that after the first"


def test_a_site_that_keeps_complaining_is_asked_three_times_and_then_left_alone(
    tmp_path: Path,
) -> None:
    with site({f"/{number}": Answer("", status=429) for number in range(5)}) as host:
        urls = tuple(f"{host.origin}/{number}" for number in range(5))
        spec = source("host", urls[0]).model_copy(update={"start_urls": urls})
        crawled = crawl(tmp_path, spec)
        assert host.paths == ["/robots.txt", "/0", "/0", "/0"]
    report = crawled.reports["host"]
    assert (report.state, report.failure_class, report.requests) == ("failed", "rate_limited", 4)


def test_a_site_of_which_three_addresses_stay_unavailable_is_left_alone(tmp_path: Path) -> None:
    with site({f"/{number}": Answer("", status=503) for number in range(5)}) as host:
        urls = tuple(f"{host.origin}/{number}" for number in range(5))
        spec = source("host", urls[0]).model_copy(update={"start_urls": urls})
        crawled = crawl(tmp_path, spec)
        assert Counter(host.paths) == {"/robots.txt": 1, "/0": 3, "/1": 3, "/2": 3}
    report = crawled.reports["host"]
    assert (report.state, report.failure_class) == ("failed", "http_5xx")


def test_a_page_that_may_say_more_than_was_read_is_no_complete_source(tmp_path: Path) -> None:
    body = HEALTHY.replace(
        "</main>",
        "<p>Die Volkshochschule bietet am 23. Mai 2026 das Basismodul und am 13. Juni 2026 das "
        "Aufbaumodul an.</p></main>",
    )
    with site(lambda path: Answer(body) if path == "/" else None) as city:
        crawled = crawl(tmp_path, source("city", f"{city.origin}/", "page"))
    report = crawled.reports["city"]
    assert (report.state, report.failure_class) == ("partial", "markup_changed")
    assert crawled.sightings
