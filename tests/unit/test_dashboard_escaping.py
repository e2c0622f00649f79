"""Foreign text never becomes markup, and only safe addresses become links."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.escaping import host_of, link, mail_link, plain, safe_url

HOSTILE = [
    "<script>alert(1)</script>",
    "[klick](javascript:alert(1))",
    '=HYPERLINK("http://evil.example")',
    "<img src=x onerror='alert(1)'>",
    "**fett** _kursiv_ `code` ~weg~ $x$ :red[rot] :smile:",
    "<b>%{customdata}</b>",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_as_the_characters_it_consists_of(text: str) -> None:
    safe = plain(text)
    assert html.unescape(safe) == text
    assert not re.search(r"[<>\"'`*_\[\]$~|:=]", safe.replace("&#", ""))


@given(st.text())
def test_no_text_keeps_a_character_that_means_something(text: str) -> None:
    without_entities = re.sub(r"&#\d+;", "", plain(text))
    assert not set(without_entities) & set("&<>\"'`*_[]\\$~|#:!={}")


def test_invisible_characters_are_dropped() -> None:
    assert plain("a\u00ad\u061c\u180e\U000e0041b") == "ab"


def test_text_is_cut_before_it_is_escaped() -> None:
    assert plain("<" * 700, 3) == "&#60;&#60;…"
    assert plain(None) == ""


def test_marks_that_turn_the_writing_direction_are_dropped() -> None:
    assert plain("A\u202egnp\u202c.\u200fexe\x00 \t\n b") == "Agnp.exe b"


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,<script>",
        "//evil.example/x",
        "ftp://vhs.example/",
        "https://",
        "https://vhs.example@evil.example/",
        "https://vhs.example/a b",
        "java\nscript:alert(1)",
        "https://vhs.example:port/",
        "https://vhs.example/" + "a" * 3000,
        "",
        None,
    ],
)
def test_addresses_that_are_not_plain_web_addresses_are_no_links(url: str | None) -> None:
    assert safe_url(url) is None
    assert link(url, "Zur Anmeldung") is None


def test_a_safe_address_becomes_a_link_with_escaped_quotes() -> None:
    made = link('https://vhs.example/?a=1&b="x', "Zur <b>Anmeldung</b>")
    assert made is not None
    assert html.unescape(re.findall(r'href="([^"]*)"', made)[0]) == 'https://vhs.example/?a=1&b="x'
    assert "<b>" not in made
    assert 'rel="noopener noreferrer"' in made


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://www.vhs-rheine.example/kurs/1", "vhs-rheine.example"),
        ("http://127.0.0.1:18601/kurs", ""),
        ("http://[::1]/kurs", ""),
        ("http://localhost:8501/", ""),
    ],
)
def test_only_sites_with_a_name_are_named(url: str, site: str) -> None:
    assert host_of(url) == site


def test_links_with_the_same_label_are_told_apart_by_what_is_read_aloud() -> None:
    made = link("https://vhs.example/", "Zur Anmeldung", "für „<b>Kurs</b>“")
    assert made is not None
    assert '>Zur Anmeldung<span class="qa-hidden"> für „&#60;b&#62;' in made


@pytest.mark.parametrize(
    "address", ["x@evil.example?body=hi", "a@b", "a b@c.de", "<x@y.de>", "x@y.de,z@y.de", None]
)
def test_only_a_single_mail_address_becomes_a_mail_link(address: str | None) -> None:
    assert mail_link(address) is None


def test_a_mail_address_becomes_a_mail_link() -> None:
    made = mail_link("fb4@vhs-wesel.example")
    assert made is not None
    assert html.unescape(made).startswith(
        '<a class="qa-link" href="mailto:fb4@vhs-wesel.example">fb4@vhs-wesel.example'
    )
