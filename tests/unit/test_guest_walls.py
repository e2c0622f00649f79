"""Pages that stand with HTTP 200 in place of the content, and pages that only look like them."""

from __future__ import annotations

import pytest
from web_poet import HttpResponse

from scrapers.guest.failures import failure_of_status, failure_of_wall

SEARCH = '<form action="/kurssuche"><label>Stichwort <input name="stichwort"></label></form>'
LOGIN = (
    '<form method="post" action="/login"><label>Benutzername <input name="user"></label>'
    '<label>Passwort <input type="password" name="pass"></label><button>Anmelden</button></form>'
)
CAPTCHA = '<div class="h-captcha" data-sitekey="abc"></div>'
CONTACT = (
    f'<form method="post" action="/kontakt"><input name="name"><input type="email" name="mail">'
    f"<textarea name='text'></textarea>{CAPTCHA}<p>Sind Sie ein Mensch?</p></form>"
)
PROSE = "<p>" + "Die Volkshochschule bietet Kurse zu Politik und Gesellschaft an. " * 12 + "</p>"
NAV = "<nav>" + "".join(f'<a href="/{n}">Bereich {n}</a>' for n in range(40)) + "</nav>"

WALLS = {
    "cloudflare": (
        "blocked_bot",
        "<title>Just a moment...</title><noscript><span>Enable JavaScript and cookies to continue"
        "</span></noscript><script>window._cf_chl_opt={cvId:'3'}</script>",
    ),
    "cloudflare in German": (
        "blocked_bot",
        "<title>Nur einen Moment…</title><h1>vhs.example</h1><p>Überprüfen, ob Sie ein Mensch sind."
        " Dies kann einige Sekunden dauern.</p><p>Ray-ID: 8af0</p>",
    ),
    "sucuri": (
        "blocked_bot",
        "<html><head><script>var s={},u,c,U,r,i,l=0;sucuri_cloudproxy_js='';</script></head>"
        "<body></body></html>",
    ),
    "sucuri refusal": (
        "blocked_bot",
        "<title>Sucuri WebSite Firewall - Access Denied</title><h1>Access Denied - Sucuri Website "
        "Firewall</h1><p>If you are the site owner, please open a ticket.</p>",
    ),
    "hcaptcha": (
        "blocked_bot",
        f"<title>vhs.example</title><h1>Sicherheitsüberprüfung</h1><form method=post>{CAPTCHA}"
        "<input type=hidden name=id value=1><button>Weiter</button></form>",
    ),
    "captcha without words": (
        "blocked_bot",
        '<title>vhs.example</title><form method=post><div class="frc-captcha"></div>'
        "<button>Weiter</button></form>",
    ),
    "friendly captcha": (
        "blocked_bot",
        "<h1>Bitte bestätigen Sie, dass Sie kein Roboter sind</h1><form method=post>"
        '<div class="frc-captcha" data-sitekey="x"></div><button>Weiter zur Seite</button></form>',
    ),
    "typed captcha within the site's frame": (
        "blocked_bot",
        f"{NAV}<main><p>Bitte geben Sie die Zeichen aus dem Bild ein, um fortzufahren.</p>"
        "<form method=post><img src=/captcha.png><input name=captcha_code></form></main>",
    ),
    "anubis": (
        "blocked_bot",
        "<title>Making sure you&#39;re not a bot!</title><h1>Making sure you&#39;re not a bot!</h1>"
        "<p>Loading...</p>",
    ),
    "login": ("login_wall", f"<h1>Anmelden</h1>{LOGIN}<p><a href=/x>Passwort vergessen?</a></p>"),
    "login within the site's frame": (
        "login_wall",
        f"<header>{SEARCH}</header>{NAV}<main><p>Bitte melden Sie sich an, um die Kurse zu sehen."
        f"</p>{LOGIN}</main><footer>Impressum</footer>",
    ),
    "login named in the title": ("login_wall", f"<title>Login | VHS Musterstadt</title>{LOGIN}"),
    "protected area": ("login_wall", f"<h2>Geschützter Bereich</h2>{LOGIN}"),
    "maintenance": (
        "http_5xx",
        "<title>VHS Musterstadt</title><h1>Wartungsarbeiten</h1><p>Unsere Seite wird gerade "
        "überarbeitet. Wir sind in Kürze wieder für Sie da!</p>",
    ),
    "maintenance mode": ("http_5xx", "<title>Wartungsmodus</title><p>VHS Musterstadt</p>"),
    "maintenance in English": ("http_5xx", "<h1>Down for maintenance</h1><p>Back soon.</p>"),
}

