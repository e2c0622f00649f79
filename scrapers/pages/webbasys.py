"""webbasys, the oldest Kufer make: how to recognise it, its lists and course pages, its search.

Its pages are tables within tables without telling classes, so both readers live on what the
shared readers find by content: links with `kathaupt=11`, labels in the left cell, a table of
dates, and the words beside the status picture (its `alt` is the same for every state).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Final
from urllib.parse import parse_qsl, urljoin, urlsplit

import attrs
from selectolax.lexbor import LexborHTMLParser
from web_poet import HttpResponse

from scrapers.pages.catalogue_course import CatalogueCoursePage
from scrapers.pages.catalogue_list import CatalogueListPage
from scrapers.pages.course_urls import leads_to_course
from scrapers.pages.elements import Element
from scrapers.pages.facts import CourseFacts
from scrapers.pages.labelled import Pair
from scrapers.pages.search_form import (
    encoding_of,
    linked_search_url,
    named_form_url,
    with_parameters,
)

KEYWORD: Final = "kfs_stichwort_schlagwort"
_MARKS: Final = re.compile(
    r"/webbasys/index\.php|\bindex\.php\?(?:[^\"'\s<>]*[&;])?kathaupt=\d|/kursampeln/", re.I
)
_SCRIPT: Final = re.compile(r"[^?#]*/index\.php", re.I)
_COURSE_VIEW: Final = "11"
_SEARCH_VIEW: Final = {"kathaupt": "26", "suchesetzen": "false"}
_SENTENCE_END: Final = re.compile(r"[.!?](?:\s|$)")
_FEWEST_WORDS: Final = 4
_SPOKEN_BEFORE_TITLE: Final = re.compile(r"^(?:kurs|veranstaltung)(?:titel)?\s*:\s*(?=\S)", re.I)


def recognises(response: HttpResponse) -> bool:
    return bool(_MARKS.search(str(response.url)) or _MARKS.search(response.text))


def search_url(home: HttpResponse, term: str) -> str:
    """By the page's own search form, whether it is sent by GET or POST, else by a link with the
    keyword, else by the search view of the script that serves the page.

    A POST form's fields go as an address; where the site does not take them so, the list page
    says that its answer is none."""
    base = str(home.url)
    tree = LexborHTMLParser(home.text)
    known = named_form_url(tree, base, KEYWORD, term, encoding_of(home)) or linked_search_url(
        tree, base, KEYWORD, term, encoding_of(home)
    )
    if known:
        return known
    script = _SCRIPT.match(base)
    usual = script[0] if script else urljoin(base, "/webbasys/index.php")
    return with_parameters(usual, {**_SEARCH_VIEW, KEYWORD: term}, encoding_of(home))


def leads_on(url: str) -> bool:
    """Whether the address is a course's: the same script also serves lists, baskets and mails
    that name a course number."""
    views = [value for name, value in parse_qsl(urlsplit(url).query) if name == "kathaupt"]
    return leads_to_course(url) and views in ([], [_COURSE_VIEW])


@attrs.define(slots=False)
class WebbasysListPage(CatalogueListPage):
    """One page of a webbasys list."""

    def leads_on(self, url: str) -> bool:
        return leads_on(url)


@attrs.define(slots=False)
class WebbasysCoursePage(CatalogueCoursePage):
    """One course on webbasys."""

    def leads_on(self, url: str) -> bool:
        return leads_on(url)

    def facts(self) -> CourseFacts:
        """As everywhere; a "Kurs:" before the title is no part of it."""
        facts = super().facts()
        return attrs.evolve(facts, title=_SPOKEN_BEFORE_TITLE.sub("", facts.title))

    def _paragraphs(
        self,
        heading: Element,
        table: Element | None,
        pairs: Sequence[Pair],
        known: Collection[str],
    ) -> tuple[str, ...]:
        """Whole sentences outside the tables of facts and the navigation: no class or element
        says where on the page its content is."""
        page = self.page
        skipped = [heading, *page.find("form", "h1", "h2", "h3", "h4", "h5", "h6")]
        skipped += [node for node in page.find("table") if not node.find("table")]
        skipped += [link for link in page.find("a") if link.parent and link.parent.tag != "p"]
        return tuple(
            dict.fromkeys(
                line
                for line in page.root.lines_without(skipped)
                if len(line.split()) >= _FEWEST_WORDS and _SENTENCE_END.search(line)
            )
        )
