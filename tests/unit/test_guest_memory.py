"""What is remembered of a page, for how long; and which encoding a kept body is read in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy.http import Response

from scrapers.answers import page_of
from scrapers.guest.backoff import retry_after_seconds
from scrapers.guest.failures import failure_of_status
from scrapers.guest.page_memory import TRUSTED_FOR, PageMemory, RememberedPage
from scrapers.records import Course
from scrapers.spiders.visit import field_shares

NOW = datetime(2026, 3, 14, 1, 30, tzinfo=UTC)
PAGE = RememberedPage(
    "https://vhs.example/a",
    "https://www.vhs.example/a",
    200,
    {"etag": '"1"', "Last-Modified": "Sat, 14 Mar 2026 00:00:00 GMT", "Content-Type": "text/html"},
    "0" * 64,
    NOW,
)


@pytest.fixture
def memory(tmp_path: Path) -> PageMemory:
    return PageMemory(tmp_path / "archive" / "memory.sqlite")


def test_a_page_is_recalled_as_it_was(memory: PageMemory) -> None:
    memory.remember([PAGE])
    memory.remember([])
    assert memory.recall(PAGE.asked_url, NOW) == PAGE
    assert memory.recall(PAGE.url, NOW) is None


def test_after_a_week_a_page_is_asked_for_in_full(memory: PageMemory) -> None:
    memory.remember([PAGE])
    assert memory.recall(PAGE.asked_url, NOW + TRUSTED_FOR)
    assert memory.recall(PAGE.asked_url, NOW + TRUSTED_FOR + timedelta(seconds=1)) is None
    assert memory.recall(PAGE.asked_url, NOW - TRUSTED_FOR - timedelta(seconds=1)) is None


def test_conditions_are_the_validators_that_the_site_gave() -> None:
    assert PAGE.conditions() == {
        "If-None-Match": '"1"',
        "If-Modified-Since": "Sat, 14 Mar 2026 00:00:00 GMT",
    }


def test_a_file_that_cannot_be_made_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "archive").write_text("a file where a folder should be")
    memory = PageMemory(tmp_path / "archive" / "memory.sqlite")
    memory.remember([PAGE])
    assert memory.recall(PAGE.asked_url, NOW) is None


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("120", 120.0), ("0", 0.0), ("", None), ("soon", None), ("-5", None), ("²", None)],
)
def test_retry_after_in_seconds(header: str, seconds: float | None) -> None:
    response = Response("https://vhs.example/", headers={"Retry-After": header.encode()})
    assert retry_after_seconds(response) == seconds


def test_retry_after_as_a_date() -> None:
    past = Response(
        "https://vhs.example/", headers={"Retry-After": "Sat, 14 Mar 2015 00:00:00 GMT"}
    )
    assert retry_after_seconds(past) == 0.0


@given(st.binary(max_size=60))
def test_no_retry_after_breaks_the_visit(header: bytes) -> None:
    seconds = retry_after_seconds(Response("https://vhs.example/", headers={"Retry-After": header}))
    assert seconds is None or seconds >= 0


def test_a_long_pause_is_a_limit_and_a_strange_redirect_is_refused() -> None:
    url = "https://vhs.example/" + "a" * 5000
    limited = failure_of_status(503, b"", url, retry_after=86_400)
    refused = failure_of_status(302, b"", url, location="ftp://vhs.example/")
    plain = failure_of_status(503, b"", url)
    assert limited and limited.failure_class == "rate_limited"
    assert refused and refused.failure_class == "blocked_private_address"
    assert plain and plain.failure_class == "http_5xx"
    assert max(len(f.message) for f in (limited, refused, plain)) < 500


@pytest.mark.parametrize("text", ["Gebühr für Räte", "plain", "a\u00a0b – c"])
@pytest.mark.parametrize("encoding", ["utf-8", "windows-1252"])
def test_a_wrongly_declared_page_is_read_right(text: str, encoding: str) -> None:
    headers = {"Content-Type": "text/html; charset=utf-8"}
    assert page_of("https://vhs.example/", text.encode(encoding), 200, headers).text == text


def test_one_damaged_letter_does_not_change_the_encoding() -> None:
    body = "Gebühr für Räte".encode() + b"\xff"
    headers = {"Content-Type": "text/html; charset=utf-8"}
    assert page_of("https://vhs.example/", body, 200, headers).text == "Gebühr für Räte\ufffd"


def test_field_shares_count_what_is_known() -> None:
    courses = [
        Course(title="a", relevance="series", status="unknown", is_free=False),
        Course(title="b", relevance="series", status="open", places_free=0),
    ]
    shares = field_shares(courses)
    assert {name: shares[name] for name in ("title", "status", "is_free", "places_free")} == {
        "title": 1.0,
        "status": 0.5,
        "is_free": 0.5,
        "places_free": 0.5,
    }
    assert field_shares([]) == {}
