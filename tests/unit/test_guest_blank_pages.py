"""Start pages that come with HTTP 200 and show nothing of a VHS, and those that only seem so."""

from __future__ import annotations

import pytest
from web_poet import HttpResponse

from scrapers.guest.blank_pages import failure_of_start_page

COOKIES = "<h2>Cookies</h2><p>Wir verwenden Cookies.</p><button>Alle akzeptieren</button>"
PROSE = "<p>" + "Die Volkshochschule bietet Kurse zu Politik und Gesellschaft an. " * 8 + "</p>"

BLANK = {
    "nothing": ("no_site", ""),
    "no words": ("no_site", "<!DOCTYPE html><html><head></head><body><div></div></body></html>"),
    "for sale": (
        "no_site",
        "<h1>vhs-dorf.example</h1><p>Diese Domain steht zum Verkauf!</p>"
        '<a href="/search?q=sprachkurs">Sprachkurs</a>',
    ),
    "registered": ("no_site", "<h1>Willkommen</h1><p>Diese Domain wurde bei X registriert.</p>"),
    "building site": ("no_site", "<h1>Hier entsteht eine neue Internetpräsenz.</h1>"),
    "new server": ("no_site", "<title>Welcome to nginx!</title><p>If you see this page, ...</p>"),
    "consent": ("consent_wall", f"<div class=wall>{COOKIES}</div>"),
    "consent in a dialog": ("consent_wall", f'<div class="consent-box">{COOKIES}</div>'),
    "scripts": (
        "unknown_platform",
        '<script src="/app.js"></script><div id="root"></div>'
        "<noscript>Bitte aktivieren Sie JavaScript.</noscript>",
    ),
}
CONTENT = {
    "search": f'{COOKIES}<form action="/suche"><input name="q"></form>',
    "courses": f'{COOKIES}<a href="/kurse/politik.html">Politik</a>',
    "words": f"{COOKIES}{PROSE}",
    "frame": '<iframe src="https://kurse.example/"></iframe>',
    "a course on buying a domain": f"<h1>Domain kaufen und Website bauen</h1>{PROSE * 4}",
    "a course on scripts": f"<script>1</script><noscript>JavaScript</noscript>{PROSE}",
}


def failure_class(html: str) -> str | None:
    failure = failure_of_start_page(HttpResponse("https://vhs.example/", body=html.encode()))
    return failure.failure_class if failure else None


@pytest.mark.parametrize("name", BLANK)
def test_a_start_page_without_content(name: str) -> None:
    expected, html = BLANK[name]
    assert failure_class(html) == expected


@pytest.mark.parametrize("name", CONTENT)
def test_a_start_page_with_content(name: str) -> None:
    assert failure_class(CONTENT[name]) is None
