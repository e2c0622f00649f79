"""KuferWEB: how to recognise it, and where it searches when no form says so."""

from __future__ import annotations

import re
from typing import Final

from selectolax.lexbor import LexborHTMLParser
from web_poet import HttpResponse

from scrapers.pages import webbasys
from scrapers.pages.markup import classes
from scrapers.pages.search_form import (
    encoding_of,
    form_search_url,
    linked_search_url,
    named_form_url,
    origin_url,
    searches_courses,
    with_parameters,
)

_ADDRESS: Final = re.compile(r"/kw/(bereich|kathaupt)/|[?&]kathaupt=\d+|kfs_stichwort", re.I)
_BODY: Final = re.compile(r"kfs_stichwort_schlagwort|[?&;]kathaupt=\d", re.I)
_SURE: Final = re.compile(r"/fileadmin/kuferweb/|/plugins/kuferweb|/kw/(bereich|kathaupt)/", re.I)
_CLASS: Final = re.compile(
    r"kw-(kursuebersicht|table-row|kurstitel|paginationleiste|ue|ue-title|container|kurs-info-text|"
    r"kurs-properties|highlight.*)|ampelicon|hauptseite_kurse|kw_kurs_uebersicht|kursdetaillink",
    re.I,
)

KEYWORD: Final = webbasys.KEYWORD


def recognises(response: HttpResponse) -> bool:
    """Marks of KuferWEB in address, links or classes. It shares the names of its parameters with
    the older webbasys, so these alone prove it only where webbasys shows none of its own."""
    text = response.text
    tree = LexborHTMLParser(text)
    names = {name for node in tree.css("[class]") for name in classes(node)}
    if _SURE.search(text) or any(_CLASS.fullmatch(name) for name in names):
        return True
    if webbasys.recognises(response):
        return False
    return bool(_ADDRESS.search(str(response.url)) or _BODY.search(text))


def search_url(home: HttpResponse, term: str) -> str:
    """By the page's own search form, else by a link with the keyword parameter, else at the usual
    path; a form that searches the whole site need not know the courses. Kufer's form is sometimes
    sent by POST; its fields are understood by GET as well, and where they are not, the list page
    says that its answer is none."""
    base = str(home.url)
    tree = LexborHTMLParser(home.text)
    return (
        named_form_url(tree, base, KEYWORD, term, encoding_of(home))
        or linked_search_url(tree, base, KEYWORD, term, encoding_of(home))
        or (searches_courses(tree, base) and form_search_url(tree, base, term, encoding_of(home)))
        or with_parameters(
            origin_url(base, "/kurssuche/suche"), {"suchesetzen": "true", KEYWORD: term}
        )
    )
