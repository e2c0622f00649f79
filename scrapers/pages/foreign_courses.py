"""Blocks on a course page that speak of other courses: they must not lend it their dates."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from scrapers.fields.course_numbers import number_from_url
from scrapers.pages.markup import ancestors, canonical_url, target, text_of

_LARGEST: Final = 700
_STOPS: Final = frozenset({"body", "html", "main", "form", "table", "dl", "tbody"})

Link = tuple[LexborNode, str]


def foreign_links(
    tree: LexborHTMLParser,
    own_url: str,
    own_numbers: Collection[str],
    base_url: str,
    leads_on: Callable[[str], bool],
) -> list[Link]:
    """Links to other courses in page order, each with the other course's number or address."""
    links: list[Link] = []
    for link in tree.css("a[href], [data-href]"):
        attributes = link.attributes
        url = target(base_url, attributes.get("data-href") or attributes.get("href") or "")
        if not url or not leads_on(url) or url == canonical_url(own_url):
            continue
        number = number_from_url(url)
        if number is None or number not in own_numbers:
            links.append((link, number or url))
    return links


def foreign_blocks(links: Sequence[Link], kept: Sequence[LexborNode]) -> list[LexborNode]:
    """The blocks around links to other courses.

    A block grows while it holds links to no further course, none of `kept` (the parts that are
    the course's own), and little text. A link in running text makes no block.
    """
    courses_at: dict[int, set[str]] = {}
    for link, course in links:
        for node in (link, *ancestors(link)):
            courses_at.setdefault(node.mem_id, set()).add(course)
    own = {node.mem_id for part in kept for node in (part, *ancestors(part))}
    blocks: list[LexborNode] = []
    for link, _ in links:
        block = _block_around(link, courses_at, own)
        if block is not None and all(block.mem_id != known.mem_id for known in blocks):
            blocks.append(block)
    return blocks


def _block_around(
    link: LexborNode, courses_at: dict[int, set[str]], own: Collection[int]
) -> LexborNode | None:
    block = link
    words = len(text_of(link))
    for above in ancestors(link):
        if above.tag in _STOPS or len(courses_at[above.mem_id]) > 1 or above.mem_id in own:
            break
        size = len(text_of(above))
        if above.tag in ("p", "span", "em", "strong") and size > 2 * words + 40:
            return None
        if size > _LARGEST:
            break
        block = above
        if block.tag in ("tr", "li", "article"):
            break
    return block
