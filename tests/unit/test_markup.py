"""Bodies become trees, and links addresses, by the short way and by the long one alike."""

from __future__ import annotations

from urllib.parse import urljoin

import pytest
from selectolax.lexbor import LexborHTMLParser
from web_poet import HttpResponse

from scrapers.pages.markup import canonical_url, document, query_of, target

WORDS = "<!DOCTYPE html><title>Räte</title><p>Gebühr: 5 €</p>"
BASE = "https://www.vhs.example/programm/politik?seite=2"


@pytest.mark.parametrize(
    ("body", "encoding"),
    [
        (WORDS.encode(), "utf-8"),
        (WORDS.encode(), None),
        (WORDS.encode("utf-8-sig"), "utf-8"),
        (WORDS.encode("cp1252"), "cp1252"),
        (WORDS.encode("cp1252"), "utf-8"),
        (WORDS.encode("utf-16"), "utf-8"),
        (WORDS.replace("ä", "\ufffd").encode(), "utf-8"),
        (WORDS.replace("ä", "\0").encode(), "utf-8"),
        (WORDS.encode()[:-7], "utf-8"),
        (b"", "utf-8"),
    ],
    ids=[
        *("utf-8", "told by nobody", "mark at the start", "western", "western called utf-8"),
        *("utf-16 called utf-8", "replaced letter", "NUL", "cut in a letter", "empty"),
    ],
)
def test_a_body_has_the_tree_of_its_text(body: bytes, encoding: str | None) -> None:
    response = HttpResponse("https://www.vhs.example/", body=body, encoding=encoding)
    assert document(response).html == LexborHTMLParser(response.text).html


@pytest.mark.parametrize(
    "href",
    [
        *(
            "/kurs/1",
            "/kurs/../kurs/1",
            "/./kurs/1",
            "/kurs/1?x=/../y#oben",
            "/a//b",
            "/",
            "/.well",
        ),
        *(
            "//andere.example/kurs",
            "https://vhs.example",
            "https:///kurs/1",
            "http://h.example/a/../b",
        ),
        *(
            "https:kurs/1",
            "HTTPS://H.example/Kurs",
            "kurs/1",
            "?seite=3",
            "../kurs/1",
            "./1",
            ";a=1",
        ),
        *("/kurs/1 2", "/kurs;jsessionid=1?a=b", "ftp://h.example/a"),
    ],
)
def test_a_link_leads_where_urljoin_says(href: str) -> None:
    joined = canonical_url(urljoin(BASE, href))
    assert target(BASE, href) == (joined if joined.startswith("http") else "")


def test_a_query_keeps_order_and_empty_values() -> None:
    assert query_of("https://h.example/?b=1&a=&b=%C3%A4+c#d=2") == (
        ("b", "1"),
        ("a", ""),
        ("b", "ä c"),
    )
    assert query_of("https://h.example/?a=%E4", "windows-1252") == (("a", "ä"),)


@pytest.mark.parametrize(
    "url",
    [
        *(
            "https://www.vhs.example/",
            "http://vhs-a.example/kurs/252-1031.html",
            "https://1.2.3.4/a",
        ),
        *("https://h.example/a//b/../c", "https://h.example/R%C3%A4te/ä:b@c", "https://h.example"),
        *(
            "https://H.example/a",
            "https://h.example:443/a",
            "https://u@h.example/a",
            "HTTP://h.example/",
        ),
        *("https://h.example/a;jsessionid=1", "https://h.example/a b", "https://h.example/[a]"),
    ],
)
def test_a_plain_address_is_left_as_the_long_way_leaves_it(url: str) -> None:
    assert canonical_url(url) == canonical_url(f"{url}#oben")
