"""The page of one course, read the same way on every platform.

What differs between platforms is named by class variables: where the running text stands and
which addresses are courses. The rest is found by what it is (headings, pairs of label and value,
a table of dates, a light), so that a renamed class costs a value at most, and never mixes two
courses.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from typing import ClassVar, Final

import attrs
from selectolax.lexbor import LexborHTMLParser, LexborNode

from scrapers.fields.course_numbers import clean_course_number, number_from_url
from scrapers.fields.labels import Label, canonical_label
from scrapers.fields.status import says_cancelled
from scrapers.pages.base import PageError, RecordPage
from scrapers.pages.course_headings import (
    course_heading,
    is_gone,
    subtitle_words,
    title_words,
)
from scrapers.pages.course_reader import read_course
from scrapers.pages.course_urls import leads_to_course
from scrapers.pages.date_words import DATE
from scrapers.pages.email_texts import email_texts
from scrapers.pages.facts import CourseFacts, SessionRow
from scrapers.pages.foreign_courses import Link, foreign_blocks, foreign_links
from scrapers.pages.json_ld import structured_courses
from scrapers.pages.labelled import Pair, first_pair_node, labelled_pairs, pairs_in_line
from scrapers.pages.markup import (
    HIGHLIGHTS,
    ancestors,
    attribute,
    canonical_url,
    classes,
    contains,
    furniture_of,
    is_web_url,
    lines_of,
    parse,
    remove_all,
    text_of,
)
from scrapers.pages.session_tables import session_row_from_line, session_rows, session_table
from scrapers.pages.status_lights import status_texts
from scrapers.pages.structured_data import data_about, with_structured_data
from scrapers.records import Course

_REGISTER: Final = re.compile(
    r"(zur |jetzt |hier |online[- ]?|direkt )*(anmeld(en|ung)|buch(en|ung)|online[- ]anmeldung)"
    r"( zum kurs| für diesen kurs)?\W*|(kurs|veranstaltung|platz) (jetzt )?(buchen|reservieren)\W*|"
    r"in den warenkorb( legen)?\W*|(auf|zur) (die )?warteliste( setzen| eintragen)?\W*|"
    r"warteliste\W*",
    re.I,
)
_REGISTER_ADDRESS: Final = re.compile(r"warenkorb|anmeld|buch|wk=|basket|cart", re.I)
# Labels that only courses carry; a place, a price or a name stands on other pages as well.
_TELLING: Final = frozenset(
    {
        Label.NUMBER,
        Label.START,
        Label.END,
        Label.DATE,
        Label.SESSION_COUNT,
        Label.DURATION,
        Label.STATUS,
        Label.OCCUPANCY,
        Label.FREE_PLACES,
        Label.PLANNED_PLACES,
        Label.MIN_PLACES,
        Label.MAX_PLACES,
        Label.MIN_MAX,
        Label.REGISTRATION_DEADLINE,
    }
)
_DATED: Final = frozenset({Label.START, Label.END, Label.DATE})
_LOGIN: Final = re.compile(r"login|logout|passwort|konto|account", re.I)
_BOOKABLE: Final = "a.btn-success"


@attrs.define(slots=False)
class CatalogueCoursePage(RecordPage):
    """The page of one course. `TEXT` selects its running text, the surest place first; `MIXED`
    the block in which running text stands between labelled facts, where there is no other."""

    TEXT: ClassVar[tuple[str, ...]] = ()
    MIXED: ClassVar[str] = ""

    def leads_on(self, url: str) -> bool:
        """Whether the address is that of a course."""
        return leads_to_course(url)

    @cached_property
    def tree(self) -> LexborHTMLParser:
        tree = parse(self.response)
        remove_all(tree, HIGHLIGHTS)
        return tree

    def records(self) -> Sequence[Course]:
        """The course, or () when it is not relevant; PageError when this is no course page."""
        course = read_course(self.facts(), self.context)
        return () if course is None else (course,)

    def facts(self) -> CourseFacts:
        """What the page says, in its own words. PageError when it is no course page."""
        heading = self._heading
        title = title_words(heading, self._url_number)
        if is_gone(title):
            raise PageError("markup_changed", f'{self.url}: the page says "{title}"')
        data = data_about(structured_courses(self.tree), title, self.url)
        for block in self._not_its_own:
            block.decompose()
        table = session_table(self.tree)
        pairs = self._pairs(table)
        rows = self._session_rows(table)
        lights = self._status_texts()
        if data is None and not self._is_course(pairs, rows, lights):
            raise PageError(
                "markup_changed",
                f'{self.url}: "{title}" has no date, number, status or other fact of a course; '
                "look at the page and adapt its reader",
            )
        number = self._number(pairs)
        facts = CourseFacts(
            title=title_words(heading, number),
            url=canonical_url(self.url),
            subtitle=subtitle_words(heading),
            number=number,
            labelled=pairs,
            session_rows=rows,
            status_texts=lights,
            paragraphs=self._paragraphs(heading, table),
            email_texts=email_texts(self._root),
            registration_url=self._registration_url(),
        )
        return facts if data is None else with_structured_data(facts, data, self.context.today)

    @property
    def _root(self) -> LexborNode:
        root = self.tree.body or self.tree.root
        if root is None:
            raise PageError("markup_changed", f"{self.url}: the page is empty")
        return root

    @cached_property
    def _url_number(self) -> str:
        addresses = [self.url]
        addresses += [
            attribute(link, "href") for link in self.tree.css("link[rel=canonical][href]")
        ]
        return next((number for url in addresses if (number := number_from_url(url))), "")

    def _number(self, pairs: Sequence[Pair]) -> str:
        """The number under a label that names it, else that of the address, else what stands
        under a vaguer label."""
        labelled = [
            (label, number)
            for label, value in pairs
            if canonical_label(label) is Label.NUMBER and (number := clean_course_number(value))
        ]
        named = [number for label, number in labelled if re.search(r"nr|nummer", label, re.I)]
        return next(iter(named), "") or self._url_number or next((n for _, n in labelled), "")

    @cached_property
    def _heading(self) -> LexborNode:
        furniture = {node.mem_id for node in furniture_of(self.tree)}
        heading = course_heading(self.tree, self._url_number, self.url, without=furniture)
        if heading is None:
            if self.tree.css_first("input[type=password]") is not None:
                raise PageError("login_wall", f"{self.url}: the page asks for a password")
            raise PageError(
                "markup_changed", f"{self.url}: no heading on the page is a course's title"
            )
        return heading

    @cached_property
    def _not_its_own(self) -> list[LexborNode]:
        """Outermost blocks that are not about this course: furniture and other courses.

        A side column that holds facts and no other course may hold this course's facts: it stays.
        """
        numbers = {self._url_number} - {""}
        if not self._url_number:
            numbers |= {
                value
                for label, value in labelled_pairs(self._root, without=furniture_of(self.tree))
                if canonical_label(label) is Label.NUMBER
            }
        links = foreign_links(self.tree, self.url, numbers, self.base_url, self.leads_on)
        blocks = foreign_blocks(links, self._kept(links))
        for node in furniture_of(self.tree):
            if contains(node, self._heading):
                continue
            if node.tag != "aside" or not self._may_hold_facts(node, links):
                blocks.append(node)
        known = {node.mem_id for node in blocks}
        outer: dict[int, LexborNode] = {}
        for node in blocks:
            if not any(above.mem_id in known for above in ancestors(node)):
                outer[node.mem_id] = node
        return list(outer.values())

    def _may_hold_facts(self, aside: LexborNode, links: Sequence[Link]) -> bool:
        facts = {canonical_label(label) for label, _ in labelled_pairs(aside)} & _TELLING
        return bool(facts) and not any(contains(aside, link) for link, _ in links)

    def _kept(self, links: Sequence[Link]) -> list[LexborNode]:
        """The parts that are this course's own whatever stands around them: title, dates, text,
        and the facts that follow the title before any other course is named."""
        kept = [self._heading]
        table = session_table(self.tree)
        if table is not None and not any(contains(table, link) for link, _ in links):
            kept.append(table)
        for selector in self.TEXT[:1]:
            kept += self.tree.css(selector)[:1]
        foreign = {link.mem_id for link, _ in links}
        between: list[LexborNode] = []
        passed = False
        for node in self._root.traverse():
            if passed and node.mem_id in foreign:
                break
            if passed:
                between.append(node)
            passed = passed or node.mem_id == self._heading.mem_id
        around = {node.mem_id for link, _ in links for node in (link, *ancestors(link))}
        facts = first_pair_node(node for node in between if node.mem_id not in around)
        return kept if facts is None else [*kept, facts]

    def _pairs(self, table: LexborNode | None) -> tuple[Pair, ...]:
        return labelled_pairs(self._root, without=() if table is None else (table,))

    def _session_rows(self, table: LexborNode | None) -> tuple[SessionRow, ...]:
        if table is not None:
            return session_rows(table)
        listed = self.tree.css("#kw-kurstage li, .kw-kurstage li, #kw-kurstage .kw-table-row")
        lines = [text_of(item) for item in listed]
        return tuple(session_row_from_line(line) for line in lines if DATE.search(line))

    def _status_texts(self) -> tuple[str, ...]:
        """Lights of this course; lights inside rows of a list belong to the rows."""
        found = list(status_texts(self._root))
        found += [line for line in lines_of(self._root) if says_cancelled(line).value]
        button = self.tree.css_first(_BOOKABLE)
        if button is not None and _REGISTER.fullmatch(text_of(button)):
            found += [text_of(button), "buchbar"]
        return tuple(dict.fromkeys(found))

    def _is_course(
        self, pairs: Sequence[Pair], rows: Sequence[SessionRow], lights: Sequence[str]
    ) -> bool:
        """A title alone is no course: it takes sessions, or a label that only courses carry with
        a value behind it, or a light together with the course number in the address."""
        if rows or (lights and self._url_number):
            return True
        told = {
            kind
            for label, value in pairs
            if (kind := canonical_label(label)) in _TELLING
            and (kind not in _DATED or DATE.search(value))
        }
        return bool(told)

    def _paragraphs(self, heading: LexborNode, table: LexborNode | None) -> tuple[str, ...]:
        """The running text: what the platform marks as text, else all loose lines that are no
        pair, no heading of the page and no row of dates."""
        for selector in self.TEXT:
            marked = [line for node in self.tree.css(selector) for line in lines_of(node)]
            if marked:
                return tuple(dict.fromkeys(marked))
        mixed = self.tree.css_first(self.MIXED) if self.MIXED else None
        main = mixed or self.tree.css_first("main, [role=main], #content, .hauptseite_kurse")
        main = main or self._root
        skipped = [heading, *([table] if table is not None else [])]
        skipped += main.css("dl, form, table, h1, h2, h3, h4, h5, h6, button, address")
        lines = lines_of(main, without={node.mem_id for node in skipped})
        values = {part for pair in labelled_pairs(main) for part in (*pair, ": ".join(pair))}
        values |= set(self._status_texts())
        return tuple(
            dict.fromkeys(
                line
                for line in lines
                if line.rstrip(":") not in values
                and canonical_label(line) is None
                and not pairs_in_line(line)
                and not _REGISTER.fullmatch(line)
            )
        )

    def _registration_url(self) -> str:
        """The address of the registration for this course, "" where the page links to none."""
        ranked: list[tuple[int, str]] = []
        for link in self.tree.css("a[href]"):
            href = attribute(link, "href")
            if href.startswith(("#", "javascript:", "mailto:", "tel:")):
                continue
            url = canonical_url(self.absolute(href))
            if not is_web_url(url) or url == canonical_url(self.url) or _LOGIN.search(url):
                continue
            says = bool(_REGISTER.fullmatch(text_of(link) or attribute(link, "title")))
            leads = bool(_REGISTER_ADDRESS.search(url))
            if "btn-success" in classes(link) and (says or leads):
                ranked.append((0, url))
            elif says:
                ranked.append((1 if leads else 2, url))
        return min(ranked, key=lambda pair: pair[0])[1] if ranked else ""
