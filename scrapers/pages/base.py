"""What every page object is: a web-poet page over one response, with the context it was read in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import cached_property, lru_cache
from typing import ClassVar, Final
from urllib.parse import urljoin

import attrs
from selectolax.lexbor import LexborHTMLParser
from w3lib.html import get_base_url
from w3lib.url import safe_url_string
from web_poet import HttpResponse
from web_poet.pages import Injectable

from scrapers.pages.markup import document
from scrapers.records import Announcement, Course, FailureClass, Organisation, Series

AnyRecord = Course | Announcement | Organisation | Series


_BASE_TAG: Final = re.compile("<base", re.I)
# Nothing in it needs to be escaped.
_SAFE_URL: Final = re.compile(
    r"https?://[a-z0-9]+(?:[.-][a-z0-9]+)*(?::\d{2,4})?/[\w.~/;,:+!$()*@-]*(?:\?[\w.~/&=;,:+-]+)?",
    re.ASCII,
)


@lru_cache(maxsize=16384)
def _joined(base: str, href: str) -> str:
    """Menus repeat on every page of a site: the same addresses are joined again and again."""
    return urljoin(base, href)


class PageError(Exception):
    """The page is not what its reader expects: what is wrong, and in which failure class."""

    def __init__(self, failure_class: FailureClass, message: str) -> None:
        super().__init__(message)
        self.failure_class = failure_class


@attrs.frozen
class PageContext:
    """What a page object may know beside the page: the day, for whom it is read, and what the
    result list said about the course (`ListEntry.facts`)."""

    today: date
    provider_name: str = ""
    list_facts: tuple[tuple[str, str], ...] = ()


@attrs.define(slots=False)
class SourcePage(Injectable):
    """A page of a source. Subclasses read; none of them fetches.

    `VERSION` is raised whenever the meaning of what is read changes; together with the class's
    name it is the `extractor` that provenance shows.
    """

    response: HttpResponse
    context: PageContext

    VERSION: ClassVar[int] = 1

    @classmethod
    def extractor(cls) -> str:
        return f"{cls.__name__}/{cls.VERSION}"

    @property
    def url(self) -> str:
        return str(self.response.url)

    @cached_property
    def tree(self) -> LexborHTMLParser:
        return document(self.response)

    def absolute(self, href: str) -> str:
        return _joined(self.base_url, href.strip())

    @cached_property
    def base_url(self) -> str:
        head = self.response.text[:4096]
        if _BASE_TAG.search(head) is None:
            return self.url if _SAFE_URL.fullmatch(self.url) else safe_url_string(self.url)
        return str(get_base_url(head, self.url))


class RecordPage(SourcePage):
    """A page that carries records itself. Raises PageError when it is not the page it should be."""

    def records(self) -> Sequence[AnyRecord]:
        raise NotImplementedError

    def doubts(self) -> tuple[str, ...]:
        """Sentences that say why the records may not be all of the page; asked for after
        `records`. A page with doubts does not count as read completely."""
        return ()


@attrs.frozen
class ListEntry:
    """One row of a result list: enough to decide whether to open it, nothing more.

    `text` is all the words of the row; `facts` are its labelled values as printed."""

    title: str
    url: str
    number: str | None = None
    text: str = ""
    facts: tuple[tuple[str, str], ...] = ()


@attrs.frozen
class NextPage:
    """The request for the next page of a list; `body` is None where an address is enough, else
    the encoded fields of a form that is sent by POST."""

    url: str
    body: str | None = None


class ListPage(SourcePage):
    """One page of a result list."""

    def entries(self) -> Sequence[ListEntry]:
        """All rows in their order, random highlights left out."""
        raise NotImplementedError

    def unread_rows(self) -> int:
        """How many rows have no readable title or link: what is read of the list is not all."""
        raise NotImplementedError

    def stated_count(self) -> int | None:
        """The total number of hits that the page states for the whole search, if it does."""
        raise NotImplementedError

    def says_more_exists(self) -> bool:
        """True when the page says or shows by a control that there are hits which neither it nor
        its next page lists: then the search cannot be complete."""
        return False

    def stated_page_count(self) -> int | None:
        """The N of "Seite 1 von N", if the page states it."""
        raise NotImplementedError

    def next_url(self) -> str | None:
        """Address of the next page of the same list, None on the last one."""
        raise NotImplementedError

    def next_page(self, current: int) -> NextPage | None:
        """The request for the next page, be it for an address or sent by a form; `current` is the
        number of this page, counted from 1, where the page does not say it itself."""
        url = self.next_url()
        return None if url is None else NextPage(url)

    def shows_page_after(self, current: int) -> bool:
        """Whether the page shows a way to pages after the one with this number."""
        return False

    def says_nothing_found(self) -> bool:
        """True only when the page says in words (or by a stated 0) that there are no hits."""
        raise NotImplementedError
