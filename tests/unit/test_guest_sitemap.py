"""Sitemaps are read within their limits, and only addresses that name the subject count."""

from __future__ import annotations

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers.spiders.sitemap import MAX_ADDRESSES, names_subject, read_sitemap


def test_an_index_names_further_files() -> None:
    body = (
        b'<?xml version="1.0"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        b"<sitemap><loc> https://vhs.example/a.xml?x=1&amp;y=2 </loc></sitemap></sitemapindex>"
    )
    sitemap = read_sitemap(body)
    assert sitemap.is_index
    assert sitemap.addresses == ("https://vhs.example/a.xml?x=1&y=2",)


@pytest.mark.parametrize("pack", [lambda body: body, gzip.compress])
def test_addresses_are_read_packed_or_not(pack: object) -> None:
    body = b"<urlset><url><loc>https://vhs.example/kurs/1</loc></url></urlset>"
    sitemap = read_sitemap(pack(body))  # type: ignore[operator]
    assert (sitemap.is_index, sitemap.addresses) == (False, ("https://vhs.example/kurs/1",))


def test_plain_lines_are_a_sitemap_too() -> None:
    assert read_sitemap(b"https://vhs.example/a\nhttps://vhs.example/b\n").addresses == (
        "https://vhs.example/a",
        "https://vhs.example/b",
    )


def test_a_bomb_is_read_to_its_limit_and_a_broken_file_refused() -> None:
    urls = b"<urlset>" + b"<loc>https://vhs.example/kurs/1</loc>" * (MAX_ADDRESSES * 4)
    assert len(read_sitemap(gzip.compress(urls)).addresses) == MAX_ADDRESSES
    with pytest.raises(ValueError, match="compression"):
        read_sitemap(b"\x1f\x8b\x08\x00 not gzip at all")


def test_entities_are_not_expanded() -> None:
    body = (
        b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/hostname">]><loc>https://x.example/&e;</loc>'
    )
    assert read_sitemap(body).addresses == ("https://x.example/&e;",)


@given(st.binary(max_size=400))
def test_no_bytes_break_the_reader(body: bytes) -> None:
    try:
        read_sitemap(body)
    except ValueError as error:
        assert "compression" in str(error)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://vhs.example/kurs/Fortbildung-Integrationsrat/252-1", True),
        ("https://vhs.example/kurs/fuer-integrationsraete/252-1", True),
        ("https://vhs.example/kurs/f%C3%BCr-Integrationsr%C3%A4te/252-1", True),
        ("https://vhs.example/kurs/integrationsausschuesse-schulung/252-1", True),
        ("https://vhs.example/kurs/Chancengerechtigkeit_vor_Ort/252-1", True),
        ("https://vhs.example/kurs/Integrationskurs-B1/252-1", False),
        ("https://integrationsrat.example/kurs/Yoga/252-1", False),
        ("https://vhs.example/kurs/Yoga/252-1?ref=integrationsrat", False),
    ],
)
def test_the_slug_names_the_subject(url: str, expected: bool) -> None:
    assert names_subject(url) is expected
