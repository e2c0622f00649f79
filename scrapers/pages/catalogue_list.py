"""The result list of a catalogue, read the same way on every platform.

A platform names the rows it marks and the addresses of its courses. Where its classes are gone,
the rows are found by what a list is: blocks that repeat, each with links to one course.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import ClassVar

import attrs
from selectolax.lexbor import LexborHTMLParser, LexborNode

from scrapers.fields.course_numbers import number_from_url
from scrapers.pages.asked_word import require_own_answer
from scrapers.pages.base import ListEntry, ListPage, PageError
from scrapers.pages.course_urls import leads_to_course
from scrapers.pages.list_rows import Column, columns_of, read_row
from scrapers.pages.markup import (
    HIGHLIGHTS,
    ancestors,
    canonical_url,
    furniture_of,
    ids_of,
    is_within,
    lines_of,
    parse,
    remove_all,
    target,
)
from scrapers.pages.nothing_found import denies_hits, doubt_in, says_nothing, trouble_in
from scrapers.pages.paging import (
    PAGERS,
    counter_texts,
    next_link,
    offers_more,
    page_position,
    says_more,
    stated_count,
)


@attrs.define(slots=False)
class CatalogueListPage(ListPage):
    """A result list. `ROWS` selects the rows that the platform marks, outermost first."""

    ROWS: ClassVar[str] = ""

    def leads_on(self, url: str) -> bool:
        """Whether the address is that of a course."""
        return leads_to_course(url)

    @cached_property
    def tree(self) -> LexborHTMLParser:
        tree = parse(self.response)
        remove_all(tree, HIGHLIGHTS)
        return tree

    def entries(self) -> Sequence[ListEntry]:
        """All rows in order. PageError where there are rows of which none can be read, where there
        is neither a row nor a word that nothing was found, and where the page answers something
        else than the search that its address asks for."""
        require_own_answer(self.tree, self.response)
        rows = self._rows
        found = tuple(entry for entry in self._read_rows if entry is not None)
        if found and self._words_say_nothing and not self.stated_count():
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
        position = page_position(lines)
        if self.next_url() is not None or (position is not None and position[0] == position[1]):
            return False
        return bool(self._rows) and offers_more(self._root, self._outside)

    def stated_count(self) -> int | None:
        stated = stated_count(self._lines_outside_rows, counter_texts(self._root, self._outside))
        if stated is None and self.says_nothing_found():
            return 0
        return stated

    def stated_page_count(self) -> int | None:
        position = page_position(self._lines_outside_rows)
        return position[1] if position is not None else None

    def next_url(self) -> str | None:
        links = []
        for link in self.tree.css("a[href], link[rel=next]"):
            if url := target(self.base_url, link.attributes.get("href") or ""):
                links.append((link, url))
        return next_link(self.tree, links, self.url, page_position(self._lines_outside_rows))

    def says_nothing_found(self) -> bool:
        return not self._rows and self._words_say_nothing and self._is_own_answer

    @cached_property
    def _is_own_answer(self) -> bool:
        try:
            require_own_answer(self.tree, self.response)
        except PageError:
            return False
        return True

    @cached_property
    def _words_say_nothing(self) -> bool:
        return says_nothing(self._lines_outside_rows, self._form_hints)

    @cached_property
    def _form_hints(self) -> tuple[str, ...]:
        """Lines of the search forms. A form that says itself that nothing was found is around the
        answer: what it says is no hint."""
        forms = [lines_of(form) for form in self.tree.css("form")]
        return tuple(line for form in forms if not any(map(denies_hits, form)) for line in form)

    @cached_property
    def _rows(self) -> list[LexborNode]:
        rows = self._marked_rows()
        others = self._rows_by_links() if rows or self._trusts_links() else []
        if rows:
            others = _beside(rows, others)
        rows += others
        order = {node.mem_id: place for place, node in enumerate(self._root.traverse())}
        return sorted(rows, key=lambda row: order.get(row.mem_id, 0))

    @cached_property
    def _read_rows(self) -> list[ListEntry | None]:
        columns: dict[int, tuple[Column, ...]] = {}
        read: list[ListEntry | None] = []
        for row in self._rows:
            table = next((node for node in ancestors(row) if node.tag == "table"), None)
            key = 0 if table is None else table.mem_id
            if key not in columns:
                columns[key] = columns_of(table)
            read.append(read_row(row, columns[key], self.absolute, self.leads_on))
        return read

    @property
    def _root(self) -> LexborNode:
        root = self.tree.body or self.tree.root
        if root is None:
            raise PageError("markup_changed", f"{self.url}: the page is empty")
        return root

    def _trusts_links(self) -> bool:
        """Whether a link to a course is enough to take the block around it for a row."""
        return True

    def _marked_rows(self) -> list[LexborNode]:
        """The rows that the platform marks, the outermost where one stands in another."""
        rows = [row for row in self.tree.css(self.ROWS) if self._is_row(row)] if self.ROWS else []
        return _outermost(rows)

    def _is_row(self, row: LexborNode) -> bool:
        """Headings of a list and rows of other tables can carry a row's class; they have no link
        and no table cell that could be a course's."""
        return row.css_first("a, td") is not None and row.css_first("th") is None

    def _rows_by_links(self) -> list[LexborNode]:
        """Blocks that each hold the links to one course and to no other one."""
        by_course: dict[str, list[LexborNode]] = {}
        courses_at: dict[int, set[str]] = {}
        for link in self._root.css("a[href], [data-href]"):
            url = self._course_url(link)
            if url is None or is_within(link, self._furniture):
                continue
            course = number_from_url(url) or url
            by_course.setdefault(course, []).append(link)
            for node in (link, *ancestors(link)):
                courses_at.setdefault(node.mem_id, set()).add(course)
        alone = len(by_course) < 2
        rows: list[LexborNode] = []
        for links in by_course.values():
            rows += [_widest_block(link, courses_at, alone) for link in links]
        return _outermost(rows)

    def _course_url(self, node: LexborNode) -> str | None:
        attributes = node.attributes
        url = target(self.base_url, attributes.get("data-href") or attributes.get("href") or "")
        return url if url and self.leads_on(url) and url != canonical_url(self.url) else None

    @cached_property
    def _outside(self) -> frozenset[int]:
        """What the list says about itself stands neither in its rows nor in the furniture."""
        pagers = ids_of(self.tree, PAGERS)
        furniture = {node.mem_id for node in furniture_of(self.tree) if not is_within(node, pagers)}
        return frozenset(furniture | {row.mem_id for row in self._rows})

    @cached_property
    def _furniture(self) -> frozenset[int]:
        return frozenset(node.mem_id for node in furniture_of(self.tree))

    @cached_property
    def _lines_outside_rows(self) -> tuple[str, ...]:
        return lines_of(self._root, without=self._outside)


