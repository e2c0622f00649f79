"""cmx: how to recognise it, its search, its lists and course pages."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import ClassVar, Final
from urllib.parse import urlsplit

import attrs
from selectolax.lexbor import LexborHTMLParser
from web_poet import HttpResponse

from scrapers.pages.catalogue_course import CatalogueCoursePage, Mark, has_class
from scrapers.pages.catalogue_list import CatalogueListPage
from scrapers.pages.elements import Element
from scrapers.pages.labelled import Pair
from scrapers.pages.page_tree import PageTree
from scrapers.pages.running_labels import (
    pairs_of_line,
    speaks_of_bank,
    split_value,
    without_bank_details,
)
from scrapers.pages.search_form import (
    encoding_of,
    linked_search_url,
    named_form_url,
    origin_url,
    with_parameters,
)

KEYWORD: Final = "Suchbegriffe"
_MARKS: Final = re.compile(
    r"cmxelementid|/(?:veranstaltung|artikel|kategorie|seite)/cmx[0-9a-f]{13}\.html|/cmx/ordner/",
    re.I,
)
_ELEMENT: Final = re.compile(r"cmxelementid=(web[0-9a-f]+)", re.I)
_COURSE: Final = re.compile(r"/veranstaltung/cmx[0-9a-f]{13}\.html", re.I)


def recognises(response: HttpResponse) -> bool:
    return bool(_MARKS.search(str(response.url)) or _MARKS.search(response.text))


def search_url(home: HttpResponse, term: str) -> str | None:
    """By the site's own form, else by a link with the keyword, else at the usual path with the
    element that the site's links name. Without that element there is no search: None."""
    base = str(home.url)
    tree = LexborHTMLParser(home.text)
    known = named_form_url(tree, base, KEYWORD, term, encoding_of(home)) or linked_search_url(
        tree, base, KEYWORD, term, encoding_of(home)
    )
    element = _ELEMENT.search(home.text)
    if known or element is None:
        return known
    fields = {"cmxelementid": element[1], "seite": "Suche", "Suche": "1", KEYWORD: term}
    return with_parameters(origin_url(base, "/Suche"), fields, encoding_of(home))


def leads_on(url: str) -> bool:
    """Whether the address is a course's: articles and categories have such addresses as well."""
    return bool(_COURSE.fullmatch(urlsplit(url).path))


@attrs.define(slots=False)
class CmxListPage(CatalogueListPage):
    """One page of hits on cmx."""

    def leads_on(self, url: str) -> bool:
        return leads_on(url)


def details_of(page: PageTree) -> list[Element]:
    """The block with all that is said about a course."""
    return [
        node
        for node in page.classed(lambda names: {"Text", "Detail"}.issubset(names.split()))
        if any(above.attributes.get("id") == "content" for above in node.ancestors)
    ]


@attrs.define(slots=False)
class CmxCoursePage(CatalogueCoursePage):
    """One course on cmx. Its labels are split wherever they stand, so no class is needed."""

    TEXT: ClassVar[tuple[Mark, ...]] = (
        has_class("VeranstaltungInhalt", "VeranstaltungBeschreibung"),
    )
    MIXED: ClassVar[tuple[Mark, ...]] = (details_of,)

    def leads_on(self, url: str) -> bool:
        return leads_on(url)

    def _pairs(self, table: Element | None) -> tuple[Pair, ...]:
        found: list[Pair] = []
        for label, value in super()._pairs(table):
            own, behind = split_value(value)
            found += [(label, own), *behind]
        for line in self.page.root.lines_without([table] if table is not None else []):
            found += pairs_of_line(line)
        cut = [(label, without_bank_details(value)) for label, value in found]
        return tuple(
            dict.fromkeys((label, v) for label, v in cut if v and not speaks_of_bank(label))
        )

    def _paragraphs(
        self,
        heading: Element,
        table: Element | None,
        pairs: Sequence[Pair],
        known: Collection[str],
    ) -> tuple[str, ...]:
        labels = {label for label, _ in pairs}
        return tuple(
            line
            for line in super()._paragraphs(heading, table, pairs, known)
            if not (pairs_of_line(line) or speaks_of_bank(line) or line.strip(": ") in labels)
        )
