"""Addresses of courses: which links lead to one."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final
from urllib.parse import unquote

# For addresses in lower case.
_COURSE: Final = re.compile(
    r"/kurs/[^/?#]|/kursdetails?/|/kurs-detail|/nr/[^/?#]|[?&](knr|kursnr|kursid|kurs_id)=|"
    r"[?&]courseid=|\[course\]=|\d+-c-[\w.-]+|/cmx[0-9a-f]{13}\.html",
)
_COURSE_LIKE: Final = re.compile(
    r"/(kurse?|veranstaltung(en)?|angebote?|seminare?|workshops?|fortbildung(en)?|"
    r"weiterbildung(en)?|course|event|programm|kursangebot|detail)s?/[^?#]*[\w-]{3,}|"
    r"[?&](id|kurs|course|event|veranstaltung|va|nr|nummer|kurs-?nr|kurs_?id|detail|uid)=[\w.-]+",
)
_NOT_A_COURSE: Final = re.compile(
    r"browse[=/]|\.ics\b|ical(?<=\bical)\b|ics\.php|serveical|warenkorb|merkliste|/anmeld|"
    r"\?anmeld|&anmeld|buchen|buchung|basket|cart\b|\.pdf\b|/print|drucken|druckansicht|empfehl|\.(jpe?g|png|gif|zip)\b|"
    r"/(suche|liste|login|kalender)/?([?#]|$)",
)

_PATH: Final = re.compile(r"^https?://[^/?#]+/[^?#]*[\w-]{3,}|[?&][^=&#]+=[\w.-]+")
_OF_THE_SITE: Final = re.compile(
    r"/(impressum|datenschutz|kontakt|agb|ueber-uns|über-uns|team|faq|hilfe|aktuelles|news|blog|"
    r"newsletter|sitemap|barrierefrei\w*|widerruf|start(seite)?|home|index)([./?#]|$)|"
    r"[?&](page|seite|s|q|suche)=",
)


@lru_cache(maxsize=16384)
def leads_to_course(url: str) -> bool:
    """True when the address has the shape that a known platform gives to a course."""
    decoded = unquote(url).lower()
    return bool(_COURSE.search(decoded)) and not _NOT_A_COURSE.search(decoded)


@lru_cache(maxsize=16384)
def may_lead_to_course(url: str) -> bool:
    """True for addresses that speak of a course on sites of unknown make."""
    decoded = unquote(url).lower()
    if _NOT_A_COURSE.search(decoded):
        return False
    return bool(_COURSE.search(decoded) or _COURSE_LIKE.search(decoded))


@lru_cache(maxsize=16384)
def may_be_page(url: str) -> bool:
    """True for addresses that may be any page of a site, but for what no course has."""
    decoded = unquote(url).lower()
    return _PATH.search(decoded) is not None and not (
        _NOT_A_COURSE.search(decoded) or _OF_THE_SITE.search(decoded)
    )
