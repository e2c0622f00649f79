"""KuferWEB: how to recognise it, and where it searches when no form says so."""

from __future__ import annotations

import re
from typing import Final

from selectolax.lexbor import LexborHTMLParser
from web_poet import HttpResponse

from scrapers.pages.markup import classes
from scrapers.pages.search_form import (
    form_search_url,
    linked_search_url,
    origin_url,
    posted_form_url,
    with_parameters,
)

_ADDRESS: Final = re.compile(r"/kw/(bereich|kathaupt)/|[?&]kathaupt=\d+|kfs_stichwort", re.I)
_BODY: Final = re.compile(
    r"/fileadmin/kuferweb/|/plugins/kuferweb|kfs_stichwort_schlagwort|/kw/(bereich|kathaupt)/|"
    r"[?&;]kathaupt=\d",
    re.I,
)
_CLASS: Final = re.compile(
    r"kw-(kursuebersicht|table-row|kurstitel|paginationleiste|ue|ue-title|container|kurs-info-text|"
    r"kurs-properties|highlight.*)|ampelicon|hauptseite_kurse",
    re.I,
)
_OLDER: Final = re.compile(r"/webbasys/index\.php|kursdetaillink|kw_kurs_uebersicht", re.I)

KEYWORD: Final = "kfs_stichwort_schlagwort"


def recognises(response: HttpResponse) -> bool:
    """Marks of KuferWEB in address, links or classes; the older Kufer makes are left to others."""
    text = response.text
    tree = LexborHTMLParser(text)
    names = {name for node in tree.css("[class]") for name in classes(node)}
    marks = {name for name in names if _CLASS.fullmatch(name)}
    if _OLDER.search(text) and not marks:
        return False
    return bool(_ADDRESS.search(str(response.url)) or _BODY.search(text) or marks)


def search_url(home: HttpResponse, term: str) -> str:
    """By the page's own search form, else by a link with the keyword parameter, else at the usual
    path. Kufer's form is sometimes sent by POST; its fields are understood by GET as well."""
    base = str(home.url)
    tree = LexborHTMLParser(home.text)
    return (
        form_search_url(tree, base, term)
        or linked_search_url(tree, base, KEYWORD, term)
        or posted_form_url(tree, base, KEYWORD, term)
        or with_parameters(
            origin_url(base, "/kurssuche/suche"), {"suchesetzen": "true", KEYWORD: term}
        )
    )
