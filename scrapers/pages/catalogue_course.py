"""The page of one course, read the same way on every platform.

What differs between platforms is named by class variables: where the running text stands and
which addresses are courses. The rest is found by what it is (headings, pairs of label and value,
a table of dates, a light), so that a renamed class costs a value at most, and never mixes two
courses.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from functools import cached_property
from typing import ClassVar, Final

import attrs
from selectolax.lexbor import LexborHTMLParser, LexborNode

from scrapers.fields.course_numbers import (
    clean_course_number,
    number_from_url,
    spaced_course_number,
)
from scrapers.fields.labels import Label, canonical_label
from scrapers.fields.status import says_state, state_signs
from scrapers.fields.text import clean
from scrapers.pages.base import PageError, RecordPage
from scrapers.pages.course_headings import (
    course_heading,
    document_names,
    is_gone,
    subtitle_words,
    title_words,
)
from scrapers.pages.course_reader import read_course
from scrapers.pages.course_registration import registration_url, says_register, words_to_book
from scrapers.pages.course_urls import leads_to_course
from scrapers.pages.date_words import DATE
from scrapers.pages.elements import Element, in_page_order, outermost
from scrapers.pages.email_texts import email_texts
from scrapers.pages.facts import CourseFacts, SessionRow
from scrapers.pages.foreign_courses import Link, foreign_blocks, foreign_links
from scrapers.pages.hidden_blocks import hidden_blocks
from scrapers.pages.json_ld import structured_courses
from scrapers.pages.labelled import (
    Pair,
    first_pair_node,
    labelled_pairs,
    pairs_in_line,
    pairs_under_headers,
    value_with_role,
)
from scrapers.pages.labelled_years import move_years_to_days
from scrapers.pages.markup import canonical_url, parse
from scrapers.pages.menus import menus_in
from scrapers.pages.page_tree import Keeps, PageTree, no_furniture
from scrapers.pages.session_tables import (
    session_lines,
    session_row_from_line,
    session_rows,
    session_table,
)
from scrapers.pages.stated_years import as_printed
from scrapers.pages.status_lights import status_texts
from scrapers.pages.structured_data import data_about, with_structured_data
from scrapers.records import Course

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
_NAMES_NUMBER: Final = re.compile(r"nr|nummer", re.I)
_APART: Final = ("dl", "form", "table", "h1", "h2", "h3", "h4", "h5", "h6", "button", "address")

Mark = Callable[[PageTree], list[Element]]


def has_class(*names: str) -> Mark:
    """Finds the elements that have one of these classes."""
    wanted = frozenset(names)
    return lambda page: page.classed(lambda own: not wanted.isdisjoint(own.split()))


def has_class_like(pattern: str) -> Mark:
    """Finds the elements in whose class names the pattern is found."""
    search = re.compile(pattern).search
    return lambda page: page.classed(lambda own: search(own) is not None)


@attrs.define(slots=False)
class CatalogueCoursePage(RecordPage):
    """The page of one course. `TEXT` finds its running text, the surest place first; `MIXED`
    the block in which running text stands between labelled facts, where there is no other."""

    VERSION: ClassVar[int] = 4

    TEXT: ClassVar[tuple[Mark, ...]] = ()
    MIXED: ClassVar[tuple[Mark, ...]] = ()

    def leads_on(self, url: str) -> bool:
        """Whether the address is that of a course."""
        return leads_to_course(url)

    @cached_property
    def tree(self) -> LexborHTMLParser:
        return parse(self.response)

    @cached_property
    def page(self) -> PageTree:
        """The elements of the page; with its headers only where one of them holds the title."""
        return self._page_and_heading[0]

    @cached_property
    def _page_and_heading(self) -> tuple[PageTree, Element | None]:
        page = self._page_with(no_furniture)
        listed = value_with_role(self.context.list_facts, Label.TITLE)
        heading = course_heading(page, self.tree, self._outer_number, listed)
        if heading is None:
            page = self._page_with(_holds_title)
            heading = course_heading(page, self.tree, self._outer_number, listed)
        return page, heading

    def _page_with(self, keeps: Keeps) -> PageTree:
        page = PageTree(self.tree, self.url, keeps)
        self._written = move_years_to_days(page)
        return page

    def records(self) -> Sequence[Course]:
        """The course, or () when it is not relevant; PageError when this is no course page."""
        course = read_course(self.facts(), self.context)
        return () if course is None else as_printed([course], self._written)

    def facts(self) -> CourseFacts:
        """What the page says, in its own words. PageError when it is no course page."""
        heading = self._heading
        names = document_names(self.tree) if heading.children else frozenset()
        title = title_words(heading, self._outer_number, names)
        if is_gone(title):
            raise PageError("markup_changed", f'{self.url}: the page says "{title}"')
        data = data_about(structured_courses(self.tree), title, self.url)
        self.page.remove(self._not_its_own)
        table = session_table(self.page)
        pairs = self._pairs(table)
        rows = self._session_rows(table)
        lights = self._status_texts()
        if not self._is_course(pairs, rows, lights):
            pairs += pairs_under_headers(self.page.find("table"))
        if data is None and not self._is_course(pairs, rows, lights):
            raise PageError(
                "markup_changed",
                f'{self.url}: "{title}" has no date, number, status or other fact of a course; '
                "look at the page and adapt its reader",
            )
        number = self._number(pairs)
        facts = CourseFacts(
            title=title_words(heading, number, names),
            url=canonical_url(self.url),
            subtitle=subtitle_words(heading, names),
            number=number,
            labelled=pairs,
            session_rows=rows,
            status_texts=lights,
            paragraphs=self._paragraphs(heading, table, pairs, lights),
            email_texts=email_texts(self.page.root),
            registration_url=registration_url(self.page, heading, self.base_url),
        )
        return facts if data is None else with_structured_data(facts, data, self.context.today)

    @cached_property
    def _url_number(self) -> str:
        """The number in the page's address, or in the one that it calls its own."""
        if number := number_from_url(self.url):
            return number
        links = self.tree.css("link[rel=canonical][href]")
        numbers = (number_from_url(clean(link.attributes.get("href") or "")) for link in links)
        return next((number for number in numbers if number), "")

    @cached_property
    def _outer_number(self) -> str:
        """The number in the page's address, else the one of the result list's row."""
        listed = value_with_role(self.context.list_facts, Label.NUMBER)
        return self._url_number or clean_course_number(listed) or ""

    def _number(self, pairs: Sequence[Pair]) -> str:
        """The number under a label that names it, else that of the address, else what stands
        under a vaguer label."""
        labelled = [
            (label, number)
            for label, value in pairs
            if canonical_label(label) is Label.NUMBER and (number := clean_course_number(value))
        ]
        named = [number for label, number in labelled if _NAMES_NUMBER.search(label)]
        if named or self._url_number:
            return next(iter(named), "") or self._url_number
        spaced = [
            number
            for label, value in pairs
            if _NAMES_NUMBER.search(label) and canonical_label(label) is Label.NUMBER
            if (number := spaced_course_number(value))
        ]
        vague = [number for _, number in labelled]
        return next(iter([*spaced, *vague]), "") or self._outer_number

    @cached_property
    def _heading(self) -> Element:
        _, heading = self._page_and_heading
        if heading is None:
            if self.tree.css_first("input[type=password]") is not None:
                raise PageError("login_wall", f"{self.url}: the page asks for a password")
            raise PageError(
                "markup_changed", f"{self.url}: no heading on the page is a course's title"
            )
        return heading

    @cached_property
    def _not_its_own(self) -> list[Element]:
        """Outermost blocks that are not about this course: furniture, other courses, hidden words.

        A side column that holds facts and no other course may hold this course's facts: it stays.
        """
        page = self.page
        links = foreign_links(page, self._outer_number, self.base_url, self.leads_on)
        if links and not self._url_number:
            pairs = labelled_pairs(page.root, without=page.furniture)
            numbers = {v for label, v in pairs if canonical_label(label) is Label.NUMBER}
            links = [(link, course) for link, course in links if course not in numbers]
        blocks = foreign_blocks(links, self._kept(links))
        blocks += (node for node in hidden_blocks(page) if not node.holds(self._heading))
        for node in page.furniture:
            if node.holds(self._heading):
                continue
            if node.tag != "aside" or not self._may_hold_facts(node, links):
                blocks.append(node)
        return outermost(blocks)

    def _may_hold_facts(self, aside: Element, links: Sequence[Link]) -> bool:
        facts = {canonical_label(label) for label, _ in labelled_pairs(aside)} & _TELLING
        return bool(facts) and not any(aside.holds(link) for link, _ in links)

    def _kept(self, links: Sequence[Link]) -> list[Element]:
        """The parts that are this course's own whatever stands around them: title, dates, text,
        and the facts that follow the title before any other course is named."""
        if not links:
            return []
        heading = self._heading
        kept = [heading]
        table = session_table(self.page)
        if table is not None and not any(table.holds(link) for link, _ in links):
            kept.append(table)
        for texts_of in self.TEXT[:1]:
            kept += texts_of(self.page)[:1]
        after = [link.place for link, _ in links if link.place > heading.place]
        around = {node for link, _ in links for node in (link, *link.ancestors)}
        between = self.page.elements[heading.place + 1 : min(after, default=None)]
        facts = first_pair_node(node for node in between if node not in around)
        return kept if facts is None else [*kept, facts]

    def _pairs(self, table: Element | None) -> tuple[Pair, ...]:
        return labelled_pairs(self.page.root, without=() if table is None else (table,))

    def _session_rows(self, table: Element | None) -> tuple[SessionRow, ...]:
        if table is not None:
            return session_rows(table)
        lines = session_lines(self.page)
        return tuple(session_row_from_line(line) for line in lines if DATE.search(line))

    def _status_texts(self) -> tuple[str, ...]:
        """Lights of this course; lights inside rows of a list belong to the rows."""
        root = self.page.root
        found = list(status_texts(root))
        if signs := state_signs(root.words):
            telling = [line for line in root.lines if any(sign in line for sign in signs)]
            found += [line for line in telling if says_state(line).value]
        if words := words_to_book(self.page):
            found += [words, "buchbar"]
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

    def _paragraphs(
        self,
        heading: Element,
        table: Element | None,
        pairs: Sequence[Pair],
        known: Collection[str],
    ) -> tuple[str, ...]:
        """The running text: what the platform marks as text, else all loose lines that are no
        pair, no heading of the page and no row of dates, nor `known` as a state. `pairs` are the
        labelled values of the page, for platforms that read them in ways of their own."""
        page = self.page
        for texts_of in self.TEXT:
            marked = [line for node in texts_of(page) for line in node.lines]
            if marked:
                return tuple(dict.fromkeys(marked))
        mixed = (node for blocks_of in self.MIXED for node in blocks_of(page))
        main = next(mixed, None) or next(iter(_mains_of(page)), page.root)
        skipped = [heading, *([table] if table is not None else []), *main.find(*_APART)]
        skipped += menus_in(main)
        values = {part for pair in labelled_pairs(main) for part in (*pair, ": ".join(pair))}
        values.update(known)
        return tuple(
            dict.fromkeys(
                line
                for line in main.lines_without(skipped)
                if line.rstrip(":") not in values
                and canonical_label(line) is None
                and not pairs_in_line(line)
                and not says_register(line)
            )
        )


def _holds_title(node: LexborNode) -> bool:
    return node.css_first("h1") is not None


def _mains_of(page: PageTree) -> list[Element]:
    """The parts of a page that by their own word are the content."""
    named = page.having("role", "id")
    return in_page_order(
        page.find("main"),
        (node for node in named if node.attributes.get("role") == "main"),
        (node for node in named if node.attributes.get("id") == "content"),
        page.classed(lambda names: "hauptseite_kurse" in names.split()),
    )
