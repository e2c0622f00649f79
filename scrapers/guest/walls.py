"""Pages that come with HTTP 200 and are no pages: a challenge, a login, a notice of maintenance.

A wall is what stands on the page instead of its content. A page that merely has a login box or a
form with a captcha beside its content is none: what is left of a wall without its own sentences is
next to nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, Literal

from selectolax.lexbor import LexborHTMLParser, LexborNode
from web_poet import HttpResponse

from scrapers.fields.text import clean, fold
from scrapers.pages.course_urls import leads_to_course
from scrapers.pages.markup import attribute, furniture_of, lines_of
from scrapers.pages.nothing_found import denies_hits
from scrapers.pages.search_form import keyword_field_name

Wall = Literal["blocked_bot", "login_wall", "maintenance"]

_MAY_BE_WALL: Final = re.compile(
    rb"captcha|challenge|cf[_-]chl|just a moment|checking your browser|sucuri|incapsula|ddos|anubis"
    rb"|robot|human|mensch|not a bot|bot[ -](?:protection|detect|schutz)|turnstile|password"
    rb"|passwort|kennwort|einloggen|wartung|maintenance|gleich wieder"
    rb"|in k(?:\xfc|\xc3\xbc|&uuml;)rze wieder",
    re.IGNORECASE,
)
# Scripts and addresses that stand only on the page of a challenge. Cloudflare also puts a script
# of `/cdn-cgi/challenge-platform/` into ordinary pages: it says nothing.
_CHALLENGE_CODE: Final = re.compile(
    r"_cf_chl_opt|cf_chl_(?:prog|rt_tk|managed)|cf-chl-widget|cf-browser-verification"
    r"|sucuri_cloudproxy_js|/_Incapsula_Resource\?(?!SWJIYLWA)|/\.within\.website/x/cmd/anubis"
    r"|ddos-guard/js-challenge|awswaf[\w.]*/challenge\.js|/captcha/puzzle\.js\?challenge"
)
_CHALLENGE_WORDS: Final = re.compile(
    r"^just a moment\b|^nur einen moment\b|^einen moment,? bitte|attention required!"
    r"|check(?:ing|s)? (?:if )?(?:your browser|the site connection)|verif(?:y|ying) (?:that )?you"
    r" are (?:a )?(?:not a robot|human)|are you (?:a )?(?:human|robot)|you are (?:not )?a robot"
    r"|(?:sind|bist) (?:sie|du) (?:ein|kein) (?:mensch|roboter)|kein(?:en)? roboter\b"
    r"|(?:dass|ob) (?:sie|du|es sich)\b.{0,40}\bmensch\b|sicherheits(?:ueber)?pruefung"
    r"|security check|(?:ihr|der|dein) browser wird (?:geprueft|ueberprueft)"
    r"|ueberpruef\w+ (?:ihres|des|deines) browsers|bot-?(?:schutz|protection|detection)"
    r"|making sure you.?re not a bot|access denied - sucuri|ddos[ -](?:schutz|protection)"
    r"|(?:loesen|geben) sie\b.{0,60}\b(?:captcha|zeichen|aufgabe|raetsel)\b"
    r"|\bcaptcha\b.{0,40}\b(?:loesen|eingeben|bestaetigen|ausfuellen)|complete the captcha"
    r"|automatisierte[nr]? (?:zugriffe?|anfragen?|abfragen?)|ungewoehnliche[nr]? (?:datenverkehr|"
    r"zugriffe?|aktivitaet)|unusual traffic|enable javascript and cookies to continue"
)
_CAPTCHA: Final = (
    ".g-recaptcha, .h-captcha, .frc-captcha, .cf-turnstile, [data-sitekey], altcha-widget, "
    "[id*=captcha], [class*=captcha], [name*=captcha], [src*=captcha]"
)
_LOGIN_DEMAND: Final = re.compile(
    r"(?:bitte )?(?:melden sie sich|melde dich|loggen sie sich|logge dich)\b.{0,60}\b(?:an|ein)\b"
    r"|(?:login|einloggen|anmeldung mit (?:ihrem|deinem)\b.{0,40}) (?:ist )?(?:erforderlich|noetig)"
    r"|(?:muessen|musst) (?:sie )?(?:sich |dich )?(?:zuerst |erst )?(?:einloggen|eingeloggt)"
    r"|nur (?:fuer|nach|mit) (?:angemeldete|registrierte|login|dem login)"
    r"|\bnicht (?:angemeldet|eingeloggt)|please (?:log|sign) in|(?:log|sign) in to\b"
    r"|(?:geschuetzter|interner|passwortgeschuetzter) (?:bereich|inhalt)|passwortgeschuetzt"
)
_LOGIN_NAME: Final = re.compile(
    r"(?:(?:benutzer|kunden|mitglieder)-?)?(?:login|log in|sign in|anmelden|anmeldung|einloggen)"
    r"(?: (?:bei|am|im|zum|fuer|to)\b.*)?(?:\s*[|:–-].*)?"
)
_FORM_WORDS: Final = re.compile(
    r"passwort|kennwort|password|benutzername|username|e-?mail|angemeldet bleiben|anmelden"
    r"|einloggen|login|log in|registrieren|konto|remember me|zurueck"
)
_MAINTENANCE_WORDS: Final = re.compile(
    r"wartungs(?:arbeit|modus|fenster|seite|pause)|\bwegen wartung|\bin wartung\b"
    r"|\bwird (?:gerade |derzeit |zurzeit |aktuell )?(?:gewartet|ueberarbeitet|aktualisiert)\b"
    r"|(?:under|scheduled|for) maintenance|maintenance mode|\b(?:gleich|bald|in kuerze) wieder"
    r" (?:da|erreichbar|verfuegbar|online|fuer sie da)|be (?:right )?back soon"
)
_MOST_WORDS_OF_A_WALL: Final = 40
"""What may be left beside the sentences of a wall: a name, an address, a request number."""
_MOST_WORDS_OF_A_CHALLENGE: Final = 150
_MOST_WORDS_BESIDE_RIDDLE: Final = 20
_TYPED: Final = frozenset({"text", "email", "search", "tel", "password", "number", "date"})


def wall_on(page: HttpResponse) -> tuple[Wall, str] | None:
    """The wall that this page is, with the words that show it; None for a page with content."""
    if not _MAY_BE_WALL.search(bytes(page.body)):
        return None
    tree = LexborHTMLParser(page.text)
    if tree.body is None:
        return None
    searches = keyword_field_name(tree, str(page.url)) is not None
    hidden = _hidden_lines(tree)
    for node in furniture_of(tree):
        node.decompose()
    named = tree.css_first("title")
    title = fold(named.text()) if named is not None else ""
    lines = [fold(line) for line in (*lines_of(tree.body), *hidden)]
    if (shown := _challenge(page.text, tree, title, lines)) is not None:
        return "blocked_bot", shown
    if _has_content(tree, str(page.url), lines):
        return None
    if (shown := _login(tree, title, lines, in_words=searches)) is not None:
        return "login_wall", shown
    if not searches and (shown := _maintenance(title, lines)) is not None:
        return "maintenance", shown
    return None


def _challenge(text: str, tree: LexborHTMLParser, title: str, lines: list[str]) -> str | None:
    if _words(lines) > _MOST_WORDS_OF_A_CHALLENGE:
        return None
    if code := _CHALLENGE_CODE.search(text):
        return code.group()
    # A form that asks for more than the riddle is a form to search, or to write to somebody.
    if any(_is_asked(field) for field in tree.css("input, textarea, select")):
        return None
    said = [line for line in (title, *lines) if _CHALLENGE_WORDS.search(line)]
    left = _words(line for line in lines if line not in said)
    if said and (said[0] == title or left <= _MOST_WORDS_OF_A_WALL):
        return said[0]
    riddle = tree.css_first(_CAPTCHA)
    return "a captcha alone" if riddle is not None and left <= _MOST_WORDS_BESIDE_RIDDLE else None


def _is_asked(field: LexborNode) -> bool:
    kind = attribute(field, "type").lower() or "text"
    own = f"{attribute(field, 'name')} {attribute(field, 'id')} {attribute(field, 'class')}"
    is_riddle = re.search(r"captcha|challenge|code|answer|antwort|robot|human|mensch", own, re.I)
    return kind in _TYPED and not is_riddle


def _login(tree: LexborHTMLParser, title: str, lines: list[str], *, in_words: bool) -> str | None:
    """A login in place of the page. Where the site shows its search, as on its ordinary pages with
    a login box, a heading of a box is not enough."""
    if not any(attribute(f, "type").lower() == "password" for f in tree.css("input")):
        return None
    names = "h1" if in_words else "h1, h2, h3, h4, legend"
    headings = [title, *(fold(node.text()) for node in tree.css(names))]
    said = [line for line in lines if _LOGIN_DEMAND.search(line)]
    said += [line for line in headings if _LOGIN_NAME.fullmatch(line)]
    others = (line for line in lines if line not in said and not _FORM_WORDS.search(line))
    return said[0] if said and _words(others) <= _MOST_WORDS_OF_A_WALL else None


def _maintenance(title: str, lines: list[str]) -> str | None:
    said = [line for line in (title, *lines) if _MAINTENANCE_WORDS.search(line)]
    left = _words(line for line in lines if line not in said)
    return said[0] if said and left <= _MOST_WORDS_OF_A_WALL else None


def _has_content(tree: LexborHTMLParser, url: str, lines: Iterable[str]) -> bool:
    """What no wall shows: a search, links to courses, an answer to a search."""
    if any(map(denies_hits, lines)) or keyword_field_name(tree, url) is not None:
        return True
    return any(leads_to_course(attribute(link, "href")) for link in tree.css("a[href]"))


def _hidden_lines(tree: LexborHTMLParser) -> list[str]:
    """What a page says to visitors without scripts: a challenge says there what it is."""
    return [clean(re.sub(r"<[^>]*>", " ", node.text())) for node in tree.css("noscript")]


def _words(lines: Iterable[str]) -> int:
    return sum(len(line.split()) for line in lines)