def _outermost(nodes: Sequence[LexborNode]) -> list[LexborNode]:
    """Each node once, without those that stand inside another one."""
    known = {node.mem_id: node for node in nodes}
    return [
        node
        for node in known.values()
        if not any(above.mem_id in known for above in ancestors(node))
    ]


def _beside(rows: Sequence[LexborNode], others: Sequence[LexborNode]) -> list[LexborNode]:
    """Those of `others` that belong to the list of `rows`: under the same parents, and neither
    within a row nor around one."""
    within = {row.mem_id for row in rows}
    around = {above.mem_id for row in rows for above in ancestors(row)}
    parents = {row.parent.mem_id for row in rows if row.parent is not None}
    return [
        other
        for other in others
        if other.mem_id not in around
        and not is_within(other, within)
        and any(above.mem_id in parents for above in ancestors(other))
    ]


def _widest_block(link: LexborNode, courses_at: dict[int, set[str]], alone: bool) -> LexborNode:
    """The largest block around the link that holds no other course; on a list of one course,
    where nothing repeats, the nearest block that is a row by its kind."""
    block = link
    for above in ancestors(link):
        if above.tag in ("body", "html", "main", "form", "tbody", "table", "ul", "ol", "dl"):
            break
        if len(courses_at.get(above.mem_id, ())) > 1:
            break
        if alone and (block.tag in ("article", "tr", "li") or above.css_first("h1, form, nav")):
            break
        block = above
        if block.tag in ("tr", "li", "article"):
            break
    return block
