"""Blocks on a course page that speak of other courses: they must not lend it their dates."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Final

from scrapers.fields.course_numbers import number_from_url
from scrapers.pages.elements import Element
from scrapers.pages.markup import canonical_url, target
from scrapers.pages.page_tree import PageTree

_LARGEST: Final = 700
_STOPS: Final = frozenset({"body", "html", "main", "form", "table", "dl", "tbody"})

Link = tuple[Element, str]


def foreign_links(
    page: PageTree, own_number: str, base_url: str, leads_on: Callable[[str], bool]
) -> list[Link]:
    """Links to other courses in page order, each with the other course's number or address."""
    own_url = canonical_url(page.url)
    links: list[Link] = []
    for node in page.having("href", "data-href"):
        href = node.attributes.get("data-href")
        if not href and node.tag == "a":
            href = node.attributes.get("href")
        url = target(base_url, href) if href else ""
        if not url or not leads_on(url) or url == own_url:
            continue
        number = number_from_url(url)
        if number is None or number != own_number:
            links.append((node, number or url))
    return links


def foreign_blocks(links: Sequence[Link], kept: Sequence[Element]) -> list[Element]:
    """The blocks around links to other courses.

    A block grows while it holds links to no further course, none of `kept` (the parts that are
    the course's own), and little text. A link in running text makes no block.
    """
    courses_at: dict[Element, set[str]] = {}
    for link, course in links:
        for node in (link, *link.ancestors):
            courses_at.setdefault(node, set()).add(course)
    own = {node for part in kept for node in (part, *part.ancestors)}
    blocks: dict[Element, None] = {}
    for link, _ in links:
        block = _block_around(link, courses_at, own)
        if block is not None:
            blocks[block] = None
    return list(blocks)


def _block_around(
    link: Element, courses_at: dict[Element, set[str]], own: Collection[Element]
) -> Element | None:
    block = link
    words = len(link.text)
    for above in link.ancestors:
        if above.tag in _STOPS or len(courses_at[above]) > 1 or above in own:
            break
        size = len(above.text)
        if above.tag in ("p", "span", "em", "strong") and size > 2 * words + 40:
            return None
        if size > _LARGEST:
            break
        block = above
        if block.tag in ("tr", "li", "article"):
            break
    return block
