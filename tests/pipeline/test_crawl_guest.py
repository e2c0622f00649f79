"""The crawl process as a guest: robots.txt, pace, private addresses, and what each failure is."""

from __future__ import annotations

import socket
from itertools import pairwise
from pathlib import Path

import pytest

from tests.loopback import Answer, crawl, site, source

ROBOTS_FREE = Answer("User-agent: *\nDisallow:\n", headers={"Content-Type": "text/plain"})


def robots(text: str) -> Answer:
    return Answer(text, headers={"Content-Type": "text/plain"})


def test_each_failure_ends_in_its_class_and_the_others_are_untouched(tmp_path: Path) -> None:
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        refusing = f"http://127.0.0.1:{reserved.getsockname()[1]}/"
        with (
            site({"/robots.txt": ROBOTS_FREE, "/": Answer("broken", status=500)}) as broken,
            site({"/robots.txt": Answer("broken", status=503), "/": Answer("x")}) as no_robots,
            site({"/robots.txt": robots("User-agent: *\nDisallow: /")}) as forbidden,
            site({"/": Answer("x", status=404)}) as missing,
            site({"/": Answer("x", status=401)}) as login,
            site({"/": Answer("x", status=429)}) as limited,
            site({"/": Answer("please solve the captcha", status=403)}) as wall,
            site({"/": Answer("", status=302, headers={"Location": "/"})}) as loop,
            site({"/": Answer("", status=302, headers={"Location": "http://10.0.0.1/"})}) as inside,
            site({"/": Answer(b"%PDF-", headers={"Content-Type": "application/pdf"})}) as pdf,
            site({"/": Answer(b"GIF89a", headers={"Content-Type": "image/gif"})}) as picture,
            site({"/": Answer(b"x" * 9_000_000)}) as large,
            site({"/": Answer("<p>short</p>")}) as empty,
        ):
            sites = {
                "broken": broken,
                "no-robots": no_robots,
                "forbidden": forbidden,
                "missing": missing,
                "login": login,
                "limited": limited,
                "wall": wall,
                "loop": loop,
                "inside": inside,
                "pdf": pdf,
                "picture": picture,
                "large": large,
                "empty": empty,
            }
            crawled = crawl(
                tmp_path,
                source("refusing", refusing),
                *(source(name, f"{running.origin}/") for name, running in sites.items()),
            )
            unread = no_robots.paths

    ends = {name: (report.state, report.failure_class) for name, report in crawled.reports.items()}
    assert ends == {
        "refusing": ("failed", "refused"),
        "broken": ("failed", "http_5xx"),
        "no-robots": ("failed", "http_5xx"),
        "forbidden": ("blocked", "blocked_robots"),
        "missing": ("failed", "http_4xx"),
        "login": ("blocked", "login_wall"),
        "limited": ("failed", "rate_limited"),
        "wall": ("blocked", "blocked_bot"),
        "loop": ("failed", "redirect_loop"),
        "inside": ("blocked", "blocked_private_address"),
        "pdf": ("partial", "decode"),
        "picture": ("failed", "not_html"),
        "large": ("failed", "too_large"),
        "empty": ("partial", "no_results"),
    }
    assert set(unread) == {"/robots.txt"}, "an unreachable robots.txt forbids every page"
    assert all(report.detail for report in crawled.reports.values())
    assert crawled.sightings == ()


def test_a_redirect_to_another_port_of_this_computer_is_refused(tmp_path: Path) -> None:
    with site({"/": Answer("<p>secret</p>")}) as neighbour:
        redirect = Answer("", status=302, headers={"Location": f"{neighbour.origin}/"})
        with site({"/": redirect}) as door:
            crawled = crawl(tmp_path, source("door", f"{door.origin}/"))
        assert neighbour.paths == []
    assert crawled.reports["door"].failure_class == "blocked_private_address"


def test_crawl_delay_and_user_agent_are_obeyed(tmp_path: Path) -> None:
    with site({"/robots.txt": robots("User-agent: *\nCrawl-delay: 1\n")}) as slow:
        urls = tuple(f"{slow.origin}/{number}" for number in range(3))
        crawl(tmp_path, source("slow", urls[0]).model_copy(update={"start_urls": urls}))
        times = [when for when, path, _ in slow.requests if path != "/robots.txt"]
        agents = {headers["User-Agent"] for _, _, headers in slow.requests}
    pauses = [later - earlier for earlier, later in pairwise(times)]
    assert len(pauses) == 2
    assert min(pauses) > 0.9
    assert agents == {"QualifizierungsatlasNRW/test (+contact@example.org)"}


def test_a_byte_order_mark_does_not_void_robots_txt(tmp_path: Path) -> None:
    rules = Answer(
        "\ufeffUser-agent: *\nDisallow: /geheim/\n", headers={"Content-Type": "text/plain"}
    )
    with site({"/robots.txt": rules}) as host:
        crawled = crawl(tmp_path, source("host", f"{host.origin}/geheim/a"))
        assert host.paths == ["/robots.txt"]
    assert crawled.reports["host"].failure_class == "blocked_robots"


def test_robots_txt_is_asked_for_once_and_first(tmp_path: Path) -> None:
    with site({"/robots.txt": ROBOTS_FREE}) as host:
        urls = (f"{host.origin}/a", f"{host.origin}/b")
        crawl(tmp_path, source("host", urls[0]).model_copy(update={"start_urls": urls}))
        assert host.paths == ["/robots.txt", "/a", "/b"]


@pytest.mark.parametrize("budget", [1, 3])
def test_the_budget_ends_a_visit(tmp_path: Path, budget: int) -> None:
    with site({"/robots.txt": ROBOTS_FREE}) as host:
        urls = tuple(f"{host.origin}/{number}" for number in range(9))
        spec = source("host", urls[0], request_budget=budget)
        crawled = crawl(tmp_path, spec.model_copy(update={"start_urls": urls}))
    report = crawled.reports["host"]
    assert report.requests <= budget + 1
    assert "budget" in (report.detail or "") or report.failure_class == "http_4xx"
