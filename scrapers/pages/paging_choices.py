"""The pages of a list that can be chosen from a list of their numbers (`<select>`)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

from scrapers.fields.text import clean
from scrapers.pages.base import NextPage
from scrapers.pages.markup import attribute, target
from scrapers.pages.paging_forms import next_page_by_choice
from scrapers.pages.paging_links import PAGE_FIELD, asks_the_same, is_page_of, may_be_next

AROUND: Final = " []()|-–·.:…"
"""What may stand around the number of a page."""

LIKE_ADDRESS: Final = re.compile(r"https?://|[/?]|[\w-]+\.(?:html?|php)\b")
"""How a value that is an address begins."""

_NUMBERED: Final = re.compile(
    r"(?:zur?\s+)?(?:seite\s+)?(\d{1,4})(?:\s*(?:/|von)\s*(?!20\d\d)\d{1,4})?", re.I
)
_PAGE_CHOICE: Final = re.compile(r"seite|blaetter|blätter|page|paging|paginat", re.I)
_PER_PAGE: Final = re.compile(r"(?:\b|_)(?:pro|je|per)(?:\b|_|page|seite)|size|anzahl|limit", re.I)


def choices_of_pages(tree: LexborHTMLParser, own_url: str) -> list[tuple[LexborNode, list[str]]]:
    """Lists to choose a page from, each with the values of its pages from the first on.

    Numbers from 1 on can be chosen for many things. They are pages where the field is called so,
    where each says so ("Seite 2", "2 / 3"), or where each is the address of one.
    """
    found = []
    for select in tree.tags("select"):
        options = select.css("option")
        texts = [clean(option.text() or "") for option in options]
        if len(texts) < 2 or _numbers_in_order(texts) is None:
            continue
        values = [
            text if (value := option.attributes.get("value")) is None else value
            for option, text in zip(options, texts, strict=True)
        ]
        own_names = " ".join(attribute(select, name) for name in ("name", "id", "class"))
        is_named = _PER_PAGE.search(own_names) is None and bool(
            PAGE_FIELD.fullmatch(attribute(select, "name")) or _PAGE_CHOICE.search(own_names)
        )
        says_pages = not texts[1].strip(AROUND).isdigit()
        leads = is_page_of(urljoin(own_url, values[1]), own_url)
        if is_named or says_pages or leads:
            found.append((select, values))
    return found


def chosen_next(
    tree: LexborHTMLParser, base_url: str, own_url: str, current: int, encoding: str
) -> tuple[NextPage | None, bool]:
    """The request for the page after `current` where pages can be chosen from a list, and whether
    there is such a page at all: the list may have one to which only a script leads."""
    shows = False
    for select, values in choices_of_pages(tree, own_url):
        if len(values) <= current:
            continue
        shows = True
        value = values[current].strip()
        if LIKE_ADDRESS.match(value):
            url = target(base_url, value)
            if url and may_be_next(url, own_url):
                return NextPage(url), True
        elif (sent := next_page_by_choice(select, value, base_url, encoding)) is not None:
            question = f"{sent.url}?{sent.body}" if sent.body is not None else sent.url
            if asks_the_same(question, own_url):
                return sent, True
    return None, shows


def _numbers_in_order(texts: Sequence[str]) -> int | None:
    """How many pages these texts number from 1 on without a gap; None where they do not."""
    for place, text in enumerate(texts, start=1):
        match = _NUMBERED.fullmatch(text.strip(AROUND))
        if match is None or int(match[1]) != place:
            return None
    return len(texts)
