"""The result list of a catalogue, read the same way on every platform.

A platform names the rows it marks and the addresses of its courses. Where its classes are gone,
the rows are found by what a list is: blocks that repeat, each with links to one course.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

import attrs
from selectolax.lexbor import LexborHTMLParser

from scrapers.fields.course_numbers import number_from_url
from scrapers.fields.relevance import judge_relevance
from scrapers.pages.asked_word import require_own_answer
from scrapers.pages.base import ListEntry, ListPage, NextPage, PageError
from scrapers.pages.course_urls import leads_to_course
from scrapers.pages.elements import Element, in_page_order, is_within, outermost
from scrapers.pages.list_rows import Column, clicked_address, columns_of, read_row
from scrapers.pages.markup import canonical_url, parse, target
from scrapers.pages.nothing_found import denies_hits, doubt_in, says_nothing, trouble_in
from scrapers.pages.page_tree import PageTree
from scrapers.pages.paging import (
    counter_texts,
    is_pager,
    leads_on,
    may_lead_on,
    next_link,
    page_position,
    pagers_of,
    reaches_most,
    says_more,
    stated_count,
)
from scrapers.pages.paging_around import next_by_header, next_in_navigation
from scrapers.pages.paging_choices import chosen_next
from scrapers.pages.paging_controls import ListControls, controls_of
from scrapers.pages.paging_forms import next_page_by_form
from scrapers.pages.paging_links import (
    LAST_NUMBER,
    asks_the_same,
    leads_to_pages,
    link_after,
    links_to_pages,
    shows_later_page,
)
from scrapers.pages.paging_other_things import is_under_other_heading
from scrapers.pages.search_form import encoding_of
from scrapers.pages.suggested_rows import without_suggestions


@attrs.define(slots=False)
class CatalogueListPage(ListPage):
    """A result list."""

    VERSION = 2

    def leads_on(self, url: str) -> bool:
        """Whether the address is that of a course."""
        return leads_to_course(url)

    @cached_property
    def tree(self) -> LexborHTMLParser:
        return parse(self.response)

    @cached_property
    def page(self) -> PageTree:
        return PageTree(self.tree, self.url, keeps=is_pager)

    def marked_rows(self) -> list[Element]:
        """What the platform marks as rows, in page order."""
        return []

    def entries(self) -> Sequence[ListEntry]:
        """All rows in order. PageError where there are rows of which none can be read, where there
        is neither a row nor a word that nothing was found, and where the page answers something
        else than the search that its address asks for."""
        if self._other_answer is not None:
            raise self._other_answer
        rows = self._rows
        found = tuple(entry for entry in self._read_rows if entry is not None)
        if found and not self.stated_count() and self._words_say_nothing:
            raise PageError(
                "markup_changed",
                f"{self.url}: the page says that nothing was found and shows {len(found)} courses; "
                "look at the page and adapt its reader",
            )
        if found:
            return found
        if rows:
            raise PageError(
                "markup_changed",
                f"{self.url}: none of {len(rows)} rows of the result list has both a title and a "
                "link to a course; look at the page and adapt its reader",
            )
        if not self._words_say_nothing:
            if (doubt := doubt_in(self._lines_outside_rows, self._form_hints)) is not None:
                raise PageError(
                    "no_results",
                    f'{self.url}: the search did not answer, the page says "{doubt}"',
                )
            raise PageError(
                "markup_changed",
                f"{self.url}: the page shows no result list and does not say that nothing was "
                "found; look at the page and adapt its reader",
            )
        return ()

    def unread_rows(self) -> int:
        """Rows of the list that lack a title or a link to a course: each may be a lost offer."""
        return sum(entry is None for entry in self._read_rows)

    def says_more_exists(self) -> bool:
        """True as well where the page shows courses and says that its search does not work."""
        lines = self._lines_outside_rows
        if says_more(lines) or trouble_in(lines) is not None:
            return True
        if reaches_most(lines, len(self._rows)):
            return True
        if self.next_url() is not None or self._is_last:
            return False
        if link_after(self._pages_by_address, LAST_NUMBER) is not None:
            return False  # that control is the way to the next page
        return bool(self._rows) and self._controls_for_list(1).offers_more()

    def stated_count(self) -> int | None:
        if self._printed_count is None and self.says_nothing_found():
            return 0
        return self._printed_count

    @cached_property
    def _printed_count(self) -> int | None:
        return stated_count(self._lines_outside_rows, counter_texts(self.page, self._outside))

    def stated_page_count(self) -> int | None:
        position = self._position
        return position[1] if position is not None else None

    @cached_property
    def _position(self) -> tuple[int, int] | None:
        return page_position(self._lines_outside_rows)

    def next_url(self) -> str | None:
        """By the page's head or its pager; where neither is in the content, by what stands in the
        navigation around it."""
        return self._linked_next

    @cached_property
    def _linked_next(self) -> str | None:
        position = self._position
        if position is not None and position[0] == position[1]:
            return None
        told = [link.attributes for link in (self.tree.head or self.tree).css("link[rel=next]")]
        # What a head must not hold ends it, and its links stand in the body.
        told += [link.attributes for link in self.page.find("link")]
        hrefs = [link.get("href") or "" for link in told if link.get("rel") == "next"]
        for href in (*hrefs, next_by_header(self.response.headers.get("Link") or "")):
            url = target(self.base_url, href)
            if url and leads_on(url, self.url):
                return url
        found = next_link(self.page, self._links(self.page), position, self._pagers, self._rows)
        if found is None and self._leads_on_outside:
            around = PageTree(self.tree, self.url, keeps=may_lead_on)
            found = next_link(around, self._links(around), position, pagers_of(around))
        return found

    def next_page(self, current: int) -> NextPage | None:
        """By a link, else by the button of a form that leads through the list, else by a choice of
        pages or what a control for a script tells. Where nothing was found nothing leads on."""
        if self.says_nothing_found():
            return None
        if (url := self.next_url()) is not None:
            return NextPage(url)
        if not self._rows or self._is_last:
            return None
        shown = self._page_number(current)
        if (url := link_after(self._pages_by_address, shown)) is not None:
            return NextPage(url)
        encoding = encoding_of(self.response)
        if (by_form := next_page_by_form(self.tree, self.base_url, shown, encoding)) is not None:
            return by_form
        chosen, _ = chosen_next(self.tree, self.base_url, self.url, shown, encoding)
        if chosen is not None:
            return chosen
        url, _ = next_in_navigation(self.page.left_out, self.base_url, self.url, shown)
        url = url or self._controls_for_list(shown).next_address() or ""
        return NextPage(url) if url else None

    def shows_page_after(self, current: int) -> bool:
        if not self._rows or self._is_last:
            return False
        shown = self._page_number(current)
        return (
            shows_later_page(self._pages_by_address, shown)
            or chosen_next(self.tree, self.base_url, self.url, shown, encoding_of(self.response))[1]
            or next_in_navigation(self.page.left_out, self.base_url, self.url, shown)[1]
            or self._controls_for_list(shown).shows_more()
        )

    @property
    def _is_last(self) -> bool:
        """Whether the page says "Seite 3 von 3"."""
        return self._position is not None and self._position[0] == self._position[1]

    def _page_number(self, current: int) -> int:
        return current if self._position is None else self._position[0]

    @cached_property
    def _controls(self) -> list[Element]:
        return controls_of(self.page)

    def _controls_for_list(self, current: int) -> ListControls:
        return ListControls(
            self.page, self._controls, self._rows, self._outside, self.base_url, current
        )

    @cached_property
    def _pages_by_address(self) -> list[tuple[Element, str]]:
        if not leads_to_pages(self.tree, self.base_url, self.url):
            return []
        around = PageTree(self.tree, self.url, keeps=lambda _: True)
        return links_to_pages(self._links(around), self.url)

    @property
    def _leads_on_outside(self) -> bool:
        if not self._rows or self._pagers:
            return False
        return any(map(may_lead_on, self.page.left_out))

    def _links(self, page: PageTree) -> list[tuple[Element, str]]:
        links = ((link, link.attributes.get("href") or "") for link in page.links)
        return [(link, url) for link, href in links if (url := target(self.base_url, href))]

    def says_nothing_found(self) -> bool:
        return not self._rows and self._words_say_nothing and self._other_answer is None

    @cached_property
    def _other_answer(self) -> PageError | None:
        """Why the page cannot be the answer to its search; None where it can."""
        try:
            require_own_answer(self.tree, self.response, lambda: self.page.root.text)
        except PageError as error:
            return error
        return None

    @cached_property
    def _words_say_nothing(self) -> bool:
        return says_nothing(self._lines_outside_rows, self._form_hints)

    @cached_property
    def _form_hints(self) -> tuple[str, ...]:
        """Lines of the search forms. A form that says itself that nothing was found is around the
        answer: what it says is no hint."""
        forms = [form.lines for form in self.page.find("form")]
        return tuple(line for form in forms if not any(map(denies_hits, form)) for line in form)

    @cached_property
    def _rows(self) -> Sequence[Element]:
        rows = self._marked_rows()
        others = self._rows_by_links() if rows or self._trusts_links() else []
        if rows:
            others = self._beside(rows, others)
        rows += others
        rows = sorted(self._in_main(rows), key=lambda row: row.place)
        return without_suggestions(self.page, rows)

    def _in_main(self, rows: Sequence[Element]) -> Sequence[Element]:
        """Rows outside the part that calls itself the main one are of another list ("Neueste
        Beiträge"), unless that part holds no list, or they name the subject."""
        by_role = (node for node in self.page.having("role") if node.attributes["role"] == "main")
        mains = in_page_order(self.page.find("main"), by_role)
        if len(outermost(mains)) != 1:
            return rows
        main = mains[0]
        inside = [row for row in rows if main.holds(row)]
        if len(inside) == len(rows) or not (inside or any(map(denies_hits, main.lines))):
            return rows
        return [
            row for row in rows if main.holds(row) or judge_relevance(row.text).category is not None
        ]

    @cached_property
    def _read_rows(self) -> list[ListEntry | None]:
        """The entry of each row, None where it cannot be read. Where no row marks its title or
        links it, all print it the same way: then their words tell it."""
        read = self._read_all_rows(by_words=False)
        return read if any(read) else self._read_all_rows(by_words=True)

    def _read_all_rows(self, *, by_words: bool) -> list[ListEntry | None]:
        columns: dict[Element | None, tuple[Column, ...]] = {}
        read: list[ListEntry | None] = []
        for row in self._rows:
            table = next((node for node in row.ancestors if node.tag == "table"), None)
            if table not in columns:
                columns[table] = columns_of(table)
            read.append(
                read_row(row, columns[table], self.base_url, self.leads_on, by_words=by_words)
            )
        return read

    def _beside(self, rows: Sequence[Element], others: Sequence[Element]) -> list[Element]:
        """Those of `others` that belong to the list of `rows`."""
        return _beside(rows, others)

    def _trusts_links(self) -> bool:
        """Whether a link to a course is enough to take the block around it for a row."""
        return True

    def _marked_rows(self) -> list[Element]:
        """The rows that the platform marks, the outermost where one stands in another."""
        return outermost(row for row in self.marked_rows() if self._is_row(row))

    def _is_row(self, row: Element) -> bool:
        """Headings of a list and rows of other tables can carry a row's class; they have no link
        and no table cell that could be a course's."""
        return bool(row.find("a", "td")) and not row.find("th")

    def _rows_by_links(self, leads_on: Callable[[str], bool] | None = None) -> list[Element]:
        """Blocks that each hold the links to one course and to no other one, by the platform's
        addresses of courses or those that are asked for."""
        leads_on = leads_on or self.leads_on
        by_course: dict[str, list[Element]] = {}
        courses_at: dict[Element, set[str]] = {}
        for link, url in self._addresses:
            if not leads_on(url) or is_within(link, self.page.furniture):
                continue
            course = number_from_url(url) or url
            by_course.setdefault(course, []).append(link)
            for node in (link, *link.ancestors):
                courses_at.setdefault(node, set()).add(course)
        alone = len(by_course) < 2
        rows: list[Element] = []
        for links in by_course.values():
            rows += [_widest_block(link, courses_at, alone) for link in links]
        return outermost(rows)

    @cached_property
    def _addresses(self) -> list[tuple[Element, str]]:
        """What leads to other pages, and where to."""
        found: list[tuple[Element, str]] = []
        own_url = canonical_url(self.url)
        for node in self.page.having("href", "data-href", "onclick"):
            href = node.attributes.get("data-href")
            if not href and node.tag == "a":
                href = node.attributes.get("href")
            href = href or clicked_address(node)
            url = target(self.base_url, href) if href else ""
            if url and url != own_url:
                found.append((node, url))
        return found

    @cached_property
    def _pagers(self) -> frozenset[Element]:
        return frozenset(filter(self._may_lead_through_list, pagers_of(self.page)))

    def _may_lead_through_list(self, pager: Element) -> bool:
        """Whether a pager is not that of another part of the page, below a heading of its own."""
        if not is_under_other_heading(pager, self._rows):
            return True
        links = (link.attributes.get("href") or "" for link in pager.find("a"))
        urls = filter(None, (target(self.base_url, href) for href in links))
        return any(asks_the_same(url, self.url) for url in urls)

    @cached_property
    def _outside(self) -> frozenset[Element]:
        """What the list says about itself stands neither in its rows nor in the furniture."""
        furniture = (node for node in self.page.furniture if not is_within(node, self._pagers))
        return frozenset((*furniture, *self._rows))

    @cached_property
    def _lines_outside_rows(self) -> tuple[str, ...]:
        return self.page.root.lines_without(self._outside)


def _beside(rows: Sequence[Element], others: Sequence[Element]) -> list[Element]:
    """Those of `others` that belong to the list of `rows`: under the same parents, and neither
    within a row nor around one."""
    within = set(rows)
    around = {above for row in rows for above in row.ancestors}
    parents = {row.parent for row in rows}
    return [
        other
        for other in others
        if other not in around
        and other not in within  # as most are
        and not is_within(other, within)
        and any(above in parents for above in other.ancestors)
    ]


def _widest_block(link: Element, courses_at: dict[Element, set[str]], alone: bool) -> Element:
    """The largest block around the link that holds no other course; on a list of one course,
    where nothing repeats, the nearest block that is a row by its kind."""
    block = link
    for above in link.ancestors:
        if above.tag in ("body", "html", "main", "form", "tbody", "table", "ul", "ol", "dl"):
            break
        if len(courses_at.get(above, ())) > 1:
            break
        if alone and (block.tag in ("article", "tr", "li") or above.find("h1", "form", "nav")):
            break
        block = above
        if block.tag in ("tr", "li", "article"):
            break
    return block