CLOUDFLARE = "<script src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'></script>"
CONTENT = {
    "a catalogue with a login box": f"<h1>VHS</h1>{SEARCH}<h2>Login</h2>{LOGIN}",
    "a home page with a login box": f"<header>{SEARCH}</header><h1>VHS</h1><h2>Login</h2>{LOGIN}",
    "prose with a login box": f"<h1>Integrationsrat</h1>{PROSE}<h2>Anmelden</h2>{LOGIN}",
    "a course to which one has to log in": (
        f'<h1>Basismodul</h1><p>Bitte melden Sie sich an.</p><a href="/kurs/x/261-1">zum Kurs</a>'
        f"{LOGIN}"
    ),
    "no hits beside a login": f"<h1>Suche</h1><p>Keine Kurse gefunden.</p><h2>Login</h2>{LOGIN}",
    "a form with a captcha": f"<h1>Kontakt</h1>{CONTACT}",
    "a search with a captcha below": f"<h1>VHS</h1>{SEARCH}{CONTACT}",
    "prose with a captcha": f"<h1>Integrationsrat</h1>{PROSE}{CONTACT}",
    "an ordinary page behind cloudflare": f"<h1>VHS</h1>{PROSE}{CLOUDFLARE}",
    "a small page behind cloudflare": f"<h1>VHS</h1><p>Willkommen</p>{CLOUDFLARE}",
    "a course on security": "<h1>Captcha und Roboter</h1><p>Ein Kurs über Technik im Alltag.</p>",
    "maintenance of one service": f"<h1>VHS</h1>{SEARCH}<p>Wartungsarbeiten am 15.03.2026.</p>",
    "maintenance in a notice": f"<h1>VHS</h1><p>Wartungsarbeiten am Sonntag.</p>{PROSE}",
    "a note on registration": (
        "<h1>Workshop</h1><p>Für den Integrationsrat am 18. April 2026, 10 Uhr. "
        "Bitte melden Sie sich bis zum 1. April an.</p>"
    ),
    "an empty page": "",
}


def page(body: str) -> HttpResponse:
    return HttpResponse(
        "https://vhs.example/",
        body=body.encode(),
        headers={"Content-Type": "text/html;charset=utf8"},
    )


@pytest.mark.parametrize("name", WALLS)
def test_a_wall_ends_in_its_class_and_shows_its_words(name: str) -> None:
    failure_class, body = WALLS[name]
    failure = failure_of_wall(page(body))
    assert failure is not None
    assert failure.failure_class == failure_class
    assert failure.message.startswith("https://vhs.example/ ")
    assert len(failure.message) < 300


@pytest.mark.parametrize("name", CONTENT)
def test_a_page_with_content_is_no_wall(name: str) -> None:
    assert failure_of_wall(page(CONTENT[name])) is None


@pytest.mark.parametrize(
    "words",
    [
        "<title>Just a moment...</title><p>Checking your browser before accessing the site.</p>",
        "<h1>Verifying you are human. This may take a few seconds.</h1>",
        "<p>Bitte bestätigen Sie, dass Sie kein Roboter sind.</p>",
        "<title>Sucuri WebSite Firewall - Access Denied</title>",
    ],
)
def test_a_challenge_that_comes_with_403_is_one_too(words: str) -> None:
    for status in (403, 503):
        failure = failure_of_status(status, words.encode(), "https://vhs.example/")
        assert failure is not None and failure.failure_class == "blocked_bot"
    plain = failure_of_status(403, b"<h1>Forbidden</h1>", "https://vhs.example/")
    assert plain is not None and plain.failure_class == "http_4xx"
