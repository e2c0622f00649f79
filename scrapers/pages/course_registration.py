"""Where a course page says that one can register for the course, and the link that leads there."""

from __future__ import annotations

import re
from typing import Final

from scrapers.pages.elements import Element
from scrapers.pages.markup import canonical_url, target
from scrapers.pages.menus import is_in_menu
from scrapers.pages.page_tree import PageTree

_REGISTER: Final = re.compile(
    r"(zur |jetzt |hier |online[- ]?|direkt )*(anmeld(en|ung)|buch(en|ung)|online[- ]anmeldung)"
    r"( zum kurs| für diesen kurs)?\W*|(kurs|veranstaltung|platz) (jetzt )?(buchen|reservieren)\W*|"
    r"in den warenkorb( legen)?\W*|(auf|zur) (die )?warteliste( setzen| eintragen)?\W*|"
    r"warteliste\W*",
    re.I,
)
# One of them stands in each of these wordings.
_REGISTER_SIGN: Final = re.compile("anmeld|buch|reservier|warenkorb|warteliste")
# In addresses in lower case.
_REGISTER_ADDRESS: Final = re.compile(r"warenkorb|anmeld|buch|wk=|basket|cart")
_LOGIN: Final = re.compile(r"login|logout|passwort|konto|account")
_BOOKABLE: Final = "btn-success"


def says_register(words: str) -> bool:
    """Whether a link or a line says nothing but that one can register here."""
    may_say = _REGISTER_SIGN.search(words.lower()) is not None
    return may_say and _REGISTER.fullmatch(words) is not None


def words_to_book(page: PageTree) -> str:
    """The words of the first button that shows by its look that the course can be booked, "" where
    there is none or where it says something else."""
    button = next((link for link in page.links if _is_bookable(link)), None)
    return button.text if button is not None and says_register(button.text) else ""


def registration_url(page: PageTree, heading: Element, base_url: str) -> str:
    """The address of the registration for this course, "" where the page links to none. A menu
    above the title leads to none."""
    ranked: list[tuple[int, str]] = []
    own_url = canonical_url(page.url)
    for link in page.links:
        says = says_register(link.text or link.attribute("title"))
        is_bookable = _is_bookable(link)
        if not (says or is_bookable):
            continue
        url = target(base_url, link.attributes.get("href") or "")
        if not url or url == own_url or _LOGIN.search(url.lower()):
            continue
        if link.place < heading.place and is_in_menu(link):
            continue
        leads = bool(_REGISTER_ADDRESS.search(url.lower()))
        if is_bookable and (says or leads):
            ranked.append((0, url))
        elif says:
            ranked.append((1 if leads else 2, url))
    return min(ranked, key=lambda pair: pair[0])[1] if ranked else ""


def _is_bookable(link: Element) -> bool:
    names = link.attributes.get("class")
    return names is not None and _BOOKABLE in names.split()
