"""Nights after the first: what has not changed is not sent again, what has changed is seen."""

from __future__ import annotations

from pathlib import Path

from scrapers.records import Course
from tests.loopback import Answer, Crawled, Site, crawl, site, source
from tests.pipeline.small_catalogue import (
    AUFBAU,
    BASIS,
    SEARCH,
    catalogue,
    course_page,
    course_path,
)

SECOND = "20260315T013000Z-test"
ANNOUNCED = """<html><body><main><h1>Workshop für Integrationsausschüsse</h1><p>Die Stadt lädt alle
Mitglieder der Integrationsausschüsse zu einem Workshop ein. Er findet am 18. April 2026 von 10 bis
16 Uhr im Haus der Bildung statt, die Teilnahme ist kostenlos.</p></main></body></html>"""


def condition(running: Site, path: str) -> list[str | None]:
    """What each request for the path said of the copy that the visitor has."""
    return [
        headers.get("If-None-Match") or headers.get("If-Modified-Since")
        for _, asked, headers in running.requests
        if asked.partition("?")[0] == path
    ]


def records(crawled: Crawled) -> list[tuple[str, str, str]]:
    return sorted((s.page_url, s.record_sha256, s.content_sha256) for s in crawled.sightings)


def test_unchanged_pages_are_not_sent_again_but_their_records_are_there(tmp_path: Path) -> None:
    with (
        site(catalogue({"Integrationsrat": [BASIS, AUFBAU]})) as vhs,
        site({"/": Answer(ANNOUNCED, headers={"Last-Modified": "x", "ETag": '"a"'})}) as city,
    ):
        sources = (
            source("vhs", f"{vhs.origin}/", "catalogue"),
            source("city", f"{city.origin}/", "page"),
        )
        first = crawl(tmp_path, *sources)
        second = crawl(tmp_path, *sources, crawl_id=SECOND)
        assert condition(vhs, course_path(BASIS[0])) == [None, f'"{BASIS[0]}"']
        assert condition(city, "/") == [None, '"a"']
        lists = [*condition(vhs, SEARCH), *condition(vhs, "/")]
        assert set(lists) == {None}, "listing pages are always asked for in full"
    assert records(first) == records(second) != []
    report = second.reports["vhs"]
    assert (report.state, report.unchanged_pages, report.pages) == ("complete", 2, 8)
    assert first.reports["vhs"].unchanged_pages == 0
    assert second.reports["city"].unchanged_pages == 1
    assert second.reports["city"].bytes < first.reports["city"].bytes


def test_equal_content_counts_as_unchanged_also_without_validators(tmp_path: Path) -> None:
    with site({"/": Answer(ANNOUNCED)}) as city:
        first = crawl(tmp_path, source("city", f"{city.origin}/"))
        second = crawl(tmp_path, source("city", f"{city.origin}/"), crawl_id=SECOND)
        assert condition(city, "/") == [None, None]
    assert [night.reports["city"].unchanged_pages for night in (first, second)] == [0, 1]


def test_a_changed_page_is_read_anew(tmp_path: Path) -> None:
    others = {course_path(BASIS[0]): Answer(course_page(*BASIS), headers={"ETag": '"1"'})}
    with site(catalogue({"Integrationsrat": [BASIS]}, others)) as vhs:
        spec = source("vhs", f"{vhs.origin}/", "catalogue")
        crawl(tmp_path, spec)
        moved = course_page(*BASIS).replace("18.04.2026", "25.04.2026")
        others[course_path(BASIS[0])] = Answer(moved, headers={"ETag": '"2"'})
        second = crawl(tmp_path, spec, crawl_id=SECOND)
    (sighting,) = second.sightings
    assert isinstance(sighting.record, Course)
    assert str(sighting.record.start_date) == "2026-04-25"
    assert second.reports["vhs"].unchanged_pages == 0


def test_a_page_whose_archived_copy_is_damaged_is_asked_for_in_full(tmp_path: Path) -> None:
    with site(catalogue({"Integrationsrat": [BASIS]})) as vhs:
        spec = source("vhs", f"{vhs.origin}/", "catalogue")
        first = crawl(tmp_path, spec)
        for kept in (tmp_path / "archive").rglob("*.zst"):
            kept.write_bytes(kept.read_bytes()[:-3])
        second = crawl(tmp_path, spec, crawl_id=SECOND)
        third = crawl(tmp_path, spec, crawl_id="20260316T013000Z-test")
    assert records(first) == records(second) == records(third) != []
    assert second.reports["vhs"].unchanged_pages == 1, "sent in full, and equal"


def test_a_damaged_memory_costs_requests_and_nothing_else(tmp_path: Path) -> None:
    with site(catalogue({"Integrationsrat": [BASIS]})) as vhs:
        spec = source("vhs", f"{vhs.origin}/", "catalogue")
        first = crawl(tmp_path, spec)
        memory = tmp_path / "archive" / "page_memory.sqlite"
        memory.write_bytes(b"no database " * 100)
        second = crawl(tmp_path, spec, crawl_id=SECOND)
        third = crawl(tmp_path, spec, crawl_id="20260316T013000Z-test")
    assert records(first) == records(second) == records(third) != []
    assert [r.reports["vhs"].unchanged_pages for r in (first, second, third)] == [0, 0, 1]
    assert {r.reports["vhs"].state for r in (first, second, third)} == {"complete"}


def test_a_page_that_could_not_be_read_is_asked_for_in_full_again(tmp_path: Path) -> None:
    with site({"/": Answer("<p>Wartung</p>", headers={"ETag": '"w"'})}) as city:
        crawl(tmp_path, source("city", f"{city.origin}/"))
        crawl(tmp_path, source("city", f"{city.origin}/"), crawl_id=SECOND)
        assert condition(city, "/") == [None, None]


def test_not_modified_without_being_asked_is_no_page(tmp_path: Path) -> None:
    with site({"/": Answer(status=304)}) as city:
        crawled = crawl(tmp_path, source("city", f"{city.origin}/"))
    assert crawled.reports["city"].failure_class == "http_4xx"
