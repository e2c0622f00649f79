"""Start pages that come with HTTP 200 and show nothing of a VHS: nothing at all, a domain for sale,
a building site, a question about cookies in place of the page, an empty frame for scripts.

Asked of start pages only: what stands behind them cannot be known, and a reader that finds nothing
on them would call the VHS's system unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from selectolax.lexbor import LexborHTMLParser
from web_poet import HttpResponse

from scrapers.fields.text import clean, fold
from scrapers.guest.failures import Failure
from scrapers.pages.course_urls import may_lead_to_course
from scrapers.pages.markup import attribute, furniture_of, lines_of
from scrapers.pages.search_form import keyword_field_name

_FOR_SALE: Final = re.compile(
    r"\bdomain\b.{0,60}\b(?:zu verkaufen|zum verkauf|kaufen|erwerben|for sale|verkauft|angeboten)"
    r"|\b(?:kaufen|erwerben) sie\b.{0,30}\bdomain\b|\bbuy this domain|\bdomain[ -]?parking"
    r"|\bdomain\b.{0,40}\b(?:geparkt|parked|registriert|reserviert|konnektiert)"
)
_BUILDING_SITE: Final = re.compile(
    r"\bhier entsteht\b|(?:internetpraesenz|internetseite|web-?site|web-?seite|homepage|seite)\b"
    r".{0,30}\b(?:im aufbau|in arbeit)|under construction|\bcoming soon\b|^it works!?$"
    r"|welcome to nginx|default (?:web )?page|^index of /|webserver .{0,30}erfolgreich"
)
_CONSENT: Final = re.compile(
    r"cookies?\b|einwillig|zustimm|privatsphaere|datenschutz-?einstellungen|privacy"
)
_AGREE: Final = re.compile(
    r"(?:alle[sn]? )?(?:cookies? )?(?:akzeptieren|zustimmen|annehmen|erlauben|einverstanden)\b.*"
    r"|(?:ich )?(?:stimme zu|bin einverstanden|akzeptiere)\b.*|(?:accept|agree)\b.*|ok(?:ay)?"
)
_NEEDS_SCRIPT: Final = re.compile(r"\bjavascript\b", re.I)
_SCRIPT_ROOTS: Final = "#root, #app, #__next, #__nuxt, app-root, [data-reactroot], [ng-app]"
_MOST_WORDS_FOR_SALE: Final = 150
_MOST_WORDS_BESIDE: Final = 40


def failure_of_start_page(page: HttpResponse) -> Failure | None:
    """The failure of a start page that holds no content; None for every other page."""
    tree = LexborHTMLParser(page.text)
    if tree.body is None or keyword_field_name(tree, str(page.url)) is not None:
        return None
    if tree.css_first("frame[src], iframe[src]") is not None:
        return None
    if any(may_lead_to_course(attribute(link, "href")) for link in tree.css("a[href]")):
        return None
    named = tree.css_first("title")
    title = fold(named.text()) if named is not None else ""
    lines = [fold(line) for line in lines_of(tree.body)]
    for node in furniture_of(tree):
        node.decompose()
    content = [fold(line) for line in lines_of(tree.body)]
    return _failure(tree, str(page.url), title, lines, content)


def _failure(
    tree: LexborHTMLParser, url: str, title: str, lines: list[str], content: list[str]
) -> Failure | None:
    if _is_for_scripts(tree) and _words(content) <= _MOST_WORDS_BESIDE:
        return Failure("unknown_platform", f"{url} shows nothing to visitors without JavaScript")
    if not lines:
        return Failure("no_site", f"{url} answers with a page without a word")
    said = [line for line in (title, *lines) if _FOR_SALE.search(line)]
    if said and _words(lines) <= _MOST_WORDS_FOR_SALE:
        return Failure("no_site", f'{url} is not the site of a VHS, it says "{_short(said[0])}"')
    said = [line for line in (title, *lines) if _BUILDING_SITE.search(line)]
    if said and _words(line for line in lines if line not in said) <= _MOST_WORDS_BESIDE:
        return Failure("no_site", f'{url} has no content yet, it says "{_short(said[0])}"')
    asking = [line for line in lines if _CONSENT.search(line) or _AGREE.fullmatch(line)]
    is_question = any(map(_AGREE.fullmatch, asking)) and any(map(_CONSENT.search, asking))
    if not is_question or _words(line for line in lines if line not in asking) > _MOST_WORDS_BESIDE:
        return None
    message = f'{url} asks for consent in place of its content: "{_short(asking[0])}"'
    return Failure("consent_wall", message)


def _is_for_scripts(tree: LexborHTMLParser) -> bool:
    """Whether the page leaves its content to scripts, and says so or has an empty place for it."""
    if tree.css_first("script") is None:
        return False
    says = any(_NEEDS_SCRIPT.search(clean(node.text())) for node in tree.css("noscript"))
    return says or any(not lines_of(node) for node in tree.css(_SCRIPT_ROOTS))


def _words(lines: Iterable[str]) -> int:
    return sum(len(line.split()) for line in lines)


def _short(line: str) -> str:
    return line[:80]
