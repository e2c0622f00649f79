"""The page in which Streamlit draws; that its scripts find their server is held in the browser."""

from __future__ import annotations

from dashboard.host_page import INDEX, host_page, routes


def test_the_page_is_german_from_the_first_byte_and_knows_its_server() -> None:
    page = host_page(INDEX.read_text(encoding="utf-8"))
    assert '<html lang="de">' in page
    assert "<title>Qualifizierungsatlas NRW</title>" in page
    assert "enable JavaScript" not in page
    # Before Streamlit's own scripts, which look for it once.
    assert page.index("BACKEND_BASE_URL") < page.index('<script type="module"')


def test_what_streamlit_says_otherwise_stays() -> None:
    other = "<!doctype html><html><title>Another</title><body></body></html>"
    assert host_page(other) == other


def test_the_bare_address_is_answered_as_well() -> None:
    assert [route.path for route in routes(["karte", "gremien"])] == ["/", "/karte", "/gremien"]
